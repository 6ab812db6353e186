// SPDX-License-Identifier: Apache-2.0
#include "recording/segment.h"
#include "tablet_fixture.h"
#include "workflow/listen.h"

using namespace sotto;
using app::InterviewViewModel;
using Screen = app::TabletApp::Screen;
using State = app::InterviewViewModel::State;

namespace {

/// A tablet on which an interview is being recorded.
struct Recording : test::TabletFixture {
    [[nodiscard]] bool begin() {
        if (!setUp() || !enrol() || !consent()) return false;
        interview = beginInterview();
        if (interview == nullptr) return false;
        interview->record();
        return QTest::qWaitFor([&] { return positionMs() > 600; }, kPatienceMs);
    }
    [[nodiscard]] std::int64_t positionMs() const { return app->vault().live().positionMs; }
    [[nodiscard]] bool isRecording() const { return app->vault().live().isRecording; }
    [[nodiscard]] bool recordsOn() const {
        const std::int64_t before = positionMs();
        return QTest::qWaitFor([&] { return positionMs() > before + 400 && isRecording(); }, kPatienceMs);
    }
    /// As the vault thread says.
    [[nodiscard]] bool isHomeOpen() {
        std::optional<bool> isOpen;
        app->vault().run(
            app.get(), [](app::Tablet& tablet) { return tablet.home(); },
            [&](const Result<workflow::Home*>& home) { isOpen = home || home.error().code != ErrorCode::Locked; });
        static_cast<void>(QTest::qWaitFor([&] { return isOpen.has_value(); }, kPatienceMs));
        return isOpen.value_or(true);
    }

    InterviewViewModel* interview = nullptr;
};

}  // namespace

class TestLockDuringAnInterview : public QObject {
    Q_OBJECT

private slots:
    void oneTouchWipesTheKeysAndTheRecordingGoesOn();
    void theDigitsDoNotLeadBackFromALock();
    void wrongPassphrasesStopNothingAndCountDown();
    void lockedAndNotRecordingItComesBackAsItWas();
    void theMicrophoneMayGoAndComeBackWhileLocked();
    void endedWhileLockedTheSameInterviewGoesOn();
    void tooManyDigitsLeaveTheKeysAndWantThePassphrase();
};

void TestLockDuringAnInterview::oneTouchWipesTheKeysAndTheRecordingGoesOn() {
    Recording tablet;
    QVERIFY(tablet.begin());
    tablet.interview->mark();
    QTRY_COMPARE(tablet.interview->marks(), 1);
    QVERIFY(tablet.isHomeOpen());
    tablet.app->lock();
    QVERIFY(tablet.interview->isCovered() && tablet.interview->isLocked() && tablet.interview->needsPassphrase());
    QVERIFY(!tablet.isHomeOpen());
    QCOMPARE(tablet.app->screen(), Screen::Interview);
    QVERIFY(tablet.recordsOn());
    tablet.interview->mark();  // by a keyboard, say
    tablet.interview->end();
    tablet.settle();
    QVERIFY(tablet.interview->marks() == 1 && tablet.interview->state() == State::Recording);

    tablet.interview->uncoverWithPassphrase(tablet.passphrase);
    QTRY_VERIFY(!tablet.interview->isCovered());
    QVERIFY(!tablet.interview->isLocked() && tablet.isHomeOpen());
    QVERIFY(tablet.recordsOn());
    tablet.interview->mark();
    QTRY_COMPARE(tablet.interview->marks(), 2);
    tablet.interview->end();
    QVERIFY(tablet.isOn(Screen::WrapUp));
    auto* wrapUp = tablet.page<app::WrapUpViewModel>();
    QTRY_COMPARE(wrapUp->state(), app::WrapUpViewModel::State::Open);
    std::size_t segments = 0;
    tablet.app->vault().run(
        tablet.app.get(),
        [](app::Tablet& vault) -> Result<std::size_t> {
            SOTTO_ASSIGN(auto* home, vault.home());
            SOTTO_ASSIGN(const auto listening, workflow::Listening::open(*home, *vault.live()));
            return listening->map().segments.size();
        },
        [&](const Result<std::size_t>& count) { segments = count.value_or(0); });
    QTRY_COMPARE(segments, std::size_t{1});  // no gap
}

void TestLockDuringAnInterview::theDigitsDoNotLeadBackFromALock() {
    Recording tablet;
    QVERIFY(tablet.begin());
    tablet.interview->lock();
    QVERIFY(!tablet.interview->choosePin(QStringLiteral("1234")));
    tablet.interview->uncoverWithPassphrase(tablet.passphrase);
    QTRY_VERIFY(!tablet.interview->isCovered());
    tablet.interview->cover();
    QVERIFY(tablet.interview->choosePin(QStringLiteral("1234")));
    tablet.interview->lock();
    QVERIFY(!tablet.interview->uncover(QStringLiteral("1234")));
    QVERIFY(tablet.interview->isCovered());
    tablet.interview->uncoverWithPassphrase(tablet.passphrase);
    QTRY_VERIFY(!tablet.interview->isCovered());
    tablet.interview->cover();
    QVERIFY(tablet.interview->uncover(QStringLiteral("1234")));  // a cover is left as before
}

