// SPDX-License-Identifier: Apache-2.0
#include "people/codes.h"

#include <array>
#include <cstdint>

#include <QLatin1String>

#include "base/ids.h"

namespace sotto::people {

namespace {

// Chosen by ear so that no pair of them is a rude or a medical word in French or English.
constexpr std::array kFirst{"Ba", "Be", "De", "El", "Fa", "Fi", "Ga", "Ha", "Io", "Ja", "Ka", "La",
                            "Le", "Lo", "Ma", "Mi", "Na", "No", "Ol", "Ra", "Ri", "Ta", "Va", "Yo"};
constexpr std::array kSecond{"bel", "bin", "dan", "dra", "fen", "gan", "gus", "lan", "lim", "lor", "mar", "mel",
                             "mir", "nel", "nor", "ral", "ran", "rel", "rim", "ron", "tel", "van", "ven", "vin"};
constexpr std::string_view kCodeAlphabet = "23456789BCDFGHJKMNPQRSTVWXZ";
constexpr int kCodeLength = 8;

/// Uniform below `bound` (at most 256): values of the last, incomplete round are drawn again.
std::size_t randomBelow(std::size_t bound) {
    const std::size_t usable = 256 / bound * bound;
    std::array<std::uint8_t, 1> byte{};
    do {
        randomFill(byte);
    } while (byte[0] >= usable);
    return byte[0] % bound;
}

QString lettersOf(const QString& text) {
    QString letters;
    for (const QChar character : text.normalized(QString::NormalizationForm_KD)) {
        if (character.isLetter()) letters.append(character.toLower());
    }
    return letters;
}

}  // namespace

QString randomPseudonym() {
    return QLatin1String(kFirst[randomBelow(kFirst.size())]) + QLatin1String(kSecond[randomBelow(kSecond.size())]) +
           QLatin1Char('-') + QString::number(randomBelow(10)) + QString::number(randomBelow(10));
}

QString randomResearchCode() {
    QString code;
    for (int i = 0; i < kCodeLength; ++i) {
        code.append(QLatin1Char(kCodeAlphabet[randomBelow(kCodeAlphabet.size())]));
    }
    return code;
}

bool resembles(const QString& pseudonym, const QString& name) {
    return lettersOf(name).contains(lettersOf(pseudonym));
}

}  // namespace sotto::people
