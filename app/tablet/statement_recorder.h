// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <memory>
#include <mutex>

#include <QObject>

#include "consent/evidence.h"
#include "recording/levels.h"
#include "recording/sound_devices.h"
#include "recording/voice_memo.h"

class QThread;

namespace sotto::app {

/// Records what is said when consent is given aloud: from the microphone into memory, and nowhere else. A thread of its
/// own reads the device. GUI thread.
class StatementRecorder : public QObject {
    Q_OBJECT
public:
    explicit StatementRecorder(std::shared_ptr<recording::SoundDevices> sound, QObject* parent = nullptr);
    ~StatementRecorder() override;

    /// Begins anew; what was recorded before is forgotten.
    void start(const QString& device);
    /// Stops at once. What was said, or why there is nothing: NotFound, IoFailed for the device; InvalidArgument if
    /// nothing was said.
    [[nodiscard]] Result<consent::Attachment> stop();
    [[nodiscard]] bool isRecording() const { return m_thread != nullptr; }
    /// Any thread.
    [[nodiscard]] std::int64_t durationMs() const { return m_durationMs.load(); }
    [[nodiscard]] double level() const { return static_cast<double>(m_peak.load()); }
    /// The device failed, or went; stop() says why.
    [[nodiscard]] bool hasFailed() const { return m_hasFailed.load(); }

private:
    void listen(const QString& device);
    [[nodiscard]] Result<> listenTo(recording::LiveInput& input, recording::VoiceMemo& memo);

    std::shared_ptr<recording::SoundDevices> m_sound;
    std::unique_ptr<QThread> m_thread;
    std::mutex m_mutex;
    recording::LiveInput* m_input = nullptr;  ///< open now; under the mutex
    Result<Bytes> m_result;                   ///< the thread's, until it has ended
    std::atomic<bool> m_isStopping{false};
    std::atomic<bool> m_hasFailed{false};
    std::atomic<std::int64_t> m_durationMs{0};
    std::atomic<float> m_peak{0};
};

}  // namespace sotto::app
