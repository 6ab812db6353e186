// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include <QDir>
#include <QJsonArray>
#include <QTest>

#include "journeys/sound.h"
#include "journeys/tablet_steps.h"

using namespace sotto::test;

namespace {

constexpr int kSentences = 45;
constexpr double kInterviewSeconds = 60;
constexpr double kMostLagMs = 100;
constexpr double kLeastCorrelation = 0.7;
/// Where the stretch to compare begins: around the moment, before it, after it.
constexpr double kAround = -0.75;
constexpr double kBefore = -1.6;
constexpr double kAfter = 0.1;

const QString kNote = QStringLiteral("Smiles; looks at the window.");

}  // namespace

/// From the first start to the lab's desk on the glass: mouse, keyboard, a voice in the room, and what a screen reader
/// tells.
class TabletInterviewTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void theTabletIsSetUpAndConsentTaken();
    void threeTouchesLeadFromUnlockingToRecording();
    void oneTouchMarksAndTwoWriteANote();
    void theInterviewGoesOnForAMinuteWithMovesAndAPause();
    void itIsSealedSentAndReceived();
    void theTimelineHoldsWhatWasDone();
    void everythingLiesWhereItHappenedInTheSound();
    void theRecordingIsWhatWasSpoken();
    void nothingOfThePauseIsInIt();

private:
    /// What was done on the glass, and when.
    struct Deed {
        QString kind;
        QString id;
        Moment moment;
        double compareFrom = kAround;
    };

    void did(const char* kind, Moment moment, const QString& id = {}, double compareFrom = kAround) {
        m_deeds.append({QLatin1String(kind), id, moment, compareFrom});
    }
    [[nodiscard]] QString content(const char* name) const {
        return m_stage.path(QStringLiteral("lab/%1/content/%2").arg(m_session, QLatin1String(name)));
    }
    [[nodiscard]] QList<QJsonObject> events() const;
    [[nodiscard]] double recordedSoFar() const;

    Stage m_stage;
    Interviewer m_who{m_stage};
    Speech m_speech;
    std::unique_ptr<QProcess> m_voice;
    QList<Deed> m_deeds;
    QString m_session;
    std::vector<float> m_recorded;
};

void TabletInterviewTest::initTestCase() {
    QVERIFY2(Interviewer::missingPrograms().isEmpty(), qPrintable(Interviewer::missingPrograms()));
    m_speech = speech(m_stage, kSentences);
    m_who.prepare();
    m_who.openApp();
    VERIFY_WELL(m_who);
}

void TabletInterviewTest::theTabletIsSetUpAndConsentTaken() {
    setUpTablet(m_who);
    VERIFY_WELL(m_who);
    addPerson(m_who, QStringLiteral("Ada Imaginary"));
    VERIFY_WELL(m_who);
    takeConsent(m_who);
    VERIFY_WELL(m_who);
}

void TabletInterviewTest::threeTouchesLeadFromUnlockingToRecording() {
    VERIFY_WELL(m_who);
    m_who.press(QStringLiteral("Lock"));
    m_voice = m_who.sound().startPlaying(m_speech.file);
    QVERIFY(m_voice->waitForStarted());
    unlock(m_who);
    const int before = m_who.touches();
    openInterview(m_who, QStringLiteral("Begin the interview"));
    // The question on the screen is the first that is asked.
    did("ask", m_who.press(QStringLiteral("Start recording")), QStringLiteral("recovery-story"), kAfter);
    VERIFY_WELL(m_who);
    qInfo("touches from unlocking to recording: %d", m_who.touches() - before);
    QCOMPARE(m_who.touches() - before, 3);
    m_who.see(QStringLiteral("Recording"));
    VERIFY_WELL(m_who);
}

void TabletInterviewTest::oneTouchMarksAndTwoWriteANote() {
    VERIFY_WELL(m_who);
    m_who.listenFor(3);
    int before = m_who.touches();
    did("mark", m_who.press(QStringLiteral("Mark")));
    qInfo("touches for a mark: %d", m_who.touches() - before);
    QCOMPARE(m_who.touches() - before, 1);
    m_who.listenFor(2);
    before = m_who.touches();
    m_who.press(QStringLiteral("Note"));
    m_who.seeBeginningOf(QStringLiteral("Note at "));
    m_who.type(kNote);
    did("note", m_who.press(QStringLiteral("Keep the note")));
    qInfo("touches for a note, besides typing: %d", m_who.touches() - before);
    QCOMPARE(m_who.touches() - before, 2);
    VERIFY_WELL(m_who);
}

