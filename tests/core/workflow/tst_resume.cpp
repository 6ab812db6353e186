// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "core/workflow/workflow_fixture.h"
#include "support/every_fault.h"
#include "vault/audit.h"

using namespace sotto;
using namespace sotto::test;
using interview::EventKind;
using interview::SessionState;
using recording::SegmentEnding;

namespace {

constexpr std::int64_t kBeforeMs = 1100;

/// A tablet whose program was killed in the middle of an interview: the disk as it was then.
struct BrokenOff {
    explicit BrokenOff(bool audio = true, bool stopped = false) {
        World world;
        const auto home = must(world.create());
        participant = consentedPerson(*home, consentItems(audio));
        const auto live = must(LiveSession::begin(*home, participant, true));
        session = live->id();
        must(live->commit(ask(QStringLiteral("recovery-story"))));
        if (audio) {
            must(live->record());
            must(speak(*live, kBeforeMs));
        }
        must(live->commit(note(QStringLiteral("before the kill"))));
        if (stopped) must(live->stop());
        disk = world.snapshot();
    }
    people::Participant participant;
    SessionId session;
    Snapshot disk;
};

const BrokenOff& recorded() {
    static const BrokenOff kRecorded;
    return kRecorded;
}

std::vector<EventKind> kindsOf(const std::vector<interview::Event>& events) {
    std::vector<EventKind> kinds;
    for (const auto& event : events)
        kinds.push_back(event.kind);
    return kinds;
}

std::vector<recording::Segment> segmentsOf(Home& home, const SessionId& id) {
    return must(recording::mapAudio(must(recordsOf(home, id)).log)).segments;
}

}  // namespace

class TestResume : public QObject {
    Q_OBJECT

private slots:
    void goingOnKeepsNumberRowEventsAndOffsets();
    void aSessionThatWasLeftWithoutEndGoesOnInTheSameRun();
    void withoutAFurtherRecordingItCanBeEndedAndSealed();
    void anEndedOrSealedSessionDoesNotGoOn();
    void aRunningSessionDoesNotGoOnTwice();
    void whoNoLongerTakesPartIsNotInterviewedFurther();
    void aLaterNoToAudioKeepsTheMicrophoneShut();
    void aLaterYesToAudioOpensNoNotesOnlySession();
    void aLogFromBeforeIsNoticed();
    void aDamagedLogIsRefusedUntouched();
    void aStoppedSessionWaitsForItsWrapUpAfterAKill();
    void recordingAfterAStopCountsAsBrokenOffAgain();
    void goingOnLivesThroughEveryFault_data();
    void goingOnLivesThroughEveryFault();
};

void TestResume::goingOnKeepsNumberRowEventsAndOffsets() {
    World world(recorded().disk);
    const auto home = must(world.unlock());
    QCOMPARE(home->recovery().sessionsInterrupted, 1);
    const auto before = must(rowOf(*home, recorded().session));
    QCOMPARE(before.state, SessionState::Interrupted);
    const auto live = must(LiveSession::resume(*home, recorded().session));
    QVERIFY(live->id() == recorded().session && live->hasAudio() && !live->isRecording());
    QVERIFY(live->hasRecordedBefore());
    QCOMPARE(live->eventCount(), std::uint64_t{2});
    QCOMPARE(live->currentQuestion(), QStringLiteral("recovery-story"));
    QVERIFY(kindsOf(live->events()) == (std::vector{EventKind::Ask, EventKind::Note}));
    const auto resumedAt = live->position();
    QVERIFY2(resumedAt.ms >= 980 && resumedAt.ms <= kBeforeMs, qPrintable(QString::number(resumedAt.ms)));
    VERIFY_OK(live->record());
    VERIFY_OK(speak(*live, 400));
    VERIFY_OK(live->commit(note(QStringLiteral("after the kill"))));
    VERIFY_OK(live->end());
    const auto row = must(rowOf(*home, recorded().session));
    QVERIFY(row.number == before.number && row.logName == before.logName && row.logId == before.logId);
    QVERIFY(row.state == SessionState::Open && row.anchor.has_value());
    const auto segments = segmentsOf(*home, recorded().session);
    QCOMPARE(segments.size(), std::size_t{2});
    QVERIFY(segments[0].ending == SegmentEnding::Interrupted && segments[0].durationMs() == resumedAt.ms);
    QVERIFY(segments[1].ending == SegmentEnding::End && segments[1].durationMs() == 400);
    const auto events = must(recordsOf(*home, recorded().session)).events;
    QVERIFY(kindsOf(events) == (std::vector{EventKind::Ask, EventKind::Note, EventKind::Resume, EventKind::Note}));
    QCOMPARE(events[2].offset.ms, segments[1].start().ms);
    QCOMPARE(events[3].offset.ms, segments[1].start().ms + 400);
    QCOMPARE(events[3].number, std::uint64_t{4});
    const auto trail = must(vault::AuditTrail(home->sessions()).entries());
    QVERIFY(std::any_of(trail.begin(), trail.end(), [](const auto& entry) {
        return entry.action == u"session.resumed" &&
               entry.details[QStringLiteral("session")].toString() == recorded().session.toString();
    }));
}

