// SPDX-License-Identifier: Apache-2.0
#include "interview/off_record.h"
#include "tablet_fixture.h"

using namespace sotto;
using app::InterviewViewModel;
using Screen = app::TabletApp::Screen;
using State = app::InterviewViewModel::State;
using interview::EventKind;

namespace {

constexpr std::int64_t kMinuteMs = 60'000;

struct Around : test::TabletFixture {
    [[nodiscard]] bool ready() {
        if (!setUp() || !enrol() || !consent()) return false;
        interview = beginInterview();
        return interview != nullptr && interview->state() == State::Ready;
    }
    [[nodiscard]] app::AroundViewModel& around() { return *interview->around(); }
    [[nodiscard]] bool recorded(std::int64_t ms) const {
        return QTest::qWaitFor([&] { return app->vault().live().positionMs > ms; }, kPatienceMs);
    }
    [[nodiscard]] bool isRecording() const { return app->vault().live().isRecording; }
    /// As the session's log has them.
    [[nodiscard]] std::vector<interview::Event> events() {
        std::optional<std::vector<interview::Event>> all;
        app->vault().run(
            app.get(),
            [](app::Tablet& tablet) -> Result<std::vector<interview::Event>> {
                SOTTO_ASSIGN(auto* live, tablet.liveSession());
                return live->allEvents();
            },
            [&](Result<std::vector<interview::Event>> events) {
                all = std::move(events).value_or(std::vector<interview::Event>());
            });
        static_cast<void>(QTest::qWaitFor([&] { return all.has_value(); }, kPatienceMs));
        return all.value_or(std::vector<interview::Event>());
    }
    [[nodiscard]] std::vector<EventKind> kinds() {
        std::vector<EventKind> all;
        for (const auto& event : events())
            all.push_back(event.kind);
        return all;
    }

    InterviewViewModel* interview = nullptr;
};

}  // namespace

class TestAroundTheInterview : public QObject {
    Q_OBJECT

private slots:
    void whatWasSaidBeforeIsWrittenFirst();
    void whoDidNotAgreeKeepsTheMicrophoneOff();
    void whoComesLaterStopsTheRecording();
    void theTelephoneIsChosenBeforeItBegins();
    void somebodyWhoCameInLeavesAProposal();
    void withoutARecordingNothingIsProposed();
    void aHomeVisitRemindsWithoutANameLockedToo();
    void aVisitEndsWithADebrief();
};

void TestAroundTheInterview::whatWasSaidBeforeIsWrittenFirst() {
    Around tablet;
    QVERIFY(tablet.ready());
    QVERIFY(tablet.around().earshot().isEmpty());
    tablet.around().sayEarshot(true);
    QCOMPARE(tablet.around().earshot(), QStringLiteral("possible"));
    tablet.around().addPerson(QStringLiteral("interpreter"), true, true);
    tablet.around().addPerson(QStringLiteral("neighbour"), true, true);
    QCOMPARE(tablet.around().people().size(), 1);
    tablet.interview->record();
    QTRY_COMPARE(tablet.interview->state(), State::Recording);
    QVERIFY(tablet.kinds() == (std::vector{EventKind::Earshot, EventKind::Present, EventKind::Ask}));
    tablet.around().sayEarshot(false);
    QTRY_COMPARE(tablet.around().earshot(), QStringLiteral("nobody"));
    QVERIFY(tablet.isRecording());
    QCOMPARE(tablet.around().visitText(), QStringLiteral("Visit 1 of 3"));
}

void TestAroundTheInterview::whoDidNotAgreeKeepsTheMicrophoneOff() {
    Around tablet;
    QVERIFY(tablet.ready() && tablet.interview->canRecord());
    tablet.around().addPerson(QStringLiteral("support"), true, false);
    QVERIFY(!tablet.interview->canRecord() && !tablet.around().mayRecord());
    tablet.interview->record();
    tablet.settle();
    QCOMPARE(tablet.interview->state(), State::Ready);
    tablet.interview->beginWithNotes();
    QTRY_VERIFY(tablet.interview->hasBegun());
    QVERIFY(!tablet.interview->canRecord());
    tablet.around().setThere(QStringLiteral("1"), false);
    QTRY_VERIFY(tablet.interview->canRecord());
    tablet.interview->record();
    QTRY_VERIFY(tablet.isRecording());
}

void TestAroundTheInterview::whoComesLaterStopsTheRecording() {
    Around tablet;
    QVERIFY(tablet.ready());
    tablet.interview->record();
    QVERIFY(tablet.recorded(400));
    tablet.around().addPerson(QStringLiteral("other"), false, true);
    QTRY_COMPARE(tablet.around().people().size(), 1);
    QVERIFY(tablet.isRecording());
    tablet.around().setAgreedAudio(QStringLiteral("1"), false);
    QTRY_COMPARE(tablet.interview->state(), State::Paused);
    QVERIFY(!tablet.isRecording() && !tablet.interview->canRecord());
    tablet.around().setAgreedAudio(QStringLiteral("1"), true);
    QTRY_VERIFY(tablet.interview->canRecord());
}

