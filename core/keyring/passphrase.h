// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

#include "crypto/secure_bytes.h"

namespace sotto::keyring {

/// A list of different words in ASCII, sorted: at least 2, at most 65,536. The words are public, not secret.
using WordList = std::span<const std::string_view>;

constexpr int kFewestWords = 4;
constexpr int kUsualWords = 5;
constexpr int kMostWords = 10;

/// `count` words joined by single spaces, each drawn from the system's random source with the same probability for
/// every word (rejection sampling, no remainder of a division). The phrase is only ever in secret memory; the draws
/// are wiped. `count` is 1..kMostWords. Safe to call from any thread.
[[nodiscard]] crypto::SecureBytes generatePassphrase(WordList words, int count);

/// What somebody who knows the list and the count still has to guess: count * log2(listSize) bits. Five words of
/// 7,776 give 64.6 bits.
[[nodiscard]] double generatedStrengthBits(int count, std::size_t listSize);

}  // namespace sotto::keyring
