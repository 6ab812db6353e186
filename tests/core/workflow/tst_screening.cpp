// SPDX-License-Identifier: Apache-2.0
#include <QJsonDocument>
#include <QTest>

#include "core/workflow/screened_study.h"
#include "people/contacts.h"
#include "vault/audit.h"
#include "workflow/overview.h"
#include "workflow/session_plan.h"

using namespace sotto;
using namespace sotto::test;
using people::SupportAction;
using people::TallyOutcome;
using study::Fit;
using workflow::NextStep;
using workflow::PersonState;
using workflow::ScreeningStage;

namespace {

const QString kPhq = QStringLiteral("phq-9");
const QString kWords = QString::fromLatin1(kCanary.data(), kCanary.size());

std::vector<people::TallyRow> tallyOf(Home& home) {
    return must(people::Screenings(home.sessions()).tally());
}

}  // namespace

class TestScreening : public QObject {
    Q_OBJECT

private slots:
    void nothingIsAskedBeforeAYesThatIsLogged();
    void noInterviewBeforeTheScreeningFits();
    void whoeverIsNotTheRightFitLeavesACountAndNothingElse();
    void anInterruptedWipeIsFinishedAtTheNextUnlock();
    void itemNineOffersSupportAndLogsItWhateverComesOfIt();
    void aSevereTotalOffersSupport();
    void anExceptionIsApprovedByNameOrNotAtAll();
    void theRulesOfTheirDayAreKept();
    void whoeverWouldRatherNotIsCountedAndWiped();
    void whoCannotWipeMayNotAsk();
    void whatWasBegunBeforeTheRulesGoesOn();
};

void TestScreening::nothingIsAskedBeforeAYesThatIsLogged() {
    ScreenedHome study;
    const auto person = study.enrolAs();
    VERIFY_FAILS(study.choose(person, QStringLiteral("call-person"), QStringLiteral("adult"), QStringLiteral("yes")),
                 ErrorCode::NotAllowed);
    study.agree(person);
    const auto record = must(people::Screenings(study.home->sessions()).find(person.id)).value();
    QVERIFY(record.how == people::AskedHow::Telephone && record.askedBy == study.home->keyring().personId());
    QCOMPARE(record.agreedUtcMs, study.clock.now().utcMs);
    QVERIFY(study.trail().contains(QStringLiteral("screening.agreed {\"how\":\"telephone\",\"participant\":\"%1\","
                                                  "\"rules\":1}")
                                       .arg(person.id.toString())));
    VERIFY_FAILS(workflow::beginScreening(*study.home, person, people::AskedHow::InPerson), ErrorCode::AlreadyExists);
    VERIFY_OK(study.choose(person, QStringLiteral("call-person"), QStringLiteral("adult"), QStringLiteral("yes")));
}

void TestScreening::noInterviewBeforeTheScreeningFits() {
    ScreenedHome study;
    const auto person = study.enrolAs();
    const auto next = [&] { return must(workflow::overviewOf(*study.home, person.id)).next; };
    const auto plan = [&] { return workflow::planSession(*study.home, person); };
    study.consent(person);
    VERIFY_FAILS(plan(), ErrorCode::NotAllowed);
    VERIFY_FAILS(LiveSession::begin(*study.home, person, true), ErrorCode::NotAllowed);
    QCOMPARE(int(next()), int(NextStep::Screen));
    study.answerAsFits(person);
    VERIFY_FAILS(plan(), ErrorCode::NotAllowed);
    QCOMPARE(int(must(workflow::screeningStage(*study.home, person))), int(ScreeningStage::Open));
    QVERIFY(must(workflow::settleScreening(*study.home, person)) == Fit::Fits);
    VERIFY_OK(plan());
    QCOMPARE(int(next()), int(NextStep::BeginInterview));
    const auto other = study.enrolAs();
    QCOMPARE(int(must(workflow::overviewOf(*study.home, other.id)).state), int(PersonState::Contacted));
    study.agree(other);
    QCOMPARE(int(must(workflow::overviewOf(*study.home, other.id)).state), int(PersonState::Screening));
    QVERIFY2(must(workflow::settleScreening(*study.home, other)) == Fit::Open, "an answer that decides is missing");
}

