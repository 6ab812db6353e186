// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "interview/session_log.h"
#include "recording/audio_records.h"
#include "recording/segment.h"

namespace sotto::recording {

/// Builds an AudioMap from the records of a session log, in their order. A record that is missing, or whose body makes
/// no sense, leaves a hole and nothing more. One thread.
class MapBuilder {
public:
    /// Takes any record; all but audio are passed over. NewerVersion for audio of a newer Sotto.
    [[nodiscard]] Result<> add(interview::RecordType type, ByteView body, std::size_t record);

    /// The end that the last segment lacks, if it lacks one.
    [[nodiscard]] std::optional<SegmentEndRecord> missingEnd() const;
    /// Where the next segment begins.
    [[nodiscard]] std::int64_t nextStart() const { return m_end; }
    /// Number of the last segment; 0 if there was none.
    [[nodiscard]] std::uint32_t lastNumber() const { return m_lastNumber; }
    /// Audio records passed over because their bodies make no sense.
    [[nodiscard]] int malformed() const { return m_malformed; }
    /// The map; a segment without end counts as interrupted.
    [[nodiscard]] AudioMap finish();

private:
    [[nodiscard]] Result<> begin(ByteView body);
    void packets(ByteView body, std::size_t record);
    void erased(ByteView body);
    /// Packets of the segment that is open, or of one that begins here because something before them is missing.
    void take(std::int64_t firstSample, std::int64_t count);
    void end(ByteView body);
    void open(std::int64_t startSample);
    void close(SegmentEnding ending, std::int64_t heard);
    [[nodiscard]] std::int64_t decodable() const;

    AudioMap m_map;
    std::optional<Segment> m_open;
    std::int64_t m_origin = 0;  ///< where the segment on the log began; m_open may be the part behind a hole
    Instant m_startedAt;
    bool m_startKnown = false;
    std::int64_t m_end = 0;
    std::uint32_t m_lastNumber = 0;
    int m_malformed = 0;
};

}  // namespace sotto::recording
