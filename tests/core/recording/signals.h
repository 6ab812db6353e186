// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstdint>
#include <random>
#include <span>
#include <vector>

namespace sotto::test {

using Samples = std::vector<std::int16_t>;

inline constexpr double kPi = 3.14159265358979323846;

[[nodiscard]] inline Samples silence(std::size_t count) {
    return Samples(count, 0);
}

[[nodiscard]] inline Samples sine(std::size_t count, double hertz, double amplitude) {
    Samples samples(count);
    for (std::size_t i = 0; i < count; i++) {
        samples[i] = static_cast<std::int16_t>(
            std::lrint(amplitude * std::sin(2 * kPi * hertz * static_cast<double>(i) / 48000)));
    }
    return samples;
}

/// A tone that climbs from 200 Hz to 3 kHz in each second: correlates with itself at one lag only.
[[nodiscard]] inline Samples chirp(std::size_t count, double amplitude = 9000) {
    Samples samples(count);
    for (std::size_t i = 0; i < count; i++) {
        const double t = static_cast<double>(i % 48000) / 48000;
        samples[i] = static_cast<std::int16_t>(std::lrint(amplitude * std::sin(2 * kPi * (200 * t + 1400 * t * t))));
    }
    return samples;
}

/// The noise of a quiet room: -1, 0 or 1.
[[nodiscard]] inline Samples quietRoom(std::size_t count, unsigned seed = 7) {
    std::mt19937 random(seed);
    std::uniform_int_distribution<int> step(-1, 1);
    Samples samples(count);
    for (auto& sample : samples)
        sample = static_cast<std::int16_t>(step(random));
    return samples;
}

/// Loud coloured noise in syllables of a quarter of a second, a stand-in for speech.
[[nodiscard]] inline Samples babble(std::size_t count, unsigned seed = 11) {
    std::mt19937 random(seed);
    std::normal_distribution<double> white(0, 4000);
    Samples samples(count);
    double state = 0;
    for (std::size_t i = 0; i < count; i++) {
        state = 0.8 * state + 0.2 * white(random);
        const double syllable = 0.55 - 0.45 * std::cos(2 * kPi * static_cast<double>(i % 12000) / 12000);
        samples[i] = static_cast<std::int16_t>(std::lrint(2.5 * state * syllable));
    }
    return samples;
}

/// Puts a burst of 3 ms into the samples.
inline void addClick(Samples& samples, std::size_t at) {
    for (std::size_t i = 0; i < 144 && at + i < samples.size(); i++) {
        samples[at + i] =
            static_cast<std::int16_t>(std::lrint(22000 * std::sin(2 * kPi * 1500 * static_cast<double>(i) / 48000)));
    }
}

/// Where the loudest stretch of 3 ms begins.
[[nodiscard]] inline std::int64_t clickIn(std::span<const std::int16_t> samples) {
    constexpr std::size_t kWindow = 144;
    double energy = 0;
    double best = -1;
    std::size_t at = 0;
    for (std::size_t i = 0; i < samples.size(); i++) {
        energy += static_cast<double>(samples[i]) * samples[i];
        if (i >= kWindow) energy -= static_cast<double>(samples[i - kWindow]) * samples[i - kWindow];
        if (energy > best) {
            best = energy;
            at = i + 1 >= kWindow ? i + 1 - kWindow : 0;
        }
    }
    return static_cast<std::int64_t>(at);
}

/// Correlation of two stretches of the same length, -1 to 1; 0 if one of them is silent.
[[nodiscard]] inline double correlation(std::span<const std::int16_t> a, std::span<const std::int16_t> b) {
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (std::size_t i = 0; i < a.size() && i < b.size(); i++) {
        ab += static_cast<double>(a[i]) * b[i];
        aa += static_cast<double>(a[i]) * a[i];
        bb += static_cast<double>(b[i]) * b[i];
    }
    return aa > 0 && bb > 0 ? ab / std::sqrt(aa * bb) : 0;
}

struct Lag {
    int samples = 0;
    double correlation = -1;
};

/// By how many samples (at most `limit`) `decoded` lags behind `original`, judged on original[from, from + count).
[[nodiscard]] inline Lag lagOf(const Samples& original, const Samples& decoded, std::size_t from, std::size_t count,
                               int limit = 400) {
    Lag best;
    const std::span<const std::int16_t> wanted(original.data() + from, count);
    for (int lag = -limit; lag <= limit; lag++) {
        const std::int64_t begin = static_cast<std::int64_t>(from) + lag;
        if (begin < 0 || begin + static_cast<std::int64_t>(count) > static_cast<std::int64_t>(decoded.size())) continue;
        const double value = correlation(wanted, {decoded.data() + begin, count});
        if (value > best.correlation) best = {lag, value};
    }
    return best;
}

}  // namespace sotto::test
