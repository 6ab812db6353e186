// SPDX-License-Identifier: Apache-2.0
#include "interview/session_index.h"

#include <algorithm>
#include <array>
#include <limits>

#include "interview/search_words.h"
#include "interview/timeline.h"

namespace sotto::interview {

namespace {

constexpr std::string_view kTables = R"(
CREATE TABLE session (
    id              TEXT PRIMARY KEY,
    participant     TEXT NOT NULL,
    log_name        TEXT NOT NULL UNIQUE,
    log_id          TEXT NOT NULL,
    number          INTEGER NOT NULL UNIQUE,
    state           TEXT NOT NULL,
    practice        INTEGER NOT NULL,
    started_utc_ms  INTEGER NOT NULL,
    anchor_sequence INTEGER,
    anchor_tag      BLOB
);
CREATE TABLE session_note (
    id        INTEGER PRIMARY KEY,
    session   TEXT NOT NULL REFERENCES session (id),
    offset_ms INTEGER NOT NULL
);
CREATE INDEX session_note_of ON session_note (session);
CREATE VIRTUAL TABLE session_note_words USING fts5 (text, tokenize = "unicode61 remove_diacritics 2", prefix = '2 3');
)";

// A trigger, so that no row can come in uncounted.
constexpr std::string_view kCounter = R"(
CREATE TABLE session_counter (
    only    INTEGER PRIMARY KEY CHECK (only = 1),
    highest INTEGER NOT NULL
);
INSERT INTO session_counter (only, highest) SELECT 1, coalesce(max(number), 0) FROM session;
CREATE TRIGGER session_counted AFTER INSERT ON session BEGIN
    UPDATE session_counter SET highest = max(highest, NEW.number);
END;
)";

// Written down once, because counting again would change it when an earlier session is erased.
constexpr std::string_view kVisits = R"(
ALTER TABLE session ADD COLUMN visit INTEGER NOT NULL DEFAULT 0;
ALTER TABLE session ADD COLUMN first_visit_utc_ms INTEGER NOT NULL DEFAULT 0;
UPDATE session SET (visit, first_visit_utc_ms) =
    (SELECT count(*), min(earlier.started_utc_ms) FROM session AS earlier
     WHERE earlier.participant = session.participant AND earlier.practice = session.practice
       AND earlier.number <= session.number);
)";

constexpr std::string_view kDamage = "ALTER TABLE session ADD COLUMN damage TEXT";

constexpr std::string_view kRowColumns =
    "SELECT id, participant, log_name, log_id, number, state, practice, started_utc_ms, anchor_sequence, anchor_tag, "
    "visit, first_visit_utc_ms, damage FROM session ";

constexpr std::array kStates{std::pair{SessionState::Open, QLatin1String("open")},
                             std::pair{SessionState::Interrupted, QLatin1String("interrupted")},
                             std::pair{SessionState::Sealed, QLatin1String("sealed")},
                             std::pair{SessionState::Sent, QLatin1String("sent")},
                             std::pair{SessionState::Received, QLatin1String("received")}};

constexpr std::uint64_t kMostNumber = std::numeric_limits<std::int64_t>::max();

bool isUnsealed(SessionState state) {
    return state == SessionState::Open || state == SessionState::Interrupted;
}

bool isPlainFileName(const std::string& name) {
    return !name.empty() && name != "." && name != ".." && name.find('/') == std::string::npos &&
           name.find('\\') == std::string::npos && name.find('\0') == std::string::npos;
}

Failure badRow() {
    return fail(ErrorCode::Damaged, "a session's row holds what was never written there");
}

Result<std::optional<sealedlog::Anchor>> anchorOf(const vault::Statement& row) {
    if (row.isNull(8)) return std::nullopt;
    sealedlog::Anchor anchor;
    anchor.sequence = static_cast<std::uint64_t>(row.integer(8));
    const Bytes tag = row.blob(9);
    if (tag.size() != anchor.tag.size()) return badRow();
    std::copy(tag.begin(), tag.end(), anchor.tag.begin());
    return anchor;
}

