// SPDX-License-Identifier: Apache-2.0
#include "people/people.h"

namespace sotto::people {

namespace {

constexpr std::string_view kTables = R"(
CREATE TABLE identity (
    sequence     INTEGER PRIMARY KEY,
    participant  TEXT NOT NULL UNIQUE,
    name         TEXT NOT NULL,
    confirmed    INTEGER NOT NULL DEFAULT 0,
    added_utc_ms INTEGER NOT NULL
);
)";

Result<std::vector<IdentityRecord>> readAll(vault::Statement& statement) {
    std::vector<IdentityRecord> records;
    while (true) {
        SOTTO_ASSIGN(const bool hasRow, statement.step());
        if (!hasRow) return records;
        const auto id = ParticipantId::fromString(statement.text(0));
        if (!id) return fail(ErrorCode::Damaged, "an identity's row has no valid id");
        records.push_back({*id, statement.text(1), statement.integer(2) != 0});
    }
}

}  // namespace

vault::Schema Identities::schema() {
    return {"people", {std::string(kTables)}};
}

Result<> Identities::add(const ParticipantId& id, const QString& name, const Instant& at) {
    if (id.isNull() || name.trimmed().isEmpty()) {
        return fail(ErrorCode::InvalidArgument, "an identity needs an id and a name");
    }
    SOTTO_ASSIGN(auto insert,
                 m_identities->prepare("INSERT INTO identity (participant, name, added_utc_ms) VALUES (?1, ?2, ?3)"));
    return insert.bind(1, id.toString()).bind(2, name).bind(3, at.utcMs).run();
}

Result<> Identities::confirm(const ParticipantId& id) {
    SOTTO_ASSIGN(const auto known, find(id));
    if (!known) return fail(ErrorCode::NotFound, "no identity of that id");
    SOTTO_ASSIGN(auto update, m_identities->prepare("UPDATE identity SET confirmed = 1 WHERE participant = ?1"));
    return update.bind(1, id.toString()).run();
}

Result<std::optional<IdentityRecord>> Identities::find(const ParticipantId& id) const {
    SOTTO_ASSIGN(auto select,
                 m_identities->prepare("SELECT participant, name, confirmed FROM identity WHERE participant = ?1"));
    select.bind(1, id.toString());
    SOTTO_ASSIGN(auto found, readAll(select));
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

Result<std::vector<IdentityRecord>> Identities::all() const {
    SOTTO_ASSIGN(auto select,
                 m_identities->prepare("SELECT participant, name, confirmed FROM identity ORDER BY sequence"));
    return readAll(select);
}

Result<> Identities::remove(const ParticipantId& id) {
    SOTTO_ASSIGN(const auto known, find(id));
    if (!known) return fail(ErrorCode::NotFound, "no identity of that id");
    SOTTO_ASSIGN(auto erase, m_identities->prepare("DELETE FROM identity WHERE participant = ?1"));
    return erase.bind(1, id.toString()).run();
}

}  // namespace sotto::people
