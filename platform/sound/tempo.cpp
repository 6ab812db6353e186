// SPDX-License-Identifier: Apache-2.0
#include "platform/sound/tempo.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <soundtouch/SoundTouch.h>
#include <vector>

#include "base/check.h"
#include "base/units.h"
#include "crypto/secure_bytes.h"
#include "platform/sound/sample_ring.h"

namespace sotto::platform {
namespace {

// What its authors recommend for speech: short stretches, so that no syllable is doubled.
constexpr int kSequenceMs = 40;
constexpr int kSeekWindowMs = 15;
constexpr int kOverlapMs = 8;
constexpr float kFullScale = 32768.0F;
/// What the library is given at once.
constexpr std::size_t kPiece = 2048;
/// More than the library ever holds of a piece and what it keeps back (150 ms): silence of this length grows its
/// buffers to their final size and writes over all of them.
constexpr std::size_t kFlood = static_cast<std::size_t>(kSampleRate) / 2;

static_assert(std::is_same_v<soundtouch::SAMPLETYPE, float>);

}  // namespace

struct Tempo::State {
    explicit State(double wanted);
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State();

    void flood();
    void take();

    double tempo;
    soundtouch::SoundTouch library;
    std::array<float, kPiece> piece{};
    std::vector<std::int16_t> ready;
};

Tempo::State::State(double wanted) : tempo(wanted) {
    library.setSampleRate(static_cast<unsigned>(kSampleRate));
    library.setChannels(1);
    library.setTempo(tempo);
    library.setSetting(SETTING_SEQUENCE_MS, kSequenceMs);
    library.setSetting(SETTING_SEEKWINDOW_MS, kSeekWindowMs);
    library.setSetting(SETTING_OVERLAP_MS, kOverlapMs);
    // The rate stays, so that its filter has nothing to do but to keep copies.
    library.setSetting(SETTING_USE_AA_FILTER, 0);
    if (tempo != 1.0) flood();
}

Tempo::State::~State() {
    if (tempo != 1.0) flood();
    crypto::wipe({reinterpret_cast<std::uint8_t*>(piece.data()), sizeof piece});
    wipeSound(ready);
}

/// Fills the library's buffers with silence. Done before the first sound, it also makes them as large as they will ever
/// be: growing later would leave the old ones in freed memory.
void Tempo::State::flood() {
    const std::vector<float> silence(kFlood, 0.0F);
    for (int round = 0; round < 2; ++round) {
        library.clear();
        library.putSamples(silence.data(), static_cast<unsigned>(silence.size()));
    }
    library.clear();
}

/// Moves what the library has ready to `ready`.
void Tempo::State::take() {
    while (library.numSamples() > 0) {
        const unsigned count = library.receiveSamples(piece.data(), static_cast<unsigned>(piece.size()));
        for (const float value : std::span(piece).first(count))
            ready.push_back(
                static_cast<std::int16_t>(std::lrint(std::clamp(value * kFullScale, -kFullScale, kFullScale - 1.0F))));
    }
}

Tempo::Tempo(double tempo) {
    SOTTO_CHECK(tempo >= kSlowest && tempo <= kFastest);
    m_state = std::make_unique<State>(tempo);
}
Tempo::Tempo(Tempo&&) noexcept = default;
Tempo& Tempo::operator=(Tempo&&) noexcept = default;
Tempo::~Tempo() = default;

double Tempo::tempo() const {
    return m_state->tempo;
}

std::span<const std::int16_t> Tempo::stretch(std::span<const std::int16_t> samples) {
    State& s = *m_state;
    // Room for all of it and for what was kept back.
    emptySound(s.ready, static_cast<std::size_t>(static_cast<double>(samples.size() + kFlood) / s.tempo) + kPiece);
    if (s.tempo == 1.0) {
        s.ready.assign(samples.begin(), samples.end());
        return s.ready;
    }
    while (!samples.empty()) {
        const auto part = samples.first(std::min(samples.size(), kPiece));
        std::transform(part.begin(), part.end(), s.piece.begin(),
                       [](std::int16_t sample) { return static_cast<float>(sample) / kFullScale; });
        s.library.putSamples(s.piece.data(), static_cast<unsigned>(part.size()));
        s.take();
        samples = samples.subspan(part.size());
    }
    return s.ready;
}

std::span<const std::int16_t> Tempo::finish() {
    State& s = *m_state;
    emptySound(s.ready, static_cast<std::size_t>(static_cast<double>(kFlood) / s.tempo));
    if (s.tempo == 1.0) return {};
    s.library.flush();
    s.take();
    s.flood();
    return s.ready;
}

}  // namespace sotto::platform