Result<SessionRow> rowOf(const vault::Statement& row) {
    const auto id = SessionId::fromString(row.text(0));
    const auto participant = ParticipantId::fromString(row.text(1));
    const auto logId = FileId::fromString(row.text(3));
    const auto state = sessionStateFromName(row.text(5));
    if (!id || !participant || !logId || !state) return badRow();
    SessionRow result;
    result.id = *id;
    result.participant = *participant;
    result.logName = row.text(2).toStdString();
    if (!isPlainFileName(result.logName)) return badRow();
    result.logId = *logId;
    result.number = static_cast<std::uint64_t>(row.integer(4));
    result.state = *state;
    result.practice = row.integer(6) != 0;
    result.startedUtcMs = row.integer(7);
    SOTTO_ASSIGN(result.anchor, anchorOf(row));
    result.visit = static_cast<int>(row.integer(10));
    result.firstVisitUtcMs = row.integer(11);
    if (!row.isNull(12)) result.damage = row.text(12);
    return result;
}

Result<std::vector<SessionRow>> readAll(vault::Statement& statement) {
    std::vector<SessionRow> rows;
    while (true) {
        SOTTO_ASSIGN(const bool hasRow, statement.step());
        if (!hasRow) return rows;
        SOTTO_ASSIGN(auto row, rowOf(statement));
        rows.push_back(std::move(row));
    }
}

void bindAnchor(vault::Statement& statement, int position, const std::optional<sealedlog::Anchor>& anchor) {
    if (!anchor) {
        statement.bindNull(position).bindNull(position + 1);
        return;
    }
    statement.bind(position, static_cast<std::int64_t>(anchor->sequence)).bind(position + 1, ByteView(anchor->tag));
}

Result<> forgetNotes(vault::Database& database, const SessionId& id) {
    SOTTO_ASSIGN(auto words, database.prepare("DELETE FROM session_note_words WHERE rowid IN "
                                              "(SELECT id FROM session_note WHERE session = ?1)"));
    SOTTO_TRY(words.bind(1, id.toString()).run());
    SOTTO_ASSIGN(auto places, database.prepare("DELETE FROM session_note WHERE session = ?1"));
    return places.bind(1, id.toString()).run();
}

Result<> forgetSession(vault::Database& database, const SessionId& id) {
    SOTTO_TRY(forgetNotes(database, id));
    SOTTO_ASSIGN(auto row, database.prepare("DELETE FROM session WHERE id = ?1"));
    return row.bind(1, id.toString()).run();
}

/// Does the work within the transaction that is open, or in one of its own.
template <typename Work>
Result<> inTransaction(vault::Database& database, const Work& work) {
    if (database.inTransaction()) return work();
    SOTTO_ASSIGN(auto transaction, vault::Transaction::begin(database));
    SOTTO_TRY(work());
    return transaction.commit();
}

Result<> putNotes(vault::Database& database, const SessionId& id, const std::vector<Event>& events) {
    SOTTO_TRY(forgetNotes(database, id));
    SOTTO_ASSIGN(auto place, database.prepare("INSERT INTO session_note (session, offset_ms) VALUES (?1, ?2)"));
    SOTTO_ASSIGN(auto words, database.prepare("INSERT INTO session_note_words (rowid, text) VALUES (?1, ?2)"));
    for (const Event& event : standingEvents(events)) {
        const bool hasWords = event.kind == EventKind::Note || event.kind == EventKind::Mark;
        if (!hasWords || event.text.isEmpty()) continue;
        SOTTO_TRY(place.bind(1, id.toString()).bind(2, event.offset.ms).run());
        SOTTO_TRY(words.bind(1, database.lastInsertId()).bind(2, event.text).run());
    }
    return {};
}

}  // namespace

