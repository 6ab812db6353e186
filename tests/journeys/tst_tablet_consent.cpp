// SPDX-License-Identifier: Apache-2.0
#include <QDir>
#include <QTest>

#include "journeys/sound.h"
#include "journeys/tablet_steps.h"

using namespace sotto::test;

namespace {

constexpr int kParts = 7;
const QStringList kLanguages{QStringLiteral("en"), QStringLiteral("fr")};

void read(Interviewer& who) {
    for (int i = 1; i <= kParts; ++i) {
        who.see(QStringLiteral("Part %1 of %2").arg(i).arg(kParts));
        who.press(QStringLiteral("Continue"));
    }
}

/// Yes to everything but the question of that number, and on to what comes after the summary.
void answer(Interviewer& who, int refused = 0) {
    constexpr int kItems = 6;
    for (int i = 1; i <= kItems; ++i) {
        who.see(QStringLiteral("Question %1 of %2").arg(i).arg(kItems));
        who.press(i == refused ? QStringLiteral("No") : QStringLiteral("Yes"));
        who.press(QStringLiteral("Continue"));
    }
    who.see(QStringLiteral("Your choices"));
    who.press(QStringLiteral("Continue"));
}

void attest(Interviewer& who) {
    who.draw(QStringLiteral("Signature of the interviewer"));
    who.press(QStringLiteral("Sign and keep"));
}

}  // namespace

/// Consent on the glass where it is not simply a yes: no recording; by voice; a parent with the child. The practice
/// study, with forms for minors.
class TabletConsentTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void consentByVoiceIsHeardAndKept();
    void aParentSignsWithTheChild();
    void theCopyIsSavedAndReadsAsWhatWasSigned();
    void whoRefusesTheRecordingIsNotRecorded();
    void nothingOfItLiesOpenOnTheTablet();

private:
    void setUpWithMinors();
    Stage m_stage;
    Interviewer m_who{m_stage};
};

void TabletConsentTest::setUpWithMinors() {
    m_stage.makeKeys();
    copyTree(QStringLiteral(SOTTO_SOURCE_DIR "/assets/studies/practice"), m_stage.path(QStringLiteral("pack")));
    for (const QString& language : kLanguages) {
        const auto form = [&](const char* name) {
            return m_stage.path(QStringLiteral("pack/consents/%1.%2.md").arg(QLatin1String(name), language));
        };
        QByteArray text = readAll(form("person"));
        writeAll(form("minor-parent"),
                 QByteArray(text).insert(4, "role: person\nsigned_by: parent\nwith: minor-assent\n"));
        writeAll(form("minor-assent"), text.insert(4, "role: person\nsigned_by: assent\n"));
    }
    VERIFY_EXIT(m_stage.lab(words("study sign pack --keys keys --out minors.sottostudy")), 0);
}

void TabletConsentTest::initTestCase() {
    QVERIFY2(Interviewer::missingPrograms().isEmpty(), qPrintable(Interviewer::missingPrograms()));
    setUpWithMinors();
    m_who.prepare();
    m_who.openApp();
    m_who.press(QStringLiteral("English"));
    m_who.enter(QStringLiteral("Your name"), QStringLiteral("Jo"));
    m_who.press(QStringLiteral("Continue"));
    m_who.press(QStringLiteral("Make up my own instead"));
    m_who.enter(QStringLiteral("Passphrase"), kPassphrase);
    m_who.press(QStringLiteral("Continue"));
    m_who.see(QStringLiteral("Once more"));
    m_who.enter(QStringLiteral("Passphrase"), kPassphrase);
    m_who.press(QStringLiteral("Continue"));
    m_who.enter(QStringLiteral("Or type where the file is"), m_stage.path(QStringLiteral("minors.sottostudy")));
    m_who.press(QStringLiteral("Open this study"));
    m_who.press(QStringLiteral("Set up the tablet"));
    m_who.see(QStringLiteral("New person"));
    VERIFY_WELL(m_who);
}

