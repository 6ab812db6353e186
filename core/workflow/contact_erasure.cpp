// SPDX-License-Identifier: Apache-2.0
#include "workflow/contact_erasure.h"

#include <algorithm>
#include <array>

#include "consent/consent.h"
#include "consent/copies.h"
#include "interview/session_index.h"

namespace sotto::workflow {

namespace {

using interview::SessionRow;
using interview::SessionState;

// Somebody whose contacts are gone while old pages of the vault may still hold them.
constexpr std::string_view kTables = R"(
CREATE TABLE contact_erasure (
    participant TEXT PRIMARY KEY
);
CREATE TRIGGER contact_erasure_gone AFTER DELETE ON identity BEGIN
    DELETE FROM contact_erasure WHERE participant = OLD.participant;
END;
)";

/// Where there are contact details. Not compensation: that is the team's book-keeping.
struct Table {
    std::string_view name;
    std::string_view find;
    std::string_view erase;
};
constexpr std::array kDetails{
    Table{"contact", "SELECT DISTINCT participant FROM contact", "DELETE FROM contact WHERE participant = ?1"},
    Table{"contact_entry", "SELECT DISTINCT participant FROM contact_entry",
          "DELETE FROM contact_entry WHERE participant = ?1"},
    Table{"contact_appointment", "SELECT DISTINCT participant FROM contact_appointment",
          "DELETE FROM contact_appointment WHERE participant = ?1"},
    Table{"home_visit", "SELECT DISTINCT participant FROM home_visit", "DELETE FROM home_visit WHERE participant = ?1"},
};

/// Each of them belongs to a module of its own.
Result<bool> exists(Home& home, const Table& table) {
    SOTTO_ASSIGN(auto select,
                 home.identities().prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?1"));
    select.bind(1, table.name);
    return select.step();
}

Result<std::vector<ParticipantId>> peopleWithContacts(Home& home) {
    std::vector<ParticipantId> people;
    for (const Table& table : kDetails) {
        SOTTO_ASSIGN(const bool isThere, exists(home, table));
        if (!isThere) continue;
        SOTTO_ASSIGN(auto select, home.identities().prepare(table.find));
        while (true) {
            SOTTO_ASSIGN(const bool hasRow, select.step());
            if (!hasRow) break;
            const auto id = ParticipantId::fromString(select.text(0));
            if (id && std::find(people.begin(), people.end(), *id) == people.end()) people.push_back(*id);
        }
    }
    return people;
}

Result<bool> isDone(Home& home, const ParticipantId& participant, const std::vector<SessionRow>& rows) {
    const auto own = [&](const SessionRow& row) { return row.participant == participant; };
    const auto visits = std::count_if(rows.begin(), rows.end(), own);
    const bool isSealed = std::all_of(rows.begin(), rows.end(), [&](const SessionRow& row) {
        return !own(row) || row.state >= SessionState::Sealed;
    });
    if (!isSealed || visits < std::max(1, home.study().pack.policy.visits.most)) return false;
    SOTTO_ASSIGN(const auto consent, consent::consentInForce(home.sessions(), participant));
    if (!consent || !consent->takesPart || consent->allows(study::Permission::ContactAgain)) return false;
    SOTTO_ASSIGN(const auto copy, consent::copyOf(home.sessions(), participant));
    return !copy || copy->state != consent::CopyState::Owed;
}

Result<> erase(Home& home, const ParticipantId& participant) {
    SOTTO_ASSIGN(auto transaction, vault::Transaction::begin(home.identities()));
    for (const Table& table : kDetails) {
        SOTTO_ASSIGN(const bool isThere, exists(home, table));
        if (!isThere) continue;
        SOTTO_ASSIGN(auto remove, home.identities().prepare(table.erase));
        SOTTO_TRY(remove.bind(1, participant.toString()).run());
    }
    SOTTO_ASSIGN(auto note, home.identities().prepare("INSERT OR IGNORE INTO contact_erasure VALUES (?1)"));
    SOTTO_TRY(note.bind(1, participant.toString()).run());
    return transaction.commit();
}

/// The old pages become unreadable.
Result<> turn(Home& home, const OnProgress& progress) {
    {
        SOTTO_ASSIGN(auto select, home.identities().prepare("SELECT 1 FROM contact_erasure"));
        SOTTO_ASSIGN(const bool isWaiting, select.step());
        if (!isWaiting) return {};
    }
    constexpr std::array kIdentities{Compartment::Identities};
    SOTTO_TRY(rotate(home, kIdentities, progress));
    return home.identities().execute("DELETE FROM contact_erasure");
}

}  // namespace

vault::Schema contactErasureSchema() {
    return {"contact_erasure", {std::string(kTables)}};
}

Result<int> eraseContactsOfTheDone(Home& home, const OnProgress& progress) {
    const bool mayErase = home.holds(Compartment::Sessions) && home.holds(Compartment::Identities);
    if (!mayErase || home.isInterviewing()) return 0;
    SOTTO_ASSIGN(const auto people, peopleWithContacts(home));
    int erased = 0;
    if (!people.empty()) {
        SOTTO_ASSIGN(const auto rows, interview::SessionIndex(home.sessions()).all());
        for (const ParticipantId& participant : people) {
            SOTTO_ASSIGN(const bool done, isDone(home, participant, rows));
            if (!done) continue;
            SOTTO_TRY(erase(home, participant));
            SOTTO_TRY(home.audit(QStringLiteral("contacts.erased"),
                                 {{QStringLiteral("participant"), participant.toString()}}));
            ++erased;
        }
    }
    SOTTO_TRY(turn(home, progress));
    return erased;
}

}  // namespace sotto::workflow
