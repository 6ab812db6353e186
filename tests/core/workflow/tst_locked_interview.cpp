// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "core/workflow/workflow_fixture.h"
#include "support/every_fault.h"
#include "workflow/listen.h"
#include "workflow/persons.h"

using namespace sotto;
using namespace sotto::test;
using interview::EventKind;
using interview::SessionState;
using recording::SegmentEnding;

namespace {

constexpr std::string_view kAssistant = "an assistant's own words";

/// A home with somebody who agreed, made once.
struct Enrolled {
    Enrolled() {
        World world;
        const auto home = must(world.create());
        participant = consentedPerson(*home);
        disk = world.snapshot();
    }
    people::Participant participant;
    Snapshot disk;
};

const Enrolled& enrolled() {
    static const Enrolled kEnrolled;
    return kEnrolled;
}

/// Ten seconds in which no two places sound alike for a second.
const Samples& tone() {
    static const Samples kTone = chirp(48'000 * 10);
    return kTone;
}

/// An interview that is being recorded, in a home that can be locked around it.
struct Running : World {
    Running() : World(enrolled().disk) {
        home = must(unlock());
        participant = enrolled().participant;
        live = must(LiveSession::begin(*home, participant, true));
        must(live->record());
        say(kBeforeMs);
    }
    Path log() const { return kHome / "sessions" / (live->id().toString().toStdString() + ".session"); }
    /// Goes on where it stopped, as a voice does.
    Result<> trySaying(int milliseconds) {
        const auto part = std::span(tone()).subspan(static_cast<std::size_t>(spoken) * 48);
        for (int at = 0; at < milliseconds; at += 20)
            SOTTO_TRY(live->feed(part.subspan(static_cast<std::size_t>(at) * 48, 20 * 48)));
        spoken += milliseconds;
        return {};
    }
    void say(int milliseconds) { must(trySaying(milliseconds)); }
    void lockHome() {
        live->detach();
        home.reset();
    }
    Result<> unlockAround(std::string_view passphrase = kPassphrase) {
        SOTTO_ASSIGN(auto keys, keyring::Keyring::unlock(files, kHome, viewOf(passphrase), clock, cheapOptions()));
        SOTTO_ASSIGN(auto again, Home::unlockAgain(files, kHome, std::move(keys), live->hold(), clock));
        SOTTO_TRY(live->attach(*again));
        home = std::move(again);
        return {};
    }
    [[nodiscard]] std::vector<recording::Segment> segments() {
        return must(recording::mapAudio(must(recordsOf(*home, live->id())).log)).segments;
    }
    [[nodiscard]] Samples heard() {
        const auto listening = must(workflow::Listening::open(*home, live->id(), QStringLiteral("a test")));
        Samples all(static_cast<std::size_t>(listening->durationMs()) * 48);
        all.resize(must(listening->read(all)));
        return all;
    }

    static constexpr int kBeforeMs = 1300;
    std::unique_ptr<Home> home;
    people::Participant participant;
    std::unique_ptr<LiveSession> live;
    int spoken = 0;
};

}  // namespace

class TestLockedInterview : public QObject {
    Q_OBJECT

private slots:
    void notASampleIsLostByLockingAndUnlocking();
    void whileLockedNothingIsSaidOfItButItCanBeStopped();
    void aSecondProgramIsKeptOutWhileItIsLocked();
    void unlockingLeavesTheRunningLogAndItsRowAlone();
    void aWrongPassphraseChangesNothing();
    void whoMayNotReadSessionsCannotTakeItUp();
    void theMicrophoneMayGoAndComeBack();
    void aWithdrawnConsentKeepsTheMicrophoneShutWhileLocked();
    void aKillWhileLockedIsABreakAsAnyOther();
    void aPowerCutWhileLockedKeepsWhatWasSynced();
    void aLogFromBeforeTheLockIsNoticed();
    void aFullDiskWhileLockedKeepsWhatWasRecordedAndLetsPeopleIn();
    void unlockingAroundItLivesThroughEveryFault_data();
    void unlockingAroundItLivesThroughEveryFault();
};

void TestLockedInterview::notASampleIsLostByLockingAndUnlocking() {
    Running world;
    world.lockHome();
    QVERIFY(world.live->isRecording());
    world.say(1500);
    VERIFY_OK(world.unlockAround());
    QVERIFY(world.home->isInterviewing());
    world.say(700);
    VERIFY_OK(world.live->commit(note(QStringLiteral("after"))));
    VERIFY_OK(world.live->end());
    const auto segments = world.segments();
    QCOMPARE(segments.size(), std::size_t{1});
    QCOMPARE(segments.front().durationMs(), std::int64_t{3500});
    const Samples heard = world.heard();
    for (std::size_t at = 0; at + 24'000 <= heard.size(); at += 24'000) {
        const auto lag = lagOf(tone(), heard, at, 24'000, 60);
        QVERIFY2(std::abs(lag.samples) <= 4 && lag.correlation > 0.9,
                 qPrintable(QStringLiteral("at %1: lag %2, %3").arg(at).arg(lag.samples).arg(lag.correlation)));
    }
    QCOMPARE(must(recordsOf(*world.home, world.live->id())).events.back().offset.ms, std::int64_t{3500});
    VERIFY_OK(workflow::sealSession(*world.home, world.live->id()));
}

void TestLockedInterview::whileLockedNothingIsSaidOfItButItCanBeStopped() {
    Running world;
    VERIFY_OK(world.live->commit(note(QStringLiteral("before"))));
    world.lockHome();
    QVERIFY(world.live->isDetached());
    VERIFY_FAILS(world.live->commit(note(QStringLiteral("not now"))), ErrorCode::Locked);
    VERIFY_FAILS(world.live->commitAt(note(QStringLiteral("nor then")), {100}), ErrorCode::Locked);
    VERIFY_FAILS(world.live->amend(1, note(QStringLiteral("other words"))), ErrorCode::Locked);
    VERIFY_FAILS(world.live->correct(1), ErrorCode::Locked);
    VERIFY_FAILS(world.live->stop(), ErrorCode::Locked);
    VERIFY_FAILS(world.live->end(), ErrorCode::Locked);
    QVERIFY(world.live->isRecording());
    VERIFY_OK(world.live->goOffRecord());
    QVERIFY(!world.live->isRecording());
    VERIFY_OK(world.unlockAround());
    VERIFY_OK(world.live->end());
    const auto events = must(recordsOf(*world.home, world.live->id())).events;
    QVERIFY(events.size() == 2 && events[1].kind == EventKind::OffRecord);
    QCOMPARE(world.segments().front().ending, SegmentEnding::OffRecord);
}

void TestLockedInterview::aSecondProgramIsKeptOutWhileItIsLocked() {
    Running world;
    world.lockHome();
    VERIFY_FAILS(world.unlock(), ErrorCode::Busy);
    world.say(500);
    VERIFY_OK(world.unlockAround());
    VERIFY_FAILS(world.unlock(), ErrorCode::Busy);
    world.lockHome();
    world.live.reset();
    VERIFY_OK(world.unlock());
}

void TestLockedInterview::unlockingLeavesTheRunningLogAndItsRowAlone() {
    Running world;
    const auto row = must(rowOf(*world.home, world.live->id()));
    world.lockHome();
    world.say(500);
    const Bytes before = world.files.content(world.log());
    const QStringList names = filesBelow(world.files, kHome);
    VERIFY_OK(world.unlockAround());
    QVERIFY(world.files.content(world.log()) == before);
    QCOMPARE(filesBelow(world.files, kHome), names);
    QCOMPARE(world.home->recovery().sessionsInterrupted, 0);
    const auto after = must(rowOf(*world.home, world.live->id()));
    QVERIFY(after.state == SessionState::Open && !after.anchor && after.number == row.number);
    VERIFY_FAILS(world.home->refuseDuringInterview(), ErrorCode::NotAllowed);
    VERIFY_OK(world.live->end());
    QVERIFY(!world.home->isInterviewing());
}

void TestLockedInterview::aWrongPassphraseChangesNothing() {
    Running world;
    world.lockHome();
    for (int i = 0; i < 5; ++i) {
        VERIFY_FAILS(world.unlockAround("not these words"), ErrorCode::WrongPassphrase);
        world.say(100);
    }
    VERIFY_FAILS(world.unlockAround(), ErrorCode::TooManyAttempts);
    QVERIFY(world.live->isDetached() && world.live->isRecording());
    world.clock.advance(31'000);
    VERIFY_OK(world.unlockAround());
    VERIFY_OK(world.live->end());
    QCOMPARE(world.segments().front().durationMs(), std::int64_t{Running::kBeforeMs + 500});
}

void TestLockedInterview::whoMayNotReadSessionsCannotTakeItUp() {
    Running world;
    VERIFY_OK(world.live->end());
    must(workflow::addPerson(*world.home, QStringLiteral("Assistant"), viewOf(kAssistant),
                             {keyring::Compartment::Outbox}, cheapOptions()));
    world.live = must(LiveSession::begin(*world.home, world.participant, true));
    VERIFY_OK(world.live->record());
    world.lockHome();
    VERIFY_FAILS(world.unlockAround(kAssistant), ErrorCode::NotAllowed);
    QVERIFY(world.live->isDetached());
    world.say(200);
    VERIFY_OK(world.unlockAround());
    VERIFY_OK(world.live->end());
    QCOMPARE(world.segments().front().durationMs(), std::int64_t{200});
}

void TestLockedInterview::theMicrophoneMayGoAndComeBack() {
    Running world;
    world.lockHome();
    VERIFY_OK(world.live->loseMicrophone());
    VERIFY_OK(world.live->record());
    world.say(400);
    VERIFY_OK(world.unlockAround());
    VERIFY_OK(world.live->end());
    const auto segments = world.segments();
    QCOMPARE(segments.size(), std::size_t{2});
    QVERIFY(segments[0].ending == SegmentEnding::Device && segments[1].durationMs() == 400);
    const auto events = must(recordsOf(*world.home, world.live->id())).events;
    QVERIFY(events.size() == 1 && events.front().kind == EventKind::Resume);
}

void TestLockedInterview::aWithdrawnConsentKeepsTheMicrophoneShutWhileLocked() {
    Running world;
    VERIFY_OK(world.live->loseMicrophone());
    must(giveConsent(*world.home, world.participant, consentItems(false)));
    world.lockHome();
    VERIFY_FAILS(world.live->record(), ErrorCode::Locked);
    QVERIFY(!world.live->isRecording());
    VERIFY_OK(world.unlockAround());
    VERIFY_FAILS(world.live->record(), ErrorCode::ConsentMissing);
}

void TestLockedInterview::aKillWhileLockedIsABreakAsAnyOther() {
    Running world;
    world.lockHome();
    world.say(900);
    World after(world.snapshot());
    const auto home = must(after.unlock());
    QCOMPARE(home->recovery().sessionsInterrupted, 1);
    const auto live = must(LiveSession::resume(*home, world.live->id()));
    QVERIFY(live->position().ms >= Running::kBeforeMs + 900 - 250);
    VERIFY_OK(live->record());
    VERIFY_OK(live->feed(voice(200)));
    VERIFY_OK(live->end());
    const auto segments = must(recording::mapAudio(must(recordsOf(*home, live->id())).log)).segments;
    QCOMPARE(segments.size(), std::size_t{2});
    QCOMPARE(segments.front().ending, SegmentEnding::Interrupted);
}

void TestLockedInterview::aPowerCutWhileLockedKeepsWhatWasSynced() {
    using Loss = FaultFileSystem::Loss;
    for (const Loss loss : {Loss::All, Loss::OddOnes, Loss::TornAt512, Loss::Reordered}) {
        Running world;
        world.lockHome();
        world.say(2300);
        const RecordedOffset synced = world.live->synced();
        QVERIFY2(synced.ms >= 2900, qPrintable(QString::number(synced.ms)));
        world.files.cutPower(loss);
        const SessionId id = world.live->id();
        world.live.reset();
        world.home = must(world.unlock());
        QCOMPARE(world.home->recovery().sessionsInterrupted, 1);
        world.live = must(LiveSession::resume(*world.home, id));
        QVERIFY2(world.live->position() >= synced, qPrintable(QString::number(world.live->position().ms)));
        VERIFY_OK(world.live->end());
        VERIFY_OK(workflow::sealSession(*world.home, id));
    }
}

void TestLockedInterview::aLogFromBeforeTheLockIsNoticed() {
    Running world;
    const Bytes old = world.files.content(world.log());
    world.say(1100);
    world.lockHome();
    world.files.setContent(world.log(), old);
    World after(world.snapshot());
    const auto home = must(after.unlock());
    VERIFY_FAILS(LiveSession::resume(*home, world.live->id()), ErrorCode::Damaged);
}

void TestLockedInterview::aFullDiskWhileLockedKeepsWhatWasRecordedAndLetsPeopleIn() {
    Running world;
    world.lockHome();
    std::uint64_t used = 0;
    for (const Path& path : world.files.paths())
        used += world.files.content(path).size();
    world.files.setCapacity(used + (8U << 20));  // the ballast's room
    world.files.resetOperations();
    world.files.failAt(1, false, ErrorCode::NoSpace);  // gives back what the recorder had reserved ahead
    VERIFY_FAILS(world.trySaying(2000), ErrorCode::NoSpace);
    world.files.clearFaults();
    QVERIFY(!world.live->isRecording());
    VERIFY_OK(world.unlockAround());
    VERIFY_OK(world.live->end());
    QVERIFY(world.segments().front().durationMs() >= 980);
}

void TestLockedInterview::unlockingAroundItLivesThroughEveryFault_data() {
    addFaultRows();
}

void TestLockedInterview::unlockingAroundItLivesThroughEveryFault() {
    QFETCH(const bool, forGood);
    QFETCH(const int, code);
    for (EveryFault fault(forGood, static_cast<ErrorCode>(code)); fault.next();) {
        Running world;
        world.lockHome();
        const auto unlocked = fault.during(world.files, [&] { return world.unlockAround(); });
        QVERIFY2(world.live->isRecording(), fault.at());
        QVERIFY2(world.trySaying(300).has_value(), fault.at());
        if (!unlocked) {
            const auto again = world.unlockAround();
            QVERIFY2(again.has_value(), fault.at(describe(again)));
        }
        QVERIFY2(world.live->commit(note(QStringLiteral("here"))).has_value(), fault.at());
        if (!world.live->end()) {
            // A vault whose write and way back both failed takes no more; opened anew it does.
            world.lockHome();
            QVERIFY2(world.unlockAround().has_value(), fault.at());
            QVERIFY2(world.live->end().has_value(), fault.at());
        }
        QCOMPARE(world.segments().size(), std::size_t{1});
        QCOMPARE(world.segments().front().durationMs(), std::int64_t{Running::kBeforeMs + 300});
    }
}

QTEST_GUILESS_MAIN(TestLockedInterview)
#include "tst_locked_interview.moc"
