// SPDX-License-Identifier: Apache-2.0
#include "people/nominations.h"

#include <algorithm>

#include <QStringList>

#include "people/contact_parts.h"
#include "people/stored_names.h"

namespace sotto::people {

using study::MaySay;
using study::NominationWay;

namespace {

constexpr std::string_view kTables = R"(
CREATE TABLE nomination (
    sequence      INTEGER PRIMARY KEY,
    id            TEXT NOT NULL UNIQUE,
    nominator     TEXT NOT NULL,
    role          TEXT NOT NULL,
    way           TEXT NOT NULL,
    name          TEXT NOT NULL,
    reach         TEXT NOT NULL,
    may_say       TEXT NOT NULL,
    made_utc_ms   INTEGER NOT NULL,
    forget_utc_ms INTEGER NOT NULL
);
CREATE TABLE nomination_try (
    sequence   INTEGER PRIMARY KEY,
    nomination TEXT NOT NULL,
    utc_ms     INTEGER NOT NULL,
    kind       TEXT NOT NULL
);
CREATE TABLE named_somebody (
    sequence  INTEGER PRIMARY KEY,
    nominator TEXT NOT NULL,
    role      TEXT NOT NULL,
    way       TEXT NOT NULL,
    utc_ms    INTEGER NOT NULL
);
CREATE TRIGGER nomination_tries_gone AFTER DELETE ON nomination BEGIN
    DELETE FROM nomination_try WHERE nomination = OLD.id;
END;
CREATE TRIGGER nomination_gone AFTER DELETE ON identity BEGIN
    DELETE FROM nomination WHERE nominator = OLD.participant;
    DELETE FROM named_somebody WHERE nominator = OLD.participant;
END;
)";

constexpr qsizetype kMaxText = 1'000;

constexpr StoredNames kWays{
    std::array{Named{NominationWay::PassesOn, "passes-on"}, Named{NominationWay::Permits, "permits"}}};
constexpr StoredNames kMaySay{std::array{Named{MaySay::Name, "name"}, Named{MaySay::StudyTopic, "study-topic"},
                                         Named{MaySay::NothingElse, "nothing-else"}}};
constexpr std::string_view kSelect =
    "SELECT id, nominator, role, way, name, reach, may_say, made_utc_ms, forget_utc_ms FROM nomination ";

Failure unreadable() {
    return fail(ErrorCode::Damaged, "a row of the nominations holds what was never written there");
}

Result<std::vector<MaySay>> maySayOf(const QString& stored) {
    std::vector<MaySay> all;
    for (const QString& name : stored.split(u' ', Qt::SkipEmptyParts)) {
        const auto what = kMaySay.value(name);
        if (!what) return unreadable();
        all.push_back(*what);
    }
    return all;
}

Result<Nomination> nominationOf(const vault::Statement& row) {
    const auto id = NominationId::fromString(row.text(0));
    const auto nominator = ParticipantId::fromString(row.text(1));
    const auto way = kWays.value(row.text(3));
    if (!id || !nominator || !way) return unreadable();
    Nomination nomination{*id,         *nominator, row.text(2),    *way,           row.text(4),
                          row.text(5), {},         row.integer(7), row.integer(8), {}};
    SOTTO_ASSIGN(nomination.maySay, maySayOf(row.text(6)));
    return nomination;
}

Result<> readTries(vault::Database& identities, Nomination& nomination) {
    SOTTO_ASSIGN(auto select, identities.prepare("SELECT utc_ms, kind FROM nomination_try WHERE nomination = ?1 "
                                                 "ORDER BY sequence"));
    select.bind(1, nomination.id.toString());
    while (true) {
        SOTTO_ASSIGN(const bool hasRow, select.step());
        if (!hasRow) return {};
        const auto kind = contactKindFromName(select.text(1));
        if (!kind) return unreadable();
        nomination.tries.push_back({select.integer(0), *kind, {}});
    }
}

Result<> checkTexts(const Nomination& nomination) {
    const bool isNamed = !nomination.name.trimmed().isEmpty() && !nomination.reach.trimmed().isEmpty();
    if (nomination.way == NominationWay::Permits && !isNamed)
        return fail(ErrorCode::InvalidArgument, "permission to contact somebody needs a name and a way to reach them");
    const bool isBlank = nomination.name.isEmpty() && nomination.reach.isEmpty() && nomination.maySay.empty();
    if (nomination.way == NominationWay::PassesOn && !isBlank) {
        return fail(ErrorCode::InvalidArgument,
                    "somebody who hands on an invitation leaves neither a name nor a way to reach the other");
    }
    if (nomination.name.size() > kMaxText || nomination.reach.size() > kMaxText)
        return fail(ErrorCode::InvalidArgument, "this text is too long for a nomination");
    return {};
}

Result<> writeRow(vault::Database& identities, const Nomination& nomination) {
    QStringList maySay;
    for (const MaySay what : nomination.maySay)
        maySay += maySayName(what);
    SOTTO_ASSIGN(auto insert, identities.prepare("INSERT INTO nomination (id, nominator, role, way, name, reach, "
                                                 "may_say, made_utc_ms, forget_utc_ms) "
                                                 "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"));
    insert.bind(1, nomination.id.toString()).bind(2, nomination.nominator.toString()).bind(3, nomination.role);
    insert.bind(4, kWays.name(nomination.way)).bind(5, nomination.name.trimmed()).bind(6, nomination.reach.trimmed());
    return insert.bind(7, maySay.join(u' ')).bind(8, nomination.madeUtcMs).bind(9, nomination.forgetUtcMs).run();
}

}  // namespace

