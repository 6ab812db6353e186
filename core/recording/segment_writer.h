// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "interview/session_log.h"
#include "recording/audio_records.h"
#include "recording/opus_codec.h"

namespace sotto::recording {

/// Encodes one segment and appends its records: a start, audio each 200 ms, an end; syncs the log after each second of
/// audio. Samples waiting for their packet, and packets waiting for their record, are wiped. One thread.
class SegmentWriter {
public:
    /// Appends and syncs the start; `start.preSkip` and `start.encoder` are filled in.
    [[nodiscard]] static Result<std::unique_ptr<SegmentWriter>> begin(interview::SessionLog& log,
                                                                      SegmentStartRecord start, VoiceEncoder encoder);
    SegmentWriter(const SegmentWriter&) = delete;
    SegmentWriter& operator=(const SegmentWriter&) = delete;
    ~SegmentWriter();

    /// After a failure only endHere() makes sense.
    [[nodiscard]] Result<> feed(std::span<const std::int16_t> samples);
    /// Encodes what waits, padded with silence until the last sample is decodable; appends the end; syncs.
    [[nodiscard]] Result<> end(SegmentEnding ending);
    /// The end as it must be if nothing more can be written.
    [[nodiscard]] SegmentEndRecord endHere(SegmentEnding ending) const;

    /// All in samples of the stitched stream: taken from the caller; decodable from what was handed to the operating
    /// system; the same, on the disk.
    [[nodiscard]] std::int64_t taken() const { return m_start + m_taken; }
    [[nodiscard]] std::int64_t written() const { return m_start + decodable(m_writtenSamples); }
    [[nodiscard]] std::int64_t synced() const { return m_start + decodable(m_syncedSamples); }
    /// Where the next segment begins.
    [[nodiscard]] std::int64_t nextStart() const { return m_start + m_writtenSamples; }

private:
    SegmentWriter(interview::SessionLog& log, const SegmentStartRecord& start, VoiceEncoder encoder);
    [[nodiscard]] Result<> encodeFrame();
    [[nodiscard]] Result<> flushRecord();
    [[nodiscard]] Result<> sync();
    [[nodiscard]] std::int64_t decodable(std::int64_t packetSamples) const;

    interview::SessionLog* m_log;
    VoiceEncoder m_encoder;
    std::int64_t m_start;
    std::array<std::int16_t, kFrameSamples> m_frame{};
    std::size_t m_fill = 0;
    std::array<Bytes, kPacketsPerRecord> m_packets;
    std::size_t m_waiting = 0;
    std::int64_t m_taken = 0;
    std::int64_t m_writtenSamples = 0;
    std::int64_t m_syncedSamples = 0;
};

}  // namespace sotto::recording
