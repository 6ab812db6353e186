// SPDX-License-Identifier: Apache-2.0
#include "workflow/screening.h"

#include <algorithm>

#include <QDateTime>

#include "consent/consent.h"
#include "interview/session_index.h"
#include "people/filled_forms.h"

namespace sotto::workflow {

namespace {

using people::Screenings;
using people::TallyOutcome;
using study::Fit;

QDate dateOf(const Instant& instant) {
    return QDateTime::fromMSecsSinceEpoch(instant.utcMs, Qt::UTC).addSecs(instant.zoneOffsetMinutes * 60).date();
}

/// Before the first day of any the first counts: a clock that is slow must not let anybody past the screening.
const study::RulesVersion* rulesOf(const study::Screening& screening, int number, QDate day) {
    if (const auto* rules = screening.version(number)) return rules;
    if (const auto* rules = screening.inForceOn(day)) return rules;
    return screening.versions.empty() ? nullptr : &screening.versions.front();
}

Result<bool> hasSessions(Home& home, const ParticipantId& participant) {
    SOTTO_ASSIGN(const auto rows, interview::SessionIndex(home.sessions()).all());
    return std::any_of(rows.begin(), rows.end(),
                       [&](const interview::SessionRow& row) { return row.participant == participant; });
}

Result<std::vector<study::AnsweredForm>> answersTo(Home& home, const study::StudyPack& pack,
                                                   const study::Screening& screening,
                                                   const ParticipantId& participant) {
    const people::FilledForms filled(home.sessions());
    std::vector<study::AnsweredForm> forms;
    for (const QString& id : screening.forms) {
        const study::Form* form = pack.form(id);
        if (form == nullptr) return fail(ErrorCode::NotFound, "the study lacks a form that its screening asks");
        SOTTO_ASSIGN(auto answers, filled.answers(participant, *form));
        forms.push_back({form, std::move(answers)});
    }
    return forms;
}

/// A form that was not begun must leave its rules open.
std::vector<study::AnsweredForm> begun(const std::vector<study::AnsweredForm>& forms) {
    std::vector<study::AnsweredForm> some;
    std::copy_if(forms.begin(), forms.end(), std::back_inserter(some),
                 [](const study::AnsweredForm& form) { return !form.answers.empty(); });
    return some;
}

QStringList brokenRules(const ScreeningView& view, std::span<const study::AnsweredForm> forms) {
    QStringList broken;
    for (const study::ScreeningRule& rule : view.rules->rules) {
        const study::RulesVersion alone{view.rules->number, view.rules->inForce, {rule}};
        const auto outcome = study::screen(*view.screening, alone, forms, view.record->deviations);
        if (outcome.fit == Fit::NotNow) broken += rule.id;
    }
    return broken;
}

people::TallyRow tallyOf(Home& home, const people::Participant& participant, TallyOutcome outcome) {
    return {dayOf(home.clock().now()), participant.role, outcome, {}, 0};
}

people::ScreeningRecord newRecord(Home& home, const people::Participant& participant, people::AskedHow how) {
    people::ScreeningRecord record;
    record.participant = participant.id;
    record.role = participant.role;
    record.agreedUtcMs = home.clock().now().utcMs;
    record.how = how;
    record.askedBy = home.keyring().personId();
    return record;
}

Result<> needAll(Home& home) {
    return home.need({Compartment::Sessions, Compartment::Identities, Compartment::Outbox});
}

/// Those that the answers set off and that are not logged yet; also one that a crash kept from it.
Result<> raiseAlerts(Home& home, const ParticipantId& participant) {
    SOTTO_ASSIGN(const auto setOff, people::FilledForms(home.sessions()).alerts(participant));
    for (const people::FormAlert& one : setOff) {
        const study::Form* form = home.study().pack.form(one.form);
        if (form == nullptr || form->kept != study::Kept::Screening) continue;
        const auto alert = std::ranges::find(form->alerts, one.alert, &study::Alert::id);
        if (alert == form->alerts.end()) continue;
        SOTTO_ASSIGN(auto transaction, vault::Transaction::begin(home.sessions()));
        SOTTO_ASSIGN(const bool isNew,
                     Screenings(home.sessions())
                         .raise(participant, {one.form, one.alert, alert->protocol, one.utcMs, std::nullopt, 0}));
        // Nothing of whom or why: it stays when the person is wiped.
        if (isNew) SOTTO_TRY(home.audit(QStringLiteral("screening.support-offered")));
        SOTTO_TRY(transaction.commit());
    }
    return {};
}

QJsonObject about(const ParticipantId& participant) {
    return {{QStringLiteral("participant"), participant.toString()}};
}

}  // namespace

QString dayOf(const Instant& instant) {
    return dateOf(instant).toString(Qt::ISODate);
}

Result<ScreeningStage> screeningStage(Home& home, const people::Participant& participant) {
    SOTTO_TRY(home.need({Compartment::Sessions}));
    SOTTO_ASSIGN(const auto record, Screenings(home.sessions()).find(participant.id));
    if (record) {
        return record->fit == Fit::Fits     ? ScreeningStage::Fits
               : record->fit == Fit::NotNow ? ScreeningStage::NotNow
                                            : ScreeningStage::Open;
    }
    if (home.study().pack.screening(participant.role) == nullptr) return ScreeningStage::NotNeeded;
    SOTTO_ASSIGN(const bool hasBegun, hasSessions(home, participant.id));
    return hasBegun ? ScreeningStage::NotNeeded : ScreeningStage::ToDo;
}

Result<> needScreened(Home& home, const people::Participant& participant) {
    SOTTO_ASSIGN(const auto stage, screeningStage(home, participant));
    switch (stage) {
        case ScreeningStage::ToDo:
            return fail(ErrorCode::NotAllowed, "this role is screened before an interview, and nobody has asked yet");
        case ScreeningStage::Open:
            return fail(ErrorCode::NotAllowed, "the screening of this participant is not finished");
        case ScreeningStage::NotNow:
            return fail(ErrorCode::NotAllowed, "the study is not the right fit now for this participant");
        case ScreeningStage::NotNeeded:
        case ScreeningStage::Fits:
            return {};
    }
    return {};
}

Result<ScreeningView> screeningOf(Home& home, const people::Participant& participant) {
    SOTTO_TRY(home.need({Compartment::Sessions}));
    ScreeningView view;
    SOTTO_ASSIGN(view.study, home.studyOf(QString::fromStdString(toHex(home.study().hash))));
    view.screening = view.study->pack.screening(participant.role);
    SOTTO_ASSIGN(view.record, Screenings(home.sessions()).find(participant.id));
    if (view.screening == nullptr) return fail(ErrorCode::NotFound, "the study has no screening for this role");
    view.rules = rulesOf(*view.screening, view.record ? view.record->rulesVersion : 0, dateOf(home.clock().now()));
    if (view.rules == nullptr) return fail(ErrorCode::NotFound, "the screening of this role has no rules");
    SOTTO_ASSIGN(view.forms, answersTo(home, view.study->pack, *view.screening, participant.id));
    view.outcome.fit = Fit::Open;
    if (!view.record) return view;
    const auto forms = begun(view.forms);
    view.outcome = study::screen(*view.screening, *view.rules, forms, view.record->deviations);
    view.broken = brokenRules(view, forms);
    return view;
}

Result<> beginScreening(Home& home, const people::Participant& participant, people::AskedHow how) {
    SOTTO_TRY(needAll(home));
    SOTTO_ASSIGN(const auto view, screeningOf(home, participant));
    auto record = newRecord(home, participant, how);
    record.rulesVersion = view.rules->number;
    SOTTO_ASSIGN(auto transaction, vault::Transaction::begin(home.sessions()));
    SOTTO_TRY(Screenings(home.sessions()).begin(record));
    QJsonObject details = about(participant.id);
    details[QStringLiteral("how")] = people::askedHowName(how);
    details[QStringLiteral("rules")] = record.rulesVersion;
    SOTTO_TRY(home.audit(QStringLiteral("screening.agreed"), details));
    return transaction.commit();
}

Result<QStringList> keepScreeningAnswer(Home& home, const ParticipantId& participant, const study::Form& form,
                                        const QString& item, const std::optional<study::Answer>& answer) {
    SOTTO_ASSIGN(const auto record, Screenings(home.sessions()).find(participant));
    if (!record || record->fit != Fit::Open)
        return fail(ErrorCode::NotAllowed, "answers are kept after somebody agreed to be asked, and until the end");
    SOTTO_ASSIGN(const auto setOff,
                 people::FilledForms(home.sessions()).keep(participant, form, item, answer, home.clock().now()));
    if (!setOff.isEmpty()) SOTTO_TRY(raiseAlerts(home, participant));
    return setOff;
}

Result<> answerAlert(Home& home, const ParticipantId& participant, const people::RaisedAlert& alert,
                     people::SupportAction action) {
    SOTTO_ASSIGN(auto transaction, vault::Transaction::begin(home.sessions()));
    SOTTO_TRY(
        Screenings(home.sessions()).answerAlert(participant, alert.form, alert.alert, action, home.clock().now()));
    SOTTO_TRY(home.audit(QStringLiteral("screening.support-given"),
                         {{QStringLiteral("action"), people::supportActionName(action)}}));
    return transaction.commit();
}

Result<> approveDeviation(Home& home, const people::Participant& participant, const QString& rule,
                          const QString& approvedBy) {
    SOTTO_ASSIGN(const auto view, screeningOf(home, participant));
    if (!view.mayDeviate()) return fail(ErrorCode::NotAllowed, "the study lets nobody approve a deviation");
    if (!view.broken.contains(rule)) return fail(ErrorCode::InvalidArgument, "this rule needs no deviation");
    SOTTO_ASSIGN(auto transaction, vault::Transaction::begin(home.sessions()));
    SOTTO_TRY(Screenings(home.sessions()).approve(participant.id, {rule, approvedBy}, home.clock().now()));
    QJsonObject details = about(participant.id);
    details[QStringLiteral("rule")] = rule;
    SOTTO_TRY(home.audit(QStringLiteral("screening.deviation"), details));
    return transaction.commit();
}

Result<Fit> settleScreening(Home& home, const people::Participant& participant, const OnProgress& progress) {
    SOTTO_TRY(needAll(home));
    SOTTO_ASSIGN(const auto view, screeningOf(home, participant));
    if (!view.record) return fail(ErrorCode::NotAllowed, "they were not asked yet whether they may be screened");
    if (view.record->fit == Fit::Fits) return Fit::Fits;
    if (view.record->fit == Fit::NotNow) {  // what was broken off
        SOTTO_TRY(eraseParticipant(home, participant.id, progress));
        return Fit::NotNow;
    }
    if (view.outcome.fit == Fit::Open) return Fit::Open;
    SOTTO_TRY(raiseAlerts(home, participant.id));
    const Instant now = home.clock().now();
    Screenings screenings(home.sessions());
    if (view.outcome.fit == Fit::Fits) {
        SOTTO_TRY(screenings.settleFits(participant.id, now));
        SOTTO_TRY(home.audit(QStringLiteral("screening.fits"), about(participant.id)));
        return Fit::Fits;
    }
    SOTTO_TRY(home.refuseDuringInterview());
    people::TallyRow tally = tallyOf(home, participant, TallyOutcome::NotNow);
    tally.reason = view.outcome.reason;
    tally.rulesVersion = view.rules->number;
    SOTTO_TRY(screenings.settleNotNow(participant.id, tally, now));
    SOTTO_TRY(eraseParticipant(home, participant.id, progress));
    return Fit::NotNow;
}

Result<> wipeWhoDeclined(Home& home, const people::Participant& participant, const OnProgress& progress) {
    SOTTO_TRY(needAll(home));
    SOTTO_TRY(home.refuseDuringInterview());
    SOTTO_ASSIGN(const bool hasBegun, hasSessions(home, participant.id));
    SOTTO_ASSIGN(const auto consent, consent::consentInForce(home.sessions(), participant.id));
    if (hasBegun || (consent && consent->takesPart))
        return fail(ErrorCode::NotAllowed, "this person has consented; taking that back has its own way");
    SOTTO_ASSIGN(const auto stage, screeningStage(home, participant));
    const bool wasScreened = stage == ScreeningStage::NotNeeded || stage == ScreeningStage::Fits || consent;
    const auto tally =
        tallyOf(home, participant, wasScreened ? TallyOutcome::Declined : TallyOutcome::DeclinedScreening);
    SOTTO_TRY(Screenings(home.sessions())
                  .dismiss(newRecord(home, participant, people::AskedHow::Telephone), tally, home.clock().now()));
    SOTTO_TRY(eraseParticipant(home, participant.id, progress));
    return {};
}

Result<int> finishScreenings(Home& home) {
    SOTTO_ASSIGN(const auto all, Screenings(home.sessions()).all());
    int wiped = 0;
    for (const auto& [participant, fit] : all) {
        if (fit != Fit::NotNow) continue;
        SOTTO_TRY(eraseParticipant(home, participant));
        ++wiped;
    }
    return wiped;
}

Result<> passScreening(Home& home, const people::Participant& participant) {
    if (home.study().pack.screening(participant.role) == nullptr) return {};
    auto record = newRecord(home, participant, people::AskedHow::Rehearsal);
    record.fit = Fit::Fits;
    return Screenings(home.sessions()).begin(record);
}

}  // namespace sotto::workflow