void TestScreening::whoeverIsNotTheRightFitLeavesACountAndNothingElse() {
    ScreenedHome study;
    const auto stays = study.enrolAs();
    const auto person = study.enrolAs(QStringLiteral("person"), QStringLiteral("Camille ") + kWords);
    must(people::Contacts(study.home->identities()).setSafeContact(person.id, kWords, kWords));
    must(people::Contacts(study.home->identities()).add(person.id, {1, people::ContactKind::Call, kWords}));
    study.agree(person);
    study::Answer remark;
    remark.text = kWords;
    must(study.keep(person, QStringLiteral("call-person"), QStringLiteral("remark"), remark));
    study.answerTheCall(person);
    must(study.choose(person, QStringLiteral("call-person"), QStringLiteral("able"), QStringLiteral("no")));
    QVERIFY(study.whereIs(kWords).size() >= 3 && study.whereIs(person.id.toString()).size() >= 3);
    QVERIFY(must(workflow::settleScreening(*study.home, person)) == Fit::NotNow);
    for (const bool again : {false, true}) {
        if (again) study.lockAndUnlock();
        QCOMPARE(study.whereIs(kWords), QStringList());
        QCOMPARE(study.whereIs(person.id.toString()), QStringList());
        QCOMPARE(study.whereIs(person.pseudonym), QStringList());
    }
    const auto tally = tallyOf(*study.home);
    QCOMPARE(tally.size(), std::size_t{1});
    QVERIFY(tally[0].outcome == TallyOutcome::NotNow && tally[0].role == u"person" && tally[0].rulesVersion == 1);
    QCOMPARE(tally[0].reason, QStringLiteral("moment"));
    QCOMPARE(tally[0].day, workflow::dayOf(study.clock.now()));
    QCOMPARE(must(people::Participants(study.home->sessions()).all()).size(), std::size_t{1});
    QVERIFY(must(people::Identities(study.home->identities()).find(stays.id)));
}

void TestScreening::anInterruptedWipeIsFinishedAtTheNextUnlock() {
    ScreenedHome study;
    const auto person = study.enrolAs(QStringLiteral("person"), kWords);
    study.agree(person);
    // As if the program ended between the line of the tally and the wiping.
    must(people::Screenings(study.home->sessions())
             .settleNotNow(person.id, {QStringLiteral("2026-11-23"), person.role, TallyOutcome::NotNow, {}, 1},
                           study.clock.now()));
    QCOMPARE(int(must(workflow::screeningStage(*study.home, person))), int(ScreeningStage::NotNow));
    VERIFY_FAILS(workflow::planSession(*study.home, person), ErrorCode::NotAllowed);
    QCOMPARE(int(must(workflow::overviewOf(*study.home, person.id)).next), int(NextStep::Screen));
    study.lockAndUnlock();
    QVERIFY(must(people::Participants(study.home->sessions()).all()).empty());
    QCOMPARE(study.whereIs(kWords), QStringList());
    QCOMPARE(tallyOf(*study.home).size(), std::size_t{1});
}

