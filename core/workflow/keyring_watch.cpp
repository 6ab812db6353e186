// SPDX-License-Identifier: Apache-2.0
#include "workflow/keyring_watch.h"

namespace sotto::workflow {

vault::Schema KeyringWatch::schema() {
    return {"keyring-watch",
            {"CREATE TABLE keyring_watch(one INTEGER PRIMARY KEY CHECK(one = 1), generation INTEGER NOT NULL) STRICT"}};
}

Result<std::uint64_t> KeyringWatch::highest() const {
    // A vault that is open for reading only may be of a version that did not watch yet.
    SOTTO_ASSIGN(auto table, m_database->prepare("SELECT 1 FROM sqlite_schema WHERE name = 'keyring_watch'"));
    SOTTO_ASSIGN(const bool isThere, table.step());
    if (!isThere) return 0;
    SOTTO_ASSIGN(auto select, m_database->prepare("SELECT generation FROM keyring_watch"));
    SOTTO_ASSIGN(const bool found, select.step());
    return found ? static_cast<std::uint64_t>(select.integer(0)) : 0;
}

Result<> KeyringWatch::check(std::uint64_t generation) const {
    SOTTO_ASSIGN(const std::uint64_t seen, highest());
    if (generation >= seen) return {};
    return fail(ErrorCode::Damaged,
                "the keyring is older than the vaults beside it: somebody put an earlier copy back;"
                " bring back the newest copy of the file 'keyring', or let the lab rekey the home");
}

Result<> KeyringWatch::remember(std::uint64_t generation) {
    SOTTO_ASSIGN(const std::uint64_t seen, highest());
    if (generation <= seen) return {};
    SOTTO_ASSIGN(auto insert,
                 m_database->prepare("INSERT OR REPLACE INTO keyring_watch(one, generation) VALUES(1, ?1)"));
    return insert.bind(1, static_cast<std::int64_t>(generation)).run();
}

}  // namespace sotto::workflow
