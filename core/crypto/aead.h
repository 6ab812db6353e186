// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "base/bytes.h"
#include "base/result.h"
#include "crypto/secure_bytes.h"

namespace sotto::crypto {

inline constexpr std::size_t kAeadKeySize = 32;
inline constexpr std::size_t kAeadNonceSize = 24;
inline constexpr std::size_t kAeadTagSize = 16;
using AeadNonce = std::array<std::uint8_t, kAeadNonceSize>;

/// A fresh random nonce; 192 bits, so that random never repeats.
[[nodiscard]] AeadNonce randomNonce();

/// XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha). Writes plaintext.size() + kAeadTagSize bytes to `out`, which must
/// have just that size.
void aeadSeal(ByteView key, const AeadNonce& nonce, ByteView associated, ByteView plaintext, ByteSpan out);

/// Opens into `out` of exactly sealed.size() - kAeadTagSize bytes. False, and `out` all zero, if it does not verify.
[[nodiscard]] bool aeadOpen(ByteView key, const AeadNonce& nonce, ByteView associated, ByteView sealed, ByteSpan out);

/// Small secrets at rest: nonce (24) || ciphertext || tag (16).
[[nodiscard]] Bytes sealSecret(ByteView key, ByteView associated, const SecureBytes& secret);
/// Nothing returned unless it verifies: WrongKey.
[[nodiscard]] Result<SecureBytes> openSecret(ByteView key, ByteView associated, ByteView sealed);

}  // namespace sotto::crypto
