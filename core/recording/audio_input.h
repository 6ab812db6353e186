// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
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

}  // namespace sotto::recording
