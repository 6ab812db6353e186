// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "base/result.h"
#include "vault/vault.h"

namespace sotto::vault {

/// NewerVersion if the tables of a module are ahead of its schema.
[[nodiscard]] Result<> refuseNewer(Database& database, std::span<const Schema> schemas);

/// Brings each module's tables to the newest version known here, one transaction per script. Versions are kept in the
/// table sotto_schema. NewerVersion, before anything is written, if one is ahead of its schema. Tables of modules that
/// are not named are left alone.
[[nodiscard]] Result<> migrate(Database& database, std::span<const Schema> schemas);

}  // namespace sotto::vault