double TabletInterviewTest::recordedSoFar() const {
    double sum = 0;
    Moment since = m_deeds.constFirst().moment;
    for (const Deed& deed : m_deeds) {
        if (deed.kind == u"resume") since = deed.moment;
        if (deed.kind == u"pause") sum += std::chrono::duration<double>(deed.moment - since).count();
    }
    return sum + std::chrono::duration<double>(std::chrono::steady_clock::now() - since).count();
}

void TabletInterviewTest::theInterviewGoesOnForAMinuteWithMovesAndAPause() {
    VERIFY_WELL(m_who);
    m_who.listenFor(3);
    did("ask", m_who.press(QStringLiteral("Next")), QStringLiteral("recovery-good-day"));
    m_who.listenFor(3);
    did("probe", m_who.press(QStringLiteral("And a harder one?")), QStringLiteral("recovery-hard-day"));
    m_who.listenFor(4);
    did("pause", m_who.press(QStringLiteral("Pause")), {}, kBefore);
    m_who.see(QStringLiteral("Paused"));
    m_who.listenFor(5);
    did("resume", m_who.press(QStringLiteral("Go on recording")), {}, kAfter);
    m_who.see(QStringLiteral("Recording"));
    m_who.listenFor(4);
    m_who.press(QStringLiteral("The whole guide"));
    did("ask", m_who.pressBeginningOf(QStringLiteral("What help did you find in")), QStringLiteral("helped"));
    m_who.listenFor(3);
    did("mark", m_who.press(QStringLiteral("Mark")));
    m_who.listenFor(3);
    m_who.press(QStringLiteral("More"));
    did("ask", m_who.press(QStringLiteral("Previous question")), QStringLiteral("relationship-change"));
    m_who.listenFor(3);
    m_who.press(QStringLiteral("More"));
    did("answer", m_who.press(QStringLiteral("Would rather not answer")), QStringLiteral("relationship-change"));
    VERIFY_WELL(m_who);
    while (recordedSoFar() < kInterviewSeconds)
        m_who.listenFor(1);
    did("mark", m_who.press(QStringLiteral("Mark")));
    m_who.listenFor(2);
    m_who.press(QStringLiteral("More"));
    m_who.press(QStringLiteral("End the interview"));
    m_who.see(QStringLiteral("Wrap up"));
    QVERIFY(!m_voice->waitForFinished(0));  // it has spoken all the time
    VERIFY_WELL(m_who);
}

void TabletInterviewTest::itIsSealedSentAndReceived() {
    VERIFY_WELL(m_who);
    m_voice->terminate();
    QVERIFY(m_voice->waitForFinished());
    QVERIFY(QDir().mkpath(m_stage.path(QStringLiteral("store"))));
    sealAndSend(m_who, m_stage.path(QStringLiteral("store")));
    VERIFY_WELL(m_who);
    const Outcome received = m_stage.receive(QStringLiteral("home-keys"));
    VERIFY_EXIT(received, 0);
    const QStringList sessions = QDir(m_stage.path(QStringLiteral("lab"))).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    QCOMPARE(sessions.size(), 1);
    m_session = sessions.constFirst();
    // The stock way to the audio, too: the key and one command.
    VERIFY_EXIT(
        m_stage.lab({QStringLiteral("unseal"), m_stage.path(QStringLiteral("lab/%1/content.age").arg(m_session)),
                     QStringLiteral("content.tar"), QStringLiteral("--identity"),
                     QStringLiteral("home-keys/content.agekey")}),
        0);
    VERIFY_EXIT(m_stage.shell(QStringLiteral("mkdir unsealed && tar x -C unsealed -f content.tar")), 0);
    QCOMPARE(sha256Of(m_stage.path(QStringLiteral("unsealed/audio.opus"))), sha256Of(content("audio.opus")));
    m_recorded = decoded(m_stage, m_stage.path(QStringLiteral("unsealed/audio.opus")));
    QVERIFY(!m_recorded.empty());
}

QList<QJsonObject> TabletInterviewTest::events() const {
    QList<QJsonObject> all;
    for (const QJsonValue& value : readJson(content("timeline.json"))[u"events"].toArray())
        all += value.toObject();
    return all;
}

