// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/result.h"
#include "recording/segment.h"

/// The bodies of the four audio records of a session log; README.md of this module is the specification.
namespace sotto::recording {

inline constexpr std::uint16_t kAudioVersion = 1;
inline constexpr std::size_t kPacketsPerRecord = 10;  ///< 200 ms
/// Upper bound of a stitched recording, seven days: no record can make a reader fill a longer hole.
inline constexpr std::int64_t kMaxRecordingSamples = kSampleRate * 3600 * 24 * 7;

/// Look-ahead of libopus at 48 kHz; only used where the record that says so is lost.
inline constexpr int kUsualPreSkip = 312;

struct SegmentStartRecord {
    std::uint32_t number = 0;      ///< 1, 2, 3 ... in this log
    std::int64_t startSample = 0;  ///< a multiple of kFrameSamples
    std::uint16_t preSkip = 0;
    std::uint32_t bitrate = 0;
    Instant at;
    std::string encoder;  ///< name and version
    [[nodiscard]] Bytes toBytes() const;
    /// NewerVersion; ParseFailed.
    [[nodiscard]] static Result<SegmentStartRecord> fromBytes(ByteView body);
};

struct AudioPacketsRecord {
    std::int64_t firstSample = 0;  ///< granule at which the first packet begins, pre-skip included
    std::vector<ByteView> packets;
    [[nodiscard]] Bytes toBytes() const;
    /// The packets are views into `body`. ParseFailed unless every packet is 20 ms of Opus.
    [[nodiscard]] static Result<AudioPacketsRecord> fromBytes(ByteView body);
};

/// Stands for packets that are gone for good; they go on counting, so that every offset stays true.
struct AudioErasedRecord {
    std::int64_t firstSample = 0;  ///< as in AudioPacketsRecord
    std::int64_t packets = 0;      ///< of 20 ms each, at least one
    [[nodiscard]] Bytes toBytes() const;
    [[nodiscard]] static Result<AudioErasedRecord> fromBytes(ByteView body);
};

struct SegmentEndRecord {
    SegmentEnding ending = SegmentEnding::Interrupted;
    std::int64_t sampleCount = 0;
    std::int64_t packetSamples = 0;
    [[nodiscard]] Bytes toBytes() const;
    [[nodiscard]] static Result<SegmentEndRecord> fromBytes(ByteView body);
};

}  // namespace sotto::recording
