// SPDX-License-Identifier: Apache-2.0
#include "tablet/withdraw_view_model.h"
#include "tablet_fixture.h"

using namespace sotto;
using namespace sotto::test;
using app::TabletApp;
using app::WithdrawViewModel;

namespace {

/// A tablet with one person who consented.
struct Story {
    Story() { SOTTO_CHECK(tablet.setUp() && tablet.enrol() && tablet.consent()); }

    /// An interview with some seconds of sound, running.
    [[nodiscard]] app::InterviewViewModel* interview() {
        auto* interview = tablet.beginInterview();
        if (interview == nullptr) return nullptr;
        interview->record();
        const bool records = QTest::qWaitFor([&] { return interview->isRecordingNow(); }, kPatience);
        QTest::qWait(300);
        return records ? interview : nullptr;
    }
    /// The page for whoever the app is about, ready to choose.
    [[nodiscard]] WithdrawViewModel* page() {
        tablet.app->openWithdrawal();
        if (!tablet.isOn(TabletApp::Screen::Withdraw)) return nullptr;
        auto* page = tablet.page<WithdrawViewModel>();
        const bool isReady = QTest::qWaitFor(
            [&] {
                return page->state() == WithdrawViewModel::State::Choosing ||
                       page->state() == WithdrawViewModel::State::Finding;
            },
            kPatience);
        return isReady ? page : nullptr;
    }
    [[nodiscard]] bool isDone(WithdrawViewModel* page) {
        return QTest::qWaitFor([&] { return page->state() == WithdrawViewModel::State::Done; }, kPatience);
    }
    [[nodiscard]] int sessionFiles() {
        const auto entries = tablet.files.list(tablet.dir / "home" / "sessions");
        return entries ? static_cast<int>(entries->size()) : -1;
    }

    static constexpr int kPatience = TabletFixture::kPatienceMs;
    TabletFixture tablet;
};

}  // namespace

class TakingBackTest : public QObject {
    Q_OBJECT
private slots:
    void inMidInterviewTheRecordingStopsBeforeAnybodyDecides();
    void inMidInterviewEverythingCanGo();
    void inMidInterviewWhatWasToldCanStay();
    void whoIsUndecidedIsLockedAndMayGoOn();
    void aCodeOfNobodyLeadsOnWithoutIt();
};

void TakingBackTest::inMidInterviewTheRecordingStopsBeforeAnybodyDecides() {
    Story story;
    QVERIFY(story.interview() != nullptr);
    WithdrawViewModel* page = story.page();
    QVERIFY(page != nullptr);
    QVERIFY(!story.tablet.app->vault().live().isRecording);
    QVERIFY(page->isFromInterview() && page->canGoOn() && page->canErase());
    QVERIFY(!page->meanings().isEmpty());
    // Nothing was decided: the interview may go on, and takes up where it was.
    page->goOn();
    QVERIFY(story.tablet.isOn(TabletApp::Screen::Interview));
    auto* interview = story.tablet.page<app::InterviewViewModel>();
    QVERIFY(QTest::qWaitFor([&] { return interview->state() != app::InterviewViewModel::State::Opening; },
                            Story::kPatience));
    QVERIFY(!story.tablet.app->vault().live().isRecording);
    interview->record();
    QVERIFY(QTest::qWaitFor([&] { return interview->isRecordingNow(); }, Story::kPatience));
}

void TakingBackTest::inMidInterviewEverythingCanGo() {
    Story story;
    QVERIFY(story.interview() != nullptr);
    QCOMPARE(story.sessionFiles(), 1);
    WithdrawViewModel* page = story.page();
    QVERIFY(page != nullptr);
    page->erase();
    QVERIFY(story.isDone(page));
    QCOMPARE(story.sessionFiles(), 0);
    QVERIFY(page->doneText().contains(QStringLiteral("erased")));
    page->leave();
    QVERIFY(story.tablet.isOn(TabletApp::Screen::Home) && story.tablet.loaded());
    QVERIFY(story.tablet.page<app::HomeViewModel>()->isEmpty());
    // What stays is a line that says that somebody did.
    page = story.page();
    QVERIFY(page != nullptr);
    QCOMPARE(page->takenBack().size(), 1);
}

void TakingBackTest::inMidInterviewWhatWasToldCanStay() {
    Story story;
    QVERIFY(story.interview() != nullptr);
    WithdrawViewModel* page = story.page();
    QVERIFY(page != nullptr);
    page->stop();
    QVERIFY(story.isDone(page));
    QVERIFY2(page->error().isEmpty(), qPrintable(page->error()));
    page->leave();
    QVERIFY(story.tablet.isOn(TabletApp::Screen::Person) && story.tablet.personLoaded());
    auto* person = story.tablet.page<app::PersonViewModel>();
    QVERIFY(person->nextText().isEmpty() && !person->takesPart() && !person->canListen());
    QCOMPARE(person->stateText(), QStringLiteral("Takes part no more"));
    story.tablet.app->openOutbox();
    story.tablet.settle();
    QCOMPARE(story.sessionFiles(), 1);
}

void TakingBackTest::whoIsUndecidedIsLockedAndMayGoOn() {
    Story story;
    WithdrawViewModel* page = story.page();
    QVERIFY(page != nullptr);
    QVERIFY(!page->isFromInterview() && !page->canGoOn());
    page->decideLater(7);
    QVERIFY(story.isDone(page));
    page->leave();
    QVERIFY(story.tablet.isOn(TabletApp::Screen::Person) && story.tablet.personLoaded());
    auto* person = story.tablet.page<app::PersonViewModel>();
    QVERIFY2(person->nextText().isEmpty(), "nobody asks before the day");
    story.tablet.clock.advance(8LL * 24 * 3600 * 1000);
    person->refresh();
    story.tablet.settle();
    QVERIFY(!person->nextText().isEmpty());
    person->takeNextStep();
    QVERIFY(story.tablet.isOn(TabletApp::Screen::Withdraw));
    page = story.tablet.page<WithdrawViewModel>();
    QVERIFY(QTest::qWaitFor([&] { return page->state() == WithdrawViewModel::State::Choosing; }, Story::kPatience));
    QVERIFY(!page->currentText().isEmpty() && page->canGoOn());
    page->goOn();
    QVERIFY(story.isDone(page));
    page->leave();
    QVERIFY(story.tablet.isOn(TabletApp::Screen::Person) && story.tablet.personLoaded());
    QVERIFY(story.tablet.page<app::PersonViewModel>()->takesPart());
}

void TakingBackTest::aCodeOfNobodyLeadsOnWithoutIt() {
    Story story;
    story.tablet.app->goHome();
    QVERIFY(story.tablet.isOn(TabletApp::Screen::Home) && story.tablet.loaded());
    WithdrawViewModel* page = story.page();
    QVERIFY(page != nullptr);
    QCOMPARE(page->state(), WithdrawViewModel::State::Finding);
    page->findByCode(QStringLiteral("ABCD 2345"));
    story.tablet.settle();
    QVERIFY(page->isCodeUnknown() && page->state() == WithdrawViewModel::State::Finding);
    page->leave();
    QVERIFY(story.tablet.isOn(TabletApp::Screen::Home));
}

QTEST_GUILESS_MAIN(TakingBackTest)
#include "tst_taking_back.moc"
