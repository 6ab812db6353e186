// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace sotto::test {

/// Rate at which sound is compared: the melodies hold nothing above 1.3 kHz.
inline constexpr int kCompareRate = 6000;

/// A made-up voice: a tone of its own every 120 ms, so that no two stretches are alike. The same seed gives the same
/// sound at any rate.
[[nodiscard]] std::vector<std::int16_t> melody(double seconds, int rate, unsigned seed = 1);

/// Where in `sound`, from `first` to `last`, the stretch fits best.
struct Fit {
    std::ptrdiff_t at = 0;
    double correlation = 0;  ///< 1: the same shape; near 0: nothing in common
};
[[nodiscard]] Fit bestFit(const std::vector<float>& stretch, const std::vector<float>& sound, std::ptrdiff_t first,
                          std::ptrdiff_t last);
/// A stretch of a sound at kCompareRate.
[[nodiscard]] std::vector<float> stretchOf(const std::vector<float>& sound, double fromSeconds, double seconds);
[[nodiscard]] std::vector<float> asFloats(const std::vector<std::int16_t>& samples);
/// Where `stretch` fits best in `sound`, both at 48 kHz, to the sample: first sought at kCompareRate.
[[nodiscard]] Fit exactFit(const std::vector<std::int16_t>& stretch, const std::vector<std::int16_t>& sound);
/// 48 kHz brought down to kCompareRate by adding up neighbours.
[[nodiscard]] std::vector<float> folded(const std::vector<std::int16_t>& samples);

}  // namespace sotto::test
