// SPDX-License-Identifier: Apache-2.0
#include "people/groups.h"

#include <algorithm>

#include "people/codes.h"
#include "people/people.h"

namespace sotto::people {

namespace {

constexpr std::string_view kTables = R"(
CREATE TABLE people_group (
    sequence      INTEGER PRIMARY KEY,
    id            TEXT NOT NULL UNIQUE,
    name          TEXT NOT NULL UNIQUE,
    role          TEXT NOT NULL,
    research_code TEXT NOT NULL UNIQUE,
    added_utc_ms  INTEGER NOT NULL
);
CREATE TABLE group_member (
    sequence     INTEGER PRIMARY KEY,
    people_group TEXT NOT NULL,
    participant  TEXT NOT NULL,
    UNIQUE (people_group, participant)
);
CREATE TABLE session_member (
    sequence    INTEGER PRIMARY KEY,
    session     TEXT NOT NULL,
    participant TEXT NOT NULL,
    UNIQUE (session, participant)
);
CREATE INDEX session_member_of ON session_member (participant);
)";

constexpr int kDraws = 1000;

template <typename IdType>
Result<std::vector<IdType>> idsOf(vault::Statement& statement) {
    std::vector<IdType> ids;
    while (true) {
        SOTTO_ASSIGN(const bool hasRow, statement.step());
        if (!hasRow) return ids;
        const auto id = IdType::fromString(statement.text(0));
        if (!id) return fail(ErrorCode::Damaged, "a group's row has no valid id");
        ids.push_back(*id);
    }
}

Result<std::vector<ParticipantId>> membersIn(vault::Database& sessions, const ParticipantId& group) {
    SOTTO_ASSIGN(auto select, sessions.prepare("SELECT participant FROM group_member WHERE people_group = ?1 "
                                               "ORDER BY sequence"));
    select.bind(1, group.toString());
    return idsOf<ParticipantId>(select);
}

Result<std::vector<Group>> readAll(vault::Database& sessions, vault::Statement& statement) {
    std::vector<Group> groups;
    while (true) {
        SOTTO_ASSIGN(const bool hasRow, statement.step());
        if (!hasRow) break;
        const auto id = ParticipantId::fromString(statement.text(0));
        if (!id) return fail(ErrorCode::Damaged, "a group's row has no valid id");
        groups.push_back({*id, statement.text(1), statement.text(2), statement.text(3), {}});
    }
    for (Group& group : groups) {
        SOTTO_ASSIGN(group.members, membersIn(sessions, group.id));
    }
    return groups;
}

/// A word that no group bears yet.
Result<QString> freshName(vault::Database& sessions) {
    SOTTO_ASSIGN(auto select, sessions.prepare("SELECT 1 FROM people_group WHERE name = ?1"));
    for (int i = 0; i < kDraws; ++i) {
        const QString name = randomPseudonym();
        select.bind(1, name);
        SOTTO_ASSIGN(const bool taken, select.step());
        select.reset();
        if (!taken) return name;
    }
    return fail(ErrorCode::NotAllowed, "this home has too many groups to find a free name");
}

Result<> change(vault::Database& sessions, std::string_view sql, const QString& first, const QString& second = {}) {
    SOTTO_ASSIGN(auto statement, sessions.prepare(sql));
    statement.bind(1, first);
    if (!second.isEmpty()) statement.bind(2, second);
    return statement.run();
}

}  // namespace

vault::Schema Groups::schema() {
    return {"groups", {std::string(kTables)}};
}

Result<Group> Groups::create(const QString& name, const QString& role, const Instant& at) {
    Group group;
    group.id = ParticipantId::random();
    group.name = name.trimmed();
    if (group.name.isEmpty()) {
        SOTTO_ASSIGN(group.name, freshName(*m_sessions));
    }
    group.role = role;
    SOTTO_ASSIGN(group.researchCode, Participants(*m_sessions).freshResearchCode());
    SOTTO_TRY(add(group, at));
    return group;
}

