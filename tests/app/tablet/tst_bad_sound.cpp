// SPDX-License-Identifier: Apache-2.0
#include "support/fault_file_system.h"
#include "tablet_fixture.h"

using namespace sotto;
using app::InterviewViewModel;
using test::FaultFileSystem;
using Alarm = app::InterviewViewModel::Alarm;
using Screen = app::TabletApp::Screen;
using State = app::InterviewViewModel::State;

namespace {

/// A tablet whose microphone does not open, on the page of an interview.
struct Deaf : test::TabletFixture {
    [[nodiscard]] bool open(ErrorCode whyNot) {
        sound->control()->isPlugged = false;
        sound->control()->whyNot = whyNot;
        if (!setUp() || !enrol() || !consent()) return false;
        interview = beginInterview();
        return interview != nullptr;
    }
    InterviewViewModel* interview = nullptr;
};

/// Made before the tablet, and gone after it.
struct SmallDisk {
    FaultFileSystem small;
};

/// A tablet that records onto a disk which can be filled.
struct OnASmallDisk : SmallDisk, test::TabletFixture {
    OnASmallDisk() : TabletFixture(&small) {}
    [[nodiscard]] bool record() {
        if (!setUp() || !enrol() || !consent()) return false;
        interview = beginInterview();
        if (interview == nullptr) return false;
        interview->record();
        return QTest::qWaitFor([this] { return app->vault().live().syncedMs > 900; }, kPatienceMs);
    }
    /// From now on there is no room but that of the ballast. The write that fails first makes the log give back what
    /// was reserved for ten minutes.
    void fill() {
        small.setCapacity(used() + kBallast);
        small.resetOperations();
        small.failAt(1, false, ErrorCode::NoSpace);
    }
    void makeRoom() { small.setCapacity(used() + (64U << 20)); }
    [[nodiscard]] std::uint64_t used() const {
        std::uint64_t sum = 0;
        for (const Path& path : small.paths())
            sum += small.content(Path("/") / path).size();
        return sum;
    }
    [[nodiscard]] std::int64_t positionMs() const { return app->vault().live().positionMs; }

    static constexpr std::uint64_t kBallast = 8U << 20;
    InterviewViewModel* interview = nullptr;
};

}  // namespace

class TestBadSound : public QObject {
    Q_OBJECT

private slots:
    void noMicrophoneIsSaidAndNothingBegins();
    void aMicrophoneThatMayNotBeOpenedIsSaidAndTriedAgain();
    void aMicrophoneThatGoesIsNotOneThatNeverWas();
    void aMicrophoneThatIsNotThereIsNotSaidToRecord();
    void aFullDiskStopsTheRecordingAndKeepsIt();
    void afterRoomWasMadeItGoesOnInTheSameInterview();
    void onAFullDiskTheInterviewEndsInOrder();
    void aDiskThatFillsBehindTheLockIsSaidThere();
};

void TestBadSound::noMicrophoneIsSaidAndNothingBegins() {
    Deaf tablet;
    QVERIFY(tablet.open(ErrorCode::NotFound));
    QTRY_COMPARE(tablet.interview->alarm(), Alarm::NoMicrophone);
    tablet.interview->record();
    tablet.settle();
    QVERIFY(tablet.interview->state() == State::Ready && !tablet.interview->hasBegun());
    tablet.sound->control()->isPlugged = true;
    QTRY_COMPARE(tablet.interview->alarm(), Alarm::None);
    tablet.interview->record();
    QTRY_VERIFY(tablet.app->vault().live().positionMs > 100);
}

void TestBadSound::aMicrophoneThatMayNotBeOpenedIsSaidAndTriedAgain() {
    for (const ErrorCode code : {ErrorCode::PermissionDenied, ErrorCode::IoFailed}) {
        Deaf tablet;
        QVERIFY(tablet.open(code));
        QTRY_COMPARE(tablet.interview->alarm(), Alarm::MicrophoneRefused);
        QVERIFY(!tablet.interview->canRecord());
        tablet.sound->control()->isPlugged = true;
        QTRY_COMPARE(tablet.interview->alarm(), Alarm::None);
        QVERIFY(tablet.interview->canRecord());
    }
}