void TestScreening::itemNineOffersSupportAndLogsItWhateverComesOfIt() {
    ScreenedHome study;
    const auto person = study.enrolAs();
    study.agree(person);
    study.answerTheCall(person);
    study.answerAll(person, kPhq, 8, QStringLiteral("not-at-all"));
    QCOMPARE(must(study.choose(person, kPhq, QStringLiteral("item-9"), QStringLiteral("several-days"))),
             QStringList{QStringLiteral("item-nine")});
    // Changing the answer takes nothing back.
    QVERIFY(must(study.choose(person, kPhq, QStringLiteral("item-9"), QStringLiteral("not-at-all"))).isEmpty());
    study.answerAll(person, QStringLiteral("gad-7"), 7, QStringLiteral("not-at-all"));
    must(study.choose(person, QStringLiteral("call-person"), QStringLiteral("adult"), QStringLiteral("no")));
    VERIFY_FAILS(workflow::settleScreening(*study.home, person), ErrorCode::NotAllowed);
    QVERIFY(tallyOf(*study.home).empty());
    const auto record = must(workflow::screeningOf(*study.home, person)).record.value();
    QCOMPARE(record.alerts.size(), std::size_t{1});
    QCOMPARE(record.alerts[0].protocol, QStringLiteral("item-nine"));
    QCOMPARE(record.alerts[0].utcMs, study.clock.now().utcMs);
    must(workflow::answerAlert(*study.home, person.id, record.alerts[0], SupportAction::LinesGiven));
    QVERIFY(must(workflow::settleScreening(*study.home, person)) == Fit::NotNow);
    QVERIFY(study.trail().contains(QStringLiteral("screening.support-offered {}")));
    QVERIFY(study.trail().contains(QStringLiteral("screening.support-given {\"action\":\"lines-given\"}")));
    QCOMPARE(study.whereIs(person.id.toString()), QStringList());
}

void TestScreening::aSevereTotalOffersSupport() {
    ScreenedHome study;
    const auto person = study.enrolAs();
    study.agree(person);
    study.answerAll(person, QStringLiteral("gad-7"), 4, QStringLiteral("nearly-every-day"));
    QVERIFY(
        must(study.choose(person, QStringLiteral("gad-7"), QStringLiteral("item-5"), QStringLiteral("more-than-half")))
            .isEmpty());
    const auto last =
        must(study.choose(person, QStringLiteral("gad-7"), QStringLiteral("item-6"), QStringLiteral("several-days")));
    const auto setOff = last + must(study.choose(person, QStringLiteral("gad-7"), QStringLiteral("item-7"),
                                                 QStringLiteral("not-at-all")));
    QCOMPARE(setOff, QStringList{QStringLiteral("severe")});  // 15 of 21
    const auto view = must(workflow::screeningOf(*study.home, person));
    QVERIFY(view.outcome.fit == Fit::NotNow && view.outcome.reason == u"moment");
    QCOMPARE(view.record->alerts.at(0).protocol, QStringLiteral("severe"));
}

void TestScreening::anExceptionIsApprovedByNameOrNotAtAll() {
    ScreenedHome study;
    const auto person = study.enrolAs();
    study.answerAsFits(person);
    must(study.choose(person, QStringLiteral("call-person"), QStringLiteral("diagnosed"), QStringLiteral("no")));
    QCOMPARE(must(workflow::screeningOf(*study.home, person)).broken, QStringList{QStringLiteral("diagnosed")});
    const auto approve = [&](const QString& rule, const QString& name) {
        return workflow::approveDeviation(*study.home, person, rule, name);
    };
    VERIFY_FAILS(approve(QStringLiteral("diagnosed"), QStringLiteral(" ")), ErrorCode::InvalidArgument);
    VERIFY_FAILS(approve(QStringLiteral("adult"), QStringLiteral("Dr. M")), ErrorCode::InvalidArgument);
    VERIFY_OK(approve(QStringLiteral("diagnosed"), QStringLiteral("Dr. M")));
    QVERIFY(must(workflow::settleScreening(*study.home, person)) == Fit::Fits);
    const auto record = must(people::Screenings(study.home->sessions()).find(person.id)).value();
    QCOMPARE(record.deviations.at(0).approvedBy, QStringLiteral("Dr. M"));

    study::PackFiles strict = screenedPack();
    edit(strict, QStringLiteral("screening/person.yaml"), "deviations:\n", "# ");
    edit(strict, QStringLiteral("screening/person.yaml"), "  approved_by", "# ");
    ScreenedHome other(strict);
    const auto nobody = other.enrolAs();
    other.answerAsFits(nobody);
    must(other.choose(nobody, QStringLiteral("call-person"), QStringLiteral("diagnosed"), QStringLiteral("no")));
    VERIFY_FAILS(workflow::approveDeviation(*other.home, nobody, QStringLiteral("diagnosed"), QStringLiteral("Dr. M")),
                 ErrorCode::NotAllowed);
}