void TestAroundTheInterview::theTelephoneIsChosenBeforeItBegins() {
    Around tablet;
    QVERIFY(tablet.ready());
    tablet.around().setTelephone(true);
    tablet.interview->record();
    QTRY_VERIFY(tablet.interview->hasBegun());
    QVERIFY(tablet.around().isTelephone());
    tablet.around().setTelephone(false);
    QVERIFY(tablet.around().isTelephone());
}

void TestAroundTheInterview::somebodyWhoCameInLeavesAProposal() {
    Around tablet;
    QVERIFY(tablet.ready());
    tablet.interview->record();
    QVERIFY(tablet.recorded(1500));
    tablet.interview->someoneCame();
    QVERIFY(tablet.interview->isCovered() && tablet.around().proposesSpan());
    QTRY_VERIFY(!tablet.isRecording());
    QCOMPARE(tablet.around().spanChoices().size(), 1);  // everything: it is not half a minute yet
    QVERIFY(tablet.interview->choosePin(QStringLiteral("1234")) && tablet.interview->uncover(QStringLiteral("1234")));
    tablet.around().takeBackSince(0);
    QVERIFY(!tablet.around().proposesSpan());
    tablet.settle();
    const auto spans = interview::spansTakenBack(tablet.events());
    QCOMPARE(spans.size(), std::size_t{1});
    QVERIFY(spans.front().from.ms == 0 && spans.front().to.ms > 1400);
    const auto kinds = tablet.kinds();
    QVERIFY(std::count(kinds.begin(), kinds.end(), EventKind::CameIn) == 1);
    tablet.interview->record();
    QVERIFY(tablet.recorded(spans.front().to.ms + 1000));
    tablet.interview->someoneCame();
    tablet.around().keepAll();
    tablet.settle();
    QCOMPARE(interview::spansTakenBack(tablet.events()).size(), std::size_t{1});
}

void TestAroundTheInterview::withoutARecordingNothingIsProposed() {
    Around tablet;
    QVERIFY(tablet.ready());
    tablet.interview->beginWithNotes();
    QTRY_VERIFY(tablet.interview->hasBegun());
    tablet.interview->someoneCame();
    tablet.settle();
    QVERIFY(tablet.interview->isCovered() && !tablet.around().proposesSpan());
}

void TestAroundTheInterview::aHomeVisitRemindsWithoutANameLockedToo() {
    Around tablet;
    QVERIFY(tablet.setUp() && tablet.enrol());
    auto& visit = *tablet.app->visit();
    QTRY_VERIFY(visit.isAvailable());
    QVERIFY(!visit.isUnderWay() && !visit.isOverdue());
    visit.go(60);
    QTRY_VERIFY(visit.isUnderWay() && visit.isHere());
    QVERIFY(!visit.endText().isEmpty());
    tablet.app->lock();
    QVERIFY(tablet.isOn(Screen::Unlock));
    tablet.clock.advance(59 * kMinuteMs);
    visit.look();
    QVERIFY(!visit.isOverdue());
    tablet.clock.advance(2 * kMinuteMs);
    QSignalSpy changed(&visit, &app::HomeVisitViewModel::changed);
    visit.look();
    QVERIFY(visit.isOverdue());
    QCOMPARE(changed.count(), 1);
    visit.snooze();
    QVERIFY(!visit.isOverdue());
    tablet.clock.advance(16 * kMinuteMs);
    QVERIFY(visit.isOverdue());
    tablet.restart();
    QVERIFY(tablet.unlock());
    auto& after = *tablet.app->visit();
    QTRY_VERIFY(after.isUnderWay());
    QVERIFY(after.isOverdue() && !after.isHere());
}

void TestAroundTheInterview::aVisitEndsWithADebrief() {
    Around tablet;
    QVERIFY(tablet.setUp() && tablet.enrol());
    auto& visit = *tablet.app->visit();
    QTRY_VERIFY(visit.isAvailable());
    visit.noGo();
    QTRY_VERIFY(!visit.lastText().isEmpty());
    QVERIFY(!visit.isUnderWay() && !visit.wantsDebrief());
    visit.go(30);
    QTRY_VERIFY(visit.isUnderWay());
    visit.prolong(60);
    tablet.settle();
    tablet.clock.advance(45 * kMinuteMs);
    QVERIFY(!visit.isOverdue());
    visit.end();
    QTRY_VERIFY(visit.wantsDebrief());
    QVERIFY(!visit.isUnderWay());
    visit.debrief(QStringLiteral("the dog was friendly"));
    QTRY_VERIFY(!visit.wantsDebrief());
}

QTEST_GUILESS_MAIN(TestAroundTheInterview)
#include "tst_around_the_interview.moc"
