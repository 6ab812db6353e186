// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include <QString>

#include "base/ids.h"
#include "base/result.h"
#include "vault/database.h"

// The code on a participant's copy, by which their consent is found when they want to take it back. The sessions vault
// has a hash of it alone; whoever loses it is found by name as well.
namespace sotto::consent {

/// Eight letters and digits without those that look alike (0 O, 1 I L, 5 S, 8 B, 2 Z), random: 37 bits.
[[nodiscard]] QString freshCode();
/// "K7MX-4PQD", as it stands on the copy.
[[nodiscard]] QString shownCode(const QString& code);
/// What somebody typed as it is stored: without blanks and dashes, in capitals. Nothing if it can't be a code.
[[nodiscard]] std::optional<QString> typedCode(const QString& text);
/// As hexadecimal text. The code of an erased participant can't be looked up any more, and says nothing.
[[nodiscard]] QString codeHash(const QString& code);

/// Whose consent bears the code that somebody typed: of every act of consent, not only the one in force. Nothing for a
/// code that belongs to nobody here, and for what can't be a code.
[[nodiscard]] Result<std::optional<ParticipantId>> participantOfCode(vault::Database& sessions, const QString& typed);

}  // namespace sotto::consent
