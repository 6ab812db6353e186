// SPDX-License-Identifier: Apache-2.0
#include <QJsonArray>
#include <QTest>

#include "core/workflow/workflow_fixture.h"
#include "interview/off_record.h"
#include "support/every_fault.h"

using namespace sotto;
using namespace sotto::test;
using interview::Coverage;
using interview::Event;
using interview::EventKind;

namespace {

Event mark(const QString& text = {}) {
    Event event;
    event.kind = EventKind::Mark;
    event.text = text;
    return event;
}

Event code(const QString& id) {
    Event event;
    event.kind = EventKind::Code;
    event.id = id;
    return event;
}

Event span(std::int64_t untilMs) {
    Event event;
    event.kind = EventKind::OffRecordSpan;
    event.until = RecordedOffset{untilMs};
    return event;
}

/// An interview of 1.5 s with a mark at 600 ms and another at 1200 ms; the conversation is over.
struct WrappingUp : World {
    WrappingUp() {
        home = must(create());
        participant = consentedPerson(*home);
        live = must(LiveSession::begin(*home, participant, true));
        must(live->record());
        must(live->commit(ask(QStringLiteral("recovery-story"))));
        must(speak(*live, 600));
        must(live->commit(mark()));
        must(speak(*live, 600));
        must(live->commit(mark()));
        must(speak(*live, 300));
        must(live->stop());
    }
    [[nodiscard]] std::vector<Event> written() { return must(recordsOf(*home, live->id())).events; }
    std::unique_ptr<Home> home;
    people::Participant participant;
    std::unique_ptr<LiveSession> live;
};

}  // namespace

class TestWrapUp : public QObject {
    Q_OBJECT

private slots:
    void stoppingEndsTheSegmentWithoutAnEvent();
    void anEventAboutAnEarlierMomentKeepsItsOffset();
    void offsetsBesideTheRecordingAreRefused();
    void whatTheRecordingDidCantBeToldOrTakenBackAfterwards();
    void theTextOfAMarkTakesItsPlace();
    void undoTakesBackTheLastOne();
    void aTakenBackAnswerGivesBackTheCoverageFromBefore();
    void viewsAgreeWithTheLog();
    void aSpanTakenBackHidesItsEventsAtOnce();
    void sectionTimesGrowWithTheRecording();
    void amendingLosesNothingInAnyFault_data();
    void amendingLosesNothingInAnyFault();
};

void TestWrapUp::stoppingEndsTheSegmentWithoutAnEvent() {
    WrappingUp world;
    QVERIFY(!world.live->isRecording());
    VERIFY_FAILS(world.live->feed(voice(20)), ErrorCode::NotAllowed);
    VERIFY_OK(world.live->stop());
    QCOMPARE(world.written().size(), std::size_t{3});
    VERIFY_OK(world.live->record());
    VERIFY_OK(speak(*world.live, 200));
    VERIFY_OK(world.live->end());
    const auto records = must(recordsOf(*world.home, world.live->id()));
    const auto segments = must(recording::mapAudio(records.log)).segments;
    QCOMPARE(segments.size(), std::size_t{2});
    QCOMPARE(segments[0].ending, recording::SegmentEnding::End);
    QCOMPARE(segments[0].durationMs(), std::int64_t{1500});
    QCOMPARE(records.events.back().kind, EventKind::Resume);
}

