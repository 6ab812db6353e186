// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "recording/sound_devices.h"
#include "workflow/listen.h"

namespace sotto::app {

/// Plays a recording on the loudspeaker, faster or slower with its pitch kept, from a thread of its own: decoding and
/// waiting for the device never touch the GUI or the vault thread. Made, told what to do and destroyed on the GUI
/// thread. Clear sound stays in memory and is wiped.
class SoundPlayer {
public:
    SoundPlayer(std::shared_ptr<recording::SoundDevices> sound, std::unique_ptr<workflow::Listening> listening);
    ~SoundPlayer();
    SoundPlayer(const SoundPlayer&) = delete;
    SoundPlayer& operator=(const SoundPlayer&) = delete;

    /// From one offset to another; the end of the recording if that comes first.
    void play(std::int64_t fromMs, std::int64_t toMs);
    void pause();
    /// 0.5 to 2; counts from the next piece of sound, be it that something plays.
    void setTempo(double tempo) { m_tempo = tempo; }
    /// All events of the session as they are now: what was taken back meanwhile is silent from the next play() on.
    void update(std::vector<interview::Event> events);
    [[nodiscard]] bool isPlaying() const { return m_isPlaying; }
    /// The place in the recording that is being heard, whatever the tempo.
    [[nodiscard]] std::int64_t positionMs() const;
    [[nodiscard]] std::int64_t durationMs() const { return m_durationMs; }
    /// The last play() ended because the loudspeaker or the log failed.
    [[nodiscard]] bool hasFailed() const { return m_hasFailed; }

private:
    struct Wish {
        std::int64_t fromMs = 0;
        std::int64_t toMs = 0;
    };
    /// From this sample of the loudspeaker on, the recording is heard from `ms` at `tempo`.
    struct Knot {
        std::int64_t sample = 0;
        double ms = 0;
        double tempo = 1;
    };
    void run();
    void playOnce(const Wish& wish);
    [[nodiscard]] Result<> hand(recording::AudioOutput& speaker, std::int64_t toMs);
    [[nodiscard]] Result<> takeUpdate();
    void silence();
    void rest(bool wholly);
    void turn(std::int64_t sample, std::int64_t ms, double tempo);
    [[nodiscard]] std::int64_t heardMs() const;

    std::shared_ptr<recording::SoundDevices> m_sound;
    std::unique_ptr<workflow::Listening> m_listening;
    std::int64_t m_durationMs = 0;
    mutable std::mutex m_mutex;
    std::condition_variable m_wake;
    std::optional<Wish> m_wish;                             ///< under the mutex
    std::optional<std::vector<interview::Event>> m_update;  ///< under the mutex
    bool m_isEnding = false;                                ///< under the mutex
    recording::AudioOutput* m_speaker = nullptr;            ///< that plays now; under the mutex
    std::vector<Knot> m_knots;                              ///< of what it plays; under the mutex
    std::int64_t m_readMs = 0;                              ///< nothing behind it was read yet; under the mutex
    std::int64_t m_restMs = 0;                              ///< where it stands while nothing plays; under the mutex
    std::atomic<double> m_tempo{1};
    std::atomic<bool> m_isStopping{false};
    std::atomic<bool> m_isPlaying{false};
    std::atomic<bool> m_hasFailed{false};
    std::thread m_thread;
};

}  // namespace sotto::app
