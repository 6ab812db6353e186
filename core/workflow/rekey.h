// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "base/clock.h"
#include "crypto/age/keys.h"
#include "keyring/keyring.h"
#include "study/study_pack.h"

namespace sotto::workflow {

struct RekeyReport {
    int logs = 0;                   ///< that open with the new passphrase now
    std::vector<Path> unreadable;   ///< that no key given opens; they stay as they are
    crypto::VerifyKey deviceKey{};  ///< new: the tablet has to be enrolled again
};

/// For a home whose passphrases are all forgotten, or whose keyring is lost: the custodian and the identity keeper
/// together make a keyring anew, with one person who holds everything, and wrap every log to it. Nothing in the logs
/// changes. Whoever could unlock before can't any more.
///
/// Done at the lab, on the tablet's folder or a copy of it; the lab's keys never go onto a tablet. WrongKey unless the
/// identities open all three vaults; InvalidArgument for a passphrase that is easy to guess even without our word
/// lists, which a program that has them checks before (keyring::checkOwnPassphrase()); Busy if the home is open;
/// Damaged if a vault can't be read (see rescue()). After an error or a crash the old keyring stands and whatever has
/// been wrapped anew opens with the lab's keys as before: run it again.
[[nodiscard]] Result<RekeyReport> rekeyHome(FileSystem& files, const Path& home,
                                            std::span<const crypto::age::Identity> lab, ByteView passphrase,
                                            const Clock& clock, const keyring::KeyringOptions& options = {},
                                            const QString& person = {});

}  // namespace sotto::workflow
