// SPDX-License-Identifier: Apache-2.0
#include "people/screenings.h"

#include <algorithm>

#include "people/people.h"
#include "people/stored_names.h"

namespace sotto::people {

namespace {

using study::Fit;

// A trigger, so that no answer's trace outlives the participant, whichever program takes them away.
constexpr std::string_view kTables = R"(
CREATE TABLE screening (
    participant    TEXT PRIMARY KEY,
    role           TEXT NOT NULL,
    rules_version  INTEGER NOT NULL,
    agreed_utc_ms  INTEGER NOT NULL,
    how            TEXT NOT NULL,
    asked_by       TEXT NOT NULL,
    fit            TEXT NOT NULL,
    settled_utc_ms INTEGER
);
CREATE TABLE screening_deviation (
    sequence    INTEGER PRIMARY KEY,
    participant TEXT NOT NULL,
    rule        TEXT NOT NULL,
    approved_by TEXT NOT NULL,
    utc_ms      INTEGER NOT NULL,
    UNIQUE (participant, rule)
);
CREATE TABLE screening_alert (
    sequence      INTEGER PRIMARY KEY,
    participant   TEXT NOT NULL,
    form          TEXT NOT NULL,
    alert         TEXT NOT NULL,
    protocol      TEXT NOT NULL,
    utc_ms        INTEGER NOT NULL,
    action        TEXT,
    action_utc_ms INTEGER,
    UNIQUE (participant, form, alert)
);
CREATE TABLE tally (
    sequence      INTEGER PRIMARY KEY,
    day           TEXT NOT NULL,
    role          TEXT NOT NULL,
    outcome       TEXT NOT NULL,
    reason        TEXT NOT NULL,
    rules_version INTEGER NOT NULL
);
CREATE TRIGGER screening_gone AFTER DELETE ON participant BEGIN
    DELETE FROM screening WHERE participant = OLD.id;
    DELETE FROM screening_deviation WHERE participant = OLD.id;
    DELETE FROM screening_alert WHERE participant = OLD.id;
END;
)";

constexpr StoredNames kHow{std::array{Named{AskedHow::Telephone, "telephone"}, Named{AskedHow::InPerson, "in-person"},
                                      Named{AskedHow::Rehearsal, "rehearsal"}}};
constexpr StoredNames kActions{
    std::array{Named{SupportAction::LinesGiven, "lines-given"}, Named{SupportAction::Stayed, "stayed"},
               Named{SupportAction::OnCall, "on-call"}, Named{SupportAction::Emergency, "emergency"},
               Named{SupportAction::NotWanted, "not-wanted"}}};
constexpr StoredNames kFits{
    std::array{Named{Fit::Open, "open"}, Named{Fit::Fits, "fits"}, Named{Fit::NotNow, "not-now"}}};
constexpr StoredNames kOutcomes{
    std::array{Named{TallyOutcome::NotNow, "not-now"}, Named{TallyOutcome::DeclinedScreening, "declined-screening"},
               Named{TallyOutcome::Declined, "declined"}, Named{TallyOutcome::NoAnswer, "no-answer"},
               Named{TallyOutcome::TookBack, "took-back"}}};

Failure unreadable() {
    return fail(ErrorCode::Damaged, "a row of the screenings holds what was never written there");
}

Result<ScreeningRecord> recordOf(const vault::Statement& row) {
    ScreeningRecord record;
    const auto participant = ParticipantId::fromString(row.text(0));
    const auto how = kHow.value(row.text(4));
    const auto askedBy = PersonId::fromString(row.text(5));
    const auto fit = kFits.value(row.text(6));
    if (!participant || !how || !askedBy || !fit) return unreadable();
    record.participant = *participant;
    record.role = row.text(1);
    record.rulesVersion = static_cast<int>(row.integer(2));
    record.agreedUtcMs = row.integer(3);
    record.how = *how;
    record.askedBy = *askedBy;
    record.fit = *fit;
    return record;
}

Result<> readDeviations(vault::Database& sessions, ScreeningRecord& record) {
    SOTTO_ASSIGN(auto select, sessions.prepare("SELECT rule, approved_by FROM screening_deviation "
                                               "WHERE participant = ?1 ORDER BY sequence"));
    select.bind(1, record.participant.toString());
    while (true) {
        SOTTO_ASSIGN(const bool hasRow, select.step());
        if (!hasRow) return {};
        record.deviations.push_back({select.text(0), select.text(1)});
    }
}

Result<> readAlerts(vault::Database& sessions, ScreeningRecord& record) {
    SOTTO_ASSIGN(auto select, sessions.prepare("SELECT form, alert, protocol, utc_ms, action, action_utc_ms "
                                               "FROM screening_alert WHERE participant = ?1 ORDER BY sequence"));
    select.bind(1, record.participant.toString());
    while (true) {
        SOTTO_ASSIGN(const bool hasRow, select.step());
        if (!hasRow) return {};
        RaisedAlert alert{select.text(0), select.text(1), select.text(2), select.integer(3), std::nullopt, 0};
        if (!select.isNull(4)) {
            alert.action = kActions.value(select.text(4));
            if (!alert.action) return unreadable();
            alert.actionUtcMs = select.integer(5);
        }
        record.alerts.push_back(std::move(alert));
    }
}

Result<> checkSupported(const ScreeningRecord& record) {
    const bool isWaiting = std::any_of(record.alerts.begin(), record.alerts.end(),
                                       [](const RaisedAlert& alert) { return !alert.action.has_value(); });
    if (isWaiting) return fail(ErrorCode::NotAllowed, "say first what was done to support this person");
    return {};
}

}  // namespace

