// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <vector>

#include "base/bytes.h"
#include "base/ids.h"
#include "base/result.h"
#include "crypto/hash.h"
#include "crypto/kdf.h"
#include "crypto/secure_bytes.h"
#include "crypto/sign.h"
#include "sealedlog/format.h"

/// The keyring file as plain values, and its byte grammar (README.md). Nothing here is secret: secrets are in it only
/// sealed or wrapped.
namespace sotto::keyring {

inline constexpr std::uint16_t kFormatVersion = 2;
inline constexpr std::uint64_t kMaxFileSize = 4U << 20;
inline constexpr std::size_t kMaxPersons = 64;
inline constexpr std::size_t kMaxEpochs = 64;
inline constexpr std::size_t kMaxAnchors = 4096;
inline constexpr std::size_t kMaxWrapped = 4096;
inline constexpr std::size_t kMaxDirectory = 32U << 10;
inline constexpr std::size_t kSaltSize = 16;
inline constexpr std::size_t kSealedSize = 24 + 64 + 16;  ///< nonce, person scalar and keyring MAC key, tag

using PointBytes = std::array<std::uint8_t, 32>;

/// A secret wrapped (age) to one person.
struct Grant {
    PersonId person;
    Bytes wrapped;
};

struct PersonRecord {
    PersonId id;
    crypto::Argon2Cost cost;
    std::array<std::uint8_t, kSaltSize> salt{};
    PointBytes recipient{};
    std::array<std::uint8_t, kSealedSize> sealed{};
    std::uint8_t nameHint = 0;
};

struct EpochRecord {
    std::uint32_t number = 0;
    PointBytes recipient{};
    std::vector<Grant> grants;
};

struct CompartmentRecord {
    std::uint8_t number = 0;
    std::vector<EpochRecord> epochs;
};

struct KeyringFile {
    std::uint16_t version = kFormatVersion;  ///< as read; written is always kFormatVersion
    std::uint64_t generation = 0;
    HomeId home;
    crypto::VerifyKey deviceKey{};
    std::vector<Grant> deviceGrants;
    std::vector<PersonRecord> persons;
    std::vector<CompartmentRecord> compartments;
    Bytes directory;  ///< the sealed names (person_names.h); empty in version 1
    std::map<FileId, sealedlog::Anchor> anchors;
};

/// What a person's sealed blob is bound to, so that no field can be exchanged with that of another person or home.
[[nodiscard]] Bytes personAssociatedData(const HomeId& home, const PersonRecord& person);

/// The file's bytes in the current version, MAC and checksum included.
[[nodiscard]] Bytes encode(const KeyringFile& file, const crypto::SecureBytes& macKey);

/// Takes this version and the older ones. Checks the checksum, then the version, then reads every value within its
/// bounds; the MAC has to wait for the key. Damaged; NewerVersion.
[[nodiscard]] Result<KeyringFile> decode(ByteView bytes);

/// True if the MAC of a file that decode() took is by this key.
[[nodiscard]] bool macFits(ByteView bytes, const crypto::SecureBytes& macKey);

}  // namespace sotto::keyring