void TestResume::aSessionThatWasLeftWithoutEndGoesOnInTheSameRun() {
    World world;
    const auto home = must(world.create());
    const auto participant = consentedPerson(*home);
    auto live = must(LiveSession::begin(*home, participant, true));
    const SessionId id = live->id();
    must(live->record());
    must(speak(*live, 600));
    live.reset();
    QVERIFY(!home->isInterviewing());
    live = must(LiveSession::resume(*home, id));
    QVERIFY(home->isInterviewing());
    VERIFY_OK(live->record());
    VERIFY_OK(speak(*live, 200));
    VERIFY_OK(live->end());
    QVERIFY(!home->isInterviewing());
    QCOMPARE(segmentsOf(*home, id).size(), std::size_t{2});
}

void TestResume::withoutAFurtherRecordingItCanBeEndedAndSealed() {
    World world(recorded().disk);
    const auto home = must(world.unlock());
    const auto live = must(LiveSession::resume(*home, recorded().session));
    VERIFY_OK(live->end());
    const auto report = must(workflow::sealSession(*home, recorded().session));
    QVERIFY(report.recordedMs >= 980);
    QCOMPARE(segmentsOf(*home, recorded().session).front().ending, SegmentEnding::Interrupted);
}

void TestResume::anEndedOrSealedSessionDoesNotGoOn() {
    World world(recorded().disk);
    const auto home = must(world.unlock());
    VERIFY_FAILS(LiveSession::resume(*home, SessionId::random()), ErrorCode::NotFound);
    must(must(LiveSession::resume(*home, recorded().session))->end());
    VERIFY_FAILS(LiveSession::resume(*home, recorded().session), ErrorCode::NotAllowed);
    QVERIFY(!home->isInterviewing());
    must(workflow::sealSession(*home, recorded().session));
    VERIFY_FAILS(LiveSession::resume(*home, recorded().session), ErrorCode::NotAllowed);
}

void TestResume::aRunningSessionDoesNotGoOnTwice() {
    World world(recorded().disk);
    const auto home = must(world.unlock());
    const auto live = must(LiveSession::resume(*home, recorded().session));
    VERIFY_FAILS(LiveSession::resume(*home, recorded().session), ErrorCode::Busy);
    QVERIFY(home->isInterviewing());
    VERIFY_OK(live->record());
}

void TestResume::whoNoLongerTakesPartIsNotInterviewedFurther() {
    World world(recorded().disk);
    const auto home = must(world.unlock());
    auto items = consentItems();
    items[QStringLiteral("take-part")] = false;
    must(giveConsent(*home, recorded().participant, items));
    VERIFY_FAILS(LiveSession::resume(*home, recorded().session), ErrorCode::ConsentMissing);
    QCOMPARE(must(rowOf(*home, recorded().session)).state, SessionState::Interrupted);
}

void TestResume::aLaterNoToAudioKeepsTheMicrophoneShut() {
    World world(recorded().disk);
    const auto home = must(world.unlock());
    must(giveConsent(*home, recorded().participant, consentItems(false)));
    const auto live = must(LiveSession::resume(*home, recorded().session));
    VERIFY_FAILS(live->record(), ErrorCode::ConsentMissing);
    QVERIFY(!live->isRecording());
    VERIFY_FAILS(live->feed(voice(20)), ErrorCode::NotAllowed);
    VERIFY_OK(live->commit(note(QStringLiteral("by hand"))));
    VERIFY_OK(live->end());
}

void TestResume::aLaterYesToAudioOpensNoNotesOnlySession() {
    const BrokenOff notesOnly(false);
    World world(notesOnly.disk);
    const auto home = must(world.unlock());
    must(giveConsent(*home, notesOnly.participant, consentItems(true)));
    const auto live = must(LiveSession::resume(*home, notesOnly.session));
    QVERIFY(!live->hasAudio());
    VERIFY_FAILS(live->record(), ErrorCode::ConsentMissing);
    VERIFY_OK(live->commit(note(QStringLiteral("by hand"))));
    VERIFY_OK(live->end());
    QVERIFY(segmentsOf(*home, notesOnly.session).empty());
}

void TestResume::aLogFromBeforeIsNoticed() {
    World world(recorded().disk);
    const Path log = kHome / "sessions" / (recorded().session.toString().toStdString() + ".session");
    const Bytes old = world.files.content(log);
    {
        const auto home = must(world.unlock());
        const auto live = must(LiveSession::resume(*home, recorded().session));
        must(live->record());
        must(speak(*live, 1100));
        must(live->pause());  // anchored
    }
    world.files.setContent(log, old);
    const auto home = must(world.unlock());
    VERIFY_FAILS(LiveSession::resume(*home, recorded().session), ErrorCode::Damaged);
}

