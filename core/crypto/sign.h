// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"
#include "crypto/secure_bytes.h"

namespace sotto::crypto {

using VerifyKey = std::array<std::uint8_t, 32>;
using Signature = std::array<std::uint8_t, 64>;

/// An Ed25519 key pair (RFC 8032). Move-only. The secret part is the 32-byte seed.
class SigningKey {
public:
    [[nodiscard]] static SigningKey generate();
    /// ParseFailed unless the seed has 32 bytes.
    [[nodiscard]] static Result<SigningKey> fromSeed(const SecureBytes& seed);

    [[nodiscard]] const VerifyKey& verifyKey() const { return m_verifyKey; }
    [[nodiscard]] SecureBytes seed() const;
    /// Signs `context` || 0x00 || message. The context names what is signed ("sotto-manifest-v1"), so that a
    /// signature over one kind of document can never pass for another.
    [[nodiscard]] Signature sign(std::string_view context, ByteView message) const;

private:
    SigningKey() = default;
    SecureBytes m_secret;
    VerifyKey m_verifyKey{};
};

[[nodiscard]] bool verifySignature(const VerifyKey& key, std::string_view context, ByteView message,
                                   const Signature& signature);

}  // namespace sotto::crypto
