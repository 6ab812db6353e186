// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <span>

#include <QString>

#include "base/bytes.h"
#include "base/ids.h"
#include "base/result.h"
#include "crypto/secure_bytes.h"

/// The names of persons: what is a name, when two are the same, and how they are kept sealed (README.md).
namespace sotto::keyring {

using Names = std::map<PersonId, QString>;

/// Trimmed and in NFC; nothing if that is not 1 to 64 characters, or one of them is a control character, turns the
/// direction of writing, or is not a character at all.
[[nodiscard]] std::optional<QString> cleanName(const QString& name);

/// Two names are one if this is equal: NFC of the case-folded NFC.
[[nodiscard]] QString foldedName(const QString& name);

/// Four bits of a keyed hash of the folded name, 0 to 15. They spare trying everybody's Argon2id, and tell somebody who
/// copied the file only one guessed name in sixteen from another: there is no secret to key them with while locked.
[[nodiscard]] std::uint8_t nameHint(const HomeId& home, const QString& name);

/// Names for the persons of a keyring of version 1, which has none.
[[nodiscard]] Names defaultNames(std::span<const PersonId> persons);

/// The sealed directory. Names are clean.
[[nodiscard]] Bytes sealNames(const HomeId& home, const crypto::SecureBytes& macKey, const Names& names);
/// Damaged unless it holds a clean name for each of these persons and for nobody else, no two the same.
[[nodiscard]] Result<Names> openNames(const HomeId& home, const crypto::SecureBytes& macKey, ByteView sealed,
                                      std::span<const PersonId> persons);

}  // namespace sotto::keyring
