// SPDX-License-Identifier: Apache-2.0
#include <QJsonArray>
#include <QTest>

#include "journeys/tablet_steps.h"

using namespace sotto::test;

namespace {

constexpr int kTurns = 6;
constexpr double kMostLossMs = 1000;

}  // namespace

/// What happens around a recording: the tablet is turned, somebody closes the window or opens a second one.
class TabletSurroundingsTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void turningTheTabletGoesOnRecording();
    void aSecondWindowOnTheSameHomeIsRefusedInASentence();
    void supportIsThereCoveredAndLocked();
    void closingTheWindowAsksFirst();
    void closingAfterAllKeepsEverything();

private:
    Stage m_stage;
    Interviewer m_who{m_stage};
    std::unique_ptr<QProcess> m_voice;
    Moment m_began;
};

void TabletSurroundingsTest::initTestCase() {
    QVERIFY2(Interviewer::missingPrograms().isEmpty(), qPrintable(Interviewer::missingPrograms()));
    const Speech voice = speech(m_stage, 30);
    m_who.prepare();
    m_who.openApp();
    setUpTablet(m_who);
    addPerson(m_who, QStringLiteral("Ada Imaginary"));
    takeConsent(m_who);
    m_voice = m_who.sound().startPlaying(voice.file);
    m_who.press(QStringLiteral("Begin the interview"));
    m_began = m_who.press(QStringLiteral("Start recording"));
    m_who.see(QStringLiteral("Recording"));
    VERIFY_WELL(m_who);
}

/// Each time just as the question changes: the page is being made anew then.
void TabletSurroundingsTest::turningTheTabletGoesOnRecording() {
    m_who.listenFor(2);
    for (int i = 0; i < kTurns; ++i) {
        const QSize size = i % 2 == 0 ? QSize(1280, 800) : QSize(800, 1280);
        m_who.press(QStringLiteral("Next"));
        m_who.turnTo(size);
        m_who.find([size](const Thing& thing) { return thing.place.size() == size; }, QStringLiteral("turned page"));
        m_who.see(QStringLiteral("Recording"));
        m_who.press(QStringLiteral("Mark"));
    }
    VERIFY_WELL(m_who);
}

void TabletSurroundingsTest::aSecondWindowOnTheSameHomeIsRefusedInASentence() {
    VERIFY_WELL(m_who);
    auto first = m_who.change(m_who.startSotto({QStringLiteral("--home"), m_stage.path(QStringLiteral("home"))}));
    m_who.see(QStringLiteral("This tablet is locked"));
    m_who.typeLine(kPassphrase);
    m_who.see(QStringLiteral("Another window of Sotto is open on this tablet. Close it first."));
    m_who.killApp();
    static_cast<void>(m_who.change(std::move(first)));
    m_who.see(QStringLiteral("Recording"));
    m_who.press(QStringLiteral("Mark"));
    VERIFY_WELL(m_who);
}

/// And what was done is in the session, though it was locked.
void TabletSurroundingsTest::supportIsThereCoveredAndLocked() {
    VERIFY_WELL(m_who);
    m_who.press(QStringLiteral("Cover the screen"));
    m_who.see(QStringLiteral("Covered"));
    m_who.press(QStringLiteral("Pause and support"));
    m_who.see(QStringLiteral("911"));
    m_who.press(QStringLiteral("Close"));
    m_who.press(QStringLiteral("Lock"));
    m_who.see(QStringLiteral("Locked"));
    m_who.press(QStringLiteral("Pause and support"));
    m_who.see(QStringLiteral("911"));
    m_who.press(QStringLiteral("Stop asking. Say that there is no hurry."));
    m_who.press(QStringLiteral("Close"));
    m_who.enter(QStringLiteral("Your passphrase"), kPassphrase);
    m_who.press(QStringLiteral("Come back"));
    m_who.seeNot(QStringLiteral("Locked"));
    m_who.see(QStringLiteral("Recording"));
    m_who.press(QStringLiteral("Mark"));
    VERIFY_WELL(m_who);
}

void TabletSurroundingsTest::closingTheWindowAsksFirst() {
    VERIFY_WELL(m_who);
    m_who.askToClose();
    m_who.see(QStringLiteral("An interview is running"));
    m_who.press(QStringLiteral("Go on with the interview"));
    m_who.seeNot(QStringLiteral("An interview is running"));
    m_who.see(QStringLiteral("Recording"));
    m_who.press(QStringLiteral("Mark"));
    VERIFY_WELL(m_who);
}

void TabletSurroundingsTest::closingAfterAllKeepsEverything() {
    VERIFY_WELL(m_who);
    m_who.listenFor(2);
    m_who.askToClose();
    const Moment closed = m_who.press(QStringLiteral("Stop and close"));
    m_who.waitForEnd();
    VERIFY_WELL(m_who);
    QCOMPARE(m_who.app().exitStatus(), QProcess::NormalExit);
    QCOMPARE(m_who.app().exitCode(), 0);
    writeAll(m_stage.path(QStringLiteral("passphrase")), kPassphrase.toUtf8() + '\n');
    const auto sessions = m_stage.sessions();
    QCOMPARE(sessions.size(), 1);
    const QJsonObject session = sessions.constFirst();
    const QJsonArray segments = session[u"recording"].toObject()[u"segments"].toArray();
    QCOMPARE(segments.size(), 1);
    const double kept = segments[0].toObject()[u"duration_ms"].toDouble();
    const double wanted = std::chrono::duration<double, std::milli>(closed - m_began).count();
    qInfo("recorded for %.0f ms, kept %.0f ms", wanted, kept);
    QVERIFY(kept >= wanted - kMostLossMs);
    QCOMPARE(session[u"events"].toInt(),
             1 + 2 * kTurns + 3 + 3);  // the first question; question and mark; marks; support
}

QTEST_GUILESS_MAIN(TabletSurroundingsTest)
#include "tst_tablet_surroundings.moc"
