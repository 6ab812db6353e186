// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/file.h"
#include "keyring/keyring.h"

namespace sotto::workflow {

/// Where things lie in a home. The one place that knows; README.md of this module shows the tree.
struct HomeLayout {
    Path root;
    [[nodiscard]] Path lock() const { return root / "home.lock"; }
    [[nodiscard]] Path sessionsVault() const { return root / "sessions.vault"; }
    [[nodiscard]] Path identitiesVault() const { return root / "identities.vault"; }
    [[nodiscard]] Path outboxVault() const { return root / "outbox.vault"; }
    [[nodiscard]] Path vault(keyring::Compartment compartment) const {
        return compartment == keyring::Compartment::Sessions     ? sessionsVault()
               : compartment == keyring::Compartment::Identities ? identitiesVault()
                                                                 : outboxVault();
    }
    [[nodiscard]] Path sessionFolder() const { return root / "sessions"; }
    [[nodiscard]] Path sessionLog(const std::string& name) const { return sessionFolder() / name; }
    [[nodiscard]] Path outboxFolder() const { return root / "outbox"; }
    [[nodiscard]] Path ballast() const { return root / "ballast"; }
    [[nodiscard]] Path help() const { return root / "help.txt"; }
};

}  // namespace sotto::workflow
