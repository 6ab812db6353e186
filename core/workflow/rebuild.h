// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "workflow/home.h"

namespace sotto::workflow {

struct RebuildReport {
    std::vector<Compartment> rebuilt;  ///< whose vault was lost or damaged
    int sessions = 0;                  ///< taken in from their logs
    int participants = 0;              ///< entered again from openings and consents; pairs can't be known
    int consents = 0;                  ///< that have their effect again
};

/// For a home whose passphrase is known and whose vaults are lost, damaged or put back from an older copy: makes them
/// again. What verifies of a damaged vault, up to the fault, is kept; the sessions vault's index is completed from the
/// session logs, which say by themselves whose they are, and from the consents among the identities. Names that were in
/// a lost identities vault are gone from this tablet (the identity keeper has those that were sealed), and of sessions
/// that are still to be sealed the consent evidence is. A damaged vault is kept aside as `<name>.lost-<n>`.
///
/// `study` is needed if neither the sessions vault nor the outbox vault can be read (InvalidArgument without).
/// NotAllowed if the person does not hold all three; NotFound if there is nothing to rebuild; errors of
/// Keyring::unlock(). A crash or an error in between: run it again.
[[nodiscard]] Result<RebuildReport> rebuildHome(FileSystem& files, const Path& path, ByteView passphrase,
                                                const Clock& clock, const std::optional<study::SignedPack>& study,
                                                const keyring::KeyringOptions& options = {},
                                                const QString& person = {});

}  // namespace sotto::workflow