void TabletConsentTest::consentByVoiceIsHeardAndKept() {
    addPerson(m_who, QStringLiteral("Noor Imaginary"));
    m_who.press(QStringLiteral("Take consent"));
    m_who.press(QStringLiteral("The person themself"));
    m_who.press(QStringLiteral("English"));
    m_who.press(QStringLiteral("On paper, or by voice"));
    m_who.press(QStringLiteral("By voice"));
    read(m_who);
    answer(m_who);
    const auto voice = m_who.sound().startPlaying(speech(m_stage, 4).file);
    m_who.press(QStringLiteral("Record the statement"));
    m_who.see(QStringLiteral("0:02"));
    m_who.press(QStringLiteral("End the statement"));
    m_who.see(QStringLiteral("The statement is recorded."));
    m_who.press(QStringLiteral("Continue"));
    attest(m_who);
    m_who.press(QStringLiteral("Done"));
    m_who.see(QStringLiteral("Begin the interview"));
    VERIFY_WELL(m_who);
    m_who.press(QStringLiteral("Back"));
}

void TabletConsentTest::aParentSignsWithTheChild() {
    VERIFY_WELL(m_who);
    addPerson(m_who, QStringLiteral("Sam Imaginary"));
    m_who.press(QStringLiteral("Take consent"));
    m_who.press(QStringLiteral("A parent or guardian, together with the young person"));
    m_who.press(QStringLiteral("English"));
    m_who.see(QStringLiteral("For the parent or guardian"));
    read(m_who);
    answer(m_who);
    m_who.enter(QStringLiteral("Name of who signs"), QStringLiteral("Kim Imaginary"));
    m_who.draw(QStringLiteral("Your signature"));
    m_who.press(QStringLiteral("Continue"));
    m_who.see(QStringLiteral("For the person themself"));
    read(m_who);
    answer(m_who);
    m_who.draw(QStringLiteral("Your signature"));
    m_who.press(QStringLiteral("Continue"));
    attest(m_who);
    m_who.press(QStringLiteral("Done"));
    m_who.see(QStringLiteral("Begin the interview"));
    VERIFY_WELL(m_who);
    m_who.press(QStringLiteral("Back"));
}

void TabletConsentTest::theCopyIsSavedAndReadsAsWhatWasSigned() {
    VERIFY_WELL(m_who);
    addPerson(m_who, QStringLiteral("Ada Imaginary"));
    m_who.press(QStringLiteral("Take consent"));
    m_who.press(QStringLiteral("The person themself"));
    m_who.press(QStringLiteral("English"));
    read(m_who);
    answer(m_who, 2);
    m_who.draw(QStringLiteral("Your signature"));
    m_who.press(QStringLiteral("Continue"));
    attest(m_who);
    m_who.press(QStringLiteral("Save it on a stick"));
    m_who.press(QStringLiteral("user"));
    m_who.press(QStringLiteral("Take this folder"));
    m_who.seeBeginningOf(QStringLiteral("Saved as document-"));
    VERIFY_WELL(m_who);
    const QDir folder(m_stage.path(QStringLiteral("user")));
    const QStringList saved = folder.entryList({QStringLiteral("*.pdf")}, QDir::Files);
    QCOMPARE(saved.size(), 1);
    const Outcome copy =
        m_stage.tool(QStringLiteral("pdftotext"), {folder.filePath(saved.front()), QStringLiteral("-")});
    VERIFY_EXIT(copy, 0);
    const QString text = QString::fromUtf8(copy.out).simplified();
    for (const char* words : {"Taking part in a practice interview", "No I agree that my voice is recorded",
                              "Yes I agree to take part", "If you change your mind", "Where the data goes"})
        QVERIFY2(text.contains(QLatin1String(words)), words);
    QVERIFY(!text.contains(QStringLiteral("Ada")));
}

void TabletConsentTest::whoRefusesTheRecordingIsNotRecorded() {
    VERIFY_WELL(m_who);
    m_who.press(QStringLiteral("Done"));
    m_who.press(QStringLiteral("Begin the interview"));
    m_who.see(QStringLiteral("Notes only: nothing is recorded"));
    m_who.seeNot(QStringLiteral("Start recording"));
    m_who.press(QStringLiteral("Start with notes only"));
    m_who.see(QStringLiteral("Note"));
    m_who.seeNot(QStringLiteral("Start recording"));
    VERIFY_WELL(m_who);
}

/// A statement in clear would begin with OggS, a copy with %PDF, and names are in the form.
void TabletConsentTest::nothingOfItLiesOpenOnTheTablet() {
    m_who.killApp();
    const Outcome found = m_stage.shell(QStringLiteral("grep -rlaE 'OggS|%PDF|Imaginary' home; true"));
    QCOMPARE(found.out, QByteArray());
}

QTEST_GUILESS_MAIN(TabletConsentTest)
#include "tst_tablet_consent.moc"
