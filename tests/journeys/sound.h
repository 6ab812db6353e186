// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include <QByteArray>
#include <QList>
#include <QString>

#include "journeys/programs.h"

namespace sotto::test {

/// Rate at which sound is compared: the melodies hold nothing above 1.3 kHz.
inline constexpr int kCompareRate = 6000;

/// A made-up voice: a tone of its own every 120 ms, so that no two stretches are alike. The same seed gives the same
/// sound at any rate.
[[nodiscard]] std::vector<std::int16_t> melody(double seconds, int rate, unsigned seed = 1);

/// Mono, 16 bit; `repeats` times the samples one after the other.
void writeWav(const QString& path, const std::vector<std::int16_t>& samples, int rate, int repeats = 1);

/// What `opusdec` makes of a file, at kCompareRate. Empty if it failed.
[[nodiscard]] std::vector<float> decoded(const Stage& stage, const QString& opusFile);

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

/// The packets of an Ogg file, headers included (RFC 3533): what is left when serial numbers and pages are taken away.
[[nodiscard]] QList<QByteArray> oggPackets(const QByteArray& ogg);

}  // namespace sotto::test
