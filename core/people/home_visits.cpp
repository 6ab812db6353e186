// SPDX-License-Identifier: Apache-2.0
#include "people/home_visits.h"

namespace sotto::people {

namespace {

constexpr std::string_view kTables = R"(
CREATE TABLE home_visit (
    number              INTEGER PRIMARY KEY AUTOINCREMENT,
    participant         TEXT NOT NULL,
    goes                INTEGER NOT NULL,
    decided_utc_ms      INTEGER NOT NULL,
    expected_end_utc_ms INTEGER NOT NULL,
    ended_utc_ms        INTEGER,
    debrief             TEXT NOT NULL DEFAULT ''
);
CREATE INDEX home_visit_of ON home_visit (participant, number);
CREATE TRIGGER home_visit_gone AFTER DELETE ON identity BEGIN
    DELETE FROM home_visit WHERE participant = OLD.participant;
END;
)";

constexpr qsizetype kMaxText = 10'000;

Result<> requireIdentity(vault::Database& identities, const ParticipantId& id) {
    SOTTO_ASSIGN(auto select, identities.prepare("SELECT 1 FROM identity WHERE participant = ?1"));
    SOTTO_ASSIGN(const bool found, select.bind(1, id.toString()).step());
    if (!found) return fail(ErrorCode::NotFound, "no identity of that id");
    return {};
}

Result<std::vector<HomeVisit>> rows(vault::Statement& select) {
    std::vector<HomeVisit> visits;
    while (true) {
        SOTTO_ASSIGN(const bool hasRow, select.step());
        if (!hasRow) return visits;
        const auto participant = ParticipantId::fromString(select.text(1));
        if (!participant) return fail(ErrorCode::Damaged, "a home visit is of nobody");
        HomeVisit visit{select.integer(0), *participant, select.integer(2) != 0, select.integer(3), select.integer(4)};
        if (!select.isNull(5)) visit.endedUtcMs = select.integer(5);
        visit.debrief = select.text(6);
        visits.push_back(std::move(visit));
    }
}

}  // namespace

vault::Schema HomeVisits::schema() {
    return {"home_visits", {std::string(kTables)}};
}

Result<std::int64_t> HomeVisits::decide(const HomeVisit& visit) {
    SOTTO_TRY(requireIdentity(*m_identities, visit.participant));
    if (visit.goes && visit.expectedEndUtcMs <= visit.decidedUtcMs) {
        return fail(ErrorCode::InvalidArgument, "a visit ends after it begins");
    }
    SOTTO_ASSIGN(const auto running, underWay());
    if (running && visit.goes) return fail(ErrorCode::NotAllowed, "another visit is still under way; end it first");
    SOTTO_ASSIGN(auto insert, m_identities->prepare("INSERT INTO home_visit (participant, goes, decided_utc_ms, "
                                                    "expected_end_utc_ms) VALUES (?1, ?2, ?3, ?4) RETURNING number"));
    insert.bind(1, visit.participant.toString())
        .bind(2, std::int64_t{visit.goes ? 1 : 0})
        .bind(3, visit.decidedUtcMs)
        .bind(4, visit.goes ? visit.expectedEndUtcMs : std::int64_t{0});
    SOTTO_ASSIGN(const bool given, insert.step());
    const std::int64_t number = given ? insert.integer(0) : 0;
    SOTTO_TRY(insert.step());  // to its end, which is what makes it durable
    return number;
}

/// The statement answers the number of the row that it changed.
Result<> HomeVisits::change(vault::Statement& update) const {
    SOTTO_ASSIGN(const bool changed, update.step());
    if (!changed) return fail(ErrorCode::NotFound, "there is no such visit, or it is over");
    SOTTO_TRY(update.step());
    return {};
}

Result<> HomeVisits::prolong(std::int64_t number, std::int64_t expectedEndUtcMs, std::int64_t nowUtcMs) {
    if (expectedEndUtcMs <= nowUtcMs) return fail(ErrorCode::InvalidArgument, "a visit can't end in the past");
    SOTTO_ASSIGN(auto update, m_identities->prepare("UPDATE home_visit SET expected_end_utc_ms = ?2 WHERE number = ?1 "
                                                    "AND goes = 1 AND ended_utc_ms IS NULL RETURNING number"));
    update.bind(1, number).bind(2, expectedEndUtcMs);
    return change(update);
}

Result<> HomeVisits::end(std::int64_t number, std::int64_t utcMs) {
    SOTTO_ASSIGN(auto update, m_identities->prepare("UPDATE home_visit SET ended_utc_ms = ?2 WHERE number = ?1 AND "
                                                    "goes = 1 AND ended_utc_ms IS NULL RETURNING number"));
    update.bind(1, number).bind(2, utcMs);
    return change(update);
}

Result<> HomeVisits::debrief(std::int64_t number, const QString& text) {
    if (text.size() > kMaxText) return fail(ErrorCode::InvalidArgument, "this text is too long");
    SOTTO_ASSIGN(auto update,
                 m_identities->prepare("UPDATE home_visit SET debrief = ?2 WHERE number = ?1 RETURNING number"));
    update.bind(1, number).bind(2, text.trimmed());
    return change(update);
}

Result<std::optional<HomeVisit>> HomeVisits::underWay() const {
    SOTTO_ASSIGN(auto select, m_identities->prepare("SELECT number, participant, goes, decided_utc_ms, "
                                                    "expected_end_utc_ms, ended_utc_ms, debrief FROM home_visit "
                                                    "WHERE goes = 1 AND ended_utc_ms IS NULL ORDER BY number LIMIT 1"));
    SOTTO_ASSIGN(auto visits, rows(select));
    if (visits.empty()) return std::nullopt;
    return std::move(visits.front());
}

Result<std::vector<HomeVisit>> HomeVisits::of(const ParticipantId& participant) const {
    SOTTO_ASSIGN(auto select, m_identities->prepare("SELECT number, participant, goes, decided_utc_ms, "
                                                    "expected_end_utc_ms, ended_utc_ms, debrief FROM home_visit "
                                                    "WHERE participant = ?1 ORDER BY number"));
    select.bind(1, participant.toString());
    return rows(select);
}

}  // namespace sotto::people