void TestLockDuringAnInterview::wrongPassphrasesStopNothingAndCountDown() {
    Recording tablet;
    QVERIFY(tablet.begin());
    tablet.interview->lock();
    auto* unlocking = tablet.interview->unlocking();
    for (int i = 0; i < 5; ++i) {
        tablet.interview->uncoverWithPassphrase(QStringLiteral("not these words"));
        QVERIFY(unlocking->isBusy());
        QTRY_VERIFY(!unlocking->isBusy());
        QVERIFY(!unlocking->error().isEmpty());
    }
    QTRY_VERIFY(unlocking->delaySeconds() > 0);
    tablet.interview->uncoverWithPassphrase(tablet.passphrase);
    QVERIFY(!unlocking->isBusy());  // not before the time is over
    QVERIFY(tablet.interview->isCovered() && tablet.recordsOn());
    QVERIFY(!tablet.isHomeOpen());
}

void TestLockDuringAnInterview::lockedAndNotRecordingItComesBackAsItWas() {
    Recording tablet;
    QVERIFY(tablet.begin());
    tablet.interview->pause();
    QTRY_COMPARE(tablet.interview->state(), State::Paused);
    const QString question = tablet.interview->questionId();
    tablet.interview->lock();
    QVERIFY(!tablet.isHomeOpen());
    tablet.interview->record();
    tablet.settle();
    QVERIFY(!tablet.isRecording());
    tablet.interview->uncoverWithPassphrase(tablet.passphrase);
    QTRY_VERIFY(!tablet.interview->isCovered());
    QCOMPARE(tablet.interview->state(), State::Paused);
    QCOMPARE(tablet.interview->questionId(), question);
    tablet.interview->record();
    QTRY_COMPARE(tablet.interview->state(), State::Recording);
    QVERIFY(tablet.recordsOn());
}

void TestLockDuringAnInterview::theMicrophoneMayGoAndComeBackWhileLocked() {
    Recording tablet;
    QVERIFY(tablet.begin());
    tablet.interview->lock();
    tablet.sound->control()->isPlugged = false;
    QTRY_COMPARE(tablet.interview->alarm(), InterviewViewModel::Alarm::MicrophoneGone);
    QTRY_VERIFY(!tablet.isRecording());
    tablet.sound->control()->isPlugged = true;
    QTRY_COMPARE(tablet.interview->alarm(), InterviewViewModel::Alarm::None);
    QVERIFY(tablet.recordsOn());
    QVERIFY(!tablet.isHomeOpen());
}

void TestLockDuringAnInterview::endedWhileLockedTheSameInterviewGoesOn() {
    Recording tablet;
    QVERIFY(tablet.begin());
    tablet.interview->mark();
    QTRY_COMPARE(tablet.interview->marks(), 1);
    tablet.app->lock();
    QVERIFY(tablet.recordsOn());
    const std::int64_t synced = tablet.app->vault().live().syncedMs;
    tablet.restart();
    QVERIFY(tablet.unlock());
    QVERIFY(!tablet.app->message().isEmpty());  // that it was broken off
    const auto people = tablet.page<app::HomeViewModel>()->pairChoices();
    tablet.page<app::HomeViewModel>()->open(people.constFirst().toMap()[QStringLiteral("participant")].toString());
    QVERIFY(tablet.isOn(Screen::Person) && tablet.personLoaded());
    tablet.interview = tablet.beginInterview();
    QVERIFY(tablet.interview != nullptr && tablet.interview->isResumed());
    QCOMPARE(tablet.interview->marks(), 1);
    QVERIFY(tablet.positionMs() >= synced);
    tablet.interview->record();
    QVERIFY(tablet.recordsOn());
}

void TestLockDuringAnInterview::tooManyDigitsLeaveTheKeysAndWantThePassphrase() {
    Recording tablet;
    QVERIFY(tablet.begin());
    tablet.interview->cover();
    QVERIFY(!tablet.interview->needsPassphrase());
    tablet.interview->uncoverWithPassphrase(tablet.passphrase);
    QVERIFY(!tablet.interview->unlocking()->isBusy());  // the digits are asked for
    QVERIFY(tablet.interview->choosePin(QStringLiteral("1234")));
    for (int i = 0; i < app::SessionPin::kTries; ++i)
        QVERIFY(!tablet.interview->uncover(QStringLiteral("0000")));
    QVERIFY(tablet.interview->needsPassphrase() && tablet.isHomeOpen());
    tablet.interview->uncoverWithPassphrase(QStringLiteral("not this one"));
    QTRY_VERIFY(!tablet.interview->unlocking()->error().isEmpty());
    QVERIFY(tablet.interview->isCovered());
    tablet.interview->uncoverWithPassphrase(tablet.passphrase);
    QTRY_VERIFY(!tablet.interview->isCovered());
    tablet.interview->cover();
    QVERIFY(tablet.interview->uncover(QStringLiteral("1234")));
}

QTEST_GUILESS_MAIN(TestLockDuringAnInterview)
#include "tst_lock_during_an_interview.moc"
