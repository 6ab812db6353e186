// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include <QString>

#include "base/clock.h"
#include "base/units.h"
#include "sealedlog/log_reader.h"

namespace sotto::recording {

/// Why a segment ended. Text on the outside: end, pause, off-record, device, interrupted.
enum class SegmentEnding : std::uint8_t { End = 1, Pause = 2, OffRecord = 3, Device = 4, Interrupted = 5 };
[[nodiscard]] QString segmentEndingName(SegmentEnding ending);

/// A stretch of unbroken recording.
struct Segment {
    std::int64_t startSample = 0;    ///< in the stitched stream, 48 kHz, a multiple of 960
    std::int64_t sampleCount = 0;    ///< what was heard and can be decoded: no padding, no encoder look-ahead
    std::int64_t packetSamples = 0;  ///< what the packets hold; the next segment begins at startSample + packetSamples
    Instant startedAt;
    SegmentEnding ending = SegmentEnding::Interrupted;
    [[nodiscard]] RecordedOffset start() const { return RecordedOffset::fromSamples(startSample); }
    [[nodiscard]] std::int64_t durationMs() const { return sampleCount * 1000 / kSampleRate; }
};

/// The audio of one session as its log holds it: segments and where their packets are. Built from a reader. Damaged
/// logs give what verifies: a hole ends a segment as Interrupted and begins another at the place in the stitched stream
/// where the audio goes on, so that offsets stay right.
struct AudioMap {
    std::vector<Segment> segments;
    /// Index into log.records() of each AudioPackets record, with its first granule.
    struct Chunk {
        std::size_t record = 0;
        std::int64_t firstSample = 0;
        int packets = 0;
    };
    std::vector<Chunk> chunks;
    /// Stretches of packets that are gone or must not be heard, by the granules at which their packets begin and end;
    /// in order, joined where they touch, multiples of 960. They play as silence and are part of their segments.
    struct Erased {
        std::int64_t firstSample = 0;
        std::int64_t endSample = 0;
        bool operator==(const Erased&) const = default;
    };
    std::vector<Erased> erased;
    int preSkip = 0;  ///< samples, of the encoder that began the stream
    [[nodiscard]] bool isErased(std::int64_t granule) const;
    /// Adds a stretch and joins it with those that it touches.
    void erase(const Erased& stretch);
    /// True if there is a packet that may be heard.
    [[nodiscard]] bool hasSound() const;
    /// Where the packets end, those that are gone included.
    [[nodiscard]] std::int64_t packetsEnd() const;
    /// End of the last sample that was heard. 0 if nothing was recorded.
    [[nodiscard]] std::int64_t totalSamples() const;
    [[nodiscard]] std::int64_t durationMs() const { return totalSamples() * 1000 / kSampleRate; }
};
/// Reads every audio record once. NewerVersion for audio of a newer Sotto; Damaged if the file changed underneath.
[[nodiscard]] Result<AudioMap> mapAudio(const sealedlog::LogReader& log);

}  // namespace sotto::recording
