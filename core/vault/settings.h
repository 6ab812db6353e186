// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "vault/database.h"

struct sqlite3;

namespace sotto::vault {

/// Puts a fresh connection into the one state in which a vault may run (the table is in the .cpp) and reads every
/// setting back. Unsupported if one of them did not take, or if this SQLite has no FTS5: the vault must not run then.
[[nodiscard]] Result<> applySettings(Database& database, sqlite3* handle);

/// Runs VACUUM, for which alone the settings let SQLite attach a database: its own, without a name, in memory.
[[nodiscard]] Result<> runVacuum(Database& database, sqlite3* handle);

}  // namespace sotto::vault
