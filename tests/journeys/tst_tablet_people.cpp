// SPDX-License-Identifier: Apache-2.0
#include <QDirIterator>
#include <QTest>

#include "journeys/tablet_steps.h"

using namespace sotto::test;

namespace {

const QString kCaller = QStringLiteral("Zanzibar Imaginary");
const QString kFriend = QStringLiteral("Tangerine Imaginary");
const QString kReach = QStringLiteral("514 555-0199 after six");

}  // namespace

/// Before the meeting, on the real program: a caller whom the study does not suit now, and a pair with its wall.
class TabletPeopleTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void aCallerWhoIsNotTheRightFitIsOfferedSupport();
    void nothingButTheCountStaysOfThem();
    void somebodyIsNamedAndAgrees();
    void theNominatorsPageDoesNotTell();

private:
    void addFriend(const QString& name);
    /// The files of what the lab's keys bring to light of this home that hold the words.
    [[nodiscard]] QStringList rescuedWith(const QString& words, const QString& folder);

    Stage m_stage;
    Interviewer m_who{m_stage};
};

void TabletPeopleTest::initTestCase() {
    QVERIFY2(Interviewer::missingPrograms().isEmpty(), qPrintable(Interviewer::missingPrograms()));
    m_who.prepare();
    m_who.openApp();
    setUpTablet(m_who);
    VERIFY_WELL(m_who);
}

void TabletPeopleTest::addFriend(const QString& name) {
    m_who.press(QStringLiteral("New person"));
    m_who.press(QStringLiteral("Friend"));
    m_who.enter(QStringLiteral("Name"), name);
    m_who.press(QStringLiteral("Add"));
}

void TabletPeopleTest::aCallerWhoIsNotTheRightFitIsOfferedSupport() {
    VERIFY_WELL(m_who);
    addFriend(kCaller);
    m_who.press(QStringLiteral("See whether the study suits them"));
    m_who.seeBeginningOf(QStringLiteral("To see whether the practice suits you"));
    m_who.press(QStringLiteral("They said yes, on the telephone"));
    m_who.press(QStringLiteral("Begin"));
    m_who.press(QStringLiteral("Yes"));
    m_who.press(QStringLiteral("Continue"));
    m_who.enter(QStringLiteral("Number (months)"), QStringLiteral("12"));
    m_who.press(QStringLiteral("Continue"));
    m_who.press(QStringLiteral("Often"));
    m_who.press(QStringLiteral("Continue"));
    m_who.see(QStringLiteral("Do you feel that there is nobody to talk to?"));
    m_who.press(QStringLiteral("Often"));
    // The sheet opens by itself.
    m_who.see(QStringLiteral("Pause and support"));
    m_who.press(QStringLiteral("Close"));
    m_who.press(QStringLiteral("I stayed with them and listened"));
    m_who.press(QStringLiteral("Continue"));
    m_who.press(QStringLiteral("Continue"));
    m_who.seeBeginningOf(QStringLiteral("Thank you for answering."));
    m_who.see(QStringLiteral("For the team: not the right time"));
    m_who.press(QStringLiteral("I told them: erase their answers"));
    m_who.see(QStringLiteral("They are erased"));
    m_who.press(QStringLiteral("Done"));
    m_who.see(QStringLiteral("Nobody is here yet"));
    m_who.press(QStringLiteral("Where the study stands"));
    m_who.see(QStringLiteral("not the right time: 1"));
    m_who.press(QStringLiteral("Back"));
    m_who.see(QStringLiteral("New person"));
    VERIFY_WELL(m_who);
}

QStringList TabletPeopleTest::rescuedWith(const QString& words, const QString& folder) {
    const Outcome rescued =
        m_stage.lab(QStringList{QStringLiteral("rescue"), QStringLiteral("home"), QStringLiteral("--keys"),
                                QStringLiteral("home-keys"), QStringLiteral("--out"), folder});
    if (rescued.code != 0) return {rescued.described()};
    QStringList found;
    QDirIterator files(m_stage.path(folder), QDir::Files, QDirIterator::Subdirectories);
    int all = 0;
    while (files.hasNext()) {
        ++all;
        if (readAll(files.next()).contains(words.toUtf8())) found += files.fileName();
    }
    return all > 0 ? found : QStringList{QStringLiteral("nothing was rescued")};
}

void TabletPeopleTest::nothingButTheCountStaysOfThem() {
    VERIFY_WELL(m_who);
    addFriend(kFriend);
    m_who.see(QStringLiteral("See whether the study suits them"));
    m_who.killApp();
    QVERIFY2(!rescuedWith(kFriend, QStringLiteral("rescued")).isEmpty(), "a name that is there is found");
    QCOMPARE(rescuedWith(kCaller, QStringLiteral("rescued-too")), QStringList());
    m_who.openApp();
    unlock(m_who);
    VERIFY_WELL(m_who);
}

void TabletPeopleTest::somebodyIsNamedAndAgrees() {
    VERIFY_WELL(m_who);
    addPerson(m_who, QStringLiteral("Ada Imaginary"));
    m_who.press(QStringLiteral("Name somebody"));
    m_who.press(QStringLiteral("We may make contact"));
    m_who.enter(QStringLiteral("Their name"), QStringLiteral("Alex Imaginary"));
    m_who.enter(QStringLiteral("Number, and safe ways and hours"), kReach);
    m_who.press(QStringLiteral("What the study is about"));
    m_who.press(QStringLiteral("Keep"));
    m_who.seeBeginningOf(QStringLiteral("Friend: contact was permitted"));
    m_who.press(QStringLiteral("Back"));
    m_who.press(QStringLiteral("Waiting for an answer"));
    m_who.see(QStringLiteral("May be told: what the study is about"));
    m_who.press(QStringLiteral("They agree to talk with us"));
    m_who.see(QStringLiteral("See whether the study suits them"));
    m_who.see(QStringLiteral("Safe ways: ") + kReach);
    VERIFY_WELL(m_who);
}

void TabletPeopleTest::theNominatorsPageDoesNotTell() {
    VERIFY_WELL(m_who);
    m_who.press(QStringLiteral("Back"));
    m_who.pressDescribed(QStringLiteral("Person in recovery"));
    m_who.seeBeginningOf(QStringLiteral("Friend: contact was permitted"));
    m_who.see(QStringLiteral("Whether somebody answered is not shown here."));
    m_who.seeNot(QStringLiteral("Safe ways: ") + kReach);
    m_who.find([](const Thing& thing) { return thing.name == QStringLiteral("Person in recovery"); },
               QStringLiteral("a subtitle that names the role alone"));
    VERIFY_WELL(m_who);
}

QTEST_GUILESS_MAIN(TabletPeopleTest)
#include "tst_tablet_people.moc"