QString sessionStateName(SessionState state) {
    return std::find_if(kStates.begin(), kStates.end(), [&](const auto& entry) { return entry.first == state; })
        ->second;
}

std::optional<SessionState> sessionStateFromName(const QString& name) {
    const auto found =
        std::find_if(kStates.begin(), kStates.end(), [&](const auto& entry) { return entry.second == name; });
    if (found == kStates.end()) return std::nullopt;
    return found->first;
}

bool mayBecome(SessionState from, SessionState to) {
    if (from == to || (isUnsealed(from) && isUnsealed(to))) return true;
    if (isUnsealed(from)) return to == SessionState::Sealed;
    return to > from;
}

vault::Schema SessionIndex::schema() {
    return {"interview", {std::string(kTables), std::string(kCounter), std::string(kVisits), std::string(kDamage)}};
}

Result<std::uint64_t> SessionIndex::nextNumber() const {
    SOTTO_ASSIGN(auto select, m_sessions->prepare("SELECT highest FROM session_counter"));
    SOTTO_ASSIGN(const bool hasRow, select.step());
    if (!hasRow) return fail(ErrorCode::Damaged, "the vault has lost the count of its sessions");
    return static_cast<std::uint64_t>(select.integer(0)) + 1;
}

Result<> SessionIndex::neverGiveUpTo(std::uint64_t number) {
    if (number >= kMostNumber) return fail(ErrorCode::InvalidArgument, "no session bears so high a number");
    SOTTO_ASSIGN(auto update, m_sessions->prepare("UPDATE session_counter SET highest = max(highest, ?1)"));
    return update.bind(1, static_cast<std::int64_t>(number)).run();
}

Result<> SessionIndex::add(const SessionRow& row) {
    const bool isNumbered = row.number > 0 && row.number < kMostNumber;
    if (row.id.isNull() || !isNumbered || !isPlainFileName(row.logName)) {
        return fail(ErrorCode::InvalidArgument, "a session needs an id, a number and a plain file name");
    }
    SOTTO_ASSIGN(auto insert,
                 m_sessions->prepare("INSERT INTO session (id, participant, log_name, log_id, number, state, practice, "
                                     "started_utc_ms, anchor_sequence, anchor_tag, visit, first_visit_utc_ms) "
                                     "SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, coalesce(max(visit), 0) + 1, "
                                     "min(?8, coalesce(min(first_visit_utc_ms), ?8)) FROM session "
                                     "WHERE participant = ?2 AND practice = ?7"));
    insert.bind(1, row.id.toString()).bind(2, row.participant.toString()).bind(3, row.logName);
    insert.bind(4, row.logId.toString()).bind(5, static_cast<std::int64_t>(row.number));
    insert.bind(6, sessionStateName(row.state)).bind(7, std::int64_t{row.practice}).bind(8, row.startedUtcMs);
    bindAnchor(insert, 9, row.anchor);
    return insert.run();
}

Result<> SessionIndex::setState(const SessionId& id, SessionState state,
                                const std::optional<sealedlog::Anchor>& anchor) {
    SOTTO_ASSIGN(const auto row, find(id));
    if (!row) return fail(ErrorCode::NotFound, "no session of that id");
    if (!mayBecome(row->state, state))
        return fail(ErrorCode::NotAllowed, "a session can't go back to an earlier state");
    SOTTO_ASSIGN(auto update, m_sessions->prepare("UPDATE session SET state = ?2, anchor_sequence = ?3, "
                                                  "anchor_tag = ?4 WHERE id = ?1"));
    update.bind(1, id.toString()).bind(2, sessionStateName(state));
    bindAnchor(update, 3, anchor ? anchor : row->anchor);
    return update.run();
}

