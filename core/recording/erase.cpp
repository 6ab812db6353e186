// SPDX-License-Identifier: Apache-2.0
#include "recording/erase.h"

#include <algorithm>
#include <memory>

#include "crypto/secure_bytes.h"
#include "interview/session_log.h"
#include "recording/audio_records.h"
#include "recording/opus_codec.h"

namespace sotto::recording {
namespace {

using interview::RecordType;
using sealedlog::NewRecord;

std::int64_t packetAround(std::int64_t sample) {
    return sample / kFrameSamples * kFrameSamples;
}

/// The packets of which a span is made, and one more on each side. The sound at place `s` of the stitched stream comes
/// out of the decoder `preSkip` samples later.
AudioMap::Erased packetsOf(const Span& span, int preSkip) {
    const std::int64_t from = std::min(span.from.samples(), kMaxRecordingSamples);
    const std::int64_t to = std::min(span.to.samples(), kMaxRecordingSamples);
    return {std::max<std::int64_t>(0, packetAround(from + preSkip) - kFrameSamples),
            packetAround(to - 1 + preSkip) + 2 * kFrameSamples};
}

NewRecord recordOf(RecordType type, Bytes body) {
    return {static_cast<std::uint16_t>(type), std::move(body)};
}

std::vector<NewRecord> one(std::uint16_t type, Bytes body) {
    std::vector<NewRecord> records;
    records.push_back({type, std::move(body)});
    return records;
}

/// Goes through the records of one log in their order.
class Eraser {
public:
    explicit Eraser(std::vector<Span> spans) : m_spans(std::move(spans)) {
        std::erase_if(m_spans, [](const Span& span) { return span.to <= span.from; });
        setPreSkip(kUsualPreSkip);
    }

    [[nodiscard]] Result<std::vector<NewRecord>> put(const sealedlog::RecordInfo& record, Bytes body) {
        switch (static_cast<RecordType>(record.type)) {
            case RecordType::Opening: {
                setPreSkip(kUsualPreSkip);
                SOTTO_ASSIGN(Bytes opening, interview::upgradedOpening(body));
                return one(record.type, std::move(opening));
            }
            case RecordType::SegmentStart:
                SOTTO_TRY(begin(body));
                return one(record.type, std::move(body));
            case RecordType::AudioPackets:
                return split(std::move(body));
            default:
                return one(record.type, std::move(body));
        }
    }

private:
    void setPreSkip(int preSkip) {
        m_gone = {};
        for (const Span& span : m_spans)
            m_gone.erase(packetsOf(span, preSkip));
    }

    [[nodiscard]] Result<> begin(ByteView body) {
        const auto start = SegmentStartRecord::fromBytes(body);
        if (start) setPreSkip(start->preSkip);
        if (!start && start.error().code == ErrorCode::NewerVersion) return Failure(start.error());
        return {};
    }

    /// Runs of packets that stay and of packets that go, in their order.
    [[nodiscard]] std::vector<NewRecord> split(Bytes body) const {
        const auto record = AudioPacketsRecord::fromBytes(body);
        if (!record) return {};
        std::vector<NewRecord> parts;
        std::size_t begin = 0;
        while (begin < record->packets.size()) {
            const bool goes = isGone(*record, begin);
            std::size_t end = begin + 1;
            while (end < record->packets.size() && isGone(*record, end) == goes)
                ++end;
            if (!goes && end - begin == record->packets.size()) {
                return one(static_cast<std::uint16_t>(RecordType::AudioPackets), std::move(body));
            }
            parts.push_back(partOf(*record, begin, end, goes));
            begin = end;
        }
        crypto::wipe(body);
        return parts;
    }

    [[nodiscard]] static std::int64_t granuleOf(const AudioPacketsRecord& record, std::size_t packet) {
        return record.firstSample + static_cast<std::int64_t>(packet) * kFrameSamples;
    }
    [[nodiscard]] bool isGone(const AudioPacketsRecord& record, std::size_t packet) const {
        return m_gone.isErased(granuleOf(record, packet));
    }
    [[nodiscard]] static NewRecord partOf(const AudioPacketsRecord& record, std::size_t begin, std::size_t end,
                                          bool goes) {
        if (goes) {
            const AudioErasedRecord gone{granuleOf(record, begin), static_cast<std::int64_t>(end - begin)};
            return recordOf(RecordType::AudioErased, gone.toBytes());
        }
        const auto first = record.packets.begin();
        AudioPacketsRecord kept;
        kept.firstSample = granuleOf(record, begin);
        kept.packets.assign(first + static_cast<std::ptrdiff_t>(begin), first + static_cast<std::ptrdiff_t>(end));
        return recordOf(RecordType::AudioPackets, kept.toBytes());
    }

    std::vector<Span> m_spans;
    AudioMap m_gone;  ///< of the segment that the log is in; only its stretches are used
};

}  // namespace

sealedlog::Filter eraseFilter(std::vector<Span> spans) {
    const auto eraser = std::make_shared<Eraser>(std::move(spans));
    return [eraser](const sealedlog::RecordInfo& record, Bytes body) { return eraser->put(record, std::move(body)); };
}

sealedlog::Filter eraseAllAudio() {
    return eraseFilter({{{0}, RecordedOffset::fromSamples(kMaxRecordingSamples)}});
}

AudioMap withoutSpans(AudioMap map, const std::vector<Span>& spans) {
    const std::int64_t end = map.packetsEnd();
    for (const Span& span : spans) {
        AudioMap::Erased stretch = packetsOf(span, map.preSkip);
        stretch.endSample = std::min(stretch.endSample, end);
        if (span.to > span.from && stretch.firstSample < stretch.endSample) map.erase(stretch);
    }
    return map;
}

}  // namespace sotto::recording
