// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace sotto::people {

/// A pronounceable random name and two digits ("Mira-42"), from the system's random source. It says nothing of anybody.
[[nodiscard]] QString randomPseudonym();

/// Eight random characters without look-alikes (no 0 O, 1 I L) and without vowels, so that no word comes out.
[[nodiscard]] QString randomResearchCode();

/// True if the pseudonym's syllables occur among the words of the name, accents and case aside: by chance somebody
/// could be given their own first name.
[[nodiscard]] bool resembles(const QString& pseudonym, const QString& name);

}  // namespace sotto::people
