// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "base/bytes.h"
#include "base/result.h"
#include "crypto/secure_bytes.h"

namespace sotto::crypto {

/// HKDF with SHA-256 (RFC 5869), 1 to 255*32 bytes out. An empty salt stands for 32 zero bytes, as in the RFC.
[[nodiscard]] SecureBytes hkdfSha256(ByteView inputKey, ByteView salt, std::string_view info, std::size_t size = 32);

/// Cost of a passphrase (Argon2id, RFC 9106, one lane). Stored beside what it protects, so it is checked on reading
/// before a byte is allocated.
struct Argon2Cost {
    std::uint32_t memoryKiB = 128 * 1024;
    std::uint32_t passes = 3;
    bool operator==(const Argon2Cost&) const = default;
};
inline constexpr Argon2Cost kArgon2Floor{64 * 1024, 3};
inline constexpr Argon2Cost kArgon2Ceiling{1024 * 1024, 16};

/// ParseFailed if a stored cost is under the floor given or over kArgon2Ceiling.
[[nodiscard]] Result<> checkArgon2Cost(Argon2Cost cost, Argon2Cost floor = kArgon2Floor);

/// 32 bytes from a passphrase (UTF-8 bytes, as typed) and a salt of 16 bytes. Takes 0.1 to 1 s: never on the GUI
/// thread, never while recording. NoSpace if the memory can't be had.
[[nodiscard]] Result<SecureBytes> argon2id(ByteView passphrase, ByteView salt, Argon2Cost cost);

/// Raises the passes (never the memory) of `start` until one derivation takes at least `targetMs`, at most to the
/// ceiling. Measures on this machine; call at set-up.
[[nodiscard]] Result<Argon2Cost> calibrateArgon2(Argon2Cost start, int targetMs);

}  // namespace sotto::crypto
