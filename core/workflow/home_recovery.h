// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "workflow/home.h"

namespace sotto::workflow {

/// Run once at each unlock, when all three vaults are open: finishes or undoes whatever a crash broke off between two
/// files. Every step may itself be broken off and run again.
[[nodiscard]] Result<> recoverHome(Home& home, HomeRecovery& done);

}  // namespace sotto::workflow
