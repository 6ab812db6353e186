// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>

#include <QObject>
#include <QString>

#include "base/result.h"
#include "devices.h"
#include "recording/levels.h"

class QThread;

namespace sotto::app {

class VaultThread;

/// The way from the microphone to the running interview: a thread of its own reads the device and hands each piece to
/// the vault thread, where it is recorded if recording is on, and forgotten if not. Armed before it is needed, because
/// a device can take seconds to deliver. After a loss it opens the device again by itself, once a second.
///
/// GUI thread, but for what says otherwise. Clear audio stays in memory and is wiped piece by piece.
class Capture : public QObject {
    Q_OBJECT
public:
    enum class State {
        Off,
        Arming,  ///< opened, nothing delivered yet
        Ready,   ///< samples come
        Lost,    ///< the device is gone, or could not be opened; tried again by itself
    };
    Q_ENUM(State)

    Capture(VaultThread& vault, std::shared_ptr<recording::SoundDevices> sound, QObject* parent = nullptr);
    ~Capture() override;

    /// Opens the device; does nothing if it is open already.
    void arm(const QString& device);
    void disarm();
    [[nodiscard]] State state() const { return m_state.load(); }
    /// Why it is Lost: NotFound, there is no microphone; Cancelled, it was there and went; anything else, it can't be
    /// opened.
    [[nodiscard]] ErrorCode whyLost() const { return m_whyLost.load(); }
    /// What is heard now, recorded or not. Any thread.
    [[nodiscard]] recording::Level level() const;

signals:
    void stateChanged();
    /// The recording failed (full disk, damaged log); what was recorded before is safe. Not for a lost device.
    void recordingFailed(const sotto::Error& error);
    /// Recording was on when the device was lost or too slow a disk let sound go; the gap is marked in the log.
    void recordingInterrupted();

private:
    void listen(const QString& device);
    void listenTo(recording::LiveInput& input);
    [[nodiscard]] bool hear(recording::AudioInput& input, recording::LevelMeter& meter);
    void hand(std::vector<std::int16_t> samples);
    void loseDevice();
    void setState(State state);
    void pauseBeforeNextTry();

    VaultThread* m_vault;
    std::shared_ptr<recording::SoundDevices> m_sound;
    std::unique_ptr<QThread> m_thread;
    std::mutex m_inputMutex;
    recording::LiveInput* m_input = nullptr;  ///< open now; under the mutex
    std::atomic<bool> m_isStopping{false};
    std::atomic<State> m_state{State::Off};
    std::atomic<ErrorCode> m_whyLost{ErrorCode::NotFound};
    std::atomic<float> m_peak{0};
    std::atomic<float> m_rms{0};
    std::atomic<bool> m_isClipping{false};
    std::atomic<bool> m_isDead{false};
    std::shared_ptr<std::atomic<int>> m_waiting = std::make_shared<std::atomic<int>>(0);  ///< pieces on their way
};

}  // namespace sotto::app
