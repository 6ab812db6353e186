// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

#include "recording/sound_devices.h"
#include "workflow/listen.h"

namespace sotto::app {

/// Plays a recording on the loudspeaker, from a thread of its own: decoding and waiting for the device never touch the
/// GUI or the vault thread. Made, told what to do and destroyed on the GUI thread. Clear sound stays in memory and is
/// wiped.
class SoundPlayer {
public:
    SoundPlayer(std::shared_ptr<recording::SoundDevices> sound, std::unique_ptr<workflow::Listening> listening);
    ~SoundPlayer();
    SoundPlayer(const SoundPlayer&) = delete;
    SoundPlayer& operator=(const SoundPlayer&) = delete;

    /// From one offset to another; the end of the recording if that comes first.
    void play(std::int64_t fromMs, std::int64_t toMs);
    void pause();
    [[nodiscard]] bool isPlaying() const { return m_isPlaying; }
    [[nodiscard]] std::int64_t positionMs() const { return m_positionMs; }
    [[nodiscard]] std::int64_t durationMs() const { return m_durationMs; }
    /// The last play() ended because the loudspeaker or the log failed.
    [[nodiscard]] bool hasFailed() const { return m_hasFailed; }

private:
    struct Wish {
        std::int64_t fromMs = 0;
        std::int64_t toMs = 0;
    };
    void run();
    void playOnce(const Wish& wish);
    [[nodiscard]] Result<> hand(recording::AudioOutput& speaker, std::int64_t toMs);

    std::shared_ptr<recording::SoundDevices> m_sound;
    std::unique_ptr<workflow::Listening> m_listening;
    std::int64_t m_durationMs = 0;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::optional<Wish> m_wish;  ///< under the mutex
    bool m_isEnding = false;     ///< under the mutex
    std::atomic<bool> m_isStopping{false};
    std::atomic<bool> m_isPlaying{false};
    std::atomic<bool> m_hasFailed{false};
    std::atomic<std::int64_t> m_positionMs{0};
    std::thread m_thread;
};

}  // namespace sotto::app
