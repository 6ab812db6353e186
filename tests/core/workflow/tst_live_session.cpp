// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "core/workflow/workflow_fixture.h"
#include "vault/audit.h"
#include "workflow/session_plan.h"

using namespace sotto;
using namespace sotto::test;
using interview::EventKind;
using recording::SegmentEnding;

namespace {

constexpr std::uint64_t kBallast = 8U << 20;

/// A home, a participant who agreed, and an interview that has begun.
struct Running : World {
    explicit Running(bool audio = true) {
        home = must(create());
        participant = consentedPerson(*home, consentItems(audio));
        live = must(LiveSession::begin(*home, participant, true));
    }
    [[nodiscard]] std::uint64_t used() const {
        std::uint64_t sum = 0;
        for (const Path& path : files.paths())
            sum += files.content(path).size();
        return sum;
    }
    /// From now on there is no room but the ballast's. A write that fails first makes the log give back what the
    /// recorder had reserved ahead.
    void fillDisk() {
        files.setCapacity(used() + kBallast);
        files.resetOperations();
        files.failAt(1, false, ErrorCode::NoSpace);
        SOTTO_CHECK(!live->commit(note(QStringLiteral("no room for this"))));
        files.clearFaults();
        SOTTO_CHECK(!live->commit(note(QStringLiteral("nor for this"))));
    }
    [[nodiscard]] interview::SessionRecords records() { return must(recordsOf(*home, live->id())); }
    [[nodiscard]] std::vector<recording::Segment> segments() {
        return must(recording::mapAudio(records().log)).segments;
    }
    [[nodiscard]] std::vector<EventKind> kinds() {
        std::vector<EventKind> all;
        for (const auto& event : records().events)
            all.push_back(event.kind);
        return all;
    }
    std::unique_ptr<Home> home;
    people::Participant participant;
    std::unique_ptr<LiveSession> live;
};

bool isAudio(const sealedlog::RecordInfo& record) {
    return record.type >= static_cast<std::uint16_t>(interview::RecordType::SegmentStart) &&
           record.type <= static_cast<std::uint16_t>(interview::RecordType::SegmentEnd);
}

}  // namespace

class TestLiveSession : public QObject {
    Q_OBJECT

private slots:
    void withoutConsentNothingBegins();
    void aRefusalToTakePartBeginsNothing();
    void aLaterRefusalCounts();
    void aPlanSaysWhatItWouldBeAndWritesNothing();
    void withoutRoomForSoundNothingBegins();
    void withoutConsentToAudioTheSessionIsNotesOnly();
    void pausesMakeSegmentsAndEvents();
    void aLostMicrophoneLeavesAMarkedGap();
    void offTheRecordWhilePausedIsSaidToo();
    void eventsThatTheStudyLacksAreRefused();
    void eventsStandAtTheirOffsets();
    void feedingWhilePausedIsRefused();
    void endingTwiceDoesNoHarm();
    void theRowAndTheAuditTrailKnowTheSession();
    void aFullDiskKeepsWhatWasRecordedAndEndsInOrder();
    void endOnAFullDiskKeepsTheLastSamples();
    void offTheRecordOnAFullDiskStopsAndIsSaid();
    void aNoInThePauseKeepsItFromGoingOn();
    void aFailedResumeRecordsNothing();
    void recordingGoesOnAfterRoomWasMade();
};

void TestLiveSession::withoutConsentNothingBegins() {
    World world;
    const auto home = must(world.create());
    const auto participant = must(enrolPerson(*home));
    VERIFY_FAILS(LiveSession::begin(*home, participant, true), ErrorCode::ConsentMissing);
    QCOMPARE(filesBelow(world.files, kHome / "sessions"), QStringList());
}

void TestLiveSession::aRefusalToTakePartBeginsNothing() {
    World world;
    const auto home = must(world.create());
    auto items = consentItems();
    items[QStringLiteral("take-part")] = false;
    const auto participant = consentedPerson(*home, items);
    VERIFY_FAILS(LiveSession::begin(*home, participant, true), ErrorCode::ConsentMissing);
    QCOMPARE(filesBelow(world.files, kHome / "sessions"), QStringList());
}

void TestLiveSession::aLaterRefusalCounts() {
    World world;
    const auto home = must(world.create());
    const auto participant = consentedPerson(*home);
    must(giveConsent(*home, participant, consentItems(false)));
    QVERIFY(!must(LiveSession::begin(*home, participant, true))->hasAudio());
}

