// SPDX-License-Identifier: Apache-2.0
#include "sound_player.h"

#include <algorithm>
#include <array>

#include "crypto/secure_bytes.h"

namespace sotto::app {

namespace {

constexpr std::size_t kPiece = kSampleRate / 20;  // 50 ms

}  // namespace

SoundPlayer::SoundPlayer(std::shared_ptr<recording::SoundDevices> sound, std::unique_ptr<workflow::Listening> listening)
    : m_sound(std::move(sound)),
      m_listening(std::move(listening)),
      m_durationMs(m_listening->durationMs()),
      m_thread([this] { run(); }) {}

SoundPlayer::~SoundPlayer() {
    {
        const std::lock_guard lock(m_mutex);
        m_isEnding = true;
        m_isStopping = true;
    }
    m_wake.notify_one();
    m_thread.join();
}

void SoundPlayer::play(std::int64_t fromMs, std::int64_t toMs) {
    {
        const std::lock_guard lock(m_mutex);
        m_wish = Wish{std::clamp<std::int64_t>(fromMs, 0, m_durationMs), std::min(toMs, m_durationMs)};
        m_isStopping = true;  // what plays now makes room
        m_isPlaying = true;
        m_hasFailed = false;
    }
    m_wake.notify_one();
}

void SoundPlayer::pause() {
    const std::lock_guard lock(m_mutex);
    m_wish.reset();
    m_isStopping = true;
    m_isPlaying = false;
}

/// The player's thread.
void SoundPlayer::run() {
    while (true) {
        Wish wish;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, [this] { return m_isEnding || m_wish.has_value(); });
            if (m_isEnding) return;
            wish = *std::exchange(m_wish, std::nullopt);
            m_isStopping = false;
        }
        playOnce(wish);
        const std::lock_guard lock(m_mutex);
        if (!m_wish) m_isPlaying = false;
    }
}

void SoundPlayer::playOnce(const Wish& wish) {
    const auto attempt = [this, &wish]() -> Result<> {
        SOTTO_TRY(m_listening->seek({wish.fromMs}));
        SOTTO_ASSIGN(const auto speaker, m_sound->openSpeaker());
        const Result<> played = hand(*speaker, wish.toMs);
        if (m_isStopping) {
            speaker->stop();
            return {};
        }
        SOTTO_TRY(played);
        return speaker->finish();
    };
    m_hasFailed = !attempt();
}

Result<> SoundPlayer::hand(recording::AudioOutput& speaker, std::int64_t toMs) {
    std::array<std::int16_t, kPiece> piece{};
    Result<> result;
    while (result && !m_isStopping && m_listening->position().ms < toMs) {
        const auto count = m_listening->read(piece);
        if (!count) {
            result = Failure(count.error());
        } else if (*count == 0) {
            break;
        } else {
            result = speaker.write(std::span(piece).first(*count));
            m_positionMs = m_listening->position().ms;
        }
    }
    crypto::wipe({reinterpret_cast<std::uint8_t*>(piece.data()), sizeof piece});
    return result;
}

}  // namespace sotto::app
