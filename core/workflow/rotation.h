// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <span>

#include "workflow/home.h"

namespace sotto::workflow {

/// Told after each log: of how many logs of the compartment how many have their new header.
using OnProgress = std::function<void(Compartment compartment, std::size_t done, std::size_t total)>;

/// Turns the key of one or more compartments, so that nothing on this tablet opens a copy of their files from before,
/// except an old copy of the keyring together with a passphrase of then (README.md, "Rotation"). Per compartment:
///
/// 1. the keyring gets a new epoch for all who hold the compartment; the old one stays;
/// 2. the vault is compacted: it knows nothing of what was deleted, and has a new file key;
/// 3. every session log's file key is wrapped to the new epoch and to the study's custodians of today;
/// 4. every header is opened with the new epoch alone;
/// 5. the keyring drops the old epoch.
///
/// A crash or an error in between leaves both epochs, and the next unlock goes on. Logs that no key of the compartment
/// opened before are passed over. NotAllowed while an interview runs or for a compartment not held; NoSpace, IoFailed:
/// not finished, nothing lost.
[[nodiscard]] Result<> rotate(Home& home, std::span<const Compartment> compartments, const OnProgress& progress = {});

/// Ends the rotations that were begun and not ended, as far as this person can. Returns how many.
[[nodiscard]] Result<int> finishRotations(Home& home, const OnProgress& progress = {});

/// Compacts a vault on its own, with the anchors kept in step; for one that has grown far beyond its content.
[[nodiscard]] Result<> compactVault(Home& home, Compartment compartment);

}  // namespace sotto::workflow
