// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "keyring/person_secrets.h"

/// Who holds what, as changes to a keyring file in memory. Nothing here asks whether the change is allowed, and nothing
/// here writes: that is keyring_people.cpp.
namespace sotto::keyring {

[[nodiscard]] const char* compartmentName(Compartment compartment);

[[nodiscard]] PersonRecord* findPerson(KeyringFile& file, const PersonId& id);
[[nodiscard]] std::vector<PersonId> personIds(const KeyringFile& file);
/// Ids of all who hold the current epoch of the compartment.
[[nodiscard]] std::set<PersonId> holders(const KeyringFile& file, Compartment compartment);

/// Wraps every epoch of the compartment, and with `sessions` the device key, to the person, in the place of what the
/// person had. `held` must hold the compartment.
[[nodiscard]] Result<> giveTo(KeyringFile& file, const PersonRecord& person, Compartment compartment,
                              const OpenedGrants& held);
/// Takes all grants of the compartment, and with `sessions` the device key, from the person.
void takeFrom(KeyringFile& file, const PersonId& person, Compartment compartment);
/// Appends an epoch granted to all who hold the compartment. NotAllowed when kMaxEpochs are kept.
[[nodiscard]] Result<> appendEpoch(KeyringFile& file, Compartment compartment);
/// Drops all epochs but the last.
void keepLastEpoch(KeyringFile& file, Compartment compartment);

/// Everything but the generation of a new keyring: this one person, one epoch per compartment, a device key.
[[nodiscard]] Result<KeyringFile> makeFile(const HomeId& home, const PersonRecord& person);

}  // namespace sotto::keyring
