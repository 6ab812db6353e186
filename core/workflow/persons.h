// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "workflow/home.h"
#include "workflow/rotation.h"

/// Who may unlock this tablet and what they are let into. Each call changes the keyring, turns keys where somebody lost
/// access, and leaves an audit entry with ids and no names. Rules and errors are those of Keyring; besides, nothing of
/// this is done while an interview runs (NotAllowed): Argon2id would take the memory that recording needs, and keys
/// must stay where they are.
namespace sotto::workflow {

/// NotFound, with a sentence.
[[nodiscard]] Result<PersonId> personNamed(Home& home, const QString& name);

[[nodiscard]] Result<PersonId> addPerson(Home& home, const QString& name, ByteView passphrase,
                                         const std::set<Compartment>& compartments,
                                         const keyring::KeyringOptions& options = {});
[[nodiscard]] Result<> grant(Home& home, const PersonId& person, Compartment compartment);
/// The person keeps what they may have copied before; from now on nothing new opens for them (rotate()).
[[nodiscard]] Result<> revoke(Home& home, const PersonId& person, Compartment compartment,
                              const OnProgress& progress = {});
[[nodiscard]] Result<> removePerson(Home& home, const PersonId& person, const OnProgress& progress = {});
/// For the person who unlocked.
[[nodiscard]] Result<> changePassphrase(Home& home, ByteView passphrase, const keyring::KeyringOptions& options = {});

}  // namespace sotto::workflow
