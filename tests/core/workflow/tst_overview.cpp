// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "core/workflow/workflow_fixture.h"
#include "people/contacts.h"
#include "workflow/overview.h"

using namespace sotto;
using namespace sotto::test;
using workflow::NextStep;
using workflow::Overview;
using workflow::overviewOf;
using workflow::PersonOverview;
using workflow::PersonState;

namespace {

constexpr std::int64_t kDayMs = 24LL * 3600 * 1000;

/// A home with the practice study.
struct Team : World {
    Team() { home = must(create()); }
    [[nodiscard]] PersonOverview of(const people::Participant& participant) {
        return must(overviewOf(*home, participant.id));
    }
    [[nodiscard]] Overview all() { return must(workflow::overview(*home)); }
    void agreeOn(const people::Participant& participant, std::int64_t utcMs) {
        must(people::Contacts(home->identities())
                 .setAppointment(participant.id,
                                 people::Appointment{utcMs, QStringLiteral("library"), clock.now().utcMs}));
    }
    SessionId interviewOf(const people::Participant& participant) {
        clock.advance(1000);
        Acknowledged told;
        must(interviewShortly(*home, participant, told));
        clock.advance(1000);
        return told.id;
    }
    std::unique_ptr<Home> home;
};

}  // namespace

#define IS(person, expectedState, expectedNext)                     \
    do {                                                            \
        const PersonOverview seen = (person);                       \
        QCOMPARE(int(seen.state), int(PersonState::expectedState)); \
        QCOMPARE(int(seen.next), int(NextStep::expectedNext));      \
    } while (false)

class TestOverview : public QObject {
    Q_OBJECT

private slots:
    void anEmptyHomeHasRolesAndNobody();
    void aPersonGoesThroughEveryState();
    void anInterviewThatRunsOrBrokeOffComesFirst();
    void anAppointmentLastsUntilAnInterviewBegins();
    void whoeverSaidNoIsLeftAlone();
    void theSessionFurthestBehindCounts();
    void rolesAreCounted();
    void everybodyIsThereInTheirOrder();
    void oneIsTheSameAsAmongAll();
    void whoHoldsNoSessionsSeesNobody();
};

void TestOverview::anEmptyHomeHasRolesAndNobody() {
    Team team;
    const Overview overview = team.all();
    QVERIFY(overview.people.empty());
    QCOMPARE(overview.roles.size(), team.home->study().pack.roles.size());
    QCOMPARE(overview.roles.front().people, 0);
    QVERIFY(!overview.roles.front().planned);
    VERIFY_FAILS(overviewOf(*team.home, ParticipantId::random()), ErrorCode::NotFound);
}

void TestOverview::aPersonGoesThroughEveryState() {
    Team team;
    const auto person = must(enrolPerson(*team.home));
    IS(team.of(person), Contacted, TakeConsent);
    team.agreeOn(person, team.clock.now().utcMs + kDayMs);
    IS(team.of(person), Appointment, TakeConsent);
    must(giveConsent(*team.home, person));
    IS(team.of(person), Appointment, BeginInterview);
    must(people::Contacts(team.home->identities()).dropAppointment(person.id, people::AppointmentChange::Cancelled, 0));
    IS(team.of(person), Consented, BeginInterview);
    const SessionId id = team.interviewOf(person);
    IS(team.of(person), WaitingForWrapUp, WrapUp);
    QVERIFY(team.of(person).open == id);
    must(workflow::sealSession(*team.home, id));
    IS(team.of(person), Sealed, Send);
    QVERIFY(!team.of(person).open && team.of(person).latest == id);
    QCOMPARE(team.all().waitingToBeSent, 1);
    must(team.deliver(*team.home));
    IS(team.of(person), Sent, WaitForReceipt);
    QCOMPARE(team.all().waitingToBeSent, 0);
    must(team.receive());
    must(team.deliver(*team.home));
    IS(team.of(person), Received, Nothing);
    QCOMPARE(team.of(person).sessions, 1);
}

void TestOverview::anInterviewThatRunsOrBrokeOffComesFirst() {
    Team team;
    const auto person = consentedPerson(*team.home);
    must(workflow::sealSession(*team.home, team.interviewOf(person)));
    auto live = must(LiveSession::begin(*team.home, person, true));
    const SessionId id = live->id();
    must(live->record());
    must(speak(*live, 400));
    team.agreeOn(person, team.clock.now().utcMs + kDayMs);
    IS(team.of(person), InInterview, GoOn);
    must(live->stop());
    IS(team.of(person), WaitingForWrapUp, WrapUp);
    must(live->record());
    IS(team.of(person), InInterview, GoOn);
    live.reset();
    IS(team.of(person), BrokenOff, GoOn);
    QVERIFY(team.of(person).open == id);
    team.home.reset();
    team.home = must(team.unlock());
    IS(team.of(person), BrokenOff, GoOn);
    auto items = consentItems();
    items[QStringLiteral("take-part")] = false;
    must(giveConsent(*team.home, person, items));
    IS(team.of(person), BrokenOff, WrapUp);
}

void TestOverview::anAppointmentLastsUntilAnInterviewBegins() {
    Team team;
    const auto person = consentedPerson(*team.home);
    const std::int64_t agreed = team.clock.now().utcMs + kDayMs;
    team.agreeOn(person, agreed);
    QVERIFY(team.of(person).appointmentUtcMs == agreed);
    team.clock.advance(2 * kDayMs);
    QVERIFY2(team.of(person).appointmentUtcMs == agreed, "a missed appointment must show");
    must(workflow::sealSession(*team.home, team.interviewOf(person)));
    QVERIFY(!team.of(person).appointmentUtcMs);
    IS(team.of(person), Sealed, Send);
    team.agreeOn(person, team.clock.now().utcMs + kDayMs);
    IS(team.of(person), Appointment, BeginInterview);
}

