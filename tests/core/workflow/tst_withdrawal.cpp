// SPDX-License-Identifier: Apache-2.0
#include "core/workflow/forget_fixture.h"
#include "sync/lab_withdrawals.h"
#include "vault/audit.h"
#include "workflow/listen.h"
#include "workflow/overview.h"
#include "workflow/session_plan.h"
#include "workflow/withdrawal.h"

using namespace sotto;
using namespace sotto::test;
using namespace sotto::workflow;
using interview::SessionState;

namespace {

constexpr std::int64_t kWeekMs = 7LL * 24 * 3600 * 1000;

/// Two people with one ended interview each; the first one's holds the canary.
struct Story {
    Story() : home(must(world.create())), held(holdTwoInterviews(*home)) {}
    [[nodiscard]] std::int64_t nextWeek() const { return world.clock.now().utcMs + kWeekMs; }
    [[nodiscard]] Result<WithdrawalReport> takeBack(Wish wish) {
        return withdraw(*home, held.first.id, wish, wish == Wish::Later ? std::optional(nextWeek()) : std::nullopt);
    }
    [[nodiscard]] PersonOverview person() { return must(overviewOf(*home, held.first.id)); }
    void lockAndUnlock() {
        home.reset();
        home = must(world.unlock());
    }
    /// What a lab has of the first one's session.
    [[nodiscard]] bool labHasIt() {
        return must(world.files.exists(kLabOut / held.firstSession.toString().toStdString()));
    }

    World world;
    std::unique_ptr<Home> home;
    TwoInterviews held;
};

}  // namespace

class WithdrawalTest : public QObject {
    Q_OBJECT
private slots:
    void whoStoppedKeepsWhatWasToldAndNothingBegins();
    void everythingGoesAndOnlyALineStays();
    void soundAloneGoes();
    void undecidedLocksEverything();
    void whatWasSealedBeforeIsHeldByWhoeverSends();
    void whoeverGoesOnIsAsBefore();
    void afterTheDayTheyAreAskedAndNothingHappensByItself();
    void aWishMayChange();
    void theLabIsToldOfWhatWasSent_data();
    void theLabIsToldOfWhatWasSent();
    void theOtherOfThePairStays();
    void duringAnotherInterviewErasingWaits();
    void aRunningInterviewRecordsNoMore();
    void itIsInTheTrailWithoutAReason();
    void whatMakesNoSenseIsRefused();
    void theOutlookTellsWhatItMeans();
};

void WithdrawalTest::whoStoppedKeepsWhatWasToldAndNothingBegins() {
    Story story;
    const auto report = story.takeBack(Wish::Stop);
    VERIFY_OK(report);
    QVERIFY2(report->isDone, report->unfinished ? report->unfinished->context.c_str() : "");
    VERIFY_FAILS(planSession(*story.home, story.held.first), ErrorCode::ConsentMissing);
    VERIFY_FAILS(LiveSession::begin(*story.home, story.held.first, true), ErrorCode::ConsentMissing);
    VERIFY_FAILS(Listening::open(*story.home, story.held.firstSession, QStringLiteral("to check")),
                 ErrorCode::ConsentMissing);
    QVERIFY(must(rowOf(*story.home, story.held.firstSession)).state == SessionState::Sealed);
    QVERIFY(story.person().state == PersonState::TookBack && story.person().next == NextStep::Nothing);
    QVERIFY(!story.person().takesPart);
    VERIFY_OK(planSession(*story.home, story.held.second));
    // What they let stay is sent as they agreed.
    must(story.world.deliver(*story.home));
    must(story.world.receive());
    QVERIFY(story.labHasIt());
}

void WithdrawalTest::everythingGoesAndOnlyALineStays() {
    Story story;
    must(sealSession(*story.home, story.held.firstSession));
    must(sealSession(*story.home, story.held.secondSession));
    const auto report = story.takeBack(Wish::Erase);
    VERIFY_OK(report);
    QVERIFY(report->isDone && report->packagesSent == 0);
    const auto lines = must(takenBack(*story.home));
    QCOMPARE(lines.size(), std::size_t{1});
    QVERIFY(!lines[0].withdrawal.participant && lines[0].withdrawal.isDone && !lines[0].isOrdered);
    VERIFY_FAILS(overviewOf(*story.home, story.held.first.id), ErrorCode::NotFound);
    const QByteArray id = story.held.first.id.toString().toLatin1();
    for (const Compartment compartment : keyring::kCompartments)
        QVERIFY2(!byteArrayOf(story.home->vault(compartment).plainImage()).contains(id), "their id is still there");
    story.home.reset();
    checkForgotten(story.world, story.held);
}

