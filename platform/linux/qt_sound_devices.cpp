// SPDX-License-Identifier: Apache-2.0
#include "platform/linux/qt_sound_devices.h"

#include <QAudioDevice>
#include <QMediaDevices>

#include "base/log.h"
#include "platform/linux/qt_microphone.h"
#include "platform/linux/qt_speaker.h"

namespace sotto::platform {

QtSoundDevices::QtSoundDevices() : m_thread(std::make_shared<AudioThread>()) {}

std::vector<recording::SoundDevice> QtSoundDevices::microphones() {
    using Found = std::vector<recording::SoundDevice>;
    auto found = m_thread->call([]() -> Result<Found> {
        Found all;
        for (const QAudioDevice& device : QMediaDevices::audioInputs())
            all.push_back({QString::fromUtf8(device.id()), device.description(), device.isDefault()});
        return all;
    });
    if (found) return *std::move(found);
    qCWarning(logRecording, "the sound server does not answer");
    return {};
}

Result<std::unique_ptr<recording::LiveInput>> QtSoundDevices::openMicrophone(const QString& id) {
    return QtMicrophone::open(m_thread, id);
}

Result<std::unique_ptr<recording::AudioOutput>> QtSoundDevices::openSpeaker() {
    return QtSpeaker::open(m_thread);
}

}  // namespace sotto::platform
