// SPDX-License-Identifier: Apache-2.0
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include "journeys/programs.h"
#include "journeys/sound.h"

using namespace sotto::test;

namespace {

constexpr double kVoiceSeconds = 4.3;

QList<QJsonObject> jsonLines(const QByteArray& out) {
    QList<QJsonObject> all;
    for (const QByteArray& line : out.trimmed().split('\n'))
        all += QJsonDocument::fromJson(line).object();
    return all;
}

}  // namespace

/// What surrounds a rehearsal: the reader of its output, the clock, the voice that is spoken for it.
class SurroundingsTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void aReaderThatGoesAwayEndsNoRecording();
    void linesComeBySecondsOfVoiceRecordedOrNot();
    void outputThatCannotBeWrittenIsAFailure();
    void theSpokenSampleIsKeptForEachLanguage();
    void aSampleThatBrokeOffIsNotHeard();

private:
    [[nodiscard]] QString sample(const char* language) const {
        return m_stage.path(text("home.voice.%1.wav").arg(text(language)));
    }
    [[nodiscard]] QString rehearse(const QString& further) const {
        return text("\"$SOTTO\" rehearse --home home --store store --keys keys --passphrase-file passphrase ") +
               further;
    }
    Stage m_stage;
};

void SurroundingsTest::initTestCase() {
    m_stage.makeKeys();
    writeWav(m_stage.path(text("voice.wav")), melody(kVoiceSeconds, 16000), 16000);
    writeAll(m_stage.path(text("script.yaml")), scriptWith({text("at: 1, pause: 1.5"), text("at: 2, mark: late")}));
    writeAll(m_stage.path(text("fr.yaml")),
             scriptWith({text("at: 1, mark: ici")}).replace("language: en", "language: fr"));
}

void SurroundingsTest::aReaderThatGoesAwayEndsNoRecording() {
    const Outcome done = m_stage.shell(rehearse(text("--voice voice.wav --script script.yaml --realtime")) +
                                       text(" | head -n 1; echo ${PIPESTATUS[0]}"));
    const auto lines = done.out.trimmed().split('\n');
    QCOMPARE(lines.size(), 2);
    QVERIFY2(lines[0].startsWith("{\"") && lines[0].contains("recorded_ms"), done.out);
    QCOMPARE(lines[1], QByteArray("0"));
    const auto sessions = m_stage.sessions();
    QCOMPARE(sessions.size(), 1);
    QCOMPARE(sessions[0][u"state"].toString(), text("sent"));
    const QJsonObject recording = sessions[0][u"recording"].toObject();
    QVERIFY(recording[u"duration_ms"].toInt() >= 2780);  // to the end of the voice
    QCOMPARE(recording[u"segments"].toArray().last().toObject()[u"ended"].toString(), text("end"));
}

void SurroundingsTest::linesComeBySecondsOfVoiceRecordedOrNot() {
    const Outcome done = m_stage.sotto(m_stage.rehearsal(text("voice.wav"), text("script.yaml"), {text("--realtime")}));
    VERIFY_EXIT(done, 0);
    const auto lines = jsonLines(done.out);
    QCOMPARE(lines.size(), 4);  // 2.8 s of it are recorded
    for (qsizetype i = 1; i < lines.size(); ++i)
        QVERIFY(lines[i][u"recorded_ms"].toInt() >= lines[i - 1][u"recorded_ms"].toInt());
    QVERIFY2(lines[3][u"recorded_ms"].toInt() <= 2600, done.out);
    QVERIFY2(lines[3][u"synced_ms"].toInt() <= lines[3][u"recorded_ms"].toInt(), done.out);
    QCOMPARE(lines[3][u"session"].toString(), m_stage.sessions().value(1)[u"id"].toString());
}

void SurroundingsTest::outputThatCannotBeWrittenIsAFailure() {
    const QString inspect = text("\"$SOTTO\" inspect --home home --passphrase-file passphrase ");
    const Outcome full = m_stage.shell(inspect + text("--json >/dev/full"));
    VERIFY_EXIT(full, 1);
    QVERIFY2(full.err.startsWith("sotto: the output could not be written."), full.err);
    const Outcome closed = m_stage.shell(inspect + text("--json >&-"));
    VERIFY_EXIT(closed, 1);
    VERIFY_EXIT(m_stage.shell(inspect + text(">/dev/full")), 0);  // prose goes to stderr
}

void SurroundingsTest::theSpokenSampleIsKeptForEachLanguage() {
    VERIFY_EXIT(m_stage.shell(rehearse(text("--script script.yaml"))), 0);
    QVERIFY(QFile::exists(sample("en")) && !QFile::exists(sample("fr")));
    VERIFY_EXIT(m_stage.shell(rehearse(text("--script fr.yaml"))), 0);
    QVERIFY(QFile::exists(sample("fr")));
    QVERIFY(readAll(sample("fr")) != readAll(sample("en")));
    // What is there is heard again and not spoken anew.
    writeWav(sample("en"), melody(kVoiceSeconds, 16000), 16000);
    const QByteArray put = readAll(sample("en"));
    VERIFY_EXIT(m_stage.shell(rehearse(text("--script script.yaml"))), 0);
    QCOMPARE(readAll(sample("en")), put);
    const QJsonObject recording = m_stage.sessions().last()[u"recording"].toObject();
    QVERIFY(recording[u"duration_ms"].toInt() < 3000);
}

void SurroundingsTest::aSampleThatBrokeOffIsNotHeard() {
    QVERIFY(QFile::remove(sample("en")));
    const QByteArray half = "RIFF and no more";
    writeAll(m_stage.path(text("broken/espeak-ng")),
             "#!/bin/sh\nwhile [ \"$1\" != -w ]; do shift; done\necho '" + half + "' >\"$2\"\nexit 1\n");
    VERIFY_EXIT(m_stage.shell(text("chmod +x broken/espeak-ng")), 0);
    const auto count = m_stage.sessions().size();
    const Outcome failed = m_stage.shell(text("PATH=\"$PWD/broken:$PATH\" ") + rehearse(text("--script script.yaml")));
    VERIFY_EXIT(failed, 1);
    QVERIFY2(failed.err.contains("--voice"), failed.err);
    QVERIFY(!QFile::exists(sample("en")));
    QCOMPARE(m_stage.sessions().size(), count);
    QVERIFY(readAll(sample("en") + text(".part")).startsWith(half));  // what a kill leaves as well
    VERIFY_EXIT(m_stage.shell(rehearse(text("--script script.yaml"))), 0);
    QVERIFY(readAll(sample("en")).size() > 100'000);
    QVERIFY(!QFile::exists(sample("en") + text(".part")));
}

QTEST_GUILESS_MAIN(SurroundingsTest)
#include "tst_surroundings.moc"
