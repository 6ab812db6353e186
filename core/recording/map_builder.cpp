// SPDX-License-Identifier: Apache-2.0
#include "recording/map_builder.h"

#include <algorithm>

#include "recording/opus_codec.h"

namespace sotto::recording {

Result<> MapBuilder::add(interview::RecordType type, ByteView body, std::size_t record) {
    switch (type) {
        case interview::RecordType::SegmentStart:
            return begin(body);
        case interview::RecordType::AudioPackets:
            packets(body, record);
            break;
        case interview::RecordType::AudioErased:
            erased(body);
            break;
        case interview::RecordType::SegmentEnd:
            end(body);
            break;
        default:
            break;
    }
    return {};
}

Result<> MapBuilder::begin(ByteView body) {
    const auto start = SegmentStartRecord::fromBytes(body);
    if (!start && start.error().code == ErrorCode::NewerVersion) return Failure(start.error());
    if (!start || start->startSample < m_end) {
        m_malformed++;
        return {};
    }
    if (m_open) close(SegmentEnding::Interrupted, decodable());
    if (m_map.preSkip == 0) m_map.preSkip = start->preSkip;
    m_lastNumber = start->number;
    m_origin = start->startSample;
    m_startedAt = start->at;
    m_startKnown = true;
    open(start->startSample);
    return {};
}

void MapBuilder::packets(ByteView body, std::size_t record) {
    const auto packets = AudioPacketsRecord::fromBytes(body);
    if (!packets || packets->firstSample < m_end) {
        m_malformed++;
        return;
    }
    const int count = static_cast<int>(packets->packets.size());
    take(packets->firstSample, count);
    m_map.chunks.push_back({record, packets->firstSample, count});
}

void MapBuilder::erased(ByteView body) {
    const auto gone = AudioErasedRecord::fromBytes(body);
    if (!gone || gone->firstSample < m_end) {
        m_malformed++;
        return;
    }
    take(gone->firstSample, gone->packets);
    m_map.erase({gone->firstSample, m_end});
}

void MapBuilder::take(std::int64_t firstSample, std::int64_t count) {
    if (!m_open) {
        m_startKnown = false;
        m_startedAt = {};
        open(firstSample);
    } else if (firstSample != m_end) {
        close(SegmentEnding::Interrupted, decodable());
        open(firstSample);
    }
    m_open->packetSamples += count * kFrameSamples;
    m_end = firstSample + count * kFrameSamples;
}

void MapBuilder::end(ByteView body) {
    const auto end = SegmentEndRecord::fromBytes(body);
    if (!end || !m_open) {
        m_malformed++;
        return;
    }
    const std::int64_t promisedEnd = m_origin + end->packetSamples;
    const bool tailIsHere = m_startKnown && promisedEnd == m_end;
    const std::int64_t heard = tailIsHere ? m_origin + end->sampleCount - m_open->startSample : decodable();
    close(end->ending, heard);
    if (m_startKnown) m_end = std::max(m_end, promisedEnd);
}

void MapBuilder::open(std::int64_t startSample) {
    Segment segment;
    segment.startSample = startSample;
    segment.startedAt = m_startedAt;
    if (m_startKnown) {
        const std::int64_t sinceStart = (startSample - m_origin) * 1000 / kSampleRate;
        segment.startedAt.utcMs += sinceStart;
        segment.startedAt.bootMs += sinceStart;
    }
    m_open = segment;
    m_end = startSample;
}

void MapBuilder::close(SegmentEnding ending, std::int64_t heard) {
    // Padding is never a whole packet, so that the trim of an export stays within its last page.
    const std::int64_t most = decodable();
    const std::int64_t least = most == 0 ? 0 : std::max<std::int64_t>(1, most - kFrameSamples + 1);
    m_open->ending = ending;
    m_open->sampleCount = std::clamp(heard, least, most);
    m_map.segments.push_back(*m_open);
    m_open.reset();
}

std::int64_t MapBuilder::decodable() const {
    const int preSkip = m_map.preSkip == 0 ? kUsualPreSkip : m_map.preSkip;
    return std::max<std::int64_t>(0, m_open->packetSamples - preSkip);
}

std::optional<SegmentEndRecord> MapBuilder::missingEnd() const {
    if (!m_open) return std::nullopt;
    const std::int64_t held = m_open->startSample - m_origin;
    return SegmentEndRecord{SegmentEnding::Interrupted, held + decodable(), held + m_open->packetSamples};
}

AudioMap MapBuilder::finish() {
    if (m_open) close(SegmentEnding::Interrupted, decodable());
    if (m_map.preSkip == 0) m_map.preSkip = kUsualPreSkip;
    return std::move(m_map);
}

}  // namespace sotto::recording
