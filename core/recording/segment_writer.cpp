// SPDX-License-Identifier: Apache-2.0
#include "recording/segment_writer.h"

#include <algorithm>

#include "crypto/secure_bytes.h"

namespace sotto::recording {
namespace {

void wipeSamples(std::span<std::int16_t> samples) {
    crypto::wipe({reinterpret_cast<std::uint8_t*>(samples.data()), samples.size_bytes()});
}

}  // namespace

Result<std::unique_ptr<SegmentWriter>> SegmentWriter::begin(interview::SessionLog& log, SegmentStartRecord start,
                                                            VoiceEncoder encoder) {
    start.preSkip = static_cast<std::uint16_t>(encoder.lookahead());
    start.encoder = opusVersion();
    SOTTO_TRY(log.appendAudio(interview::RecordType::SegmentStart, start.toBytes()));
    SOTTO_TRY(log.sync());
    return std::unique_ptr<SegmentWriter>(new SegmentWriter(log, start, std::move(encoder)));
}

SegmentWriter::SegmentWriter(interview::SessionLog& log, const SegmentStartRecord& start, VoiceEncoder encoder)
    : m_log(&log), m_encoder(std::move(encoder)), m_start(start.startSample) {
    // Never reallocated later: a packet that moved would leave a copy behind that nobody wipes.
    for (Bytes& packet : m_packets)
        packet.reserve(kMaxPacket);
}

SegmentWriter::~SegmentWriter() {
    wipeSamples(m_frame);
    for (Bytes& packet : m_packets)
        crypto::wipe(packet);
}

Result<> SegmentWriter::feed(std::span<const std::int16_t> samples) {
    while (!samples.empty()) {
        const std::size_t count = std::min(samples.size(), m_frame.size() - m_fill);
        std::copy_n(samples.begin(), count, m_frame.begin() + static_cast<std::ptrdiff_t>(m_fill));
        m_fill += count;
        m_taken += static_cast<std::int64_t>(count);
        samples = samples.subspan(count);
        if (m_fill == m_frame.size()) SOTTO_TRY(encodeFrame());
    }
    return {};
}

Result<> SegmentWriter::encodeFrame() {
    const Result<ByteView> packet = m_encoder.encode(m_frame);
    wipeSamples(m_frame);
    m_fill = 0;
    if (!packet) return Failure(packet.error());
    m_packets[m_waiting++].assign(packet->begin(), packet->end());
    if (m_waiting < kPacketsPerRecord) return {};
    SOTTO_TRY(flushRecord());
    const bool secondIsFull = m_writtenSamples - m_syncedSamples >= kSampleRate;
    return secondIsFull ? sync() : Result<>{};
}

Result<> SegmentWriter::flushRecord() {
    if (m_waiting == 0) return {};
    AudioPacketsRecord record;
    record.firstSample = m_start + m_writtenSamples;
    record.packets.assign(m_packets.begin(), m_packets.begin() + static_cast<std::ptrdiff_t>(m_waiting));
    Bytes body = record.toBytes();
    const auto appended = m_log->appendAudio(interview::RecordType::AudioPackets, body);
    crypto::wipe(body);
    SOTTO_TRY(appended);
    m_writtenSamples += static_cast<std::int64_t>(m_waiting) * kFrameSamples;
    m_waiting = 0;
    return {};
}

Result<> SegmentWriter::sync() {
    SOTTO_TRY(m_log->sync());
    m_syncedSamples = m_writtenSamples;
    return {};
}

Result<> SegmentWriter::end(SegmentEnding ending) {
    // The last sample comes out of the decoder `lookahead` later: silence pushes it out.
    const auto encoded = [this] { return m_writtenSamples + static_cast<std::int64_t>(m_waiting) * kFrameSamples; };
    while (m_taken > 0 && (m_fill > 0 || encoded() < m_taken + m_encoder.lookahead())) {
        std::fill(m_frame.begin() + static_cast<std::ptrdiff_t>(m_fill), m_frame.end(), std::int16_t{0});
        SOTTO_TRY(encodeFrame());
    }
    SOTTO_TRY(flushRecord());
    const SegmentEndRecord record{ending, m_taken, m_writtenSamples};
    SOTTO_TRY(m_log->appendAudio(interview::RecordType::SegmentEnd, record.toBytes()));
    return sync();
}

SegmentEndRecord SegmentWriter::endHere(SegmentEnding ending) const {
    return {ending, decodable(m_writtenSamples), m_writtenSamples};
}

std::int64_t SegmentWriter::decodable(std::int64_t packetSamples) const {
    return std::clamp<std::int64_t>(packetSamples - m_encoder.lookahead(), 0, m_taken);
}

}  // namespace sotto::recording
