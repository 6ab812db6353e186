// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

namespace sotto::crypto {

/// To be called first in every main(): initialises libsodium, switches core dumps off (RLIMIT_CORE 0) and keeps
/// other processes of the user from reading this one's memory (PR_SET_DUMPABLE 0). Safe to repeat.
[[nodiscard]] Result<> hardenProcess();

}  // namespace sotto::crypto
