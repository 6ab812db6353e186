// SPDX-License-Identifier: Apache-2.0
#include "workflow/late_notes.h"

#include <algorithm>
#include <set>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "interview/search_words.h"
#include "sync/outbox.h"

namespace sotto::workflow {

namespace {

using interview::SessionState;

// AUTOINCREMENT: what the id of a note that was taken away named is never another note. The trigger keeps late notes
// from outliving their session; it can't take them away itself, because SQLite trusts no trigger with a search index.
constexpr std::string_view kTables = R"(
CREATE TABLE late_note (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    session TEXT NOT NULL,
    utc_ms  INTEGER NOT NULL,
    text    TEXT NOT NULL,
    package TEXT
);
CREATE INDEX late_note_of ON late_note (session, id);
CREATE VIRTUAL TABLE late_note_words USING fts5 (text, tokenize = "unicode61 remove_diacritics 2", prefix = '2 3');
CREATE TRIGGER late_notes_first BEFORE DELETE ON session
WHEN EXISTS (SELECT 1 FROM late_note WHERE session = OLD.id) BEGIN
    SELECT raise(ABORT, 'a session goes after its late notes');
END;
)";

/// A note, and the package that it was put into, be it that this never came into the queue.
struct Stored {
    LateNote note;
    std::optional<PackageId> package;
};

Result<interview::SessionRow> rowOf(Home& home, const SessionId& session) {
    SOTTO_TRY(home.need({Compartment::Sessions}));
    SOTTO_ASSIGN(const auto row, interview::SessionIndex(home.sessions()).find(session));
    if (!row) return fail(ErrorCode::NotFound, "there is no such session in this home");
    return *row;
}

Result<std::vector<Stored>> storedOf(Home& home, const SessionId& session) {
    SOTTO_ASSIGN(auto select, home.sessions().prepare("SELECT id, utc_ms, text, package FROM late_note "
                                                      "WHERE session = ?1 ORDER BY id"));
    select.bind(1, session.toString());
    std::vector<Stored> all;
    while (true) {
        SOTTO_ASSIGN(const bool hasRow, select.step());
        if (!hasRow) return all;
        Stored stored;
        stored.note = {select.integer(0), session, select.integer(1), select.text(2), LateNoteState::Waiting};
        if (!select.isNull(3)) stored.package = PackageId::fromString(select.text(3));
        all.push_back(std::move(stored));
    }
}

/// Ids of the session's packages that are, or were, in the queue. Nothing for who can't look.
Result<std::optional<std::set<PackageId>>> packagesOf(Home& home, const SessionId& session) {
    if (!home.holds(Compartment::Outbox)) return std::nullopt;
    SOTTO_ASSIGN(const auto items, sync::Outbox(home.outbox(), home.files(), home.layout().outboxFolder()).items());
    std::set<PackageId> ids;
    for (const sync::OutboxItem& item : items) {
        if (item.session == session) ids.insert(item.id);
    }
    return ids;
}

LateNoteState stateOf(const Stored& stored, SessionState session, const std::optional<std::set<PackageId>>& packages) {
    const bool isSealed = session >= SessionState::Sealed;
    const bool isPut = stored.package && (packages ? packages->contains(*stored.package) : isSealed);
    if (isPut) return LateNoteState::InPackage;
    return isSealed ? LateNoteState::NotSentYet : LateNoteState::Waiting;
}

Result<std::optional<SessionId>> sessionOfNote(Home& home, std::int64_t id) {
    SOTTO_ASSIGN(auto select, home.sessions().prepare("SELECT session FROM late_note WHERE id = ?1"));
    SOTTO_ASSIGN(const bool found, select.bind(1, id).step());
    if (!found) return std::nullopt;
    return SessionId::fromString(select.text(0));
}

Result<std::vector<FoundNote>> searchLate(Home& home, const QString& match, int limit) {
    SOTTO_ASSIGN(auto select,
                 home.sessions().prepare("SELECT late_note.session, late_note.id, "
                                         "snippet(late_note_words, 0, '', '', '…', 12) "
                                         "FROM late_note_words JOIN late_note ON late_note.id = late_note_words.rowid "
                                         "WHERE late_note_words MATCH ?1 ORDER BY rank, late_note.id LIMIT ?2"));
    select.bind(1, match).bind(2, std::int64_t{limit});
    std::vector<FoundNote> found;
    while (true) {
        SOTTO_ASSIGN(const bool hasRow, select.step());
        if (!hasRow) return found;
        const auto session = SessionId::fromString(select.text(0));
        if (!session) return fail(ErrorCode::Damaged, "a late note belongs to no session");
        found.push_back({*session, std::nullopt, select.integer(1), select.text(2)});
    }
}

}  // namespace

vault::Schema lateNotesSchema() {
    return {"late_note", {std::string(kTables)}};
}

