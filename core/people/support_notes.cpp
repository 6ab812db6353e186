// SPDX-License-Identifier: Apache-2.0
#include "people/support_notes.h"

namespace sotto::people {

namespace {

// A trigger, so that nothing written about somebody outlives their name, whichever program takes it away.
constexpr std::string_view kTables = R"(
CREATE TABLE support_note (
    sequence    INTEGER PRIMARY KEY,
    utc_ms      INTEGER NOT NULL,
    heading     TEXT NOT NULL,
    text        TEXT NOT NULL,
    participant TEXT,
    session     TEXT
);
CREATE INDEX support_note_about ON support_note (participant, sequence);
CREATE TRIGGER support_note_gone AFTER DELETE ON identity BEGIN
    DELETE FROM support_note WHERE participant = OLD.participant;
END;
)";

constexpr qsizetype kMaxText = 10'000;

Result<> requireIdentity(vault::Database& identities, const ParticipantId& id) {
    SOTTO_ASSIGN(auto select, identities.prepare("SELECT 1 FROM identity WHERE participant = ?1"));
    SOTTO_ASSIGN(const bool found, select.bind(1, id.toString()).step());
    if (!found) return fail(ErrorCode::NotFound, "no identity of that id");
    return {};
}

}  // namespace

vault::Schema SupportNotes::schema() {
    return {"support_notes", {std::string(kTables)}};
}

Result<> SupportNotes::add(const SupportNote& note) {
    if (note.text.trimmed().isEmpty() || note.heading.isEmpty() || note.text.size() > kMaxText) {
        return fail(ErrorCode::InvalidArgument, "a note needs a text of at most 10,000 characters, and a heading");
    }
    if (note.participant) SOTTO_TRY(requireIdentity(*m_identities, *note.participant));
    SOTTO_ASSIGN(auto insert,
                 m_identities->prepare("INSERT INTO support_note (utc_ms, heading, text, participant, session) "
                                       "VALUES (?1, ?2, ?3, ?4, ?5)"));
    insert.bind(1, note.utcMs).bind(2, note.heading).bind(3, note.text);
    if (note.participant) {
        insert.bind(4, note.participant->toString());
    } else {
        insert.bindNull(4);
    }
    if (note.session) {
        insert.bind(5, note.session->toString());
    } else {
        insert.bindNull(5);
    }
    return insert.run();
}

Result<std::vector<SupportNote>> SupportNotes::about(const ParticipantId& participant) const {
    SOTTO_ASSIGN(auto select, m_identities->prepare("SELECT utc_ms, heading, text, session FROM support_note "
                                                    "WHERE participant = ?1 ORDER BY sequence"));
    select.bind(1, participant.toString());
    std::vector<SupportNote> notes;
    while (true) {
        SOTTO_ASSIGN(const bool hasRow, select.step());
        if (!hasRow) return notes;
        SupportNote note{select.integer(0), select.text(1), select.text(2), participant, {}};
        if (!select.isNull(3)) note.session = SessionId::fromString(select.text(3));
        notes.push_back(std::move(note));
    }
}

}  // namespace sotto::people
