// SPDX-License-Identifier: Apache-2.0
#include "people/support_notes.h"
#include "tablet_fixture.h"
#include "vault/audit.h"
#include "workflow/home_layout.h"

using namespace sotto;
using Screen = app::TabletApp::Screen;
using interview::EventKind;

namespace {

struct Supported : test::TabletFixture {
    [[nodiscard]] app::SupportViewModel& support() { return *app->support(); }
    /// The study's public file as another study would have written it.
    void writeHelp(const QByteArray& text) {
        if (!replaceFile(files, workflow::HomeLayout{dir / "home"}.help(), viewOf(text))) qFatal("no help file");
        support().read();
    }
    template <typename T>
    [[nodiscard]] T ask(std::function<Result<T>(app::Tablet&)> job) {
        std::optional<Result<T>> answer;
        app->vault().run(app.get(), std::move(job), [&](Result<T> result) { answer = std::move(result); });
        static_cast<void>(QTest::qWaitFor([&] { return answer.has_value(); }, kPatienceMs));
        if (!answer || !*answer) qFatal("the vault thread gave no answer");
        return *std::move(*answer);
    }
    /// "support.step/danger/2" for each entry of the audit trail about support.
    [[nodiscard]] QStringList audited() {
        return ask<QStringList>([](app::Tablet& tablet) -> Result<QStringList> {
            SOTTO_ASSIGN(auto* home, tablet.home());
            SOTTO_ASSIGN(const auto entries, vault::AuditTrail(home->sessions()).entries());
            QStringList all;
            for (const auto& entry : entries) {
                if (!entry.action.startsWith(QLatin1String("support."))) continue;
                all += entry.action + u'/' + entry.details[QStringLiteral("heading")].toString() + u'/' +
                       entry.details[QStringLiteral("step")].toString();
            }
            return all;
        });
    }
    [[nodiscard]] QStringList said() {
        return ask<QStringList>([](app::Tablet& tablet) -> Result<QStringList> {
            SOTTO_ASSIGN(auto* live, tablet.liveSession());
            QStringList all;
            for (const auto& event : live->allEvents()) {
                if (event.kind == EventKind::Support) all += event.text + u'/' + event.id;
            }
            return all;
        });
    }
    [[nodiscard]] QStringList notesAbout(const QString& heading) {
        return ask<QStringList>([heading](app::Tablet& tablet) -> Result<QStringList> {
            SOTTO_ASSIGN(auto* home, tablet.home());
            SOTTO_ASSIGN(const auto people, people::Participants(home->sessions()).all());
            QStringList all;
            for (const auto& person : people) {
                SOTTO_ASSIGN(const auto notes, people::SupportNotes(home->identities()).about(person.id));
                for (const auto& note : notes) {
                    if (note.heading == heading) all += note.text;
                }
            }
            return all;
        });
    }
};

QByteArray helpOf(const QByteArray& verified) {
    return "emergency\ten\tCA\tEmergency\t911\t\t\t2026-11-20\t\t\n"
           "line\ten\tQC\tA line\t1 866\t\t\t" +
           verified +
           "\tday and night\tCaregivers\n"
           "on-call\tSam\t514 555-0100\n"
           "heading\ten\tpause\tTake a pause\tNo hurry.\n"
           "step\ten\tpause\tPut the tablet aside.\nstep\ten\tpause\tOffer water.\n"
           "heading\ten\titem-nine\tWhen somebody thinks of dying\t\nstep\ten\titem-nine\tAsk.\n"
           "sotto-help\t2\n";
}

}  // namespace

class TestSupport : public QObject {
    Q_OBJECT

private slots:
    void beforeThereIsAStudyThereIsHelp();
    void linesSayByPlaceWhenTheyWereChecked();
    void everyHeadingOfTheStudyIsThereAndWhatItLacksSottoBrings();
    void anAlertOpensAtItsHeading();
    void withoutAnInterviewTheAuditTrailKeepsWhatWasDone();
    void anInterviewKeepsWhatWasDoneLockedToo();
    void wrapUpRemindsOfIt();
    void whatWasDoneWhileLockedIsSaidAtTheUnlock();
    void aNoteIsSealedApartAndOnlyWhileUnlocked();
    void inTheParticipantsHandsNothingIsWritten();
};

