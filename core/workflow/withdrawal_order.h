// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "workflow/erasures.h"
#include "workflow/home.h"

// Private to this module.
namespace sotto::workflow {

/// Writes the order to the lab for what an erasure found to have left, into the outbox, unless one names it already.
/// The first bears the erasure's id. Safe to repeat; to be called again when more is found to have left.
[[nodiscard]] Result<> orderBack(Home& home, const Erasure& erasure);

}  // namespace sotto::workflow