void WithdrawalTest::soundAloneGoes() {
    Story story;
    const auto report = story.takeBack(Wish::EraseAudio);
    VERIFY_OK(report);
    QVERIFY2(report->isDone, report->unfinished ? report->unfinished->context.c_str() : "");
    const auto records = must(recordsOf(*story.home, story.held.firstSession));
    QVERIFY(!must(recording::mapAudio(records.log)).hasSound());
    QVERIFY2(!records.events.empty(), "what was noted stays");
    QVERIFY(must(rowOf(*story.home, story.held.firstSession)).state == SessionState::Sealed);
    QVERIFY(story.person().state == PersonState::TookBack);
    const auto other = must(recordsOf(*story.home, story.held.secondSession));
    QVERIFY(must(recording::mapAudio(other.log)).hasSound());
}

void WithdrawalTest::undecidedLocksEverything() {
    Story story;
    const auto report = story.takeBack(Wish::Later);
    VERIFY_OK(report);
    QVERIFY(report->isDone);
    VERIFY_FAILS(planSession(*story.home, story.held.first), ErrorCode::ConsentMissing);
    VERIFY_FAILS(LiveSession::resume(*story.home, story.held.firstSession), ErrorCode::ConsentMissing);
    VERIFY_FAILS(sealSession(*story.home, story.held.firstSession), ErrorCode::NotAllowed);
    VERIFY_FAILS(Listening::open(*story.home, story.held.firstSession, QStringLiteral("to check")),
                 ErrorCode::ConsentMissing);
    QVERIFY(story.person().state == PersonState::Undecided && story.person().next == NextStep::Nothing);
    story.lockAndUnlock();
    VERIFY_FAILS(sealSession(*story.home, story.held.firstSession), ErrorCode::NotAllowed);
    VERIFY_OK(recordsOf(*story.home, story.held.firstSession));
}

void WithdrawalTest::whatWasSealedBeforeIsHeldByWhoeverSends() {
    Story story;
    must(sealSession(*story.home, story.held.firstSession));
    must(sealSession(*story.home, story.held.secondSession));
    VERIFY_OK(addPerson(*story.home, QStringLiteral("assistant"), viewOf(std::string_view("only the outbox here")),
                        {Compartment::Outbox}, cheapOptions()));
    VERIFY_OK(story.takeBack(Wish::Later));
    story.home.reset();
    {
        const auto assistant =
            must(Home::unlock(story.world.files, kHome, viewOf(std::string_view("only the outbox here")),
                              story.world.clock, cheapOptions(), QStringLiteral("assistant")));
        QCOMPARE(must(story.world.deliver(*assistant)).sent, 3);
        const auto entries = must(listOutbox(*assistant));
        QCOMPARE(std::count_if(entries.begin(), entries.end(), [](const auto& one) { return one.isHeld; }), 3);
    }
    must(story.world.receive());
    QVERIFY2(!story.labHasIt(), "it left before they had decided");
    story.home = must(story.world.unlock());
    VERIFY_OK(story.takeBack(Wish::Stop));
    QCOMPARE(must(story.world.deliver(*story.home)).sent, 3);
}

void WithdrawalTest::whoeverGoesOnIsAsBefore() {
    for (const Wish before : {Wish::Later, Wish::Stop}) {
        Story story;
        VERIFY_OK(story.takeBack(before));
        const auto report = story.takeBack(Wish::GoOn);
        VERIFY_OK(report);
        QVERIFY(report->isDone);
        VERIFY_OK(planSession(*story.home, story.held.first));
        QVERIFY(story.person().takesPart && must(takenBack(*story.home)).empty());
        if (before == Wish::Later) VERIFY_OK(sealSession(*story.home, story.held.firstSession));
        QCOMPARE(must(story.world.deliver(*story.home)).sent, 3);
    }
}

