// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "keyring/keyring.h"
#include "keyring/person_names.h"
#include "keyring/person_secrets.h"

/// The inside of Keyring, for its own sources.
namespace sotto::keyring {

inline constexpr const char* kKeyringName = "keyring";
inline constexpr const char* kRekeyName = "keyring.rekey";

/// What is to be in the file next.
struct Draft {
    KeyringFile file;
    Names names;
};

struct Keyring::State {
    FileSystem* files = nullptr;
    Path path;
    KeyringFile file;
    Names names;
    std::uint64_t lastGeneration = 0;  ///< used last, also by a replacement that failed: never twice the same
    PersonId person;
    PersonSecrets secrets;
    OpenedGrants grants;
    bool isRekey = false;

    /// Opens the person's grants. Damaged.
    [[nodiscard]] static Result<Keyring> open(FileSystem& files, Path path, Draft content, const PersonId& person,
                                              PersonSecrets secrets);
    [[nodiscard]] Draft draft() const { return {file, names}; }
    /// Writes the draft, if the person unlocked can open it. `fresh` takes the place of that person's secrets.
    [[nodiscard]] Result<> commit(Draft draft, std::optional<PersonSecrets> fresh = std::nullopt);
    /// NotAllowed unless the person unlocked holds the compartment.
    [[nodiscard]] Result<> needs(Compartment compartment) const;
    /// NotAllowed if the person may not lose the compartment.
    [[nodiscard]] Result<> mayLose(const PersonId& other, Compartment compartment) const;
    /// The name as kept. InvalidArgument; AlreadyExists if somebody other than `self` has it.
    [[nodiscard]] Result<QString> newName(const QString& name, const PersonId& self) const;
};

/// Puts names and hints where they belong in the file.
void placeNames(Draft& draft, const crypto::SecureBytes& macKey);

}  // namespace sotto::keyring
