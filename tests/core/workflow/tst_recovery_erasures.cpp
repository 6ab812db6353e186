// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "core/workflow/store_room.h"
#include "workflow/erasures.h"

using namespace sotto;
using namespace sotto::test;
using namespace sotto::workflow;

// What was being erased when the program died must not come back at the next unlock, which takes in logs that it does
// not know and gives consents their effect.

namespace {

/// Somebody with an interview, whose erasure was begun and whose program died before a single file had gone.
struct BrokenOff {
    ParticipantId participant;
    SessionId session;
    Path log;
    Snapshot disk;
};

/// Fails the n-th operation of the erasure and all after it. True if the erasure had begun by then.
bool eraseWithFault(World& world, BrokenOff& broken, std::uint64_t n) {
    const auto home = must(world.unlock());
    // Its confirmation never came: at the next unlock this consent would take effect.
    must(home->identities().execute("UPDATE consent_evidence SET confirmed = 0"));
    world.files.resetOperations();
    world.files.failAt(n, true);
    static_cast<void>(eraseParticipant(*home, broken.participant));
    const auto begun = Erasures(home->sessions()).unfinished();
    return begun && !begun->empty();
}

BrokenOff brokenOff() {
    BrokenOff broken;
    World world;
    {
        const auto home = must(world.create());
        const TwoInterviews held = holdTwoInterviews(*home);
        broken.participant = held.first.id;
        broken.session = held.firstSession;
        broken.log = home->layout().sessionLog(must(rowOf(*home, broken.session)).logName);
    }
    const Snapshot before = world.snapshot();
    for (std::uint64_t n = 1;; ++n) {
        World attempt(before);
        if (!eraseWithFault(attempt, broken, n)) continue;
        broken.disk = attempt.snapshot();
        return broken;
    }
}

/// Neither the session nor the participant is listed.
bool isGone(Home& home, const BrokenOff& broken) {
    return !must(interview::SessionIndex(home.sessions()).find(broken.session)) &&
           !must(people::Participants(home.sessions()).find(broken.participant));
}

}  // namespace

class TestRecoveryErasures : public QObject {
    Q_OBJECT

private slots:
    void whatWasBeingErasedIsFinishedAndNothingOfItTakesEffect();
    void whatWasBeingErasedIsNotTakenInAgain();
};

void TestRecoveryErasures::whatWasBeingErasedIsFinishedAndNothingOfItTakesEffect() {
    const BrokenOff broken = brokenOff();
    World world(broken.disk);
    QVERIFY(must(world.files.exists(broken.log)));
    const auto home = must(world.unlock());
    QVERIFY(isGone(*home, broken));
    QVERIFY(!must(consent::consentInForce(home->sessions(), broken.participant)));
    QVERIFY(!must(world.files.exists(broken.log)));
    QCOMPARE(home->recovery().erasuresFinished, 1);
    QCOMPARE(home->recovery().sessionsAdopted, 0);
    QCOMPARE(must(interview::SessionIndex(home->sessions()).all()).size(), std::size_t{1});
}

void TestRecoveryErasures::whatWasBeingErasedIsNotTakenInAgain() {
    const BrokenOff broken = brokenOff();
    std::uint64_t operations = 0;
    {
        World world(broken.disk);
        world.files.resetOperations();
        must(world.unlock());
        operations = world.files.operations();
    }
    int stuck = 0;
    const FaultStride stride(operations, 0);
    for (std::uint64_t n = stride.first; n <= operations; n += stride.step) {
        const auto where = QStringLiteral("operation %1").arg(n).toUtf8();
        World world(broken.disk);
        world.files.resetOperations();
        world.files.failAt(n, false);
        if (const auto home = world.unlock()) {
            QVERIFY2(isGone(**home, broken), where);
            stuck += (*home)->recovery().unfinished ? 1 : 0;
        }
        world.files.clearFaults();
        const auto home = must(world.unlock());
        QVERIFY2(isGone(*home, broken), where);
        QVERIFY2(!must(world.files.exists(broken.log)), where);
        QVERIFY2(must(Erasures(home->sessions()).unfinished()).empty(), where);
    }
    qInfo("unlocked %d times with the erasure still to be finished", stuck);
    QVERIFY(stuck > 0);
}

QTEST_GUILESS_MAIN(TestRecoveryErasures)
#include "tst_recovery_erasures.moc"
