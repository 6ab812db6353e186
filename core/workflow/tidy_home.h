// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "workflow/home.h"

namespace sotto::workflow {

/// Run at the end of each unlock, when all is mended: clears away what nobody needs any more and writes the help lines
/// again if a study update was broken off before them. What fails here is tried again at the next unlock and keeps
/// nobody from anything.
void tidyHome(Home& home);

}  // namespace sotto::workflow
