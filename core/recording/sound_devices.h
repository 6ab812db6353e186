// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include <QString>

#include "recording/audio_input.h"
#include "recording/audio_output.h"

namespace sotto::recording {

struct SoundDevice {
    QString id;    ///< stable as long as the device stays plugged in where it is
    QString name;  ///< for people
    bool isDefault = false;
};

/// Port: the microphones and the loudspeaker of this machine. Thread-safe. Every call may block for as long as the
/// system's sound service takes to answer (bounded by the implementation, seconds at worst): not for a GUI thread.
/// What it opened may outlive it.
class SoundDevices {
public:
    virtual ~SoundDevices() = default;
    /// Those that can be opened now; empty if there are none or the sound service does not answer.
    [[nodiscard]] virtual std::vector<SoundDevice> microphones() = 0;
    /// An empty id opens the default one. NotFound: no microphone, or none of that id; IoFailed: it can't be opened.
    [[nodiscard]] virtual Result<std::unique_ptr<LiveInput>> openMicrophone(const QString& id) = 0;
    /// The default loudspeaker. NotFound, IoFailed.
    [[nodiscard]] virtual Result<std::unique_ptr<AudioOutput>> openSpeaker() = 0;
};

}  // namespace sotto::recording