void TestSupport::beforeThereIsAStudyThereIsHelp() {
    Supported tablet;
    QVERIFY(tablet.isOn(Screen::FirstStart));
    tablet.support().setOpen(true);
    QVERIFY(tablet.support().isOpen());
    QCOMPARE(tablet.support().lines().first().toMap()[QStringLiteral("phone")].toString(), QStringLiteral("911"));
    QVERIFY(tablet.support().steps().size() >= 3);
    QVERIFY(!tablet.support().canNote());
}

void TestSupport::linesSayByPlaceWhenTheyWereChecked() {
    Supported tablet;
    QVERIFY(tablet.setUp());
    const auto line = [&] { return tablet.support().lines().value(1).toMap(); };
    const QDate today = QDateTime::fromMSecsSinceEpoch(tablet.clock.now().utcMs, Qt::UTC).date();
    for (const auto& [verified, isOld] :
         std::map<QDate, bool>{{today.addDays(-90), false}, {today.addDays(-91), true}}) {
        tablet.writeHelp(helpOf(verified.toString(Qt::ISODate).toLatin1()));
        QCOMPARE(line()[QStringLiteral("old")].toBool(), isOld);
        QCOMPARE(line()[QStringLiteral("verified")].toString(), verified.toString(Qt::ISODate));
    }
    tablet.writeHelp(helpOf({}));
    QVERIFY(line()[QStringLiteral("verified")].toString().isEmpty() && !line()[QStringLiteral("old")].toBool());
    QCOMPARE(line()[QStringLiteral("placeName")].toString(), QStringLiteral("Québec"));
    QCOMPARE(line()[QStringLiteral("hours")].toString(), QStringLiteral("day and night"));
    QVERIFY(tablet.support().lines().first().toMap()[QStringLiteral("emergency")].toBool());
    QVERIFY(!line()[QStringLiteral("emergency")].toBool());
    QCOMPARE(tablet.support().onCallPhone(), QStringLiteral("514 555-0100"));
}

void TestSupport::everyHeadingOfTheStudyIsThereAndWhatItLacksSottoBrings() {
    Supported tablet;
    QVERIFY(tablet.setUp());
    tablet.writeHelp(helpOf("2026-11-20"));
    tablet.support().setOpen(true);
    QCOMPARE(tablet.support().headingTitle(), QStringLiteral("Take a pause"));
    QCOMPARE(tablet.support().steps().size(), 2);
    QStringList others;
    for (const QVariant& heading : tablet.support().headings())
        others += heading.toMap()[QStringLiteral("id")].toString();
    QCOMPARE(others,
             (QStringList{QStringLiteral("item-nine"), QStringLiteral("danger"), QStringLiteral("stop-or-go")}));
}

void TestSupport::anAlertOpensAtItsHeading() {
    Supported tablet;
    QVERIFY(tablet.setUp());
    tablet.writeHelp(helpOf("2026-11-20"));
    tablet.support().openAt(QStringLiteral("item-nine"));
    QVERIFY(tablet.support().isOpen());
    QCOMPARE(tablet.support().heading(), QStringLiteral("item-nine"));
    tablet.support().openAt(QStringLiteral("severe"));  // that the study has no steps for
    QCOMPARE(tablet.support().heading(), QStringLiteral("pause"));
    tablet.settle();
    QCOMPARE(tablet.audited(),
             (QStringList{QStringLiteral("support.opened/item-nine/"), QStringLiteral("support.opened/severe/")}));
}

void TestSupport::withoutAnInterviewTheAuditTrailKeepsWhatWasDone() {
    Supported tablet;
    QVERIFY(tablet.setUp() && tablet.enrol());
    auto& support = tablet.support();
    support.setOpen(true);
    support.tick(1);
    QVERIFY(!support.steps().first().toMap()[QStringLiteral("doneAt")].toString().isEmpty());
    support.tick(1);
    QVERIFY(support.steps().first().toMap()[QStringLiteral("doneAt")].toString().isEmpty());
    support.tick(99);
    support.decide(QStringLiteral("go"), QStringLiteral("participant"));
    QVERIFY(!support.decision().isEmpty());
    support.decide(QStringLiteral("go"), QStringLiteral("somebody"));
    tablet.settle();
    QCOMPARE(tablet.audited(),
             (QStringList{QStringLiteral("support.opened/pause/"), QStringLiteral("support.step/pause/1"),
                          QStringLiteral("support.undone/pause/1"), QStringLiteral("support.decided/pause/")}));
    tablet.app->goHome();
    QVERIFY(support.decision().isEmpty());  // it was about somebody else
}

