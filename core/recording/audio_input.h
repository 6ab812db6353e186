// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "base/result.h"

namespace sotto::recording {

/// Port: where the sound comes from. Implementations live in platform/ and deliver mono, 48 kHz, 16-bit samples.
class AudioInput {
public:
    virtual ~AudioInput() = default;
    /// Reads the next samples, at most out.size(); blocks until some are there. 0 = the end (a file) for good.
    /// IoFailed: the device is gone.
    [[nodiscard]] virtual Result<std::size_t> read(std::span<std::int16_t> out) = 0;
};

/// Port: a microphone that is open. It listens from the moment it is opened and keeps what nobody has read yet, up to
/// some limit, so that it can be armed before it is needed: some devices take two seconds until they deliver.
/// One thread calls read(); everything else may be called from any thread meanwhile.
class LiveInput : public AudioInput {
public:
    /// Ends for good: a waiting read() and every later one answer Cancelled, what was not read is wiped.
    virtual void stop() = 0;
    /// Wipes what was heard and not read. What comes next is what is heard from now on: call it where a recording
    /// begins, for what was said before is nobody's.
    virtual void discard() = 0;
    /// True if sound is coming in: at least one sample was heard, and neither stop() nor a failure came after it.
    [[nodiscard]] virtual bool isDelivering() const = 0;
    /// Milliseconds from opening to the first sample; nothing as long as none came.
    [[nodiscard]] virtual std::optional<std::int64_t> firstSampleMs() const = 0;
    /// Samples that were thrown away because read() was not called in time. Each is a gap that must be marked.
    [[nodiscard]] virtual std::int64_t lostSamples() const = 0;
};

}  // namespace sotto::recording
