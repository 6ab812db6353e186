// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "base/bytes.h"
#include "base/result.h"
#include "keyring/passphrase.h"

namespace sotto::keyring {

/// In plain words, for a passphrase against somebody who has copied the files and guesses on many computers. One guess
/// costs an Argon2id of 64 MiB or more: 10^4 guesses a second is a generous attacker.
enum class StrengthLevel {
    TooWeak,  ///< under 40 bits: guessed within three years; refused
    Weak,     ///< under 51 bits: less than four generated words
    Fair,     ///< under 64 bits: less than five generated words
    Strong,   ///< as good as five generated words
};

struct PassphraseStrength {
    double bits = 0.0;  ///< log2 of the guesses that a clever attacker needs, estimated from below
    StrengthLevel level = StrengthLevel::TooWeak;
};

[[nodiscard]] StrengthLevel strengthLevel(double bits);
/// "too weak", "weak", "fair", "strong": English, for the command line.
[[nodiscard]] const char* strengthName(StrengthLevel level);

/// How hard it is to guess a passphrase that somebody made up (UTF-8, any content). The lowest of four estimates:
/// zxcvbn (Wheeler, USENIX Security 2016; the C library, with our word lists, frequent French passwords and first names
/// as further dictionaries) over the passphrase, over the same without separators, over the keys that it is on a
/// QWERTY keyboard when typed on AZERTY, and our own cut into words of the lists. Accents count for nothing, other
/// letters outside of ASCII for one symbol of a hundred. What zxcvbn can't see stays unseen: names and dates of
/// the person's own life, lines of songs.
///
/// Secrets: works on copies in secret memory that are wiped. zxcvbn itself allocates a reversed copy, which it
/// overwrites with zeros before freeing it, and nodes with where parts begin and how improbable they are, which it
/// frees without wiping; single characters stay on the stack and in registers until they are overwritten. Those can't
/// be wiped from here. Takes some tens of milliseconds. Safe to call from any thread.
[[nodiscard]] PassphraseStrength passphraseStrength(ByteView passphrase, std::span<const WordList> lists);

/// InvalidArgument with a sentence if a passphrase of somebody's own making is too weak to be accepted.
[[nodiscard]] Result<> checkOwnPassphrase(ByteView passphrase, std::span<const WordList> lists);

}  // namespace sotto::keyring
