// SPDX-License-Identifier: Apache-2.0
#include "support/sound.h"

#include <algorithm>
#include <cmath>
#include <random>

namespace sotto::test {

namespace {

constexpr double kSyllable = 0.12;
constexpr double kPi = 3.14159265358979323846;
constexpr std::size_t kFold = 48000 / kCompareRate;

std::vector<double> tones(double seconds, unsigned seed) {
    std::mt19937 random(seed);
    std::vector<double> all(static_cast<std::size_t>(seconds / kSyllable) + 1);
    // Not std::uniform_real_distribution: its numbers differ from library to library.
    for (double& tone : all)
        tone = 150.0 + 500.0 * static_cast<double>(random()) / 4294967296.0;
    return all;
}

}  // namespace

std::vector<std::int16_t> melody(double seconds, int rate, unsigned seed) {
    const auto frequencies = tones(seconds, seed);
    std::vector<std::int16_t> samples(static_cast<std::size_t>(seconds * rate));
    for (std::size_t i = 0; i < samples.size(); ++i) {
        const double time = static_cast<double>(i) / rate;
        const auto syllable = static_cast<std::size_t>(time / kSyllable);
        const double local = time - static_cast<double>(syllable) * kSyllable;
        const double phase = 2 * kPi * frequencies[syllable] * local;
        const double loudness = std::sin(kPi * local / kSyllable);
        const double value = (std::sin(phase) + 0.4 * std::sin(2 * phase)) * loudness * loudness;
        samples[i] = static_cast<std::int16_t>(std::lround(9000 * value));
    }
    return samples;
}

Fit bestFit(const std::vector<float>& stretch, const std::vector<float>& sound, std::ptrdiff_t first,
            std::ptrdiff_t last) {
    const auto size = static_cast<std::ptrdiff_t>(stretch.size());
    double own = 0;
    for (const float value : stretch)
        own += static_cast<double>(value) * static_cast<double>(value);
    Fit best;
    first = std::max<std::ptrdiff_t>(first, 0);
    last = std::min(last, static_cast<std::ptrdiff_t>(sound.size()) - size);
    for (std::ptrdiff_t at = first; at <= last; ++at) {
        float product = 0;
        float other = 0;
        for (std::ptrdiff_t i = 0; i < size; ++i) {
            const float value = sound[static_cast<std::size_t>(at + i)];
            product += stretch[static_cast<std::size_t>(i)] * value;
            other += value * value;
        }
        const double correlation = static_cast<double>(product) / std::sqrt(own * static_cast<double>(other) + 1);
        if (correlation > best.correlation) best = {at, correlation};
    }
    return best;
}

std::vector<float> stretchOf(const std::vector<float>& sound, double fromSeconds, double seconds) {
    const auto from = static_cast<std::size_t>(fromSeconds * kCompareRate);
    const auto count = static_cast<std::size_t>(seconds * kCompareRate);
    if (from + count > sound.size()) return {};
    const auto begin = sound.begin() + static_cast<std::ptrdiff_t>(from);
    return {begin, begin + static_cast<std::ptrdiff_t>(count)};
}

std::vector<float> asFloats(const std::vector<std::int16_t>& samples) {
    return {samples.begin(), samples.end()};
}

Fit exactFit(const std::vector<std::int16_t>& stretch, const std::vector<std::int16_t>& sound) {
    const auto coarse = folded(sound);
    const Fit near = bestFit(folded(stretch), coarse, 0, static_cast<std::ptrdiff_t>(coarse.size()));
    const auto at = near.at * static_cast<std::ptrdiff_t>(kFold);
    constexpr auto kAround = static_cast<std::ptrdiff_t>(2 * kFold);
    return bestFit(asFloats(stretch), asFloats(sound), at - kAround, at + kAround);
}

std::vector<float> folded(const std::vector<std::int16_t>& samples) {
    std::vector<float> sound(samples.size() / kFold);
    for (std::size_t i = 0; i < sound.size(); ++i) {
        for (std::size_t k = 0; k < kFold; ++k)
            sound[i] += static_cast<float>(samples[i * kFold + k]);
    }
    return sound;
}

}  // namespace sotto::test