Result<> Groups::add(const Group& group, const Instant& at) {
    if (group.id.isNull() || group.role.isEmpty() || group.researchCode.isEmpty() || group.name.trimmed().isEmpty() ||
        group.name.size() > kMaxGroupName) {
        return fail(ErrorCode::InvalidArgument, "a group needs an id, a role, a code and a name that is not too long");
    }
    SOTTO_ASSIGN(auto insert, m_sessions->prepare("INSERT INTO people_group (id, name, role, research_code, "
                                                  "added_utc_ms) VALUES (?1, ?2, ?3, ?4, ?5)"));
    insert.bind(1, group.id.toString()).bind(2, group.name).bind(3, group.role).bind(4, group.researchCode);
    SOTTO_TRY(insert.bind(5, at.utcMs).run());
    for (const ParticipantId& member : group.members)
        SOTTO_TRY(join(group.id, member));
    return {};
}

Result<std::optional<Group>> Groups::find(const ParticipantId& id) const {
    SOTTO_ASSIGN(auto select,
                 m_sessions->prepare("SELECT id, name, role, research_code FROM people_group WHERE id = ?1"));
    select.bind(1, id.toString());
    SOTTO_ASSIGN(auto found, readAll(*m_sessions, select));
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

Result<std::vector<Group>> Groups::all() const {
    SOTTO_ASSIGN(auto select,
                 m_sessions->prepare("SELECT id, name, role, research_code FROM people_group ORDER BY sequence"));
    return readAll(*m_sessions, select);
}

Result<> Groups::join(const ParticipantId& group, const ParticipantId& member) {
    SOTTO_ASSIGN(const auto known, find(group));
    if (!known) return fail(ErrorCode::NotFound, "no group of that id");
    SOTTO_ASSIGN(auto insert,
                 m_sessions->prepare("INSERT INTO group_member (people_group, participant) VALUES (?1, ?2)"));
    return insert.bind(1, group.toString()).bind(2, member.toString()).run();
}

Result<> Groups::leave(const ParticipantId& group, const ParticipantId& member) {
    SOTTO_ASSIGN(const auto members, membersIn(*m_sessions, group));
    if (std::find(members.begin(), members.end(), member) == members.end()) {
        return fail(ErrorCode::NotFound, "nobody of that id is in the group");
    }
    return change(*m_sessions, "DELETE FROM group_member WHERE people_group = ?1 AND participant = ?2",
                  group.toString(), member.toString());
}

Result<> Groups::erase(const ParticipantId& group) {
    SOTTO_ASSIGN(const auto known, find(group));
    if (!known) return fail(ErrorCode::NotFound, "no group of that id");
    SOTTO_TRY(change(*m_sessions, "DELETE FROM group_member WHERE people_group = ?1", group.toString()));
    return change(*m_sessions, "DELETE FROM people_group WHERE id = ?1", group.toString());
}

Result<> Groups::takePart(const SessionId& session, const ParticipantId& member) {
    return change(*m_sessions, "INSERT OR IGNORE INTO session_member (session, participant) VALUES (?1, ?2)",
                  session.toString(), member.toString());
}

Result<std::vector<ParticipantId>> Groups::membersOf(const SessionId& session) const {
    SOTTO_ASSIGN(auto select,
                 m_sessions->prepare("SELECT participant FROM session_member WHERE session = ?1 ORDER BY sequence"));
    select.bind(1, session.toString());
    return idsOf<ParticipantId>(select);
}

Result<std::vector<SessionId>> Groups::sessionsOf(const ParticipantId& member) const {
    SOTTO_ASSIGN(auto select,
                 m_sessions->prepare("SELECT session FROM session_member WHERE participant = ?1 ORDER BY sequence"));
    select.bind(1, member.toString());
    return idsOf<SessionId>(select);
}

Result<> Groups::forget(const SessionId& session, const std::optional<ParticipantId>& member) {
    if (!member) return change(*m_sessions, "DELETE FROM session_member WHERE session = ?1", session.toString());
    return change(*m_sessions, "DELETE FROM session_member WHERE session = ?1 AND participant = ?2", session.toString(),
                  member->toString());
}

Result<> Groups::forgetMember(const ParticipantId& member) {
    SOTTO_TRY(change(*m_sessions, "DELETE FROM session_member WHERE participant = ?1", member.toString()));
    return change(*m_sessions, "DELETE FROM group_member WHERE participant = ?1", member.toString());
}

}  // namespace sotto::people