void WithdrawalTest::afterTheDayTheyAreAskedAndNothingHappensByItself() {
    Story story;
    VERIFY_OK(story.takeBack(Wish::Later));
    story.world.clock.advance(kWeekMs - 1000);
    QVERIFY2(story.person().next == NextStep::Nothing, "nobody asks before the day");
    story.world.clock.advance(2000);
    story.lockAndUnlock();
    QVERIFY(story.person().next == NextStep::Decide && story.person().state == PersonState::Undecided);
    VERIFY_FAILS(sealSession(*story.home, story.held.firstSession), ErrorCode::NotAllowed);
    QCOMPARE(must(story.world.deliver(*story.home)).sent, 0);
    VERIFY_OK(recordsOf(*story.home, story.held.firstSession));
}

void WithdrawalTest::aWishMayChange() {
    Story story;
    VERIFY_OK(story.takeBack(Wish::Later));
    VERIFY_OK(story.takeBack(Wish::EraseAudio));
    QCOMPARE(must(takenBack(*story.home)).size(), std::size_t{1});
    VERIFY_FAILS(story.takeBack(Wish::GoOn), ErrorCode::NotAllowed);
    VERIFY_OK(story.takeBack(Wish::Erase));
    QCOMPARE(whereItSings(*story.home), QStringList());
    QCOMPARE(must(takenBack(*story.home)).size(), std::size_t{1});
}

void WithdrawalTest::theLabIsToldOfWhatWasSent_data() {
    QTest::addColumn<int>("wish");
    QTest::newRow("everything") << static_cast<int>(Wish::Erase);
    QTest::newRow("sound") << static_cast<int>(Wish::EraseAudio);
}

void WithdrawalTest::theLabIsToldOfWhatWasSent() {
    QFETCH(int, wish);
    Story story;
    must(sealSession(*story.home, story.held.firstSession));
    must(sealSession(*story.home, story.held.secondSession));
    must(story.world.deliver(*story.home));
    must(story.world.receive());
    QVERIFY(story.labHasIt());
    const auto report = story.takeBack(static_cast<Wish>(wish));
    VERIFY_OK(report);
    QVERIFY(report->isDone && report->packagesSent == 3);
    QVERIFY(must(takenBack(*story.home))[0].isOrdered && !must(takenBack(*story.home))[0].isSent);

    QCOMPARE(must(story.world.deliver(*story.home)).ordersSent, 1);
    must(story.world.receive());
    const Path content = kLabOut / story.held.firstSession.toString().toStdString() / "content";
    QVERIFY(!must(story.world.files.exists(content / "audio.opus")));
    QCOMPARE(story.labHasIt(), static_cast<Wish>(wish) == Wish::EraseAudio);
    QCOMPARE(must(story.world.files.exists(content / "timeline.json")), static_cast<Wish>(wish) == Wish::EraseAudio);
    const Path other = kLabOut / story.held.secondSession.toString().toStdString() / "content";
    QVERIFY2(must(story.world.files.exists(other / "audio.opus")), "the other one's interview is gone");

    QCOMPARE(must(story.world.deliver(*story.home)).deletions, 1);
    const auto line = must(takenBack(*story.home))[0];
    QVERIFY(line.isSent && line.receipt);
    const std::size_t named = static_cast<Wish>(wish) == Wish::Erase ? 3 : 1;
    QCOMPARE(line.receipt->packages.size(), named);
}

void WithdrawalTest::theOtherOfThePairStays() {
    World world;
    const auto home = must(world.create());
    const PairId pair = PairId::random();
    const auto enrolIn = [&](const QString& role) {
        auto one = must(people::enrol(home->sessions(), home->identities(), role, QStringLiteral("Sasha Exemple"), pair,
                                      world.clock.now()));
        must(giveConsent(*home, one));
        return one;
    };
    const auto first = enrolIn(QStringLiteral("person"));
    const auto roles = home->study().pack.roles;
    QString otherRole;
    for (const study::Role& role : roles) {
        if (role.id != u"person" && home->study().pack.consent(role.id, QStringLiteral("en"))) otherRole = role.id;
    }
    if (otherRole.isEmpty()) QSKIP("the practice study has one role with a consent in English");
    const auto second = enrolIn(otherRole);
    interviewed(*home, first, QStringLiteral("one"));
    const SessionId kept = interviewed(*home, second, QStringLiteral("two"));
    QVERIFY(must(outlookOf(*home, first.id)).isInPair);
    VERIFY_OK(withdraw(*home, first.id, Wish::Erase));
    VERIFY_OK(recordsOf(*home, kept));
    VERIFY_OK(planSession(*home, second));
    QVERIFY(!must(outlookOf(*home, second.id)).isInPair);
}