void TabletInterviewTest::theTimelineHoldsWhatWasDone() {
    QVERIFY(!m_recorded.empty());
    QStringList done;
    for (const Deed& deed : m_deeds)
        done += deed.kind + u' ' + deed.id;
    QStringList told;
    for (const QJsonObject& event : events()) {
        told += event[u"kind"].toString() + u' ' + event[u"id"].toString();
        if (event[u"kind"] == QStringLiteral("note")) QCOMPARE(event[u"text"].toString(), kNote);
    }
    QCOMPARE(told, done);
}

void TabletInterviewTest::everythingLiesWhereItHappenedInTheSound() {
    QVERIFY(!m_recorded.empty());
    const auto heard = m_who.ear().sound();
    const auto all = events();
    QCOMPARE(all.size(), m_deeds.size());
    double worst = 0;
    for (qsizetype i = 0; i < m_deeds.size(); ++i) {
        const double offset = all[i][u"offset_ms"].toDouble() / 1000;
        const Lag lag =
            lagOf(heard, m_who.ear().secondsAt(m_deeds[i].moment), m_recorded, offset, m_deeds[i].compareFrom);
        const QString found = QStringLiteral("%1 %2 at %3 s: its sound lies %4 ms later (correlation %5)")
                                  .arg(m_deeds[i].kind, m_deeds[i].id)
                                  .arg(offset, 0, 'f', 2)
                                  .arg(lag.ms, 0, 'f', 0)
                                  .arg(lag.correlation, 0, 'f', 2);
        qInfo("%s", qPrintable(found));
        QVERIFY2(lag.correlation > kLeastCorrelation, qPrintable(found));
        worst = std::max(worst, std::abs(lag.ms));
    }
    qInfo("at most %.0f ms off", worst);
    QVERIFY(worst <= kMostLagMs);
}

void TabletInterviewTest::theRecordingIsWhatWasSpoken() {
    QVERIFY(!m_recorded.empty());
    // The room was silent before.
    const auto heard = m_who.ear().sound();
    const auto first = std::find_if(heard.begin(), heard.end(), [](float value) { return std::abs(value) > 50; });
    const double began = static_cast<double>(first - heard.begin()) / kCompareRate;
    const auto all = events();
    QList<double> lags;
    for (qsizetype i = 0; i < m_deeds.size(); ++i) {
        if (m_deeds[i].kind == u"pause") continue;
        const double offset = all[i][u"offset_ms"].toDouble() / 1000;
        const double spokenAt = m_who.ear().secondsAt(m_deeds[i].moment) - began;
        const Lag lag = lagOf(m_recorded, offset, m_speech.sound, spokenAt, kAfter);
        QVERIFY2(lag.correlation > kLeastCorrelation, qPrintable(m_deeds[i].kind));
        lags += lag.ms;
    }
    const auto [least, most] = std::minmax_element(lags.begin(), lags.end());
    qInfo("what was spoken is found at all %lld places, from %.0f to %.0f ms from where it should be",
          static_cast<long long>(lags.size()), *least, *most);
    QVERIFY(*most - *least <= kMostLagMs);
}

void TabletInterviewTest::nothingOfThePauseIsInIt() {
    QVERIFY(!m_recorded.empty());
    const auto pause =
        std::find_if(m_deeds.begin(), m_deeds.end(), [](const Deed& deed) { return deed.kind == u"pause"; });
    const double at = m_who.ear().secondsAt(pause->moment);
    const auto heard = m_who.ear().sound();
    const auto all = static_cast<std::ptrdiff_t>(m_recorded.size());
    // Two seconds: in one, a vowel can look like another that was recorded (0.51 was seen).
    const Fit secret = bestFit(stretchOf(heard, at + 1.5, 2), m_recorded, 0, all);
    const Fit before = bestFit(stretchOf(heard, at - 2.5, 2), m_recorded, 0, all);
    qInfo("best correlation anywhere: of the pause %.2f, of what was before %.2f", secret.correlation,
          before.correlation);
    QVERIFY(before.correlation > kLeastCorrelation);
    QVERIFY(secret.correlation < kLeastCorrelation - 0.15);
}

QTEST_GUILESS_MAIN(TabletInterviewTest)
#include "tst_tablet_interview.moc"
