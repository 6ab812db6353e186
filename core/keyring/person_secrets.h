// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crypto/age/keys.h"
#include "keyring/keyring.h"
#include "keyring/keyring_format.h"

/// What a passphrase opens, and what is wrapped to a person's key.
namespace sotto::keyring {

/// The inside of a person's sealed blob.
struct PersonSecrets {
    crypto::age::Identity identity;
    crypto::SecureBytes macKey;
};

/// A key of its own for a person, and the keyring's MAC key (copied), sealed under the passphrase with a new salt.
/// InvalidArgument for an empty passphrase; ParseFailed for a cost below the floor.
[[nodiscard]] Result<std::pair<PersonRecord, PersonSecrets>> makePerson(const HomeId& home, const PersonId& id,
                                                                        ByteView passphrase,
                                                                        const KeyringOptions& options,
                                                                        const crypto::SecureBytes& macKey);
/// WrongPassphrase; Damaged.
[[nodiscard]] Result<PersonSecrets> openPerson(const HomeId& home, const PersonRecord& person, ByteView passphrase);
/// Takes as long as openPerson() with this cost: for a name that nobody has.
[[nodiscard]] Result<> pretendToOpen(ByteView passphrase, crypto::Argon2Cost cost);

[[nodiscard]] Result<Grant> grantTo(const PersonRecord& person, const crypto::SecureBytes& secret);

/// Everything that was granted to one person.
struct OpenedGrants {
    std::map<Compartment, std::vector<Epoch>> epochs;
    std::optional<crypto::SigningKey> deviceKey;
};
/// Damaged unless the file has just the known compartments, each grant opens, the keys are pairs, every epoch of a
/// compartment is granted or none, and the device key goes with `sessions`.
[[nodiscard]] Result<OpenedGrants> openGrants(const KeyringFile& file, const PersonId& person,
                                              const crypto::age::Identity& identity);

}  // namespace sotto::keyring
