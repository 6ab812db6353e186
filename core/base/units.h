// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>

namespace sotto {

/// Samples per second of every PCM stream inside Sotto, and the unit of an Opus granule position (RFC 7845).
inline constexpr std::int64_t kSampleRate = 48000;

/// A place in the one stitched recording of a session, in milliseconds; pauses take no room in it.
struct RecordedOffset {
    std::int64_t ms = 0;
    auto operator<=>(const RecordedOffset&) const = default;
    [[nodiscard]] static RecordedOffset fromSamples(std::int64_t samples) { return {samples * 1000 / kSampleRate}; }
    [[nodiscard]] std::int64_t samples() const { return ms * kSampleRate / 1000; }
};

}  // namespace sotto