void TestOverview::whoeverSaidNoIsLeftAlone() {
    Team team;
    auto items = consentItems();
    items[QStringLiteral("take-part")] = false;
    const auto person = consentedPerson(*team.home, items);
    IS(team.of(person), Declined, Nothing);
    must(giveConsent(*team.home, person));
    IS(team.of(person), Consented, BeginInterview);
    QVERIFY(team.of(person).takesPart);
}

void TestOverview::theSessionFurthestBehindCounts() {
    Team team;
    const auto person = consentedPerson(*team.home);
    must(workflow::sealSession(*team.home, team.interviewOf(person)));
    must(team.deliver(*team.home));
    const SessionId second = team.interviewOf(person);
    must(workflow::sealSession(*team.home, second));
    IS(team.of(person), Sealed, Send);
    QCOMPARE(team.of(person).sessions, 2);
    QVERIFY(team.of(person).latest == second);
    QCOMPARE(team.of(person).lastStartedUtcMs.value(), must(rowOf(*team.home, second)).startedUtcMs);
    // Also if it is not the last.
    interview::SessionIndex index(team.home->sessions());
    must(index.setState(second, interview::SessionState::Received));
    IS(team.of(person), Sent, WaitForReceipt);
}

void TestOverview::rolesAreCounted() {
    Team team;
    const PairId pair = PairId::random();
    const auto enrolAs = [&](const QString& role) {
        return must(people::enrol(team.home->sessions(), team.home->identities(), role, QStringLiteral("Invention"),
                                  pair, team.clock.now()));
    };
    const auto person = enrolAs(QStringLiteral("person"));
    const auto caregiver = enrolAs(QStringLiteral("caregiver"));
    must(enrolPerson(*team.home));
    must(giveConsent(*team.home, person));
    must(workflow::sealSession(*team.home, team.interviewOf(person)));
    const Overview overview = team.all();
    const auto& roles = overview.roles;
    const auto role = [&](const QString& id) {
        return *std::find_if(roles.begin(), roles.end(), [&](const auto& one) { return one.role == id; });
    };
    QCOMPARE(role(QStringLiteral("person")).people, 2);
    QCOMPARE(role(QStringLiteral("person")).takePart, 1);
    QCOMPARE(role(QStringLiteral("caregiver")).people, 1);
    QCOMPARE(role(QStringLiteral("caregiver")).takePart, 0);
    QVERIFY2(role(QStringLiteral("person")).interviewed == 0, "a practice interview is none");
    QCOMPARE(team.of(person).practiceSessions, 1);
    QVERIFY(overview.people.at(0).participant.pair == pair && overview.people.at(1).participant.pair == pair);
    QVERIFY(overview.people.at(1).participant.id == caregiver.id);
}

void TestOverview::everybodyIsThereInTheirOrder() {
    Team team;
    std::vector<people::Participant> enrolled;
    for (int i = 0; i < 5; ++i)
        enrolled.push_back(consentedPerson(*team.home));
    must(giveConsent(*team.home, enrolled[2], consentItems(false)));
    for (const int i : {3, 1, 3})
        team.interviewOf(enrolled[std::size_t(i)]);
    const Overview overview = team.all();
    QCOMPARE(overview.people.size(), enrolled.size());
    for (std::size_t i = 0; i < enrolled.size(); ++i) {
        const auto& seen = overview.people[i];
        QVERIFY(seen.participant.id == enrolled[i].id);
        QCOMPARE(seen.participant.pseudonym, enrolled[i].pseudonym);
        QCOMPARE(seen.participant.researchCode, enrolled[i].researchCode);
        QCOMPARE(seen.sessions, i == 3 ? 2 : i == 1 ? 1 : 0);
        // What the modules themselves say.
        const auto consent = must(consent::consentInForce(team.home->sessions(), enrolled[i].id));
        QCOMPARE(seen.takesPart, consent->takesPart);
    }
}

void TestOverview::oneIsTheSameAsAmongAll() {
    Team team;
    const auto first = consentedPerson(*team.home);
    const auto second = must(enrolPerson(*team.home));
    team.interviewOf(first);
    const Overview overview = team.all();
    for (const auto& [index, id] : {std::pair{0, first.id}, std::pair{1, second.id}}) {
        const PersonOverview one = must(overviewOf(*team.home, id));
        const PersonOverview& among = overview.people.at(std::size_t(index));
        QVERIFY(one.participant.id == among.participant.id && one.state == among.state && one.next == among.next);
        QVERIFY(one.sessions == among.sessions && one.open == among.open && one.latest == among.latest);
    }
}

void TestOverview::whoHoldsNoSessionsSeesNobody() {
    Team team;
    constexpr std::string_view kAssistant = "another five words here now";
    must(team.home->keyring().addPerson(QStringLiteral("Assistant"), viewOf(kAssistant),
                                        {workflow::Compartment::Outbox}, cheapOptions()));
    team.home.reset();
    const auto assistant = must(
        Home::unlock(team.files, kHome, viewOf(kAssistant), team.clock, cheapOptions(), QStringLiteral("Assistant")));
    VERIFY_FAILS(workflow::overview(*assistant), ErrorCode::NotAllowed);
}

QTEST_GUILESS_MAIN(TestOverview)
#include "tst_overview.moc"
