// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <span>

namespace sotto::platform {

/// Plays a stream of sound (mono, 48 kHz) faster or slower and keeps its pitch, for listening to speech. At tempo 1
/// nothing is touched. Clear sound is wiped as it leaves and on destruction, the buffers of the library included as far
/// as they can be reached (core/adr/0010-tempo.md). One thread.
class Tempo {
public:
    static constexpr double kSlowest = 0.5;
    static constexpr double kFastest = 2.0;
    /// Aborts outside of kSlowest to kFastest.
    explicit Tempo(double tempo);
    Tempo(Tempo&&) noexcept;
    Tempo& operator=(Tempo&&) noexcept;
    ~Tempo();

    [[nodiscard]] double tempo() const;
    /// Takes samples and gives what is ready, valid until the next call; up to 150 ms are kept back.
    [[nodiscard]] std::span<const std::int16_t> stretch(std::span<const std::int16_t> samples);
    /// Gives what was kept back: all together there are then as many samples as were taken, divided by the tempo and
    /// rounded. What comes next begins a stream of its own.
    [[nodiscard]] std::span<const std::int16_t> finish();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

}  // namespace sotto::platform