void TestWrapUp::anEventAboutAnEarlierMomentKeepsItsOffset() {
    WrappingUp world;
    world.clock.advance(60'000);
    VERIFY_OK(world.live->commitAt(code(QStringLiteral("presence")), {600}));
    VERIFY_OK(world.live->end());
    const auto events = world.written();
    QCOMPARE(events.back().kind, EventKind::Code);
    QCOMPARE(events.back().offset.ms, std::int64_t{600});
    QCOMPARE(events.back().at.utcMs, world.clock.now().utcMs);
    VERIFY_FAILS(world.live->commitAt(code(QStringLiteral("presence")), {600}), ErrorCode::NotAllowed);
}

void TestWrapUp::offsetsBesideTheRecordingAreRefused() {
    WrappingUp world;
    QCOMPARE(world.live->position().ms, std::int64_t{1500});
    VERIFY_FAILS(world.live->commitAt(mark(), {-1}), ErrorCode::InvalidArgument);
    VERIFY_FAILS(world.live->commitAt(mark(), {1501}), ErrorCode::InvalidArgument);
    VERIFY_FAILS(world.live->commitAt(span(1501), {100}), ErrorCode::InvalidArgument);
    VERIFY_FAILS(world.live->commitAt(span(100), {100}), ErrorCode::InvalidArgument);
    VERIFY_FAILS(world.live->commitAt(code(QStringLiteral("no-such-code")), {100}), ErrorCode::InvalidArgument);
    QCOMPARE(world.live->eventCount(), std::uint64_t{3});
    VERIFY_OK(world.live->commitAt(mark(), {1500}));
    VERIFY_OK(world.live->commitAt(span(1500), {0}));
}

void TestWrapUp::whatTheRecordingDidCantBeToldOrTakenBackAfterwards() {
    WrappingUp world;
    for (const EventKind kind : {EventKind::Pause, EventKind::Resume, EventKind::OffRecord}) {
        Event event;
        event.kind = kind;
        VERIFY_FAILS(world.live->commitAt(event, {100}), ErrorCode::InvalidArgument);
    }
    VERIFY_FAILS(world.live->commitAt(interview::correctionOf(1, {}, {}), {100}), ErrorCode::InvalidArgument);
    VERIFY_OK(world.live->pause());
    VERIFY_FAILS(world.live->correct(world.live->eventCount()), ErrorCode::NotAllowed);
    VERIFY_FAILS(world.live->correct(99), ErrorCode::NotFound);
    VERIFY_FAILS(world.live->correct(0), ErrorCode::NotFound);
    QCOMPARE(world.written().size(), std::size_t{4});
}

void TestWrapUp::theTextOfAMarkTakesItsPlace() {
    WrappingUp world;
    VERIFY_OK(world.live->amend(2, mark(QStringLiteral("her brother"))));
    const auto& events = world.live->events();
    QCOMPARE(events.size(), std::size_t{3});
    QCOMPARE(events.back().text, QStringLiteral("her brother"));
    QCOMPARE(events.back().offset.ms, std::int64_t{600});
    VERIFY_FAILS(world.live->amend(2, mark(QStringLiteral("again"))), ErrorCode::NotFound);
    VERIFY_OK(world.live->amend(events.back().number, mark(QStringLiteral("her sister"))));
    QCOMPARE(world.live->events().back().text, QStringLiteral("her sister"));
    QCOMPARE(world.live->events().size(), std::size_t{3});
    VERIFY_FAILS(world.live->amend(1, ask(QStringLiteral("no-such-question"))), ErrorCode::InvalidArgument);
    QCOMPARE(world.live->currentQuestion(), QStringLiteral("recovery-story"));
}

void TestWrapUp::undoTakesBackTheLastOne() {
    WrappingUp world;
    VERIFY_OK(world.live->commit(note(QStringLiteral("a note is not undone"))));
    auto last = world.live->lastUndoable();
    QVERIFY(last && last->kind == EventKind::Mark && last->offset.ms == 1200);
    VERIFY_OK(world.live->correct(last->number));
    VERIFY_FAILS(world.live->correct(last->number), ErrorCode::NotFound);
    last = world.live->lastUndoable();
    QVERIFY(last && last->offset.ms == 600);
    VERIFY_OK(world.live->correct(last->number));
    QVERIFY(!world.live->lastUndoable());
    QCOMPARE(interview::standingEvents(world.written()).size(), std::size_t{2});
}

void TestWrapUp::aTakenBackAnswerGivesBackTheCoverageFromBefore() {
    WrappingUp world;
    const auto coverage = [&] {
        const auto& rows = world.live->coverage();
        return std::find_if(rows.begin(), rows.end(), [](const auto& row) { return row.question == u"recovery-story"; })
            ->coverage;
    };
    QCOMPARE(coverage(), Coverage::Asked);
    Event answer;
    answer.kind = EventKind::Answer;
    answer.id = QStringLiteral("recovery-story");
    answer.text = QStringLiteral("declined");
    VERIFY_OK(world.live->commit(answer));
    QCOMPARE(coverage(), Coverage::Declined);
    VERIFY_OK(world.live->correct(world.live->lastUndoable()->number));
    QCOMPARE(coverage(), Coverage::Asked);
}

void TestWrapUp::viewsAgreeWithTheLog() {
    WrappingUp world;
    VERIFY_OK(world.live->commitAt(code(QStringLiteral("presence")), {600}));
    VERIFY_OK(world.live->correct(3));
    VERIFY_OK(world.live->amend(2, mark(QStringLiteral("words"))));
    VERIFY_FAILS(world.live->commit(ask(QStringLiteral("no-such-question"))), ErrorCode::InvalidArgument);
    const auto written = world.written();
    const auto jsonOf = [](const std::vector<Event>& events) {
        QJsonArray all;
        for (const Event& event : events)
            all.append(event.toJson());
        return all;
    };
    QCOMPARE(jsonOf(world.live->allEvents()), jsonOf(written));
    QCOMPARE(jsonOf(world.live->events()), jsonOf(interview::standingEvents(written)));
    const auto ofLog = interview::coverage(world.live->guide(), written);
    QCOMPARE(world.live->coverage().size(), ofLog.size());
    for (std::size_t i = 0; i < ofLog.size(); ++i)
        QVERIFY(world.live->coverage()[i].coverage == ofLog[i].coverage);
    QVERIFY(world.live->sectionTimes() == interview::sectionTime(world.live->guide(), written, world.live->position()));
}

void TestWrapUp::aSpanTakenBackHidesItsEventsAtOnce() {
    WrappingUp world;
    VERIFY_OK(world.live->commitAt(span(700), {500}));
    const std::uint64_t number = world.live->eventCount();
    const auto hasMarks = [&] {
        const auto& events = world.live->events();
        return std::any_of(events.begin(), events.end(),
                           [](const Event& event) { return event.kind == EventKind::Mark; });
    };
    // Marks reach back 20 s, so that both go.
    QVERIFY(!hasMarks());
    VERIFY_OK(world.live->correct(number));
    QVERIFY(hasMarks());
}

void TestWrapUp::sectionTimesGrowWithTheRecording() {
    WrappingUp world;
    const QString section = world.live->coverage().front().section;
    const auto total = [&] {
        std::int64_t sum = 0;
        for (const auto& [id, ms] : world.live->sectionTimes())
            sum += ms;
        return sum;
    };
    QCOMPARE(total(), std::int64_t{1500});
    VERIFY_OK(world.live->record());
    VERIFY_OK(speak(*world.live, 400));
    QVERIFY(total() >= 1900);
    QVERIFY(!section.isEmpty());
}

void TestWrapUp::amendingLosesNothingInAnyFault_data() {
    addFaultRows();
}

void TestWrapUp::amendingLosesNothingInAnyFault() {
    QFETCH(const bool, forGood);
    QFETCH(const int, code);
    for (EveryFault fault(forGood, static_cast<ErrorCode>(code)); fault.next();) {
        WrappingUp world;
        const auto amended =
            fault.during(world.files, [&] { return world.live->amend(2, mark(QStringLiteral("words"))); });
        QVERIFY2(amended.has_value() != fault.reached(), fault.at(describe(amended)));
        const auto standing = interview::standingEvents(world.written());
        const auto says = [&](const QString& text) {
            return std::any_of(standing.begin(), standing.end(), [&](const Event& event) {
                return event.kind == EventKind::Mark && event.offset.ms == 600 && event.text == text;
            });
        };
        QVERIFY2(says(QString()) || says(QStringLiteral("words")), fault.at());
        if (amended) QVERIFY2(!says(QString()), fault.at());
        QCOMPARE(world.live->events().size(), standing.size());
    }
}

QTEST_GUILESS_MAIN(TestWrapUp)
#include "tst_wrap_up.moc"
