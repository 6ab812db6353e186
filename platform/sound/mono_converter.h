// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "base/result.h"

namespace sotto::platform {

/// Makes a stream of sound mono (the mean of all channels) and 48 kHz. Mono sound of 48 kHz that came from 16-bit
/// integers is given back bit for bit. Clear sound is wiped on destruction. One thread.
class MonoConverter {
public:
    /// Unsupported: a rate outside 1 to 768 kHz, or no channel at all.
    [[nodiscard]] static Result<MonoConverter> create(int rate, int channels);
    MonoConverter(MonoConverter&&) noexcept;
    MonoConverter& operator=(MonoConverter&&) noexcept;
    ~MonoConverter();

    /// Takes whole frames, channel after channel, -1 to 1 (what is not a number counts as 0). Gives what is ready at
    /// 48 kHz, valid until the next call; a resampler keeps some milliseconds back until `last` asks for them.
    /// IoFailed: the resampler gave up.
    [[nodiscard]] Result<std::span<const std::int16_t>> convert(std::span<const float> interleaved, bool last = false);

private:
    struct State;
    explicit MonoConverter(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

}  // namespace sotto::platform
