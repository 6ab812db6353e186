// SPDX-License-Identifier: Apache-2.0
#include "people/codes.h"
#include "people/people.h"

namespace sotto::people {

namespace {

constexpr std::string_view kTables = R"(
CREATE TABLE participant (
    sequence      INTEGER PRIMARY KEY,
    id            TEXT NOT NULL UNIQUE,
    role          TEXT NOT NULL,
    pseudonym     TEXT NOT NULL UNIQUE,
    research_code TEXT NOT NULL UNIQUE,
    pair          TEXT,
    added_utc_ms  INTEGER NOT NULL,
    UNIQUE (pair, role)
);
)";

constexpr int kDraws = 1000;

Result<Participant> participantOf(const vault::Statement& row) {
    Participant participant;
    const auto id = ParticipantId::fromString(row.text(0));
    if (!id) return fail(ErrorCode::Damaged, "a participant's row has no valid id");
    participant.id = *id;
    participant.role = row.text(1);
    participant.pseudonym = row.text(2);
    participant.researchCode = row.text(3);
    if (!row.isNull(4)) {
        participant.pair = PairId::fromString(row.text(4));
        if (!participant.pair) return fail(ErrorCode::Damaged, "a participant's row has no valid pair");
    }
    return participant;
}

Result<std::vector<Participant>> readAll(vault::Statement& statement) {
    std::vector<Participant> participants;
    while (true) {
        SOTTO_ASSIGN(const bool hasRow, statement.step());
        if (!hasRow) return participants;
        SOTTO_ASSIGN(auto participant, participantOf(statement));
        participants.push_back(std::move(participant));
    }
}

Result<QString> freshValue(vault::Database& database, std::string_view sql, QString (*draw)()) {
    SOTTO_ASSIGN(auto statement, database.prepare(sql));
    for (int i = 0; i < kDraws; ++i) {
        const QString value = draw();
        statement.bind(1, value);
        SOTTO_ASSIGN(const bool taken, statement.step());
        statement.reset();
        if (!taken) return value;
    }
    return fail(ErrorCode::NotAllowed, "this home has too many participants to find a free code");
}

}  // namespace

vault::Schema Participants::schema() {
    return {"people", {std::string(kTables)}};
}

Result<> Participants::add(const Participant& participant, const Instant& at) {
    if (participant.id.isNull() || participant.role.isEmpty() || participant.pseudonym.isEmpty() ||
        participant.researchCode.isEmpty()) {
        return fail(ErrorCode::InvalidArgument, "a participant needs an id, a role, a pseudonym and a research code");
    }
    SOTTO_ASSIGN(auto insert, m_sessions->prepare("INSERT INTO participant (id, role, pseudonym, research_code, "
                                                  "pair, added_utc_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"));
    insert.bind(1, participant.id.toString()).bind(2, participant.role).bind(3, participant.pseudonym);
    insert.bind(4, participant.researchCode).bind(6, at.utcMs);
    if (participant.pair) {
        insert.bind(5, participant.pair->toString());
    } else {
        insert.bindNull(5);
    }
    return insert.run();
}

Result<std::optional<Participant>> Participants::find(const ParticipantId& id) const {
    SOTTO_ASSIGN(auto select, m_sessions->prepare("SELECT id, role, pseudonym, research_code, pair FROM participant "
                                                  "WHERE id = ?1"));
    select.bind(1, id.toString());
    SOTTO_ASSIGN(auto found, readAll(select));
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

Result<> Participants::joinPair(const ParticipantId& id, const PairId& pair) {
    SOTTO_ASSIGN(const auto known, find(id));
    if (!known) return fail(ErrorCode::NotFound, "no participant of that id");
    if (known->pair) return fail(ErrorCode::NotAllowed, "this participant is in a pair already");
    SOTTO_ASSIGN(auto update, m_sessions->prepare("UPDATE participant SET pair = ?2 WHERE id = ?1"));
    return update.bind(1, id.toString()).bind(2, pair.toString()).run();
}

Result<> Participants::erase(const ParticipantId& id) {
    SOTTO_ASSIGN(const auto known, find(id));
    if (!known) return fail(ErrorCode::NotFound, "no participant of that id");
    SOTTO_ASSIGN(auto erase, m_sessions->prepare("DELETE FROM participant WHERE id = ?1"));
    return erase.bind(1, id.toString()).run();
}

Result<std::vector<Participant>> Participants::all() const {
    SOTTO_ASSIGN(auto select, m_sessions->prepare("SELECT id, role, pseudonym, research_code, pair FROM participant "
                                                  "ORDER BY sequence"));
    return readAll(select);
}

Result<std::vector<Participant>> Participants::membersOf(const PairId& pair) const {
    SOTTO_ASSIGN(auto select, m_sessions->prepare("SELECT id, role, pseudonym, research_code, pair FROM participant "
                                                  "WHERE pair = ?1 ORDER BY sequence"));
    select.bind(1, pair.toString());
    return readAll(select);
}

Result<QString> Participants::freshPseudonym() const {
    return freshValue(*m_sessions, "SELECT 1 FROM participant WHERE pseudonym = ?1", randomPseudonym);
}

Result<QString> Participants::freshResearchCode() const {
    return freshValue(*m_sessions, "SELECT 1 FROM participant WHERE research_code = ?1", randomResearchCode);
}

}  // namespace sotto::people