void TestLiveSession::aPlanSaysWhatItWouldBeAndWritesNothing() {
    World world;
    const auto home = must(world.create());
    VERIFY_FAILS(workflow::planSession(*home, must(enrolPerson(*home))), ErrorCode::ConsentMissing);
    for (const bool audio : {true, false}) {
        const auto participant = consentedPerson(*home, consentItems(audio));
        const Snapshot before = world.snapshot();
        const auto plan = must(workflow::planSession(*home, participant));
        QVERIFY(plan.hasAudio == audio && !home->isInterviewing());
        QVERIFY(world.snapshot() == before);
        const auto live = must(LiveSession::begin(*home, participant, true));
        QVERIFY(live->hasAudio() == audio && live->guide().role == plan.guide->role);
    }
}

void TestLiveSession::withoutRoomForSoundNothingBegins() {
    World world;
    const auto home = must(world.create());
    const auto participant = consentedPerson(*home);
    std::uint64_t used = 0;
    for (const auto& [path, bytes] : world.snapshot())
        used += bytes.size();
    world.files.setCapacity(used + kBallast + (256U << 10));  // ten minutes need ten times that
    const Snapshot before = world.snapshot();
    VERIFY_FAILS(LiveSession::begin(*home, participant, true), ErrorCode::NoSpace);
    QVERIFY(world.snapshot() == before && !home->isInterviewing());
    must(giveConsent(*home, participant, consentItems(false)));
    VERIFY_OK(LiveSession::begin(*home, participant, true));  // notes need no such room
}

void TestLiveSession::withoutConsentToAudioTheSessionIsNotesOnly() {
    Running world(false);
    QVERIFY(!world.live->hasAudio());
    VERIFY_FAILS(world.live->record(), ErrorCode::ConsentMissing);
    VERIFY_FAILS(world.live->feed(voice(20)), ErrorCode::ConsentMissing);
    interview::Event late = note(QStringLiteral("said without a microphone"));
    late.offset = {5000};
    VERIFY_OK(world.live->commit(late));
    VERIFY_OK(world.live->pause());
    VERIFY_OK(world.live->goOffRecord());
    VERIFY_OK(world.live->end());
    const auto records = world.records();
    QVERIFY(records.log.isFinal());
    QVERIFY(std::none_of(records.log.records().begin(), records.log.records().end(), isAudio));
    QVERIFY(world.kinds() == (std::vector{EventKind::Note, EventKind::Pause, EventKind::OffRecord}));
    QVERIFY2(records.events.front().offset.ms == 0, "an offset into a recording that is not there");
    const auto report = must(workflow::sealSession(*world.home, world.live->id()));
    QCOMPARE(report.recordedMs, std::int64_t{0});
}

void TestLiveSession::pausesMakeSegmentsAndEvents() {
    Running world;
    VERIFY_OK(world.live->record());
    VERIFY_OK(speak(*world.live, 500));
    VERIFY_OK(world.live->pause());
    VERIFY_OK(world.live->record());
    VERIFY_OK(speak(*world.live, 300));
    VERIFY_OK(world.live->goOffRecord());
    VERIFY_OK(world.live->record());
    VERIFY_OK(speak(*world.live, 200));
    VERIFY_OK(world.live->end());
    const auto segments = world.segments();
    QCOMPARE(segments.size(), std::size_t{3});
    QVERIFY(segments[0].ending == SegmentEnding::Pause && segments[0].durationMs() == 500);
    QVERIFY(segments[1].ending == SegmentEnding::OffRecord && segments[1].durationMs() == 300);
    QVERIFY(segments[2].ending == SegmentEnding::End && segments[2].durationMs() == 200);
    QVERIFY(world.kinds() ==
            (std::vector{EventKind::Pause, EventKind::Resume, EventKind::OffRecord, EventKind::Resume}));
    const auto events = world.records().events;
    QCOMPARE(events[0].offset.ms, segments[0].start().ms + 500);
    QCOMPARE(events[1].offset.ms, segments[1].start().ms);
    QCOMPARE(events[3].offset.ms, segments[2].start().ms);
}

void TestLiveSession::aLostMicrophoneLeavesAMarkedGap() {
    Running world;
    VERIFY_OK(world.live->record());
    VERIFY_OK(speak(*world.live, 500));
    VERIFY_OK(world.live->loseMicrophone());
    QVERIFY(!world.live->isRecording());
    VERIFY_OK(world.live->loseMicrophone());  // twice does no harm
    VERIFY_OK(world.live->record());
    VERIFY_OK(speak(*world.live, 300));
    VERIFY_OK(world.live->end());
    const auto segments = world.segments();
    QCOMPARE(segments.size(), std::size_t{2});
    QVERIFY(segments[0].ending == SegmentEnding::Device && segments[0].durationMs() == 500);
    QVERIFY(segments[1].ending == SegmentEnding::End && segments[1].durationMs() == 300);
    QVERIFY(world.kinds() == (std::vector{EventKind::Resume}));
}

