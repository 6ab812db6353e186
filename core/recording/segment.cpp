// SPDX-License-Identifier: Apache-2.0
#include "recording/segment.h"

#include <algorithm>

#include "base/log.h"
#include "crypto/secure_bytes.h"
#include "recording/map_builder.h"

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

Result<AudioMap> mapAudio(const sealedlog::LogReader& log) {
    MapBuilder builder;
    const auto& records = log.records();
    for (std::size_t index = 0; index < records.size(); index++) {
        const auto type = static_cast<interview::RecordType>(records[index].type);
        if (type != interview::RecordType::SegmentStart && type != interview::RecordType::AudioPackets &&
            type != interview::RecordType::SegmentEnd) {
            continue;
        }
        SOTTO_ASSIGN(Bytes body, log.read(records[index]));
        const Result<> added = builder.add(type, body, index);
        crypto::wipe(body);
        SOTTO_TRY(added);
    }
    if (builder.malformed() > 0) qCWarning(logRecording, "%d audio records make no sense", builder.malformed());
    return builder.finish();
}

}  // namespace sotto::recording
