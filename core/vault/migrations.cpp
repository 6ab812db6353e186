// SPDX-License-Identifier: Apache-2.0
#include "vault/migrations.h"

#include <map>

namespace sotto::vault {

namespace {

using Versions = std::map<std::string, std::int64_t>;

Result<bool> hasVersionTable(Database& database) {
    SOTTO_ASSIGN(Statement query,
                 database.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'sotto_schema'"));
    return query.step();
}

Result<Versions> storedVersions(Database& database) {
    Versions versions;
    SOTTO_ASSIGN(const bool exists, hasVersionTable(database));
    if (!exists) return versions;
    SOTTO_ASSIGN(Statement query, database.prepare("SELECT module, version FROM sotto_schema"));
    while (true) {
        SOTTO_ASSIGN(const bool hasRow, query.step());
        if (!hasRow) return versions;
        versions[query.text(0).toStdString()] = query.integer(1);
    }
}

Result<> runScript(Database& database, const Schema& schema, std::int64_t version) {
    SOTTO_ASSIGN(Transaction transaction, Transaction::begin(database));
    SOTTO_TRY(database.execute(
        "CREATE TABLE IF NOT EXISTS sotto_schema (module TEXT PRIMARY KEY, version INTEGER NOT NULL) STRICT"));
    SOTTO_TRY(database.execute(schema.scripts[static_cast<std::size_t>(version - 1)]));
    if (!database.inTransaction()) {
        return fail(ErrorCode::InvalidArgument, "the script of " + schema.module + " ended its own transaction");
    }
    {
        SOTTO_ASSIGN(Statement update,
                     database.prepare("INSERT OR REPLACE INTO sotto_schema (module, version) VALUES (?, ?)"));
        SOTTO_TRY(update.bind(1, std::string_view(schema.module)).bind(2, version).run());
    }
    return transaction.commit();
}

}  // namespace

Result<> refuseNewer(Database& database, std::span<const Schema> schemas) {
    SOTTO_ASSIGN(Versions versions, storedVersions(database));
    for (const Schema& schema : schemas) {
        if (versions[schema.module] <= static_cast<std::int64_t>(schema.scripts.size())) continue;
        return fail(ErrorCode::NewerVersion, "the tables of " + schema.module +
                                                 " were made by a newer Sotto; use that one, nothing was changed");
    }
    return {};
}

Result<> migrate(Database& database, std::span<const Schema> schemas) {
    SOTTO_TRY(refuseNewer(database, schemas));
    SOTTO_ASSIGN(Versions versions, storedVersions(database));
    for (const Schema& schema : schemas) {
        for (std::int64_t version = versions[schema.module] + 1;
             version <= static_cast<std::int64_t>(schema.scripts.size()); ++version) {
            SOTTO_TRY(runScript(database, schema, version));
        }
    }
    return {};
}

}  // namespace sotto::vault