void TestLiveSession::offTheRecordWhilePausedIsSaidToo() {
    Running world;
    VERIFY_OK(world.live->record());
    VERIFY_OK(speak(*world.live, 100));
    VERIFY_OK(world.live->pause());
    VERIFY_OK(world.live->goOffRecord());
    VERIFY_OK(world.live->end());
    QVERIFY(world.kinds() == (std::vector{EventKind::Pause, EventKind::OffRecord}));
    QCOMPARE(world.segments().size(), std::size_t{1});
}

void TestLiveSession::eventsThatTheStudyLacksAreRefused() {
    Running world;
    VERIFY_FAILS(world.live->commit(ask(QStringLiteral("no-such-question"))), ErrorCode::InvalidArgument);
    interview::Event code;
    code.kind = EventKind::Code;
    code.id = QStringLiteral("no-such-code");
    VERIFY_FAILS(world.live->commit(code), ErrorCode::InvalidArgument);
    QCOMPARE(world.live->eventCount(), std::uint64_t{0});
    VERIFY_OK(world.live->commit(ask(QStringLiteral("recovery-story"))));
    QCOMPARE(world.live->eventCount(), std::uint64_t{1});
}

void TestLiveSession::eventsStandAtTheirOffsets() {
    Running world;
    VERIFY_OK(world.live->record());
    for (const int part : {100, 260, 400}) {
        VERIFY_OK(speak(*world.live, part));
        world.clock.advance(part);
        interview::Event event = note(QStringLiteral("here"));
        event.offset = {999'999};
        VERIFY_OK(world.live->commit(event));
    }
    const auto events = world.records().events;
    QCOMPARE(events[0].offset.ms, std::int64_t{100});
    QCOMPARE(events[1].offset.ms, std::int64_t{360});
    QCOMPARE(events[2].offset.ms, std::int64_t{760});
    QCOMPARE(events[2].at.utcMs, world.clock.now().utcMs);
}

void TestLiveSession::feedingWhilePausedIsRefused() {
    Running world;
    VERIFY_FAILS(world.live->feed(voice(20)), ErrorCode::NotAllowed);
    VERIFY_OK(world.live->record());
    VERIFY_FAILS(world.live->record(), ErrorCode::NotAllowed);
    VERIFY_OK(speak(*world.live, 100));
    VERIFY_OK(world.live->pause());
    VERIFY_FAILS(world.live->feed(voice(20)), ErrorCode::NotAllowed);
    VERIFY_OK(world.live->end());
    QCOMPARE(world.segments().size(), std::size_t{1});
}

void TestLiveSession::endingTwiceDoesNoHarm() {
    Running world;
    VERIFY_OK(world.live->record());
    VERIFY_OK(speak(*world.live, 100));
    VERIFY_OK(world.live->end());
    const auto anchor = must(rowOf(*world.home, world.live->id())).anchor;
    VERIFY_OK(world.live->end());
    QVERIFY(anchor.has_value() && must(rowOf(*world.home, world.live->id())).anchor == anchor);
    VERIFY_FAILS(world.live->commit(note(QStringLiteral("too late"))), ErrorCode::NotAllowed);
}

void TestLiveSession::theRowAndTheAuditTrailKnowTheSession() {
    Running world;
    const auto row = must(rowOf(*world.home, world.live->id()));
    QVERIFY(row.participant == world.participant.id);
    QCOMPARE(row.number, std::uint64_t{1});
    QVERIFY(row.practice && row.state == interview::SessionState::Open && !row.anchor);
    const auto last = must(vault::AuditTrail(world.home->sessions()).entries()).back();
    QCOMPARE(last.action, QStringLiteral("session.started"));
    QCOMPARE(last.details[QStringLiteral("session")].toString(), world.live->id().toString());
    QCOMPARE(must(LiveSession::begin(*world.home, world.participant, true))->id() == world.live->id(), false);
    QCOMPARE(must(interview::SessionIndex(world.home->sessions()).all()).size(), std::size_t{2});
}

void TestLiveSession::aFullDiskKeepsWhatWasRecordedAndEndsInOrder() {
    Running world;
    VERIFY_OK(world.live->record());
    VERIFY_OK(speak(*world.live, 1000));
    VERIFY_OK(world.live->commit(note(QStringLiteral("before"))));
    world.fillDisk();
    VERIFY_FAILS(speak(*world.live, 600), ErrorCode::NoSpace);
    VERIFY_FAILS(world.live->feed(voice(20)), ErrorCode::NotAllowed);
    VERIFY_FAILS(world.live->commit(note(QStringLiteral("no room"))), ErrorCode::NoSpace);
    VERIFY_OK(world.live->end());
    const auto records = world.records();
    QVERIFY(records.log.isFinal());
    QCOMPARE(records.log.integrity(), sealedlog::Integrity::Ok);
    QCOMPARE(records.events.size(), std::size_t{1});
    QCOMPARE(world.segments().size(), std::size_t{1});
    // A second was synced; the encoder's look-ahead of it comes out with what follows.
    QVERIFY2(world.segments().front().durationMs() >= 990,
             qPrintable(QString::number(world.segments().front().durationMs())));
    const auto types = records.log.records();
    QVERIFY2(types[types.size() - 2].type == static_cast<std::uint16_t>(interview::RecordType::SegmentEnd),
             "the segment lacks its end");
    QVERIFY2(must(rowOf(*world.home, world.live->id())).anchor == records.log.head(), "the anchor found no room");
}

void TestLiveSession::endOnAFullDiskKeepsTheLastSamples() {
    Running world;
    VERIFY_OK(world.live->record());
    VERIFY_OK(speak(*world.live, 1100));
    world.fillDisk();
    VERIFY_OK(world.live->end());
    QVERIFY(world.records().log.isFinal());
    QCOMPARE(world.segments().back().durationMs(), std::int64_t{1100});
    QCOMPARE(world.segments().back().ending, SegmentEnding::End);
}

void TestLiveSession::offTheRecordOnAFullDiskStopsAndIsSaid() {
    Running world;
    VERIFY_OK(world.live->record());
    VERIFY_OK(speak(*world.live, 1100));
    world.fillDisk();
    VERIFY_OK(world.live->goOffRecord());
    VERIFY_FAILS(world.live->feed(voice(20)), ErrorCode::NotAllowed);
    VERIFY_OK(world.live->end());
    QVERIFY(world.kinds() == std::vector{EventKind::OffRecord});
    QCOMPARE(world.segments().size(), std::size_t{1});
    QCOMPARE(world.segments().front().durationMs(), std::int64_t{1100});
    QCOMPARE(world.segments().front().ending, SegmentEnding::OffRecord);
}

void TestLiveSession::aNoInThePauseKeepsItFromGoingOn() {
    auto items = consentItems();
    items[QStringLiteral("take-part")] = false;
    for (const auto& later : {consentItems(false), items}) {
        Running world;
        VERIFY_OK(world.live->record());
        VERIFY_OK(speak(*world.live, 400));
        VERIFY_OK(world.live->pause());
        const auto before = world.live->position();
        must(giveConsent(*world.home, world.participant, later));
        VERIFY_FAILS(world.live->record(), ErrorCode::ConsentMissing);
        VERIFY_FAILS(speak(*world.live, 200), ErrorCode::NotAllowed);
        QVERIFY(world.live->position() == before);
        QVERIFY(world.kinds() == std::vector{EventKind::Pause});
        VERIFY_OK(world.live->end());
        QCOMPARE(world.segments().size(), std::size_t{1});
    }
}

void TestLiveSession::aFailedResumeRecordsNothing() {
    // Whichever operation of record() fails: if it says so, nothing is recorded from then on.
    int failures = 0;
    for (std::uint64_t n = 1; n <= 12; ++n) {
        Running world;
        VERIFY_OK(world.live->record());
        VERIFY_OK(speak(*world.live, 100));
        VERIFY_OK(world.live->pause());
        world.files.resetOperations();
        world.files.failAt(n, false);
        const auto resumed = world.live->record();
        world.files.clearFaults();
        if (resumed) continue;
        ++failures;
        VERIFY_FAILS(world.live->feed(voice(200)), ErrorCode::NotAllowed);
    }
    QVERIFY(failures >= 4);
}

void TestLiveSession::recordingGoesOnAfterRoomWasMade() {
    Running world;
    VERIFY_OK(world.live->record());
    VERIFY_OK(speak(*world.live, 1000));
    world.files.resetOperations();
    world.files.failAt(1, false, ErrorCode::NoSpace);
    VERIFY_FAILS(speak(*world.live, 400), ErrorCode::NoSpace);
    VERIFY_FAILS(world.live->feed(voice(20)), ErrorCode::NotAllowed);
    VERIFY_OK(world.live->record());
    VERIFY_OK(speak(*world.live, 400));
    VERIFY_OK(world.live->end());
    const auto segments = world.segments();
    QCOMPARE(segments.size(), std::size_t{2});
    QCOMPARE(segments[0].ending, SegmentEnding::Device);
    QVERIFY(segments[0].durationMs() >= 980);
    QCOMPARE(segments[1].durationMs(), std::int64_t{400});
    QVERIFY(world.kinds() == std::vector{EventKind::Resume});
}

QTEST_GUILESS_MAIN(TestLiveSession)
#include "tst_live_session.moc"