void TestResume::aDamagedLogIsRefusedUntouched() {
    World world(recorded().disk);
    const Path log = kHome / "sessions" / (recorded().session.toString().toStdString() + ".session");
    Bytes bytes = world.files.content(log);
    bytes[sealedlog::kRecordsStart + 200] ^= 1;
    world.files.setContent(log, bytes);
    const auto home = must(world.unlock());
    VERIFY_FAILS(LiveSession::resume(*home, recorded().session), ErrorCode::Damaged);
    QVERIFY(world.files.content(log) == bytes);
    QVERIFY(!home->isInterviewing());
}

void TestResume::aStoppedSessionWaitsForItsWrapUpAfterAKill() {
    const BrokenOff stopped(true, true);
    World world(stopped.disk);
    const auto home = must(world.unlock());
    QCOMPARE(home->recovery().sessionsInterrupted, 0);
    const auto row = must(rowOf(*home, stopped.session));
    QVERIFY(row.state == SessionState::Open && row.anchor.has_value());
    const auto live = must(LiveSession::resume(*home, stopped.session));
    QCOMPARE(live->position().ms, kBeforeMs);
    interview::Event mark;
    mark.kind = EventKind::Mark;
    mark.text = QStringLiteral("what it meant");
    VERIFY_OK(live->commitAt(mark, {500}));
    VERIFY_OK(live->end());
    VERIFY_OK(workflow::sealSession(*home, stopped.session));
    QCOMPARE(segmentsOf(*home, stopped.session).front().ending, SegmentEnding::End);
}

void TestResume::recordingAfterAStopCountsAsBrokenOffAgain() {
    const BrokenOff stopped(true, true);
    World world(stopped.disk);
    Snapshot killed;
    {
        const auto home = must(world.unlock());
        const auto live = must(LiveSession::resume(*home, stopped.session));
        VERIFY_OK(live->record());
        VERIFY_OK(speak(*live, 1000));
        killed = world.snapshot();
    }
    World after(killed);
    const auto home = must(after.unlock());
    QCOMPARE(home->recovery().sessionsInterrupted, 1);
    QVERIFY(!must(rowOf(*home, stopped.session)).anchor);
    VERIFY_OK(LiveSession::resume(*home, stopped.session));
}

void TestResume::goingOnLivesThroughEveryFault_data() {
    addFaultRows();
}

void TestResume::goingOnLivesThroughEveryFault() {
    QFETCH(const bool, forGood);
    QFETCH(const int, code);
    for (EveryFault fault(forGood, static_cast<ErrorCode>(code)); fault.next();) {
        World world(recorded().disk);
        bool noted = false;
        std::int64_t syncedMs = 0;
        {
            const auto home = must(world.unlock());
            const auto goOn = [&]() -> Result<> {
                SOTTO_ASSIGN(const auto live, LiveSession::resume(*home, recorded().session));
                SOTTO_TRY(live->record());
                // Until something of it is on the disk, the place where a segment begins says nothing.
                const RecordedOffset start = live->position();
                const Result<> spoken = speak(*live, 1100);
                if (live->synced() > start) syncedMs = live->synced().ms;
                SOTTO_TRY(spoken);
                SOTTO_TRY(live->commit(note(QStringLiteral("after"))));
                noted = true;
                return {};
            };
            // Whether it failed is told by what is there afterwards: some faults are no failure (an anchor).
            static_cast<void>(fault.during(world.files, goOn));
            QVERIFY2(!home->isInterviewing(), fault.at());
        }
        const auto home = must(world.unlock());
        const auto records = must(recordsOf(*home, recorded().session));
        QVERIFY2(records.log.integrity() != sealedlog::Integrity::Damaged, fault.at());
        QVERIFY2(records.events.size() >= 2 && records.events[1].text == u"before the kill", fault.at());
        const auto audio = must(recording::mapAudio(records.log));
        QVERIFY2(audio.durationMs() >= std::max<std::int64_t>(980, syncedMs), fault.at());
        QVERIFY2(audio.segments.front().ending == SegmentEnding::Interrupted, fault.at());
        if (noted) QVERIFY2(records.events.back().text == u"after", fault.at());
        const auto live = LiveSession::resume(*home, recorded().session);
        QVERIFY2(live.has_value(), fault.at(describe(live)));
        QVERIFY2((*live)->record().has_value(), fault.at());
        QVERIFY2((*live)->end().has_value(), fault.at());
        QVERIFY2(workflow::sealSession(*home, recorded().session).has_value(), fault.at());
    }
}

QTEST_GUILESS_MAIN(TestResume)
#include "tst_resume.moc"
