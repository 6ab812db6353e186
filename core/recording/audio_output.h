// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

#include "base/result.h"

namespace sotto::recording {

/// Port: a loudspeaker that is open. Takes mono, 48 kHz, 16-bit samples and plays them as they come; silence between.
/// One thread calls write() and finish(); stop() and playedSamples() may be called from any thread meanwhile.
class AudioOutput {
public:
    virtual ~AudioOutput() = default;
    /// Takes all samples; blocks until the last of them found room (there is room for less than a second, so that a
    /// caller who reads ahead does not read far). Cancelled after stop(); IoFailed: the device is gone.
    [[nodiscard]] virtual Result<> write(std::span<const std::int16_t> samples) = 0;
    /// Blocks until what was taken has been heard. Errors as write().
    [[nodiscard]] virtual Result<> finish() = 0;
    /// Silence at once and for good; what was not heard is wiped, whoever waits is let go.
    virtual void stop() = 0;
    /// How many of the samples taken have been heard, give or take what the device itself keeps (some 50 ms).
    [[nodiscard]] virtual std::int64_t playedSamples() const = 0;
};

}  // namespace sotto::recording