QString askedHowName(AskedHow how) {
    return kHow.name(how);
}
std::optional<AskedHow> askedHowFromName(const QString& name) {
    return kHow.value(name);
}
QString supportActionName(SupportAction action) {
    return kActions.name(action);
}
std::optional<SupportAction> supportActionFromName(const QString& name) {
    return kActions.value(name);
}
const std::vector<SupportAction>& allSupportActions() {
    static const std::vector<SupportAction> kAll = kActions.values();
    return kAll;
}

vault::Schema Screenings::schema() {
    return {"screenings", {std::string(kTables)}};
}

Result<> Screenings::begin(const ScreeningRecord& record) {
    SOTTO_ASSIGN(const auto participant, Participants(*m_sessions).find(record.participant));
    if (!participant) return fail(ErrorCode::NotFound, "no participant of that id");
    SOTTO_ASSIGN(auto insert, m_sessions->prepare("INSERT INTO screening (participant, role, rules_version, "
                                                  "agreed_utc_ms, how, asked_by, fit, settled_utc_ms) "
                                                  "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, NULL)"));
    insert.bind(1, record.participant.toString()).bind(2, record.role).bind(3, std::int64_t{record.rulesVersion});
    insert.bind(4, record.agreedUtcMs).bind(5, askedHowName(record.how)).bind(6, record.askedBy.toString());
    return insert.bind(7, kFits.name(record.fit)).run();
}

Result<std::optional<ScreeningRecord>> Screenings::find(const ParticipantId& id) const {
    SOTTO_ASSIGN(auto select, m_sessions->prepare("SELECT participant, role, rules_version, agreed_utc_ms, how, "
                                                  "asked_by, fit FROM screening WHERE participant = ?1"));
    SOTTO_ASSIGN(const bool found, select.bind(1, id.toString()).step());
    if (!found) return std::nullopt;
    SOTTO_ASSIGN(auto record, recordOf(select));
    SOTTO_TRY(readDeviations(*m_sessions, record));
    SOTTO_TRY(readAlerts(*m_sessions, record));
    return record;
}

Result<std::map<ParticipantId, Fit>> Screenings::all() const {
    SOTTO_ASSIGN(auto select, m_sessions->prepare("SELECT participant, fit FROM screening"));
    std::map<ParticipantId, Fit> all;
    while (true) {
        SOTTO_ASSIGN(const bool hasRow, select.step());
        if (!hasRow) return all;
        const auto id = ParticipantId::fromString(select.text(0));
        const auto fit = kFits.value(select.text(1));
        if (!id || !fit) return unreadable();
        all.emplace(*id, *fit);
    }
}

Result<ScreeningRecord> Screenings::openOne(const ParticipantId& id) const {
    SOTTO_ASSIGN(auto record, find(id));
    if (!record) return fail(ErrorCode::NotFound, "this participant was not asked yet whether they may be screened");
    if (record->fit != Fit::Open) return fail(ErrorCode::NotAllowed, "this screening is settled");
    return *std::move(record);
}

Result<> Screenings::approve(const ParticipantId& id, const study::Deviation& deviation, const Instant& at) {
    if (deviation.rule.isEmpty() || deviation.approvedBy.trimmed().isEmpty())
        return fail(ErrorCode::InvalidArgument, "a deviation needs a rule and the name of who approved it");
    SOTTO_TRY(openOne(id));
    SOTTO_ASSIGN(auto insert, m_sessions->prepare("INSERT INTO screening_deviation (participant, rule, approved_by, "
                                                  "utc_ms) VALUES (?1, ?2, ?3, ?4)"));
    insert.bind(1, id.toString()).bind(2, deviation.rule).bind(3, deviation.approvedBy.trimmed());
    return insert.bind(4, at.utcMs).run();
}