void TestScreening::theRulesOfTheirDayAreKept() {
    study::PackFiles files = screenedPack();
    edit(files, QStringLiteral("screening/person.yaml"), "reasons:\n",
         "  - version: 2\n    in_force: 2027-03-01\n    rules:\n"
         "      - {id: adult, when: {call-person.adult: yes}, reason: age}\n"
         "      - {id: mood, when: {phq-9.total: {below: 20}}, reason: moment}\n"
         "      - {id: worry, when: {gad-7.total: {below: 15}}, reason: moment}\nreasons:\n");
    ScreenedHome study(files);
    study.clock.setWall(1'796'000'000'000);  // 2026-11-30
    const auto early = study.enrolAs();
    study.answerAsFits(early);
    must(study.choose(early, QStringLiteral("call-person"), QStringLiteral("able"), QStringLiteral("no")));
    study.clock.advance(150LL * 24 * 3600 * 1000);
    QVERIFY(must(workflow::screeningOf(*study.home, early)).outcome.fit == Fit::NotNow);
    const auto late = study.enrolAs();
    study.answerAsFits(late);
    must(study.choose(late, QStringLiteral("call-person"), QStringLiteral("able"), QStringLiteral("no")));
    const auto view = must(workflow::screeningOf(*study.home, late));
    QVERIFY(view.outcome.fit == Fit::Fits && view.rules->number == 2 && view.record->rulesVersion == 2);
}

void TestScreening::whoeverWouldRatherNotIsCountedAndWiped() {
    ScreenedHome study;
    const auto first = study.enrolAs(QStringLiteral("person"), kWords);
    must(workflow::wipeWhoDeclined(*study.home, first));
    const auto second = study.enrolAs();
    study.answerAsFits(second);
    must(workflow::settleScreening(*study.home, second));
    must(workflow::wipeWhoDeclined(*study.home, second));
    QCOMPARE(study.whereIs(kWords), QStringList());
    QVERIFY(must(people::Participants(study.home->sessions()).all()).empty());
    const auto tally = tallyOf(*study.home);
    QCOMPARE(tally.size(), std::size_t{2});
    QVERIFY(tally[0].outcome == TallyOutcome::DeclinedScreening && tally[1].outcome == TallyOutcome::Declined);
    const auto third = study.enrolAs();
    study.consent(third);
    VERIFY_FAILS(workflow::wipeWhoDeclined(*study.home, third), ErrorCode::NotAllowed);
}

void TestScreening::whoCannotWipeMayNotAsk() {
    ScreenedHome study;
    const auto person = study.enrolAs();
    constexpr std::string_view kHelper = "another five words here now";
    must(study.home->keyring().addPerson(QStringLiteral("Helper"), viewOf(kHelper),
                                         {Compartment::Sessions, Compartment::Identities}, cheapOptions()));
    study.home.reset();
    const auto helper =
        must(Home::unlock(study.files, kHome, viewOf(kHelper), study.clock, cheapOptions(), QStringLiteral("Helper")));
    VERIFY_FAILS(workflow::beginScreening(*helper, person, people::AskedHow::Telephone), ErrorCode::NotAllowed);
}

void TestScreening::whatWasBegunBeforeTheRulesGoesOn() {
    ScreenedHome study;
    const auto person = study.enrolAs();
    study.consent(person);
    interview::SessionRow row;
    row.id = SessionId::random();
    row.participant = person.id;
    row.number = 1;
    row.logName = "held-before.session";
    row.startedUtcMs = 1;
    must(interview::SessionIndex(study.home->sessions()).add(row));
    VERIFY_OK(workflow::planSession(*study.home, person));
    const auto rehearsed = study.enrolAs();
    must(workflow::passScreening(*study.home, rehearsed));
    QCOMPARE(int(must(workflow::screeningStage(*study.home, rehearsed))), int(ScreeningStage::Fits));
}

QTEST_GUILESS_MAIN(TestScreening)
#include "tst_screening.moc"
