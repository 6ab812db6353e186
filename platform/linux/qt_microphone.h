// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include <QString>

#include "platform/linux/audio_thread.h"
#include "recording/audio_input.h"

namespace sotto::platform {

/// A microphone by QAudioSource, which lives in the audio thread; half a minute of sound that nobody read yet is kept.
/// The device's own format is taken if it can't give mono, 48 kHz, 16 bit, and converted here.
///
/// read() fails with IoFailed when the microphone is unplugged (it left the list of devices, even if the sound server
/// goes on with another one: a recording must not change its microphone in silence), when Qt reports an error, or when
/// nothing came for three seconds (five for the first sample). Then open it anew. Threads as in LiveInput.
class QtMicrophone final : public recording::LiveInput {
public:
    /// An empty id: the default microphone. NotFound, IoFailed. Blocks until the sound server has answered; the first
    /// sample comes later.
    [[nodiscard]] static Result<std::unique_ptr<QtMicrophone>> open(std::shared_ptr<AudioThread> thread,
                                                                    const QString& deviceId);
    ~QtMicrophone() override;

    [[nodiscard]] Result<std::size_t> read(std::span<std::int16_t> out) override;
    void stop() override;
    void discard() override;
    [[nodiscard]] bool isDelivering() const override;
    [[nodiscard]] std::optional<std::int64_t> firstSampleMs() const override;
    [[nodiscard]] std::int64_t lostSamples() const override;

private:
    struct State;
    explicit QtMicrophone(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

}  // namespace sotto::platform
