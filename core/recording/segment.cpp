// SPDX-License-Identifier: Apache-2.0
#include "recording/segment.h"

#include <algorithm>

#include "base/log.h"
#include "crypto/secure_bytes.h"
#include "recording/map_builder.h"
#include "recording/opus_codec.h"

namespace sotto::recording {

QString segmentEndingName(SegmentEnding ending) {
    switch (ending) {
        case SegmentEnding::End:
            return QStringLiteral("end");
        case SegmentEnding::Pause:
            return QStringLiteral("pause");
        case SegmentEnding::OffRecord:
            return QStringLiteral("off-record");
        case SegmentEnding::Device:
            return QStringLiteral("device");
        case SegmentEnding::Interrupted:
            break;
    }
    return QStringLiteral("interrupted");
}

std::int64_t AudioMap::totalSamples() const {
    const auto last = std::find_if(segments.rbegin(), segments.rend(),
                                   [](const Segment& segment) { return segment.sampleCount > 0; });
    return last == segments.rend() ? 0 : last->startSample + last->sampleCount;
}

bool AudioMap::isErased(std::int64_t granule) const {
    const auto after =
        std::upper_bound(erased.begin(), erased.end(), granule,
                         [](std::int64_t value, const Erased& stretch) { return value < stretch.firstSample; });
    return after != erased.begin() && granule < std::prev(after)->endSample;
}

void AudioMap::erase(const Erased& stretch) {
    Erased joined = stretch;
    std::erase_if(erased, [&joined](const Erased& other) {
        const bool touches = other.firstSample <= joined.endSample && joined.firstSample <= other.endSample;
        if (touches) {
            joined.firstSample = std::min(joined.firstSample, other.firstSample);
            joined.endSample = std::max(joined.endSample, other.endSample);
        }
        return touches;
    });
    const auto place = std::find_if(erased.begin(), erased.end(),
                                    [&joined](const Erased& other) { return joined.firstSample < other.firstSample; });
    erased.insert(place, joined);
}

bool AudioMap::hasSound() const {
    return std::any_of(chunks.begin(), chunks.end(), [this](const Chunk& chunk) {
        const std::int64_t end = chunk.firstSample + std::int64_t{chunk.packets} * kFrameSamples;
        // Stretches that touch are one, so a chunk without sound lies in a single one.
        return std::none_of(erased.begin(), erased.end(), [&](const Erased& stretch) {
            return stretch.firstSample <= chunk.firstSample && end <= stretch.endSample;
        });
    });
}

std::int64_t AudioMap::packetsEnd() const {
    std::int64_t end = 0;
    if (!chunks.empty()) end = chunks.back().firstSample + std::int64_t{chunks.back().packets} * kFrameSamples;
    if (!erased.empty()) end = std::max(end, erased.back().endSample);
    return end;
}

Result<AudioMap> mapAudio(const sealedlog::LogReader& log) {
    MapBuilder builder;
    const auto& records = log.records();
    for (std::size_t index = 0; index < records.size(); index++) {
        const auto type = static_cast<interview::RecordType>(records[index].type);
        if (type < interview::RecordType::SegmentStart || type > interview::RecordType::AudioErased) continue;
        SOTTO_ASSIGN(Bytes body, log.read(records[index]));
        const Result<> added = builder.add(type, body, index);
        crypto::wipe(body);
        SOTTO_TRY(added);
    }
    if (builder.malformed() > 0) qCWarning(logRecording, "%d audio records make no sense", builder.malformed());
    return builder.finish();
}

}  // namespace sotto::recording
