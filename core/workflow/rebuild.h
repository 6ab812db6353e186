// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "workflow/home.h"

namespace sotto::workflow {

struct RebuildReport {
    std::vector<Compartment> rebuilt;  ///< whose vault was lost or damaged; none: an earlier rebuild was finished
    int sessions = 0;                  ///< taken in from their logs
    int participants = 0;              ///< entered again from openings and consents; pairs can't be known
    int consents = 0;                  ///< that have their effect again
    int heldBack = 0;                  ///< sessions that may have been sealed before: sealed again only on request
};

/// For a home whose passphrase is known and whose vaults are lost, damaged or put back from an older copy: makes them
/// again. What verifies of a damaged vault, up to the fault, is kept; the sessions vault's index is completed from the
/// session logs, which say by themselves whose they are, and from the consents among the identities. Names that were in
/// a lost identities vault are gone from this tablet (the identity keeper has those that were sealed), and of sessions
/// that are still to be sealed the consent evidence is. A damaged vault is kept aside as `<name>.lost-<n>`.
///
/// With the outbox goes what was sealed and sent. So interviews from before that don't show as sent become Interrupted,
/// and are sealed on request alone (heldBackUpTo()): the lab refuses what it has already, and keeps what came first.
///
/// `study` is needed if neither the sessions vault nor the outbox vault can be read (InvalidArgument without).
/// NotAllowed if the person does not hold all three; NotFound if there is nothing to rebuild; errors of
/// Keyring::unlock(). A crash or an error in between: run it again; once every vault is there, unlocking finishes it.
[[nodiscard]] Result<RebuildReport> rebuildHome(FileSystem& files, const Path& path, ByteView passphrase,
                                                const Clock& clock, const std::optional<study::SignedPack>& study,
                                                const keyring::KeyringOptions& options = {},
                                                const QString& person = {});

/// Run at unlock by who holds everything: what a rebuild has to do once its vaults are there. Safe to repeat; does
/// nothing unless a rebuild is under way.
[[nodiscard]] Result<> finishRebuild(Home& home, HomeRecovery& done);

/// Sessions up to this number are not to be sealed without being asked; 0 for none.
[[nodiscard]] Result<std::uint64_t> heldBackUpTo(Home& home);

}  // namespace sotto::workflow