Result<std::int64_t> addLateNote(Home& home, const SessionId& session, const QString& text) {
    SOTTO_ASSIGN(const auto row, rowOf(home, session));
    if (text.trimmed().isEmpty() || text.size() > kMaxLateNoteChars) {
        return fail(ErrorCode::InvalidArgument, "a note has words, and fewer than a hundred thousand letters");
    }
    if (row.state < SessionState::Sealed && !row.anchor) {
        return fail(ErrorCode::NotAllowed, "this interview was not ended yet; go on with it and add the note there");
    }
    SOTTO_ASSIGN(auto transaction, vault::Transaction::begin(home.sessions()));
    SOTTO_ASSIGN(auto put,
                 home.sessions().prepare("INSERT INTO late_note (session, utc_ms, text) VALUES (?1, ?2, ?3)"));
    SOTTO_TRY(put.bind(1, session.toString()).bind(2, home.clock().now().utcMs).bind(3, text).run());
    const std::int64_t id = home.sessions().lastInsertId();
    SOTTO_ASSIGN(auto words, home.sessions().prepare("INSERT INTO late_note_words (rowid, text) VALUES (?1, ?2)"));
    SOTTO_TRY(words.bind(1, id).bind(2, text).run());
    SOTTO_TRY(home.audit(QStringLiteral("note.added"), {{QStringLiteral("session"), session.toString()}}));
    SOTTO_TRY(transaction.commit());
    return id;
}

Result<> removeLateNote(Home& home, std::int64_t id) {
    SOTTO_TRY(home.need({Compartment::Sessions}));
    SOTTO_ASSIGN(const auto session, sessionOfNote(home, id));
    if (!session) return fail(ErrorCode::NotFound, "there is no such note");
    SOTTO_ASSIGN(const auto notes, lateNotes(home, *session));
    const bool isPut = std::any_of(notes.begin(), notes.end(), [id](const LateNote& note) {
        return note.id == id && note.state == LateNoteState::InPackage;
    });
    if (isPut) return fail(ErrorCode::NotAllowed, "this note is in a sealed package already");
    SOTTO_ASSIGN(auto transaction, vault::Transaction::begin(home.sessions()));
    SOTTO_TRY(eraseLateNote(home.sessions(), id));
    SOTTO_TRY(home.audit(QStringLiteral("note.removed"), {{QStringLiteral("session"), session->toString()}}));
    return transaction.commit();
}

Result<std::vector<LateNote>> lateNotes(Home& home, const SessionId& session) {
    SOTTO_ASSIGN(const auto row, rowOf(home, session));
    SOTTO_ASSIGN(auto stored, storedOf(home, session));
    SOTTO_ASSIGN(const auto packages, packagesOf(home, session));
    std::vector<LateNote> notes;
    for (Stored& one : stored) {
        one.note.state = stateOf(one, row.state, packages);
        notes.push_back(std::move(one.note));
    }
    return notes;
}

Result<std::vector<FoundNote>> searchNotes(Home& home, const QString& words, int limit) {
    SOTTO_TRY(home.need({Compartment::Sessions}));
    SOTTO_ASSIGN(const QString match, interview::matchOfWords(words));
    std::vector<FoundNote> all;
    if (match.isEmpty() || limit <= 0) return all;
    SOTTO_ASSIGN(const auto hits, interview::SessionIndex(home.sessions()).search(words, limit));
    for (const auto& hit : hits)
        all.push_back({hit.session, hit.offset, std::nullopt, hit.snippet});
    SOTTO_ASSIGN(const auto late, searchLate(home, match, limit));
    all.insert(all.end(), late.begin(), late.end());
    return all;
}

Result<> eraseLateNote(vault::Database& sessions, std::int64_t id) {
    SOTTO_ASSIGN(auto words, sessions.prepare("DELETE FROM late_note_words WHERE rowid = ?1"));
    SOTTO_TRY(words.bind(1, id).run());
    SOTTO_ASSIGN(auto note, sessions.prepare("DELETE FROM late_note WHERE id = ?1"));
    return note.bind(1, id).run();
}

Result<> eraseLateNotes(vault::Database& sessions, const SessionId& session) {
    SOTTO_ASSIGN(auto words, sessions.prepare("DELETE FROM late_note_words WHERE rowid IN "
                                              "(SELECT id FROM late_note WHERE session = ?1)"));
    SOTTO_TRY(words.bind(1, session.toString()).run());
    SOTTO_ASSIGN(auto notes, sessions.prepare("DELETE FROM late_note WHERE session = ?1"));
    return notes.bind(1, session.toString()).run();
}

Result<std::optional<package::PackageFile>> lateNotesFile(Home& home, const SessionId& session) {
    SOTTO_ASSIGN(const auto stored, storedOf(home, session));
    if (stored.empty()) return std::nullopt;
    QJsonArray notes;
    for (const Stored& one : stored) {
        notes.append(
            QJsonObject{{QStringLiteral("at_utc"), utcText(one.note.utcMs)}, {QStringLiteral("text"), one.note.text}});
    }
    const QJsonObject file{{QStringLiteral("format"), 1}, {QStringLiteral("notes"), notes}};
    return package::PackageFile{QStringLiteral("late-notes.json"), QJsonDocument(file).toJson()};
}

Result<> putLateNotesIn(Home& home, const SessionId& session, const PackageId& package) {
    SOTTO_ASSIGN(auto update, home.sessions().prepare("UPDATE late_note SET package = ?2 WHERE session = ?1"));
    return update.bind(1, session.toString()).bind(2, package.toString()).run();
}

}  // namespace sotto::workflow