void TestBadSound::aMicrophoneThatGoesIsNotOneThatNeverWas() {
    Deaf tablet;
    QVERIFY(tablet.open(ErrorCode::NotFound));
    tablet.sound->control()->isPlugged = true;
    QTRY_COMPARE(tablet.app->capture().state(), app::Capture::State::Ready);
    tablet.sound->control()->isPlugged = false;
    QTRY_COMPARE(tablet.interview->alarm(), Alarm::MicrophoneGone);
    // Also after it was looked for again, and not found.
    QTest::qWait(1500);
    QCOMPARE(tablet.interview->alarm(), Alarm::MicrophoneGone);
}

void TestBadSound::aMicrophoneThatIsNotThereIsNotSaidToRecord() {
    Deaf tablet;
    tablet.sound->control()->whyNot = ErrorCode::NotFound;
    QVERIFY(tablet.setUp() && tablet.enrol() && tablet.consent());
    tablet.interview = tablet.beginInterview();
    QVERIFY(tablet.interview != nullptr);
    tablet.interview->record();
    QTRY_VERIFY(tablet.interview->isRecordingNow());
    tablet.sound->control()->isPlugged = false;
    QTRY_VERIFY(!tablet.interview->isRecordingNow());
    tablet.sound->control()->isPlugged = true;
    QTRY_VERIFY(tablet.interview->isRecordingNow());
}

void TestBadSound::aFullDiskStopsTheRecordingAndKeepsIt() {
    OnASmallDisk tablet;
    QVERIFY(tablet.record());
    const std::int64_t synced = tablet.app->vault().live().syncedMs;
    tablet.fill();
    QTRY_COMPARE(tablet.interview->state(), State::Failed);
    QTRY_COMPARE(tablet.interview->alarm(), Alarm::RecordingFailed);
    QVERIFY(tablet.interview->error().contains(QStringLiteral("full")));
    QVERIFY(!tablet.interview->isRecordingNow() && tablet.positionMs() >= synced);
    tablet.interview->record();  // there is no more room than before
    tablet.settle();
    QVERIFY(tablet.interview->state() == State::Failed && !tablet.interview->isRecordingNow());
    QVERIFY(tablet.interview->error().contains(QStringLiteral("full")));
}

void TestBadSound::afterRoomWasMadeItGoesOnInTheSameInterview() {
    OnASmallDisk tablet;
    QVERIFY(tablet.record());
    tablet.fill();
    QTRY_COMPARE(tablet.interview->state(), State::Failed);
    const std::int64_t kept = tablet.positionMs();
    tablet.makeRoom();
    tablet.interview->record();
    QTRY_COMPARE(tablet.interview->state(), State::Recording);
    QVERIFY(tablet.interview->error().isEmpty());
    QTRY_VERIFY(tablet.positionMs() > kept + 400);
    QTRY_COMPARE(tablet.interview->alarm(), Alarm::None);
    tablet.interview->mark();
    QTRY_COMPARE(tablet.interview->marks(), 1);
}

void TestBadSound::onAFullDiskTheInterviewEndsInOrder() {
    OnASmallDisk tablet;
    QVERIFY(tablet.record());
    tablet.fill();
    QTRY_COMPARE(tablet.interview->state(), State::Failed);
    tablet.interview->end();
    QVERIFY(tablet.isOn(Screen::WrapUp));
    auto* wrapUp = tablet.page<app::WrapUpViewModel>();
    QTRY_COMPARE(wrapUp->state(), app::WrapUpViewModel::State::Open);
    tablet.makeRoom();
    wrapUp->seal();
    QTRY_COMPARE_WITH_TIMEOUT(wrapUp->state(), app::WrapUpViewModel::State::Sealed, 30'000);
}

void TestBadSound::aDiskThatFillsBehindTheLockIsSaidThere() {
    OnASmallDisk tablet;
    QVERIFY(tablet.record());
    tablet.app->lock();
    tablet.settle();
    tablet.fill();
    QTRY_COMPARE(tablet.interview->alarm(), Alarm::RecordingFailed);
    QVERIFY(tablet.interview->isLocked() && !tablet.interview->error().isEmpty());
    tablet.interview->uncoverWithPassphrase(tablet.passphrase);  // the ballast lets people in
    QTRY_VERIFY(!tablet.interview->isCovered());
    QCOMPARE(tablet.interview->state(), State::Failed);
    tablet.interview->end();
    QVERIFY(tablet.isOn(Screen::WrapUp));
}

QTEST_GUILESS_MAIN(TestBadSound)
#include "tst_bad_sound.moc"
