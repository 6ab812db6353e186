// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <memory>

#include "base/bytes.h"
#include "crypto/secure_bytes.h"

namespace sotto::crypto {

using Sha256Digest = std::array<std::uint8_t, 32>;
using Mac128 = std::array<std::uint8_t, 16>;
using Mac256 = std::array<std::uint8_t, 32>;

[[nodiscard]] Sha256Digest sha256(ByteView bytes);

/// SHA-256 over a stream (FIPS 180-4). Copying is not offered; finish() once.
class Sha256 {
public:
    Sha256();
    ~Sha256();
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;
    void update(ByteView bytes);
    [[nodiscard]] Sha256Digest finish();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// Keyed BLAKE2b with 16 or 32 bytes of output (RFC 7693). Key of 32 bytes.
[[nodiscard]] Mac128 mac128(ByteView key, ByteView message);
[[nodiscard]] Mac256 mac256(ByteView key, ByteView message);

/// HMAC-SHA-256 (RFC 2104), key of any length.
[[nodiscard]] Mac256 hmacSha256(ByteView key, ByteView message);

}  // namespace sotto::crypto
