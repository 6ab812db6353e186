// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "workflow/home.h"

namespace sotto::workflow {

/// Run once at each unlock, when the vaults held are open: finishes or undoes whatever a crash broke off between two
/// files. Every step may itself be broken off and run again.
[[nodiscard]] Result<> recoverHome(Home& home, HomeRecovery& done);

/// True if a session log that failed to open with `error` is what is left of one whose making was broken off before its
/// opening was durable: it holds not one record, and nothing in it was ever acknowledged.
[[nodiscard]] bool isUnfinishedLog(FileSystem& files, const Path& log, const Error& error);

/// True for an error that says nothing about the one session at hand: the others would fail as well.
[[nodiscard]] bool isAboutTheDisk(const Error& error);

}  // namespace sotto::workflow
