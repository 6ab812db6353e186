// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "platform/linux/audio_thread.h"
#include "recording/sound_devices.h"

namespace sotto::platform {

/// Microphones and loudspeakers through Qt Multimedia (on Linux: PulseAudio, or PipeWire in its clothes). Starts the
/// audio thread, which lives as long as this or anything that it opened. Make one, and keep it for as long as the app
/// runs. Needs a QCoreApplication. Threads as in SoundDevices.
class QtSoundDevices final : public recording::SoundDevices {
public:
    QtSoundDevices();

    [[nodiscard]] std::vector<recording::SoundDevice> microphones() override;
    [[nodiscard]] Result<std::unique_ptr<recording::LiveInput>> openMicrophone(const QString& id) override;
    [[nodiscard]] Result<std::unique_ptr<recording::AudioOutput>> openSpeaker() override;

private:
    std::shared_ptr<AudioThread> m_thread;
};

}  // namespace sotto::platform
