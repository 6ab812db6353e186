// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "base/file.h"
#include "base/result.h"
#include "recording/audio_input.h"

namespace sotto::platform {

/// A WAV file as a microphone: mixed down to mono (the mean of all channels), resampled to 48 kHz, as fast as it is
/// read. One thread.
class WavInput final : public recording::AudioInput {
public:
    /// NotFound; PermissionDenied; ParseFailed (not a WAV, broken, or without a single sample); Unsupported
    /// (compressed, or a rate outside 1 to 768 kHz).
    [[nodiscard]] static Result<std::unique_ptr<WavInput>> open(const Path& path);
    ~WavInput() override;

    /// IoFailed if the file became shorter or unreadable since it was opened.
    [[nodiscard]] Result<std::size_t> read(std::span<std::int16_t> out) override;
    /// How many samples read() gives in all, at 48 kHz.
    [[nodiscard]] std::int64_t durationSamples() const;

private:
    struct State;
    explicit WavInput(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

}  // namespace sotto::platform
