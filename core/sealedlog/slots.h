// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <span>

#include "base/file.h"
#include "base/ids.h"
#include "crypto/age/keys.h"
#include "crypto/secure_bytes.h"
#include "sealedlog/format.h"

/// The two header slots at the head of a log, and the keys that they lead to. Inside of this module; tests too.
namespace sotto::sealedlog {

/// Everything derived from the 32-byte file key by HKDF-SHA-256 with the file id as salt. Secret; wiped with the
/// object.
struct LogKeys {
    FileId id;
    crypto::SecureBytes file;
    crypto::SecureBytes header;     ///< MAC over a slot
    crypto::SecureBytes recordMac;  ///< MAC over a record header
    crypto::SecureBytes record;     ///< AEAD of the bodies
};
[[nodiscard]] LogKeys deriveKeys(const FileId& id, crypto::SecureBytes fileKey);

/// The head of a log that opened: what the slot that counts says.
struct LogHead {
    Kind kind = Kind::Vault;
    LogKeys keys;
    std::uint32_t generation = 0;
    std::size_t current = 0;         ///< 0: slot A counts, 1: slot B
    bool spareDamaged = false;       ///< the other slot is unreadable
    std::array<Bytes, 2> slotBytes;  ///< both as read
};

/// Bytes of one slot: the file key wrapped to the recipients. InvalidArgument unless there are 1 to 30 of them.
[[nodiscard]] Result<Bytes> buildSlot(const LogKeys& keys, Kind kind, std::uint32_t generation,
                                      std::span<const crypto::age::Recipient> recipients);

/// True if the MAC over a slot of kSlotSize bytes is one by these keys.
[[nodiscard]] bool slotVerifies(const LogKeys& keys, ByteView slot);

/// Reads and verifies both slots. Errors as LogReader::open.
[[nodiscard]] Result<LogHead> readHead(const File& file, std::span<const crypto::age::Identity> identities);

/// Wraps the file key anew: makes sure that the slot that counts is on the disk, writes the spare, syncs, writes the
/// other, syncs. On failure the head may be used no more.
[[nodiscard]] Result<> rewrapSlots(File& file, LogHead& head, std::span<const crypto::age::Recipient> recipients);

}  // namespace sotto::sealedlog
