// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include <QElapsedTimer>
#include <QJsonArray>
#include <QRegularExpression>
#include <QTest>

#include "journeys/programs.h"
#include "journeys/sound.h"

using namespace sotto::test;

namespace {

constexpr int kMinutes = 90;
constexpr int kRate = 8000;
constexpr double kMostMiB = 100;
constexpr double kMostGrowthMiB = 5;

/// Something every two minutes, at odd moments.
int eventAtMs(int number) {
    return number * 120'000 + 1'370;
}

}  // namespace

/// An interview of 90 minutes, as fast as it goes: length, offsets, memory, and what stock tools make of it.
class LongInterviewTest : public QObject {
    Q_OBJECT

private slots:
    void memoryStaysFlatWhileRecording();
    void theLengthIsThatOfTheVoice();
    void eventsLieWhereTheyWere();
    void stockToolsOpenAndPlayIt();

private:
    [[nodiscard]] QString content(const char* name) const {
        return m_stage.path(QStringLiteral("lab/%1/content/%2").arg(m_session, QLatin1String(name)));
    }
    Stage m_stage;
    QString m_session;
};

void LongInterviewTest::memoryStaysFlatWhileRecording() {
    m_stage.makeKeys();
    writeWav(m_stage.path(QStringLiteral("voice.wav")), melody(60, kRate), kRate, kMinutes);
    QStringList steps;
    for (int i = 0; i < kMinutes / 2; ++i)
        steps += QStringLiteral("at: %1, mark: moment %2").arg(eventAtMs(i) / 1000.0, 0, 'f', 3).arg(i);
    writeAll(m_stage.path(QStringLiteral("script.yaml")), scriptWith(steps));
    QElapsedTimer timer;
    timer.start();
    const Outcome done = m_stage.sotto(m_stage.rehearsal(QStringLiteral("voice.wav"), QStringLiteral("script.yaml")));
    VERIFY_EXIT(done, 0);
    const QRegularExpression line(
        QStringLiteral("Memory: ([0-9.]+) MiB when recording began, at most ([0-9.]+) MiB while recording, peak"));
    const auto memory = line.match(QString::fromUtf8(done.err));
    QVERIFY2(memory.hasMatch(), done.err);
    const double first = memory.captured(1).toDouble();
    const double most = memory.captured(2).toDouble();
    qInfo("%d minutes in %.0f s; memory %.1f MiB at first, %.1f MiB at most", kMinutes,
          static_cast<double>(timer.elapsed()) / 1000.0, first, most);
    QVERIFY(first > 1);
    QVERIFY(most < kMostMiB);
    QVERIFY(most - first < kMostGrowthMiB);
}

void LongInterviewTest::theLengthIsThatOfTheVoice() {
    VERIFY_EXIT(m_stage.receive(), 0);
    const auto sessions = m_stage.sessions();
    QCOMPARE(sessions.size(), 1);
    m_session = sessions[0][u"id"].toString();
    const int duration = sessions[0][u"recording"].toObject()[u"duration_ms"].toInt();
    qInfo("recorded %d ms", duration);
    QVERIFY(std::abs(duration - kMinutes * 60'000) <= 50);
    QCOMPARE(readJson(content("manifest.json"))[u"recording"].toObject()[u"duration_ms"].toInt(), duration);
}

void LongInterviewTest::eventsLieWhereTheyWere() {
    const QJsonArray events = readJson(content("timeline.json"))[u"events"].toArray();
    QCOMPARE(events.size(), kMinutes / 2);
    for (int i = 0; i < events.size(); ++i)
        QVERIFY(std::abs(events[i].toObject()[u"offset_ms"].toInt() - eventAtMs(i)) <= 100);
}

void LongInterviewTest::stockToolsOpenAndPlayIt() {
    const QString package = m_stage.path(QStringLiteral("lab/%1/content.age").arg(m_session));
    VERIFY_EXIT(m_stage.shell(
                    QStringLiteral("mkdir stock && age -d -i keys/content.agekey '%1' | tar x -C stock").arg(package)),
                0);
    QCOMPARE(sha256Of(m_stage.path(QStringLiteral("stock/audio.opus"))), sha256Of(content("audio.opus")));
    const Outcome info = m_stage.tool(QStringLiteral("opusinfo"), {content("audio.opus")});
    VERIFY_EXIT(info, 0);
    QVERIFY2(!(info.out + info.err).toLower().contains("warning"), info.out);
    const auto sound = decoded(m_stage, content("audio.opus"));
    const double seconds = static_cast<double>(sound.size()) / kCompareRate;
    QVERIFY2(std::abs(seconds - kMinutes * 60) <= 0.05, qPrintable(QString::number(seconds, 'f', 3)));
    // At the end, as at the beginning, sound and offsets agree: nothing drifts.
    const auto voice = asFloats(melody(60, kCompareRate));
    for (const int minute : {0, kMinutes / 2, kMinutes - 1}) {
        const std::ptrdiff_t at = (minute * 60 + 30) * kCompareRate;
        const Fit fit = bestFit(stretchOf(voice, 30, 1), sound, at - kCompareRate / 4, at + kCompareRate / 4);
        const double lagMs = 1000.0 * static_cast<double>(fit.at - at) / kCompareRate;
        qInfo("minute %d: lag %.1f ms, correlation %.2f", minute, lagMs, fit.correlation);
        QVERIFY(fit.correlation > 0.8 && std::abs(lagMs) <= 20);
    }
}

QTEST_GUILESS_MAIN(LongInterviewTest)
#include "tst_long_interview.moc"
