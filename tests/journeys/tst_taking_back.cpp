// SPDX-License-Identifier: Apache-2.0
#include <QDir>
#include <QDirIterator>
#include <QTest>

#include "journeys/tablet_steps.h"

using namespace sotto::test;

namespace {

const QByteArray kWord = "kanarienvogel";

/// The files below a folder in which the word occurs.
QStringList filesWithTheWord(const QString& folder) {
    QStringList found;
    QDirIterator each(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (each.hasNext()) {
        const QString path = each.next();
        if (readAll(path).contains(kWord)) found += QDir(folder).relativeFilePath(path);
    }
    return found;
}

}  // namespace

/// In the middle of an interview somebody wants all of it erased: on the glass of the real program, looked after with
/// the keys of the lab.
class TakingBackTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void anInterviewRuns();
    void itIsStoppedAndErased();
    void noKeyOpensWhatWasSaid();

private:
    /// What the lab's keys bring to light of a copy of the tablet.
    [[nodiscard]] QStringList broughtToLight(const QString& home, const QString& out) const;

    Stage m_stage;
    Interviewer m_who{m_stage};
};

void TakingBackTest::initTestCase() {
    QVERIFY2(Interviewer::missingPrograms().isEmpty(), qPrintable(Interviewer::missingPrograms()));
    m_who.prepare();
    m_who.openApp();
    setUpTablet(m_who);
    addPerson(m_who, QStringLiteral("Ada ") + QString::fromLatin1(kWord));
    takeConsent(m_who);
    VERIFY_WELL(m_who);
}

void TakingBackTest::anInterviewRuns() {
    m_who.press(QStringLiteral("Begin the interview"));
    m_who.press(QStringLiteral("Start recording"));
    m_who.see(QStringLiteral("Recording"));
    m_who.press(QStringLiteral("Note"));
    m_who.seeBeginningOf(QStringLiteral("Note at "));
    m_who.type(QString::fromLatin1(kWord) + QStringLiteral(" sang"));
    m_who.press(QStringLiteral("Keep the note"));
    m_who.listenFor(1);
    VERIFY_WELL(m_who);
    copyTree(m_stage.path(QStringLiteral("home")), m_stage.path(QStringLiteral("before")));
    // The interview and, in another vault, the name.
    const QStringList found = broughtToLight(QStringLiteral("before"), QStringLiteral("light-before"));
    QVERIFY2(found.size() >= 2, qPrintable(found.join(u' ')));
}

void TakingBackTest::itIsStoppedAndErased() {
    VERIFY_WELL(m_who);
    m_who.press(QStringLiteral("More"));
    m_who.press(QStringLiteral("They want to stop or take back"));
    m_who.see(QStringLiteral("The recording has stopped"));
    m_who.press(QStringLiteral("Stop, and erase everything"));
    m_who.press(QStringLiteral("Erase everything"));
    m_who.see(QStringLiteral("It is done as they wished"));
    m_who.press(QStringLiteral("Done"));
    m_who.see(QStringLiteral("Nobody is here yet"));
    VERIFY_WELL(m_who);
}

void TakingBackTest::noKeyOpensWhatWasSaid() {
    VERIFY_WELL(m_who);
    m_who.killApp();
    QCOMPARE(QDir(m_stage.path(QStringLiteral("home/sessions"))).entryList(QDir::Files), QStringList());
    QCOMPARE(filesWithTheWord(m_stage.path(QStringLiteral("home"))), QStringList());
    QCOMPARE(broughtToLight(QStringLiteral("home"), QStringLiteral("light-after")), QStringList());
    // The home is whole: whoever holds the passphrase opens it, and nobody is in it.
    writeAll(m_stage.path(QStringLiteral("words")), kPassphrase.toUtf8());
    const Outcome seen = m_stage.as("words", "inspect --json");
    VERIFY_EXIT(seen, 0);
    QVERIFY(jsonOf(seen)[u"sessions"].toArray().isEmpty());
}

QStringList TakingBackTest::broughtToLight(const QString& home, const QString& out) const {
    const Outcome rescued = m_stage.lab({QStringLiteral("rescue"), home, QStringLiteral("--keys"),
                                         QStringLiteral("home-keys"), QStringLiteral("--out"), out});
    // A log that was broken off is rescued as far as it goes.
    if (rescued.code != 0 && rescued.code != kDamaged) return {rescued.described()};
    return filesWithTheWord(m_stage.path(out));
}

QTEST_GUILESS_MAIN(TakingBackTest)
#include "tst_taking_back.moc"
