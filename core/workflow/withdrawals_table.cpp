// SPDX-License-Identifier: Apache-2.0
#include "workflow/withdrawal.h"

namespace sotto::workflow {

namespace {

constexpr const char* kColumns = "SELECT id, participant, wish, utc_ms, until_utc_ms, erasure, done FROM withdrawal ";

Result<Withdrawal> withdrawalOf(const vault::Statement& row) {
    Withdrawal withdrawal;
    withdrawal.id = row.text(0);
    if (!row.isNull(1)) withdrawal.participant = ParticipantId::fromString(row.text(1));
    const std::int64_t wish = row.integer(2);
    if ((!row.isNull(1) && !withdrawal.participant) || wish < 1 || wish > 5) {
        return fail(ErrorCode::Damaged, "a withdrawal in the sessions vault does not make sense");
    }
    withdrawal.wish = static_cast<Wish>(wish);
    withdrawal.utcMs = row.integer(3);
    if (!row.isNull(4)) withdrawal.untilUtcMs = row.integer(4);
    withdrawal.erasure = row.text(5);
    withdrawal.isDone = row.integer(6) != 0;
    return withdrawal;
}

Result<std::vector<Withdrawal>> rowsOf(vault::Statement& select) {
    std::vector<Withdrawal> all;
    while (true) {
        SOTTO_ASSIGN(const bool hasRow, select.step());
        if (!hasRow) return all;
        SOTTO_ASSIGN(Withdrawal withdrawal, withdrawalOf(select));
        all.push_back(std::move(withdrawal));
    }
}

}  // namespace

vault::Schema Withdrawals::schema() {
    return {"withdrawal",
            {"CREATE TABLE withdrawal(number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, participant TEXT UNIQUE,"
             " wish INTEGER NOT NULL, utc_ms INTEGER NOT NULL, until_utc_ms INTEGER, erasure TEXT NOT NULL,"
             " done INTEGER NOT NULL) STRICT"}};
}

Result<> Withdrawals::put(const Withdrawal& withdrawal) {
    SOTTO_ASSIGN(auto insert,
                 m_sessions->prepare("INSERT OR REPLACE INTO withdrawal(id, participant, wish, utc_ms, until_utc_ms,"
                                     " erasure, done) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)"));
    insert.bind(1, withdrawal.id).bind(3, static_cast<std::int64_t>(withdrawal.wish)).bind(4, withdrawal.utcMs);
    if (withdrawal.participant) {
        insert.bind(2, withdrawal.participant->toString());
    } else {
        insert.bindNull(2);
    }
    if (withdrawal.untilUtcMs) {
        insert.bind(5, *withdrawal.untilUtcMs);
    } else {
        insert.bindNull(5);
    }
    insert.bind(6, withdrawal.erasure).bind(7, std::int64_t{withdrawal.isDone ? 1 : 0});
    return insert.run();
}

Result<> Withdrawals::setDone(const QString& id) {
    SOTTO_ASSIGN(auto update, m_sessions->prepare("UPDATE withdrawal SET done = 1 WHERE id = ?1"));
    return update.bind(1, id).run();
}

Result<> Withdrawals::remove(const QString& id) {
    SOTTO_ASSIGN(auto remove, m_sessions->prepare("DELETE FROM withdrawal WHERE id = ?1"));
    return remove.bind(1, id).run();
}

Result<std::optional<Withdrawal>> Withdrawals::of(const ParticipantId& participant) const {
    SOTTO_ASSIGN(auto select, m_sessions->prepare(std::string(kColumns) + "WHERE participant = ?1"));
    select.bind(1, participant.toString());
    SOTTO_ASSIGN(auto rows, rowsOf(select));
    if (rows.empty()) return std::optional<Withdrawal>();
    return std::optional(std::move(rows.front()));
}

Result<std::vector<Withdrawal>> Withdrawals::all() const {
    SOTTO_ASSIGN(auto select, m_sessions->prepare(std::string(kColumns) + "ORDER BY number"));
    return rowsOf(select);
}

Result<> Withdrawals::forget(const ParticipantId& participant, const QString& erasure) {
    SOTTO_ASSIGN(auto update, m_sessions->prepare("UPDATE withdrawal SET participant = NULL, erasure = ?2, done = 1"
                                                  " WHERE participant = ?1"));
    return update.bind(1, participant.toString()).bind(2, erasure).run();
}

Result<> Withdrawals::nameErasure(const ParticipantId& participant, const QString& erasure) {
    SOTTO_ASSIGN(auto update, m_sessions->prepare("UPDATE withdrawal SET erasure = ?2 WHERE participant = ?1"));
    return update.bind(1, participant.toString()).bind(2, erasure).run();
}

}  // namespace sotto::workflow
