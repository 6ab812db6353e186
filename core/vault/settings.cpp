// SPDX-License-Identifier: Apache-2.0
#include "vault/settings.h"

#include <algorithm>
#include <array>
#include <string>

#include <sqlite3.h>

namespace sotto::vault {

namespace {

struct Setting {
    const char* name;
    const char* value;
    const char* readBack;
};

// cache_size (KiB, so negative) holds the largest image whole: a page is copied out of the image once, not per read.
// synchronous must be FULL, or SQLite would not call xSync and nothing would be written.
constexpr std::array kSettings{
    Setting{"page_size", "4096", "4096"},
    Setting{"locking_mode", "EXCLUSIVE", "exclusive"},
    Setting{"journal_mode", "MEMORY", "memory"},
    Setting{"synchronous", "FULL", "2"},
    Setting{"temp_store", "MEMORY", "2"},
    Setting{"cache_spill", "OFF", "0"},
    Setting{"mmap_size", "0", "0"},
    Setting{"secure_delete", "ON", "1"},
    Setting{"trusted_schema", "OFF", "0"},
    Setting{"cell_size_check", "ON", "1"},
    Setting{"foreign_keys", "ON", "1"},
    Setting{"cache_size", "-81920", "-81920"},
    Setting{"max_page_count", "16384", "16384"},
};

/// Asked by SQLite while it compiles a statement: once the settings stand, no SQL changes them or attaches a file.
/// (In exclusive locking mode SQLite would even take WAL without shared memory, and mark the database so.)
int authorize(void*, int action, const char* name, const char* value, const char*, const char*) {
    if (action == SQLITE_ATTACH) return SQLITE_DENY;
    if (action != SQLITE_PRAGMA || value == nullptr) return SQLITE_OK;
    if (sqlite3_stricmp(name, "writable_schema") == 0) return SQLITE_DENY;
    const bool isSetting = std::any_of(kSettings.begin(), kSettings.end(), [&](const Setting& setting) {
        return sqlite3_stricmp(name, setting.name) == 0;
    });
    return isSetting ? SQLITE_DENY : SQLITE_OK;
}

/// The same while VACUUM runs, which attaches a database without a name. temp_store keeps that one in memory, and the
/// VFS would refuse it a file.
int authorizeVacuum(void* context, int action, const char* name, const char* value, const char* database,
                    const char* trigger) {
    if (action == SQLITE_ATTACH && name != nullptr && *name == '\0') return SQLITE_OK;
    return authorize(context, action, name, value, database, trigger);
}

Failure refused(const std::string& what) {
    return fail(ErrorCode::Unsupported, "this SQLite can't run a vault: " + what);
}

Result<> setOption(sqlite3* handle, int option, int value, const char* name) {
    int now = -1;
    if (sqlite3_db_config(handle, option, value, &now) != SQLITE_OK || now != value) return refused(name);
    return {};
}

}  // namespace

Result<> applySettings(Database& database, sqlite3* handle) {
    if (sqlite3_compileoption_used("ENABLE_FTS5") == 0) return refused("it has no FTS5");
    SOTTO_TRY(setOption(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, "defensive mode"));
    SOTTO_TRY(setOption(handle, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, "extensions"));
    static_cast<void>(sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0));  // answers the former limit
    if (sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, -1) != 0) return refused("attaching");
    for (const Setting& setting : kSettings) {
        const std::string pragma = std::string("PRAGMA ") + setting.name;
        SOTTO_TRY(database.execute(pragma + "=" + setting.value));
        SOTTO_ASSIGN(Statement query, database.prepare(pragma));
        SOTTO_ASSIGN(const bool hasRow, query.step());
        if (!hasRow || query.text(0) != QLatin1String(setting.readBack)) return refused(setting.name);
    }
    if (sqlite3_set_authorizer(handle, authorize, nullptr) != SQLITE_OK) return refused("the authorizer");
    return {};
}

Result<> runVacuum(Database& database, sqlite3* handle) {
    if (sqlite3_set_authorizer(handle, authorizeVacuum, nullptr) != SQLITE_OK) return refused("the authorizer");
    static_cast<void>(sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 1));  // answers the former limit
    Result<> done = database.execute("VACUUM");
    static_cast<void>(sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0));
    if (sqlite3_set_authorizer(handle, authorize, nullptr) != SQLITE_OK) return refused("the authorizer");
    return done;
}

}  // namespace sotto::vault
