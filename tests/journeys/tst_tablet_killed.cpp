// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include <QDir>
#include <QJsonArray>
#include <QTest>
#include <QTime>

#include "journeys/sound.h"
#include "journeys/tablet_steps.h"

using namespace sotto::test;

namespace {

constexpr double kMostLossMs = 1000;
constexpr double kMostLagMs = 100;
constexpr double kLeastCorrelation = 0.7;

}  // namespace

/// The app is killed while it records; whoever opens it again goes on in the same interview.
class TabletKilledTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void aKillWhileRecordingLeavesAnInterviewToGoOnWith();
    void itGoesOnInTheSameInterview();
    void theLabGetsBothHalvesWithTheGapMarked();
    void nothingThatTheScreenHadShownIsLost();
    void theSoundIsThereOnBothSidesOfTheGap();

private:
    [[nodiscard]] QString content(const char* name) const {
        return m_stage.path(QStringLiteral("lab/%1/content/%2").arg(m_session, QLatin1String(name)));
    }
    void checkMark(int number, Moment touched) const;

    Stage m_stage;
    Interviewer m_who{m_stage};
    std::unique_ptr<QProcess> m_voice;
    Moment m_firstMark;
    Moment m_secondMark;
    Moment m_killed;
    double m_shownMs = 0;  ///< the time that the screen had shown last
    QString m_session;
    QList<QJsonObject> m_segments;
    QList<QJsonObject> m_marks;
    std::vector<float> m_recorded;
};

void TabletKilledTest::initTestCase() {
    QVERIFY2(Interviewer::missingPrograms().isEmpty(), qPrintable(Interviewer::missingPrograms()));
    const Speech voice = speech(m_stage, 30);
    m_who.prepare();
    m_who.openApp();
    setUpTablet(m_who);
    addPerson(m_who, QStringLiteral("Ada Imaginary"));
    takeConsent(m_who);
    VERIFY_WELL(m_who);
    m_voice = m_who.sound().startPlaying(voice.file);
    QVERIFY(m_voice->waitForStarted());
}

void TabletKilledTest::aKillWhileRecordingLeavesAnInterviewToGoOnWith() {
    m_who.press(QStringLiteral("Begin the interview"));
    m_who.press(QStringLiteral("Start recording"));
    m_who.see(QStringLiteral("Recording"));
    m_who.listenFor(5);
    m_firstMark = m_who.press(QStringLiteral("Mark"));
    const Thing mark = m_who.find([](const Thing& thing) { return thing.name == u"Mark" && thing.description == u"1"; },
                                  QStringLiteral("first mark"));
    m_who.listenFor(3);
    const Thing shown = m_who.find([](const Thing& thing) { return thing.name.startsWith(u"0:"); },
                                   QStringLiteral("time of the recording"));
    m_shownMs = QTime::fromString(shown.name, QStringLiteral("m:ss")).msecsSinceStartOfDay();
    m_killed = std::chrono::steady_clock::now();
    m_who.killApp();
    VERIFY_WELL(m_who);
    QVERIFY(m_shownMs >= 7000);
}

void TabletKilledTest::itGoesOnInTheSameInterview() {
    VERIFY_WELL(m_who);
    m_who.openApp();
    unlock(m_who);
    m_who.seeBeginningOf(QStringLiteral("1 interview had been broken off"));
    m_who.press(QStringLiteral("OK"));
    openInterview(m_who, QStringLiteral("Go on with the interview"));
    m_who.seeBeginningOf(QStringLiteral("This interview was broken off."));
    m_who.press(QStringLiteral("Go on recording"));
    m_who.see(QStringLiteral("Recording"));
    m_who.listenFor(5);
    m_secondMark = m_who.press(QStringLiteral("Mark"));
    m_who.listenFor(3);
    m_who.press(QStringLiteral("More"));
    m_who.press(QStringLiteral("End the interview"));
    m_who.see(QStringLiteral("Wrap up"));
    VERIFY_WELL(m_who);
    QVERIFY(!m_voice->waitForFinished(0));  // it has spoken all the time
}

void TabletKilledTest::theLabGetsBothHalvesWithTheGapMarked() {
    VERIFY_WELL(m_who);
    QVERIFY(QDir().mkpath(m_stage.path(QStringLiteral("store"))));
    sealAndSend(m_who, m_stage.path(QStringLiteral("store")));
    VERIFY_WELL(m_who);
    VERIFY_EXIT(m_stage.receive(QStringLiteral("home-keys")), 0);
    const QStringList sessions = QDir(m_stage.path(QStringLiteral("lab"))).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    QCOMPARE(sessions.size(), 1);
    m_session = sessions.constFirst();
    const QJsonObject timeline = readJson(content("timeline.json"));
    for (const QJsonValue& segment : timeline[u"segments"].toArray())
        m_segments += segment.toObject();
    for (const QJsonValue& event : timeline[u"events"].toArray()) {
        if (event.toObject()[u"kind"] == QStringLiteral("mark")) m_marks += event.toObject();
    }
    QCOMPARE(m_segments.size(), 2);
    QCOMPARE(m_segments[0][u"ended"].toString(), QStringLiteral("interrupted"));
    QCOMPARE(m_segments[1][u"ended"].toString(), QStringLiteral("end"));
    m_recorded = decoded(m_stage, content("audio.opus"));
    QVERIFY(!m_recorded.empty());
}

void TabletKilledTest::nothingThatTheScreenHadShownIsLost() {
    QCOMPARE(m_marks.size(), 2);
    const double kept = m_segments[0][u"duration_ms"].toDouble();
    qInfo("shown %.0f ms, kept %.0f ms", m_shownMs, kept);
    QVERIFY(kept >= m_shownMs - kMostLossMs);
}

void TabletKilledTest::checkMark(int number, Moment touched) const {
    const double offset = m_marks[number][u"offset_ms"].toDouble() / 1000;
    const Lag lag = lagOf(m_who.ear().sound(), m_who.ear().secondsAt(touched), m_recorded, offset, -0.75);
    qInfo("mark at %.2f s: its sound lies %.0f ms later (correlation %.2f)", offset, lag.ms, lag.correlation);
    QVERIFY(lag.correlation > kLeastCorrelation);
    QVERIFY(std::abs(lag.ms) <= kMostLagMs);
}

void TabletKilledTest::theSoundIsThereOnBothSidesOfTheGap() {
    QVERIFY(!m_recorded.empty());
    QCOMPARE(m_marks.size(), 2);
    checkMark(0, m_firstMark);
    checkMark(1, m_secondMark);
    // What was recorded last, as the room heard it, against the moment of the kill.
    const double end = m_segments[0][u"duration_ms"].toDouble() / 1000;
    const double killed = m_who.ear().secondsAt(m_killed);
    const Lag last = lagOf(m_recorded, end, m_who.ear().sound(), killed, -1.6);
    qInfo("lost by the kill: %.0f ms of sound (correlation %.2f)", -last.ms, last.correlation);
    QVERIFY(last.correlation > kLeastCorrelation);
    QVERIFY(-last.ms <= kMostLossMs);
}

QTEST_GUILESS_MAIN(TabletKilledTest)
#include "tst_tablet_killed.moc"
