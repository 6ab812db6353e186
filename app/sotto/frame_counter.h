// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "base/file.h"

namespace sotto::app {

/// A memory-mapped 8-byte little-endian count of the samples handed to the recorder: it survives a SIGKILL, so that a
/// test can measure from outside how much of what was heard is missing. Not thread-safe.
class FrameCounter {
public:
    /// Creates or resets the file.
    [[nodiscard]] static Result<FrameCounter> open(const Path& path);
    FrameCounter(FrameCounter&& other) noexcept;
    FrameCounter& operator=(FrameCounter&&) = delete;
    ~FrameCounter();
    void add(std::uint64_t samples);

private:
    explicit FrameCounter(std::uint64_t* value) : m_value(value) {}
    std::uint64_t* m_value;
};

}  // namespace sotto::app
