// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include <QByteArray>
#include <QList>
#include <QString>

#include "journeys/programs.h"
#include "support/sound.h"

namespace sotto::test {

/// Mono, 16 bit; `repeats` times the samples one after the other.
void writeWav(const QString& path, const std::vector<std::int16_t>& samples, int rate, int repeats = 1);

/// What `opusdec` makes of a file, at kCompareRate. Empty if it failed.
[[nodiscard]] std::vector<float> decoded(const Stage& stage, const QString& opusFile);

/// The packets of an Ogg file, headers included (RFC 3533): what is left when serial numbers and pages are taken away.
[[nodiscard]] QList<QByteArray> oggPackets(const QByteArray& ogg);

}  // namespace sotto::test