void WithdrawalTest::duringAnotherInterviewErasingWaits() {
    Story story;
    {
        const auto live = must(LiveSession::begin(*story.home, story.held.second, true));
        const auto report = story.takeBack(Wish::Erase);
        VERIFY_OK(report);
        QVERIFY(!report->isDone && report->unfinished);
        VERIFY_FAILS(planSession(*story.home, story.held.first), ErrorCode::ConsentMissing);
        VERIFY_FAILS(sealSession(*story.home, story.held.firstSession), ErrorCode::NotAllowed);
        QCOMPARE(must(finishWithdrawals(*story.home)), 1);
        must(live->end());
    }
    QCOMPARE(must(finishWithdrawals(*story.home)), 0);
    QCOMPARE(whereItSings(*story.home), QStringList());
}

void WithdrawalTest::aRunningInterviewRecordsNoMore() {
    Story story;
    const auto live = must(LiveSession::begin(*story.home, story.held.second, true));
    must(live->record());
    must(speak(*live, 200));
    must(live->pause());
    VERIFY_OK(withdraw(*story.home, story.held.second.id, Wish::Later, story.nextWeek()));
    VERIFY_FAILS(live->record(), ErrorCode::ConsentMissing);
}

void WithdrawalTest::itIsInTheTrailWithoutAReason() {
    Story story;
    VERIFY_OK(story.takeBack(Wish::Later));
    const auto entries = must(vault::AuditTrail(story.home->sessions()).entries());
    const auto found = std::find_if(entries.begin(), entries.end(),
                                    [](const vault::AuditEntry& one) { return one.action == u"taken-back"; });
    QVERIFY(found != entries.end());
    QCOMPARE(found->details.keys(), (QStringList{QStringLiteral("participant"), QStringLiteral("wish")}));
    VERIFY_OK(story.takeBack(Wish::Erase));
    VERIFY_OK(vault::AuditTrail(story.home->sessions()).verify());
}

void WithdrawalTest::whatMakesNoSenseIsRefused() {
    Story story;
    VERIFY_FAILS(withdraw(*story.home, ParticipantId::random(), Wish::Stop), ErrorCode::NotFound);
    VERIFY_FAILS(withdraw(*story.home, story.held.first.id, Wish::Later), ErrorCode::InvalidArgument);
    VERIFY_FAILS(withdraw(*story.home, story.held.first.id, Wish::Later, 5), ErrorCode::InvalidArgument);
    VERIFY_FAILS(withdraw(*story.home, story.held.first.id, Wish::Stop, story.nextWeek()), ErrorCode::InvalidArgument);
    VERIFY_FAILS(story.takeBack(Wish::GoOn), ErrorCode::NotAllowed);
    QVERIFY(must(takenBack(*story.home)).empty());
    VERIFY_OK(planSession(*story.home, story.held.first));
}

void WithdrawalTest::theOutlookTellsWhatItMeans() {
    Story story;
    must(sealSession(*story.home, story.held.firstSession));
    auto outlook = must(outlookOf(*story.home, story.held.first.id));
    QVERIFY(!outlook.current && outlook.interviews == 1 && outlook.packagesSent == 0 && !outlook.isInPair);
    must(story.world.deliver(*story.home));
    outlook = must(outlookOf(*story.home, story.held.first.id));
    QCOMPARE(outlook.packagesSent, 3);
    QCOMPARE(outlook.groupSessions, 0);
}

QTEST_GUILESS_MAIN(WithdrawalTest)
#include "tst_withdrawal.moc"
