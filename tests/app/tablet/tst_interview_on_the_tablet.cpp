// SPDX-License-Identifier: Apache-2.0
#include "tablet_fixture.h"

using namespace sotto;
using app::InterviewViewModel;
using Screen = app::TabletApp::Screen;
using State = app::InterviewViewModel::State;

/// The whole way of an interview through the view-models, without a window: what each screen says and where it leads.
class TestInterviewOnTheTablet : public QObject {
    Q_OBJECT

private slots:
    void anInterviewGoesFromTheFirstStartToTheOutbox();
    void withoutTheAudioItemTheMicrophoneStaysClosed();
    void afterAKillTheSameInterviewGoesOn();
    void aLostMicrophoneIsAnAlarmAndRecordingGoesOnByItself();
    void theCoverIsLeftByThePinAlone();
    void lockingLeavesNothingOpen();
};

void TestInterviewOnTheTablet::anInterviewGoesFromTheFirstStartToTheOutbox() {
    test::TabletFixture tablet;
    QVERIFY(tablet.setUp());
    QVERIFY(tablet.enrol());
    QCOMPARE(tablet.page<app::PersonViewModel>()->nextText(), QStringLiteral("Take consent"));
    QVERIFY(tablet.consent());
    auto* interview = tablet.beginInterview();
    QVERIFY(interview != nullptr);
    QCOMPARE(interview->state(), State::Ready);
    const QString first = interview->questionId();
    interview->record();
    QTRY_COMPARE(interview->state(), State::Recording);
    QTRY_VERIFY(tablet.app->vault().live().positionMs > 1000);
    interview->mark();
    QTRY_COMPARE(interview->marks(), 1);
    interview->note(QStringLiteral("she smiled"));
    QTRY_COMPARE(interview->notes(), 1);
    interview->next();
    tablet.settle();
    QVERIFY(interview->questionId() != first);
    interview->pause();
    QTRY_COMPARE(interview->state(), State::Paused);
    interview->record();
    QTRY_COMPARE(interview->state(), State::Recording);
    interview->end();
    QVERIFY(tablet.isOn(Screen::WrapUp));

    auto* wrapUp = tablet.page<app::WrapUpViewModel>();
    QTRY_COMPARE(wrapUp->state(), app::WrapUpViewModel::State::Open);
    QCOMPARE(wrapUp->marks().size(), 1);
    const int mark = wrapUp->marks().constFirst().toMap()[QStringLiteral("number")].toInt();
    wrapUp->play(mark);
    QTRY_VERIFY(tablet.sound->control()->played > 0);
    wrapUp->describe(mark, QStringLiteral("the turning point"));
    QTRY_COMPARE(wrapUp->marks().constFirst().toMap()[QStringLiteral("text")].toString(),
                 QStringLiteral("the turning point"));
    wrapUp->seal();
    QTRY_COMPARE_WITH_TIMEOUT(wrapUp->state(), app::WrapUpViewModel::State::Sealed, 30'000);
    wrapUp->finish();
    QVERIFY(tablet.isOn(Screen::Person) && tablet.personLoaded());
    QCOMPARE(tablet.page<app::PersonViewModel>()->nextText(), QStringLiteral("Send to the lab"));
    tablet.page<app::PersonViewModel>()->takeNextStep();
    QVERIFY(tablet.isOn(Screen::Outbox));
    auto* outbox = tablet.page<app::OutboxViewModel>();
    QTRY_COMPARE(outbox->waiting(), 3);
    const Path store = tablet.dir / "store";
    QVERIFY(tablet.files.createDirectories(store));
    outbox->chooseStoreFolder(QString::fromStdString(store.string()));
    QTRY_COMPARE(outbox->storeFolder(), QString::fromStdString(store.string()));
    outbox->send();
    QTRY_COMPARE(outbox->waiting(), 0);
    QVERIFY2(outbox->error().isEmpty(), qPrintable(outbox->error()));
}

void TestInterviewOnTheTablet::withoutTheAudioItemTheMicrophoneStaysClosed() {
    test::TabletFixture tablet;
    QVERIFY(tablet.setUp());
    QVERIFY(tablet.enrol());
    QVERIFY(tablet.consent({QStringLiteral("recorded")}));
    auto* interview = tablet.beginInterview();
    QVERIFY(interview != nullptr);
    QCOMPARE(interview->state(), State::Ready);
    QVERIFY(!interview->hasAudio() && !interview->canRecord());
    interview->beginWithNotes();
    QTRY_COMPARE(interview->state(), State::NotesOnly);
    QCOMPARE(tablet.app->capture().state(), app::Capture::State::Off);
    interview->record();
    tablet.settle();
    QCOMPARE(interview->state(), State::NotesOnly);
    QVERIFY(!tablet.app->vault().live().isRecording);
    interview->note(QStringLiteral("said much"));
    QTRY_COMPARE(interview->notes(), 1);
}

void TestInterviewOnTheTablet::afterAKillTheSameInterviewGoesOn() {
    test::TabletFixture tablet;
    QVERIFY(tablet.setUp());
    QVERIFY(tablet.enrol());
    QVERIFY(tablet.consent());
    auto* interview = tablet.beginInterview();
    QVERIFY(interview != nullptr);
    interview->record();
    QTRY_VERIFY(tablet.app->vault().live().positionMs > 1000);
    interview->mark();
    QTRY_COMPARE(interview->marks(), 1);
    tablet.restart();  // the window is gone in the midst of it
    QVERIFY(tablet.unlock());
    tablet.page<app::HomeViewModel>()->open(tablet.page<app::HomeViewModel>()
                                                ->pairChoices()
                                                .constFirst()
                                                .toMap()[QStringLiteral("participant")]
                                                .toString());
    QVERIFY(tablet.isOn(Screen::Person) && tablet.personLoaded());
    QCOMPARE(tablet.page<app::PersonViewModel>()->nextText(), QStringLiteral("Go on with the interview"));
    interview = tablet.beginInterview();
    QVERIFY(interview != nullptr);
    QVERIFY(interview->isResumed());
    QCOMPARE(interview->marks(), 1);
    interview->record();
    QTRY_VERIFY(tablet.app->vault().live().positionMs > 2000);
}

void TestInterviewOnTheTablet::aLostMicrophoneIsAnAlarmAndRecordingGoesOnByItself() {
    test::TabletFixture tablet;
    QVERIFY(tablet.setUp());
    QVERIFY(tablet.enrol());
    QVERIFY(tablet.consent());
    auto* interview = tablet.beginInterview();
    QVERIFY(interview != nullptr);
    interview->record();
    QTRY_VERIFY(tablet.app->vault().live().positionMs > 400);
    tablet.sound->control()->isPlugged = false;
    QTRY_COMPARE(interview->alarm(), InterviewViewModel::Alarm::MicrophoneGone);
    QVERIFY(!tablet.app->vault().live().isRecording);
    const std::int64_t before = tablet.app->vault().live().positionMs;
    tablet.sound->control()->isPlugged = true;
    QTRY_COMPARE(interview->alarm(), InterviewViewModel::Alarm::None);
    QTRY_VERIFY(tablet.app->vault().live().isRecording);
    QTRY_VERIFY(tablet.app->vault().live().positionMs > before + 400);
    QCOMPARE(interview->state(), State::Recording);
}

void TestInterviewOnTheTablet::theCoverIsLeftByThePinAlone() {
    test::TabletFixture tablet;
    QVERIFY(tablet.setUp());
    QVERIFY(tablet.enrol());
    QVERIFY(tablet.consent());
    auto* interview = tablet.beginInterview();
    QVERIFY(interview != nullptr);
    interview->cover();
    QVERIFY(interview->isCovered() && !interview->isLocked());
    QVERIFY(!interview->choosePin(QStringLiteral("12a4")));
    QVERIFY(interview->choosePin(QStringLiteral("1234")));
    QVERIFY(!interview->choosePin(QStringLiteral("9999")));
    QVERIFY(!interview->uncover(QStringLiteral("4321")));
    QVERIFY(interview->isCovered());
    QVERIFY(interview->uncover(QStringLiteral("1234")));
    QVERIFY(!interview->isCovered());
}

void TestInterviewOnTheTablet::lockingLeavesNothingOpen() {
    test::TabletFixture tablet;
    QVERIFY(tablet.setUp());
    QVERIFY(tablet.enrol());
    tablet.app->lock();
    QVERIFY(tablet.isOn(Screen::Unlock));
    tablet.page<app::UnlockViewModel>()->unlock({}, QStringLiteral("wrong words entirely"));
    QTRY_VERIFY(!tablet.page<app::UnlockViewModel>()->error().isEmpty());
    QCOMPARE(tablet.app->screen(), Screen::Unlock);
    QVERIFY(tablet.unlock());
}

QTEST_GUILESS_MAIN(TestInterviewOnTheTablet)
#include "tst_interview_on_the_tablet.moc"
