// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "workflow/erasures.h"
#include "workflow/home.h"

namespace sotto::workflow {

/// Writes the log of a session anew without what an erasure of sound, spans or a member takes out of it, and what is
/// found by its words as well. Repeating it on the new log changes nothing more. NotFound; as sealedlog::rewrite().
[[nodiscard]] Result<> rewriteLog(Home& home, const Erasure& erasure, const Erasure::Log& log);

}  // namespace sotto::workflow