void TestSupport::anInterviewKeepsWhatWasDoneLockedToo() {
    Supported tablet;
    QVERIFY(tablet.setUp() && tablet.enrol() && tablet.consent());
    auto* interview = tablet.beginInterview();
    QVERIFY(interview != nullptr);
    interview->record();
    QTRY_VERIFY(interview->hasBegun());
    tablet.support().setOpen(true);
    tablet.support().setOpen(false);
    tablet.app->lock();
    QVERIFY(!tablet.support().canNote());
    tablet.support().openAt(QStringLiteral("danger"));
    tablet.support().tick(1);
    tablet.settle();
    QCOMPARE(tablet.said(), (QStringList{QStringLiteral("opened/pause"), QStringLiteral("opened/danger"),
                                         QStringLiteral("step/danger")}));
    QVERIFY(tablet.support().error().isEmpty());
    interview->uncoverWithPassphrase(tablet.passphrase);
    QTRY_VERIFY(!interview->isCovered());
    QVERIFY(tablet.support().canNote());
    tablet.support().keepNote(QStringLiteral("cried, then laughed"));
    QTRY_VERIFY(tablet.support().isNoteKept());
    QCOMPARE(tablet.notesAbout(QStringLiteral("danger")), QStringList{QStringLiteral("cried, then laughed")});
    tablet.settle();
    QCOMPARE(tablet.said().last(), QStringLiteral("noted/danger"));
    QCOMPARE(tablet.audited(), QStringList());
}

void TestSupport::wrapUpRemindsOfIt() {
    Supported tablet;
    QVERIFY(tablet.setUp() && tablet.enrol() && tablet.consent());
    auto* interview = tablet.beginInterview();
    interview->record();
    QTRY_VERIFY(interview->hasBegun());
    tablet.support().setOpen(true);
    tablet.support().decide(QStringLiteral("stop"), QStringLiteral("both"));
    interview->end();
    QVERIFY(tablet.isOn(Screen::WrapUp));
    auto* wrapUp = tablet.page<app::WrapUpViewModel>();
    QTRY_COMPARE(wrapUp->state(), app::WrapUpViewModel::State::Open);
    QCOMPARE(wrapUp->support().size(), 2);
    QVERIFY(wrapUp->support().last().toMap()[QStringLiteral("text")].toString().contains(QLatin1String("together")));
}

void TestSupport::whatWasDoneWhileLockedIsSaidAtTheUnlock() {
    Supported tablet;
    QVERIFY(tablet.setUp());
    tablet.app->lock();
    QVERIFY(tablet.isOn(Screen::Unlock));
    tablet.support().openAt(QStringLiteral("danger"));
    tablet.support().tick(2);
    tablet.settle();
    QVERIFY(tablet.support().error().isEmpty() && !tablet.support().canNote());
    QVERIFY(tablet.unlock());
    tablet.settle();
    QCOMPARE(tablet.audited(),
             (QStringList{QStringLiteral("support.opened/danger/"), QStringLiteral("support.step/danger/2")}));
}

void TestSupport::aNoteIsSealedApartAndOnlyWhileUnlocked() {
    Supported tablet;
    QVERIFY(tablet.setUp() && tablet.enrol());
    QVERIFY(tablet.support().canNote());
    tablet.support().openAt(QStringLiteral("danger"));
    tablet.support().keepNote(QStringLiteral("  "));
    tablet.support().keepNote(QStringLiteral("told the team"));
    QTRY_VERIFY(tablet.support().isNoteKept());
    QCOMPARE(tablet.notesAbout(QStringLiteral("danger")), QStringList{QStringLiteral("told the team")});
    tablet.support().setUnlocked(false);
    tablet.support().keepNote(QStringLiteral("by a stranger"));
    tablet.settle();
    QCOMPARE(tablet.notesAbout(QStringLiteral("danger")).size(), 1);
}

void TestSupport::inTheParticipantsHandsNothingIsWritten() {
    Supported tablet;
    QVERIFY(tablet.setUp() && tablet.enrol());
    tablet.support().setForParticipant(true);
    tablet.support().setOpen(true);
    QVERIFY(!tablet.support().lines().isEmpty() && !tablet.support().canNote());
    tablet.support().tick(1);
    tablet.support().decide(QStringLiteral("go"), QStringLiteral("participant"));
    tablet.support().keepNote(QStringLiteral("mine"));
    tablet.settle();
    QCOMPARE(tablet.audited(), QStringList{QStringLiteral("support.opened/pause/")});
    QVERIFY(tablet.notesAbout(QStringLiteral("pause")).isEmpty());
}

QTEST_GUILESS_MAIN(TestSupport)
#include "tst_support.moc"
