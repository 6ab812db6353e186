// SPDX-License-Identifier: Apache-2.0
#include "sound_player.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "crypto/secure_bytes.h"
#include "platform/sound/tempo.h"

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
        silence();
    }
    m_wake.notify_one();
    m_thread.join();
}

void SoundPlayer::play(std::int64_t fromMs, std::int64_t toMs) {
    {
        const std::lock_guard lock(m_mutex);
        m_wish = Wish{std::clamp<std::int64_t>(fromMs, 0, m_durationMs), std::min(toMs, m_durationMs)};
        silence();
        m_isPlaying = true;
        m_hasFailed = false;
    }
    m_wake.notify_one();
}

void SoundPlayer::pause() {
    const std::lock_guard lock(m_mutex);
    m_wish.reset();
    silence();
    m_isPlaying = false;
}

void SoundPlayer::update(std::vector<interview::Event> events) {
    const std::lock_guard lock(m_mutex);
    m_update = std::move(events);
}

Result<> SoundPlayer::takeUpdate() {
    std::optional<std::vector<interview::Event>> events;
    {
        const std::lock_guard lock(m_mutex);
        events = std::exchange(m_update, std::nullopt);
    }
    if (!events) return {};
    return m_listening->update(*std::move(events));
}

/// What plays now makes room at once. Under the mutex.
void SoundPlayer::silence() {
    m_isStopping = true;
    if (m_speaker != nullptr) m_speaker->stop();
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
            m_restMs = wish.fromMs;
            m_isStopping = false;
        }
        playOnce(wish);
        const std::lock_guard lock(m_mutex);
        if (!m_wish) m_isPlaying = false;
    }
}

void SoundPlayer::playOnce(const Wish& wish) {
    const auto attempt = [this, &wish]() -> Result<> {
        SOTTO_TRY(takeUpdate());
        SOTTO_TRY(m_listening->seek({wish.fromMs}));
        SOTTO_ASSIGN(const auto speaker, m_sound->openSpeaker());
        turn(0, wish.fromMs, m_tempo);
        {
            const std::lock_guard lock(m_mutex);
            m_speaker = speaker.get();
            if (m_isStopping) m_speaker->stop();
        }
        Result<> played = hand(*speaker, wish.toMs);
        if (played && !m_isStopping) played = speaker->finish();
        const bool isStopped = m_isStopping;
        rest(!isStopped && played);
        return isStopped ? Result<>() : played;
    };
    m_hasFailed = !attempt();
}

/// Piece by piece, so that a change of the tempo is heard soon and little clear sound waits.
Result<> SoundPlayer::hand(recording::AudioOutput& speaker, std::int64_t toMs) {
    std::array<std::int16_t, kPiece> piece{};
    platform::Tempo tempo(m_tempo);
    std::int64_t given = 0;
    const auto give = [&speaker, &given](std::span<const std::int16_t> samples) -> Result<> {
        SOTTO_TRY(speaker.write(samples));
        given += static_cast<std::int64_t>(samples.size());
        return {};
    };
    const auto step = [&]() -> Result<bool> {
        if (const double wanted = m_tempo; wanted != tempo.tempo()) {
            SOTTO_TRY(give(tempo.finish()));
            tempo = platform::Tempo(wanted);
            turn(given, m_listening->position().ms, wanted);
        }
        SOTTO_ASSIGN(const std::size_t count, m_listening->read(piece));
        {
            const std::lock_guard lock(m_mutex);
            m_readMs = m_listening->position().ms;
        }
        SOTTO_TRY(give(count == 0 ? tempo.finish() : tempo.stretch(std::span(piece).first(count))));
        return count > 0;
    };
    Result<bool> goesOn = true;
    while (goesOn && *goesOn && !m_isStopping && m_listening->position().ms < toMs)
        goesOn = step();
    crypto::wipe({reinterpret_cast<std::uint8_t*>(piece.data()), sizeof piece});
    if (!goesOn) return Failure(goesOn.error());
    return m_isStopping ? Result<>() : give(tempo.finish());
}

void SoundPlayer::turn(std::int64_t sample, std::int64_t ms, double tempo) {
    const std::lock_guard lock(m_mutex);
    if (sample == 0) m_knots.clear();
    m_knots.push_back({sample, static_cast<double>(ms), tempo});
    m_readMs = ms;
}

/// What played is over; `wholly`: it was heard to its end.
void SoundPlayer::rest(bool wholly) {
    const std::lock_guard lock(m_mutex);
    m_restMs = wholly ? m_readMs : heardMs();
    m_speaker = nullptr;
}

/// Under the mutex, while something plays.
std::int64_t SoundPlayer::heardMs() const {
    const std::int64_t played = m_speaker->playedSamples();
    const auto knot = std::find_if(m_knots.rbegin(), m_knots.rend() - 1,
                                   [played](const Knot& candidate) { return candidate.sample <= played; });
    const double since = static_cast<double>(played - knot->sample) * 1000 / kSampleRate;
    return std::clamp(std::llround(knot->ms + since * knot->tempo), 0LL, static_cast<long long>(m_readMs));
}

std::int64_t SoundPlayer::positionMs() const {
    const std::lock_guard lock(m_mutex);
    if (m_wish) return m_wish->fromMs;
    return m_speaker == nullptr ? m_restMs : heardMs();
}

}  // namespace sotto::app
