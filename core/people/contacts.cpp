// SPDX-License-Identifier: Apache-2.0
#include "people/contacts.h"

#include <algorithm>
#include <array>

#include "people/contact_parts.h"

namespace sotto::people {

namespace {

// A trigger, so that nobody's contacts outlive their name, whichever program takes it away.
constexpr std::string_view kTables = R"(
CREATE TABLE contact (
    participant         TEXT PRIMARY KEY,
    safe_ways           TEXT NOT NULL DEFAULT '',
    safe_hours          TEXT NOT NULL DEFAULT '',
    appointment_utc_ms  INTEGER,
    appointment_place   TEXT,
    appointment_made_ms INTEGER
);
CREATE TABLE contact_entry (
    sequence    INTEGER PRIMARY KEY,
    participant TEXT NOT NULL,
    utc_ms      INTEGER NOT NULL,
    kind        TEXT NOT NULL,
    note        TEXT NOT NULL
);
CREATE INDEX contact_entry_of ON contact_entry (participant, sequence);
CREATE TABLE contact_compensation (
    sequence    INTEGER PRIMARY KEY,
    participant TEXT NOT NULL,
    utc_ms      INTEGER NOT NULL,
    text        TEXT NOT NULL
);
CREATE INDEX contact_compensation_of ON contact_compensation (participant, sequence);
CREATE TRIGGER contact_gone AFTER DELETE ON identity BEGIN
    DELETE FROM contact WHERE participant = OLD.participant;
    DELETE FROM contact_entry WHERE participant = OLD.participant;
    DELETE FROM contact_compensation WHERE participant = OLD.participant;
END;
)";

constexpr std::string_view kHistory = R"(
CREATE TABLE contact_appointment (
    sequence           INTEGER PRIMARY KEY,
    participant        TEXT NOT NULL,
    utc_ms             INTEGER NOT NULL,
    what               TEXT NOT NULL,
    appointment_utc_ms INTEGER NOT NULL,
    place              TEXT NOT NULL
);
CREATE INDEX contact_appointment_of ON contact_appointment (participant, sequence);
CREATE TRIGGER contact_appointment_gone AFTER DELETE ON identity BEGIN
    DELETE FROM contact_appointment WHERE participant = OLD.participant;
END;
)";

constexpr std::array kKinds{
    std::pair{ContactKind::Call, QLatin1String("call")}, std::pair{ContactKind::Message, QLatin1String("message")},
    std::pair{ContactKind::Met, QLatin1String("met")}, std::pair{ContactKind::NoAnswer, QLatin1String("no-answer")}};

using contact_parts::checkText;
using contact_parts::requireIdentity;
using contact_parts::unreadable;

Result<> readCard(vault::Database& identities, const ParticipantId& id, ContactCard& card) {
    SOTTO_ASSIGN(auto select, identities.prepare("SELECT safe_ways, safe_hours, appointment_utc_ms, "
                                                 "appointment_place, appointment_made_ms FROM contact "
                                                 "WHERE participant = ?1"));
    SOTTO_ASSIGN(const bool found, select.bind(1, id.toString()).step());
    if (!found) return {};
    card.safeWays = select.text(0);
    card.safeHours = select.text(1);
    if (!select.isNull(2)) card.appointment = Appointment{select.integer(2), select.text(3), select.integer(4)};
    return {};
}

Result<> readLog(vault::Database& identities, const ParticipantId& id, ContactCard& card) {
    SOTTO_ASSIGN(auto select, identities.prepare("SELECT utc_ms, kind, note FROM contact_entry "
                                                 "WHERE participant = ?1 ORDER BY sequence"));
    select.bind(1, id.toString());
    while (true) {
        SOTTO_ASSIGN(const bool hasRow, select.step());
        if (!hasRow) return {};
        const auto kind = contactKindFromName(select.text(1));
        if (!kind) return unreadable();
        card.log.push_back({select.integer(0), *kind, select.text(2)});
    }
}

Result<> readCompensation(vault::Database& identities, const ParticipantId& id, ContactCard& card) {
    SOTTO_ASSIGN(auto select, identities.prepare("SELECT utc_ms, text FROM contact_compensation "
                                                 "WHERE participant = ?1 ORDER BY sequence"));
    select.bind(1, id.toString());
    while (true) {
        SOTTO_ASSIGN(const bool hasRow, select.step());
        if (!hasRow) return {};
        card.compensation.push_back({select.integer(0), select.text(1)});
    }
}

}  // namespace

QString contactKindName(ContactKind kind) {
    return std::find_if(kKinds.begin(), kKinds.end(), [kind](const auto& entry) { return entry.first == kind; })
        ->second;
}

std::optional<ContactKind> contactKindFromName(const QString& name) {
    const auto found =
        std::find_if(kKinds.begin(), kKinds.end(), [&name](const auto& entry) { return entry.second == name; });
    if (found == kKinds.end()) return std::nullopt;
    return found->first;
}

vault::Schema Contacts::schema() {
    return {"contacts", {std::string(kTables), std::string(kHistory)}};
}

Result<ContactCard> Contacts::card(const ParticipantId& id) const {
    SOTTO_TRY(requireIdentity(*m_identities, id));
    ContactCard card;
    SOTTO_TRY(readCard(*m_identities, id, card));
    SOTTO_TRY(contact_parts::readHistory(*m_identities, id, card));
    SOTTO_TRY(readLog(*m_identities, id, card));
    SOTTO_TRY(readCompensation(*m_identities, id, card));
    return card;
}

Result<> Contacts::add(const ParticipantId& id, const ContactEntry& entry) {
    SOTTO_TRY(requireIdentity(*m_identities, id));
    SOTTO_TRY(checkText(entry.note));
    SOTTO_ASSIGN(auto insert, m_identities->prepare("INSERT INTO contact_entry (participant, utc_ms, kind, note) "
                                                    "VALUES (?1, ?2, ?3, ?4)"));
    insert.bind(1, id.toString()).bind(2, entry.utcMs).bind(3, contactKindName(entry.kind)).bind(4, entry.note);
    return insert.run();
}

Result<> Contacts::setSafeContact(const ParticipantId& id, const QString& ways, const QString& hours) {
    SOTTO_TRY(requireIdentity(*m_identities, id));
    SOTTO_TRY(checkText(ways));
    SOTTO_TRY(checkText(hours));
    SOTTO_ASSIGN(auto put, m_identities->prepare("INSERT INTO contact (participant, safe_ways, safe_hours) "
                                                 "VALUES (?1, ?2, ?3) ON CONFLICT (participant) DO UPDATE SET "
                                                 "safe_ways = excluded.safe_ways, safe_hours = excluded.safe_hours"));
    return put.bind(1, id.toString()).bind(2, ways).bind(3, hours).run();
}

Result<> Contacts::addCompensation(const ParticipantId& id, const Compensation& given) {
    SOTTO_TRY(requireIdentity(*m_identities, id));
    if (given.text.trimmed().isEmpty()) return fail(ErrorCode::InvalidArgument, "say what was given");
    SOTTO_TRY(checkText(given.text));
    SOTTO_ASSIGN(auto insert, m_identities->prepare("INSERT INTO contact_compensation (participant, utc_ms, text) "
                                                    "VALUES (?1, ?2, ?3)"));
    return insert.bind(1, id.toString()).bind(2, given.utcMs).bind(3, given.text).run();
}

}  // namespace sotto::people