Result<> SessionIndex::unseal(const SessionId& id) {
    SOTTO_ASSIGN(const auto row, find(id));
    if (!row) return fail(ErrorCode::NotFound, "no session of that id");
    if (row->state != SessionState::Sealed) return fail(ErrorCode::NotAllowed, "this session is not sealed");
    SOTTO_ASSIGN(auto update, m_sessions->prepare("UPDATE session SET state = ?2 WHERE id = ?1"));
    return update.bind(1, id.toString()).bind(2, sessionStateName(SessionState::Interrupted)).run();
}

Result<> SessionIndex::dropAnchor(const SessionId& id) {
    SOTTO_ASSIGN(const auto row, find(id));
    if (!row) return fail(ErrorCode::NotFound, "no session of that id");
    SOTTO_ASSIGN(auto update, m_sessions->prepare("UPDATE session SET anchor_sequence = NULL, anchor_tag = NULL "
                                                  "WHERE id = ?1"));
    return update.bind(1, id.toString()).run();
}

Result<> SessionIndex::replaceLog(const SessionId& id, const FileId& newId, const sealedlog::Anchor& head,
                                  const QString& damage) {
    SOTTO_ASSIGN(const auto row, find(id));
    if (!row) return fail(ErrorCode::NotFound, "no session of that id");
    SOTTO_ASSIGN(auto update, m_sessions->prepare("UPDATE session SET log_id = ?2, anchor_sequence = ?3, "
                                                  "anchor_tag = ?4, damage = coalesce(damage, nullif(?5, '')) "
                                                  "WHERE id = ?1"));
    update.bind(1, id.toString()).bind(2, newId.toString()).bind(5, damage);
    bindAnchor(update, 3, head);
    return update.run();
}

Result<> SessionIndex::erase(const SessionId& id) {
    SOTTO_ASSIGN(const auto row, find(id));
    if (!row) return fail(ErrorCode::NotFound, "no session of that id");
    return inTransaction(*m_sessions, [&] { return forgetSession(*m_sessions, id); });
}

Result<std::optional<SessionRow>> SessionIndex::find(const SessionId& id) const {
    SOTTO_ASSIGN(auto select, m_sessions->prepare(std::string(kRowColumns) + "WHERE id = ?1"));
    select.bind(1, id.toString());
    SOTTO_ASSIGN(auto rows, readAll(select));
    if (rows.empty()) return std::nullopt;
    return std::move(rows.front());
}

Result<std::vector<SessionRow>> SessionIndex::all() const {
    SOTTO_ASSIGN(auto select, m_sessions->prepare(std::string(kRowColumns) + "ORDER BY number"));
    return readAll(select);
}

Result<> SessionIndex::index(const SessionId& id, const std::vector<Event>& events) {
    SOTTO_ASSIGN(const auto row, find(id));
    if (!row) return fail(ErrorCode::NotFound, "no session of that id");
    return inTransaction(*m_sessions, [&] { return putNotes(*m_sessions, id, events); });
}

Result<std::vector<SessionIndex::Hit>> SessionIndex::search(const QString& words, int limit) const {
    SOTTO_ASSIGN(const QString match, matchOfWords(words));
    std::vector<Hit> hits;
    if (match.isEmpty() || limit <= 0) return hits;
    SOTTO_ASSIGN(auto select,
                 m_sessions->prepare("SELECT session, offset_ms, snippet(session_note_words, 0, '', '', '…', 12) "
                                     "FROM session_note_words JOIN session_note ON session_note.id = "
                                     "session_note_words.rowid WHERE session_note_words MATCH ?1 "
                                     "ORDER BY rank, session_note_words.rowid LIMIT ?2"));
    select.bind(1, match).bind(2, std::int64_t{limit});
    while (true) {
        SOTTO_ASSIGN(const bool hasRow, select.step());
        if (!hasRow) return hits;
        const auto session = SessionId::fromString(select.text(0));
        if (!session) return badRow();
        hits.push_back({*session, {select.integer(1)}, select.text(2)});
    }
}

}  // namespace sotto::interview