QString nominationWayName(NominationWay way) {
    return kWays.name(way);
}
std::optional<NominationWay> nominationWayFromName(const QString& name) {
    return kWays.value(name);
}
QString maySayName(MaySay what) {
    return kMaySay.name(what);
}
std::optional<MaySay> maySayFromName(const QString& name) {
    return kMaySay.value(name);
}

vault::Schema Nominations::schema() {
    return {"nominations", {std::string(kTables)}};
}

Result<> Nominations::add(const Nomination& nomination) {
    SOTTO_TRY(checkTexts(nomination));
    SOTTO_TRY(contact_parts::requireIdentity(*m_identities, nomination.nominator));
    SOTTO_ASSIGN(auto transaction, vault::Transaction::begin(*m_identities));
    SOTTO_TRY(writeRow(*m_identities, nomination));
    SOTTO_ASSIGN(auto insert, m_identities->prepare("INSERT INTO named_somebody (nominator, role, way, utc_ms) "
                                                    "VALUES (?1, ?2, ?3, ?4)"));
    insert.bind(1, nomination.nominator.toString()).bind(2, nomination.role).bind(3, kWays.name(nomination.way));
    SOTTO_TRY(insert.bind(4, nomination.madeUtcMs).run());
    return transaction.commit();
}

Result<std::vector<Nomination>> Nominations::waiting() const {
    SOTTO_ASSIGN(auto select, m_identities->prepare(std::string(kSelect) + "ORDER BY sequence"));
    std::vector<Nomination> all;
    while (true) {
        SOTTO_ASSIGN(const bool hasRow, select.step());
        if (!hasRow) break;
        SOTTO_ASSIGN(auto nomination, nominationOf(select));
        all.push_back(std::move(nomination));
    }
    for (Nomination& nomination : all)
        SOTTO_TRY(readTries(*m_identities, nomination));
    return all;
}

Result<Nomination> Nominations::find(const NominationId& id) const {
    SOTTO_ASSIGN(auto select, m_identities->prepare(std::string(kSelect) + "WHERE id = ?1"));
    SOTTO_ASSIGN(const bool found, select.bind(1, id.toString()).step());
    if (!found) return fail(ErrorCode::NotFound, "this nomination was answered, or is forgotten");
    SOTTO_ASSIGN(auto nomination, nominationOf(select));
    SOTTO_TRY(readTries(*m_identities, nomination));
    return nomination;
}

Result<std::vector<NamedSomebody>> Nominations::namedBy(const ParticipantId& nominator) const {
    SOTTO_ASSIGN(auto select, m_identities->prepare("SELECT role, way, utc_ms FROM named_somebody "
                                                    "WHERE nominator = ?1 ORDER BY sequence"));
    select.bind(1, nominator.toString());
    std::vector<NamedSomebody> all;
    while (true) {
        SOTTO_ASSIGN(const bool hasRow, select.step());
        if (!hasRow) return all;
        const auto way = kWays.value(select.text(1));
        if (!way) return unreadable();
        all.push_back({select.text(0), *way, select.integer(2)});
    }
}

Result<> Nominations::addTry(const NominationId& id, ContactKind kind, const Instant& at) {
    SOTTO_TRY(find(id));
    SOTTO_ASSIGN(auto insert, m_identities->prepare("INSERT INTO nomination_try (nomination, utc_ms, kind) "
                                                    "VALUES (?1, ?2, ?3)"));
    return insert.bind(1, id.toString()).bind(2, at.utcMs).bind(3, contactKindName(kind)).run();
}

Result<> Nominations::remove(const NominationId& id) {
    SOTTO_TRY(find(id));
    SOTTO_ASSIGN(auto erase, m_identities->prepare("DELETE FROM nomination WHERE id = ?1"));
    return erase.bind(1, id.toString()).run();
}

}  // namespace sotto::people