Result<bool> Screenings::raise(const ParticipantId& id, const RaisedAlert& alert) {
    SOTTO_ASSIGN(const auto record, openOne(id));
    const bool isKnown = std::any_of(record.alerts.begin(), record.alerts.end(), [&](const RaisedAlert& one) {
        return one.form == alert.form && one.alert == alert.alert;
    });
    if (isKnown) return false;
    SOTTO_ASSIGN(auto insert, m_sessions->prepare("INSERT INTO screening_alert (participant, form, alert, protocol, "
                                                  "utc_ms) VALUES (?1, ?2, ?3, ?4, ?5)"));
    insert.bind(1, id.toString()).bind(2, alert.form).bind(3, alert.alert).bind(4, alert.protocol);
    SOTTO_TRY(insert.bind(5, alert.utcMs).run());
    return true;
}

Result<> Screenings::answerAlert(const ParticipantId& id, const QString& form, const QString& alert,
                                 SupportAction action, const Instant& at) {
    SOTTO_TRY(openOne(id));
    SOTTO_ASSIGN(auto update, m_sessions->prepare("UPDATE screening_alert SET action = ?4, action_utc_ms = ?5 WHERE "
                                                  "participant = ?1 AND form = ?2 AND alert = ?3 RETURNING sequence"));
    update.bind(1, id.toString()).bind(2, form).bind(3, alert).bind(4, supportActionName(action)).bind(5, at.utcMs);
    SOTTO_ASSIGN(const bool found, update.step());
    if (!found) return fail(ErrorCode::NotFound, "nothing of that name was raised");
    SOTTO_ASSIGN(const bool more, update.step());  // an UPDATE is done only when it is stepped to its end
    return more ? unreadable() : Result<>();
}

Result<> Screenings::settle(const ParticipantId& id, Fit fit, const Instant& at) {
    SOTTO_ASSIGN(const auto record, openOne(id));
    SOTTO_TRY(checkSupported(record));
    SOTTO_ASSIGN(auto update, m_sessions->prepare("UPDATE screening SET fit = ?2, settled_utc_ms = ?3 "
                                                  "WHERE participant = ?1"));
    return update.bind(1, id.toString()).bind(2, kFits.name(fit)).bind(3, at.utcMs).run();
}

Result<> Screenings::settleFits(const ParticipantId& id, const Instant& at) {
    return settle(id, Fit::Fits, at);
}

Result<> Screenings::settleNotNow(const ParticipantId& id, const TallyRow& tally, const Instant& at) {
    SOTTO_ASSIGN(auto transaction, vault::Transaction::begin(*m_sessions));
    SOTTO_TRY(settle(id, Fit::NotNow, at));
    SOTTO_TRY(count(tally));
    return transaction.commit();
}

Result<> Screenings::dismiss(const ScreeningRecord& record, const TallyRow& tally, const Instant& at) {
    SOTTO_ASSIGN(const auto known, find(record.participant));
    if (known && known->fit == Fit::NotNow) return {};  // counted already
    if (known) SOTTO_TRY(checkSupported(*known));
    SOTTO_ASSIGN(auto transaction, vault::Transaction::begin(*m_sessions));
    if (!known) SOTTO_TRY(begin(record));
    SOTTO_ASSIGN(auto update, m_sessions->prepare("UPDATE screening SET fit = ?2, settled_utc_ms = ?3 "
                                                  "WHERE participant = ?1"));
    SOTTO_TRY(update.bind(1, record.participant.toString()).bind(2, kFits.name(Fit::NotNow)).bind(3, at.utcMs).run());
    SOTTO_TRY(count(tally));
    return transaction.commit();
}

Result<> Screenings::count(const TallyRow& row) {
    SOTTO_ASSIGN(auto insert, m_sessions->prepare("INSERT INTO tally (day, role, outcome, reason, rules_version) "
                                                  "VALUES (?1, ?2, ?3, ?4, ?5)"));
    insert.bind(1, row.day).bind(2, row.role).bind(3, kOutcomes.name(row.outcome)).bind(4, row.reason);
    return insert.bind(5, std::int64_t{row.rulesVersion}).run();
}

Result<std::vector<TallyRow>> Screenings::tally() const {
    SOTTO_ASSIGN(auto select, m_sessions->prepare("SELECT day, role, outcome, reason, rules_version FROM tally "
                                                  "ORDER BY sequence"));
    std::vector<TallyRow> rows;
    while (true) {
        SOTTO_ASSIGN(const bool hasRow, select.step());
        if (!hasRow) return rows;
        const auto outcome = kOutcomes.value(select.text(2));
        if (!outcome) return unreadable();
        rows.push_back({select.text(0), select.text(1), *outcome, select.text(3), static_cast<int>(select.integer(4))});
    }
}

}  // namespace sotto::people
