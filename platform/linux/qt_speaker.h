// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "platform/linux/audio_thread.h"
#include "recording/audio_output.h"

namespace sotto::platform {

/// The default loudspeaker by QAudioSink, which lives in the audio thread. Fails with IoFailed when the sink does.
/// Threads as in AudioOutput.
class QtSpeaker final : public recording::AudioOutput {
public:
    /// NotFound: there is none; IoFailed.
    [[nodiscard]] static Result<std::unique_ptr<QtSpeaker>> open(std::shared_ptr<AudioThread> thread);
    ~QtSpeaker() override;

    [[nodiscard]] Result<> write(std::span<const std::int16_t> samples) override;
    [[nodiscard]] Result<> finish() override;
    void stop() override;
    [[nodiscard]] std::int64_t playedSamples() const override;

private:
    struct State;
    explicit QtSpeaker(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

}  // namespace sotto::platform
