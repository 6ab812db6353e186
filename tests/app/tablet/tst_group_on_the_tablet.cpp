// SPDX-License-Identifier: Apache-2.0
#include "tablet/group_view_model.h"
#include "tablet/groups_view_model.h"
#include "tablet_fixture.h"

using namespace sotto;
using namespace sotto::app;
using sotto::test::TabletFixture;
using Screen = TabletApp::Screen;

/// A group behind the glass: made of people who are there, begun when each has signed, its row of pseudonyms, its end.
class TestGroupOnTheTablet : public QObject {
    Q_OBJECT

private:
    /// Three people of a circle who consented, the last one without recording; on the page of their group.
    static GroupViewModel* aGroup(TabletFixture& tablet) {
        if (!tablet.setUp()) return nullptr;
        for (int i = 0; i < 3; ++i) {
            if (!tablet.enrol(QStringLiteral("circle"))) return nullptr;
            const QStringList refused = i == 2 ? QStringList{QStringLiteral("record")} : QStringList();
            if (!tablet.consent(refused)) return nullptr;
            tablet.app->goHome();
            if (!tablet.loaded()) return nullptr;
        }
        tablet.settle();
        QStringList ids;
        for (const QVariant& one : tablet.app->groups()->candidates())
            ids += one.toMap()[QStringLiteral("participant")].toString();
        tablet.app->groups()->create(QStringLiteral("Érable"), ids);
        if (!tablet.isOn(Screen::Group)) return nullptr;
        auto* page = tablet.page<GroupViewModel>();
        return QTest::qWaitFor([&] { return !page->isLoading(); }, TabletFixture::kPatienceMs) ? page : nullptr;
    }

private slots:
    void whoRefusesIsHeardApartAndTheOthersAreRecordedAndTouched() {
        TabletFixture tablet;
        auto* page = aGroup(tablet);
        QVERIFY(page != nullptr);
        QCOMPARE(page->members().size(), 3);
        QVERIFY(page->missingText().isEmpty());
        QVERIFY(!page->refusalText().isEmpty());
        QVERIFY(!page->canTakeNext());
        page->hearApart();
        QVERIFY(page->refusalText().isEmpty());
        QVERIFY(page->canTakeNext());
        page->takeNextStep();
        QVERIFY(tablet.isOn(Screen::Interview));
        auto* interview = tablet.page<InterviewViewModel>();
        QVERIFY(QTest::qWaitFor([&] { return interview->canRecord(); }, TabletFixture::kPatienceMs));
        QVERIFY(interview->isGroup());
        interview->record();
        QVERIFY(QTest::qWaitFor([&] { return interview->state() == InterviewViewModel::State::Recording; },
                                TabletFixture::kPatienceMs));
        const auto member = [&](int i) { return interview->members().at(i).toMap(); };
        interview->speaksAt(1);
        tablet.settle();
        QVERIFY(member(0)[QStringLiteral("speaking")].toBool());
        interview->speaks({});
        tablet.settle();
        QVERIFY(interview->isSeveral());
        QVERIFY(!member(2)[QStringLiteral("there")].toBool());
        // Who refused comes in all the same: the recording pauses, and cannot go on.
        interview->comes(member(2)[QStringLiteral("participant")].toString());
        QVERIFY(QTest::qWaitFor([&] { return interview->state() == InterviewViewModel::State::Paused; },
                                TabletFixture::kPatienceMs));
        interview->record();
        tablet.settle();
        QVERIFY(!tablet.app->vault().live().isRecording);
        QVERIFY(!interview->error().isEmpty());
        interview->goes(member(2)[QStringLiteral("participant")].toString());
        tablet.settle();
        interview->record();
        QVERIFY(
            QTest::qWaitFor([&] { return tablet.app->vault().live().isRecording.load(); }, TabletFixture::kPatienceMs));
        interview->end();
        QVERIFY(tablet.isOn(Screen::WrapUp));
        auto* wrapUp = tablet.page<WrapUpViewModel>();
        QVERIFY(QTest::qWaitFor([&] { return wrapUp->state() == WrapUpViewModel::State::Open; },
                                TabletFixture::kPatienceMs));
        wrapUp->seal();
        QVERIFY(QTest::qWaitFor([&] { return wrapUp->state() == WrapUpViewModel::State::Sealed; },
                                TabletFixture::kPatienceMs));
        wrapUp->finish();
        QVERIFY(tablet.isOn(Screen::Group));
    }

    void notesOnlyForEverybodyNeverOpensTheMicrophone() {
        TabletFixture tablet;
        auto* page = aGroup(tablet);
        QVERIFY(page != nullptr);
        page->setNotesOnly(true);
        QVERIFY(page->canTakeNext());
        page->takeNextStep();
        QVERIFY(tablet.isOn(Screen::Interview));
        auto* interview = tablet.page<InterviewViewModel>();
        QVERIFY(QTest::qWaitFor([&] { return interview->state() == InterviewViewModel::State::Ready; },
                                TabletFixture::kPatienceMs));
        QVERIFY(!interview->hasAudio());
        interview->record();
        interview->beginWithNotes();
        QVERIFY(QTest::qWaitFor([&] { return interview->state() == InterviewViewModel::State::NotesOnly; },
                                TabletFixture::kPatienceMs));
        QVERIFY(!tablet.app->vault().live().isRecording);
        QCOMPARE(interview->members().size(), 3);
    }
};

QTEST_GUILESS_MAIN(TestGroupOnTheTablet)
#include "tst_group_on_the_tablet.moc"
