// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

#include "base/bytes.h"

/// Bech32 (BIP 173, checksum constant 1, no limit of length) for keys of a known size. Works in the caller's memory
/// only: the text and the bytes may be secret, so nothing is copied on the way.
namespace sotto::crypto::age::bech32 {

/// Characters that `bytes` bytes need under a prefix of `prefix` characters.
[[nodiscard]] constexpr std::size_t encodedSize(std::size_t prefix, std::size_t bytes) {
    return prefix + 1 + (bytes * 8 + 4) / 5 + 6;
}

/// Writes lower-case text of exactly encodedSize() characters. `prefix` is lower case.
void encode(std::string_view prefix, ByteView bytes, std::span<char> text);

/// True, and `bytes` filled, if the text is all upper or all lower case, has just this prefix (given in lower case),
/// a right checksum, and carries just bytes.size() bytes with zero padding bits. `bytes` is wiped otherwise.
[[nodiscard]] bool decode(std::string_view text, std::string_view prefix, ByteSpan bytes);

}  // namespace sotto::crypto::age::bech32
