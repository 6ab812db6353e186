// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTest>

#include "journeys/programs.h"
#include "journeys/sound.h"

using namespace sotto::test;

namespace {

constexpr double kVoiceSeconds = 24;
constexpr double kPauseSeconds = 2;
constexpr double kOffRecordSeconds = 3;

/// What the script says, and when: the offsets that the timeline must show.
struct Step {
    int atMs;
    QString kind;
    QString yaml;
};

const QList<Step>& steps() {
    static const QList<Step> all{
        {1000, QStringLiteral("ask"), QStringLiteral("at: 1, ask: recovery-story")},
        {2500, QStringLiteral("probe"), QStringLiteral("at: 2.5, probe: recovery-meaning")},
        {4000, QStringLiteral("mark"), QStringLiteral("at: 4, mark: a turning point")},
        {5000, QStringLiteral("code"),
         QStringLiteral("at: 5, code: {id: presence, valence: positive, reciprocity: both, prompted: false}")},
        {5500, QStringLiteral("link"), QStringLiteral("at: 5.5, link: {from: presence, to: communication}")},
        {6000, QStringLiteral("pause"), QStringLiteral("at: 6, pause: 2")},
        {7250, QStringLiteral("ask"), QStringLiteral("at: 7.25, ask: harder")},
        {8000, QStringLiteral("answer"), QStringLiteral("at: 8, answer: declined")},
        {12000, QStringLiteral("off-record"), QStringLiteral("at: 12, off_record: 3")},
        {13000, QStringLiteral("note"), QStringLiteral("at: 13, note: \"Smiles; looks away.\"")}};
    return all;
}

QByteArray script(const QString& consent) {
    QStringList yaml;
    for (const Step& step : steps())
        yaml += step.yaml;
    return scriptWith(yaml, consent);
}

QString consentTo(bool audio, bool share) {
    return QStringLiteral("take-part: true, audio: %1, share: %2")
        .arg(audio ? QStringLiteral("true") : QStringLiteral("false"),
             share ? QStringLiteral("true") : QStringLiteral("false"));
}

QList<QByteArray> lines(const QByteArray& text) {
    return text.trimmed().split('\n');
}

}  // namespace

/// One interview from the tablet to the lab's desk, by the programs that people will use.
class FirstLightTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void theRehearsalEndsWithThreePackagesSent();
    void inspectShowsTheSessionAsSent();
    void receivingOpensEverythingAndMayBeRepeated();
    void eachKeyOpensItsOwnPackageOnly();
    void aDeskWithTheSigningKeyAloneStoresAndOpensNothing();
    void receiptsMakeTheSessionReceived();
    void stockAgeAndTarGiveTheSameFiles();
    void everyManifestTellsTheTruth();
    void stockToolsAcceptTheAudioWithoutWarning();
    void theAudioIsTheVoiceWithoutPauseAndOffRecord();
    void whatWasOffTheRecordIsNotInTheAudio();
    void eventsLieWhereTheScriptPutThem();
    void theResearchPackageHoldsNothingButTheAllowedColumns();
    void theTwoShippedScriptsRun_data();
    void theTwoShippedScriptsRun();
    void withoutConsentToAudioTheInterviewIsNotesOnly();
    void withoutConsentToSharingThereIsNoResearchPackage();

private:
    [[nodiscard]] QString opened(const QString& name) const {
        return m_stage.path(QStringLiteral("lab/%1/%2").arg(m_session, name));
    }

    Stage m_stage;
    QString m_session;
};

void FirstLightTest::initTestCase() {
    m_stage.makeKeys();
    writeWav(m_stage.path(QStringLiteral("voice.wav")), melody(kVoiceSeconds, 44100), 44100);
    writeAll(m_stage.path(QStringLiteral("script.yaml")), script(consentTo(true, true)));
}

void FirstLightTest::theRehearsalEndsWithThreePackagesSent() {
    VERIFY_EXIT(m_stage.lab({QStringLiteral("study"), QStringLiteral("sign"),
                             QStringLiteral(SOTTO_SOURCE_DIR "/assets/studies/practice"), QStringLiteral("--keys"),
                             QStringLiteral("keys"), QStringLiteral("--out"), QStringLiteral("practice.sottostudy")}),
                0);
    const Outcome done =
        m_stage.sotto(m_stage.rehearsal(QStringLiteral("voice.wav"), QStringLiteral("script.yaml"),
                                        {QStringLiteral("--study"), QStringLiteral("practice.sottostudy")}));
    VERIFY_EXIT(done, 0);
    QCOMPARE(done.out, QByteArray());  // prose goes to stderr
    const QStringList manifests =
        QDir(m_stage.path(QStringLiteral("store"))).entryList({QStringLiteral("*.manifest")}, QDir::Files);
    QCOMPARE(manifests.size(), 3);
}

void FirstLightTest::inspectShowsTheSessionAsSent() {
    const Outcome seen = m_stage.inspect();
    VERIFY_EXIT(seen, 0);
    const QJsonObject home = QJsonDocument::fromJson(seen.out).object();
    QCOMPARE(home[u"integrity"].toString(), QStringLiteral("ok"));
    QCOMPARE(home[u"sessions"].toArray().size(), 1);
    const QJsonObject session = home[u"sessions"].toArray()[0].toObject();
    m_session = session[u"id"].toString();
    QCOMPARE(m_session.size(), 32);
    QVERIFY(QFile::exists(m_stage.path(session[u"log"].toString())));
    QCOMPARE(session[u"state"].toString(), QStringLiteral("sent"));
    QCOMPARE(session[u"role"].toString(), QStringLiteral("person"));
    QCOMPARE(session[u"practice"].toBool(), true);
    QVERIFY(!session[u"participant"].toString().contains(QStringLiteral("Ada")));
    const QJsonObject consent = session[u"consent"].toObject();
    QCOMPARE(consent[u"language"].toString(), QStringLiteral("en"));
    QCOMPARE(consent[u"items"].toObject()[u"audio"].toBool(), true);
    QCOMPARE(consent[u"items"].toObject()[u"quote"].toBool(true), false);
    QCOMPARE(session[u"events"].toInt(), int(steps().size()) + 2);  // two resumes
    const QJsonArray segments = session[u"recording"].toObject()[u"segments"].toArray();
    QCOMPARE(segments.size(), 3);
    QCOMPARE(segments[0].toObject()[u"ended"].toString(), QStringLiteral("pause"));
    QCOMPARE(segments[1].toObject()[u"ended"].toString(), QStringLiteral("off-record"));
    QCOMPARE(segments[2].toObject()[u"ended"].toString(), QStringLiteral("end"));
}

void FirstLightTest::receivingOpensEverythingAndMayBeRepeated() {
    VERIFY_EXIT(m_stage.receive(), 0);
    for (const char* name : {"content.age", "identity.age", "research.age", "content/timeline.json",
                             "content/audio.opus", "identity/consent.json", "research/codes.csv"})
        QVERIFY2(QFile::exists(opened(QLatin1String(name))), name);
    const Snapshot before = snapshot(m_stage.path(QStringLiteral("lab")));
    const Snapshot store = snapshot(m_stage.path(QStringLiteral("store")));
    VERIFY_EXIT(m_stage.receive(), 0);
    QCOMPARE(snapshot(m_stage.path(QStringLiteral("lab"))), before);
    QCOMPARE(snapshot(m_stage.path(QStringLiteral("store"))), store);
}

void FirstLightTest::eachKeyOpensItsOwnPackageOnly() {
    const QMap<QString, QString> kinds{{QStringLiteral("content"), QStringLiteral("content")},
                                       {QStringLiteral("identity"), QStringLiteral("identity")},
                                       {QStringLiteral("analyst"), QStringLiteral("research")}};
    for (auto kind = kinds.begin(); kind != kinds.end(); ++kind) {
        const QString keys = QStringLiteral("only-") + kind.key();
        const QString key = kind.key() + QStringLiteral(".agekey");
        copyTree(m_stage.path(QStringLiteral("keys/") + key), m_stage.path(keys + u'/' + key));
        const QString desk = QStringLiteral("desk-") + kind.key();
        VERIFY_EXIT(m_stage.receive(keys, desk), 0);
        const QString session = m_stage.path(desk + u'/' + m_session);
        for (const QString& other : kinds) {
            QVERIFY(QFile::exists(session + u'/' + other + QStringLiteral(".age")));
            QCOMPARE(QDir(session + u'/' + other).exists(), other == kind.value());
        }
    }
}

void FirstLightTest::aDeskWithTheSigningKeyAloneStoresAndOpensNothing() {
    copyTree(m_stage.path(QStringLiteral("keys/lab-signing.key")),
             m_stage.path(QStringLiteral("clerk/lab-signing.key")));
    VERIFY_EXIT(m_stage.receive(QStringLiteral("clerk"), QStringLiteral("desk-clerk")), 0);
    const QDir session(m_stage.path(QStringLiteral("desk-clerk/") + m_session));
    QCOMPARE(session.entryList({QStringLiteral("*.age")}, QDir::Files).size(), 3);
    QCOMPARE(session.entryList(QDir::Dirs | QDir::NoDotAndDotDot), QStringList());
}

void FirstLightTest::receiptsMakeTheSessionReceived() {
    QCOMPARE(m_stage.sessions().value(0)[u"state"].toString(), QStringLiteral("sent"));
    VERIFY_EXIT(m_stage.sotto(m_stage.rehearsal(QStringLiteral("voice.wav"), QStringLiteral("script.yaml"))), 0);
    const auto sessions = m_stage.sessions();
    QCOMPARE(sessions.size(), 2);
    QCOMPARE(sessions[0][u"id"].toString(), m_session);
    QCOMPARE(sessions[0][u"state"].toString(), QStringLiteral("received"));
    QCOMPARE(sessions[1][u"state"].toString(), QStringLiteral("sent"));
}

void FirstLightTest::stockAgeAndTarGiveTheSameFiles() {
    const QMap<QString, QString> keys{{QStringLiteral("content"), QStringLiteral("content")},
                                      {QStringLiteral("identity"), QStringLiteral("identity")},
                                      {QStringLiteral("research"), QStringLiteral("analyst")}};
    for (auto key = keys.begin(); key != keys.end(); ++key) {
        const QString file = opened(key.key() + QStringLiteral(".age"));
        const QString stock = m_stage.path(QStringLiteral("stock-") + key.key());
        QVERIFY(QDir().mkpath(stock));
        VERIFY_EXIT(m_stage.shell(
                        QStringLiteral("age -d -i keys/%1.agekey '%2' | tar x -C '%3'").arg(key.value(), file, stock)),
                    0);
        const QString ours = QStringLiteral("opened-") + key.key();
        VERIFY_EXIT(m_stage.lab({QStringLiteral("open"), file, QStringLiteral("--keys"), QStringLiteral("keys"),
                                 QStringLiteral("--out"), ours}),
                    0);
        QVERIFY(snapshot(stock).size() >= 3);
        QCOMPARE(snapshot(m_stage.path(ours)), snapshot(stock));
        QCOMPARE(snapshot(opened(key.key())), snapshot(stock));
    }
}

void FirstLightTest::everyManifestTellsTheTruth() {
    for (const char* kind : {"content", "identity", "research"}) {
        const QString folder = opened(QLatin1String(kind));
        const QJsonObject manifest = readJson(folder + QStringLiteral("/manifest.json"));
        QCOMPARE(manifest[u"kind"].toString(), QLatin1String(kind));
        QCOMPARE(manifest[u"practice"].toBool(), true);
        const QJsonArray files = manifest[u"files"].toArray();
        QCOMPARE(files.size() + 1, snapshot(folder).size());
        for (const QJsonValue& value : files) {
            const QJsonObject file = value.toObject();
            const QString path = folder + u'/' + file[u"name"].toString();
            QCOMPARE(file[u"size"].toInteger(), QFileInfo(path).size());
            QCOMPARE(file[u"sha256"].toString(), sha256Of(path));
        }
    }
}

void FirstLightTest::stockToolsAcceptTheAudioWithoutWarning() {
    const Outcome info = m_stage.tool(QStringLiteral("opusinfo"), {opened(QStringLiteral("content/audio.opus"))});
    VERIFY_EXIT(info, 0);
    QVERIFY2(!(info.out + info.err).toLower().contains("warning"), info.out);
    const Outcome probe = m_stage.tool(
        QStringLiteral("ffprobe"), {QStringLiteral("-v"), QStringLiteral("warning"), QStringLiteral("-show_packets"),
                                    opened(QStringLiteral("content/audio.opus"))});
    VERIFY_EXIT(probe, 0);
    QCOMPARE(probe.err, QByteArray());
}

void FirstLightTest::theAudioIsTheVoiceWithoutPauseAndOffRecord() {
    const auto sound = decoded(m_stage, opened(QStringLiteral("content/audio.opus")));
    const QJsonObject timeline = readJson(opened(QStringLiteral("content/timeline.json")));
    const QJsonArray segments = timeline[u"segments"].toArray();
    QCOMPARE(segments.size(), 3);
    const auto voice = asFloats(melody(kVoiceSeconds, kCompareRate));
    const QList<double> unheard{kPauseSeconds, kOffRecordSeconds, 0};
    double spoken = 0;
    double recorded = 0;
    for (qsizetype i = 0; i < 3; ++i) {
        const double start = segments[i].toObject()[u"start_ms"].toDouble() / 1000;
        const double seconds = segments[i].toObject()[u"duration_ms"].toDouble() / 1000;
        for (const double into : {0.2, seconds / 2, seconds - 0.9}) {
            const auto expectedAt = static_cast<std::ptrdiff_t>(std::lround((start + into) * kCompareRate));
            const Fit fit = bestFit(stretchOf(voice, spoken + into, 0.7), sound, expectedAt - kCompareRate / 4,
                                    expectedAt + kCompareRate / 4);
            const double lagMs = 1000.0 * static_cast<double>(fit.at - expectedAt) / kCompareRate;
            const QString found = QStringLiteral("segment %1, %2 s in: lag %3 ms, correlation %4")
                                      .arg(i + 1)
                                      .arg(into)
                                      .arg(lagMs)
                                      .arg(fit.correlation);
            qInfo("%s", qPrintable(found));
            QVERIFY2(fit.correlation > 0.8 && std::abs(lagMs) <= 20, qPrintable(found));
        }
        spoken += seconds + unheard[i];
        recorded = start + seconds;
    }
    QVERIFY(std::abs(spoken - kVoiceSeconds) < 0.01);
    QVERIFY(std::abs(static_cast<double>(sound.size()) / kCompareRate - recorded) < 0.01);
}

void FirstLightTest::whatWasOffTheRecordIsNotInTheAudio() {
    const auto sound = decoded(m_stage, opened(QStringLiteral("content/audio.opus")));
    const QJsonArray segments = readJson(opened(QStringLiteral("content/timeline.json")))[u"segments"].toArray();
    const double heardBefore =
        (segments[0].toObject()[u"duration_ms"].toDouble() + segments[1].toObject()[u"duration_ms"].toDouble()) / 1000;
    const auto voice = asFloats(melody(kVoiceSeconds, kCompareRate));
    const auto all = static_cast<std::ptrdiff_t>(sound.size());
    for (const double into : {0.1, 1.1, 2.1}) {
        const double at = heardBefore + kPauseSeconds + into;
        const Fit secret = bestFit(stretchOf(voice, at, 0.7), sound, 0, all);
        const Fit neighbour = bestFit(stretchOf(voice, at - 4, 0.7), sound, 0, all);
        qInfo("off the record: best correlation anywhere %.2f, on the record %.2f", secret.correlation,
              neighbour.correlation);
        QVERIFY(neighbour.correlation > 0.8);
        QVERIFY(secret.correlation < 0.5);
    }
}

void FirstLightTest::eventsLieWhereTheScriptPutThem() {
    QList<QJsonObject> events;
    for (const QJsonValue& value : readJson(opened(QStringLiteral("content/timeline.json")))[u"events"].toArray()) {
        if (value.toObject()[u"kind"].toString() != QStringLiteral("resume")) events += value.toObject();
    }
    QCOMPARE(events.size(), steps().size());
    for (qsizetype i = 0; i < events.size(); ++i) {
        QCOMPARE(events[i][u"kind"].toString(), steps()[i].kind);
        const int off = events[i][u"offset_ms"].toInt() - steps()[i].atMs;
        QVERIFY2(std::abs(off) <= 100, qPrintable(QStringLiteral("%1 is %2 ms off").arg(steps()[i].kind).arg(off)));
    }
    QCOMPARE(readAll(opened(QStringLiteral("content/notes/0001.txt"))), QByteArray("Smiles; looks away.\n"));
}

void FirstLightTest::theResearchPackageHoldsNothingButTheAllowedColumns() {
    const QMap<QString, QByteArray> allowed{
        {QStringLiteral("sessions.csv"), "research_code,role,language,visit,day_offset,duration_s,consent_version"},
        {QStringLiteral("coverage.csv"), "research_code,section,question,coverage,first_asked_s,probes"},
        {QStringLiteral("codes.csv"), "research_code,code,at_s,valence,reciprocity,source,prompted"},
        {QStringLiteral("links.csv"), "research_code,from,to,at_s"},
        {QStringLiteral("marks.csv"), "research_code,at_s"}};
    const QDir folder(opened(QStringLiteral("research")));
    QCOMPARE(folder.entryList({QStringLiteral("*.csv")}, QDir::Files, QDir::Name), QStringList(allowed.keys()));
    for (auto table = allowed.begin(); table != allowed.end(); ++table)
        QCOMPARE(lines(readAll(folder.filePath(table.key()))).value(0), table.value());
    QVERIFY(
        lines(readAll(folder.filePath(QStringLiteral("codes.csv")))).value(1).contains(",presence,5,positive,both,"));
    const QByteArray pseudonym =
        readJson(opened(QStringLiteral("content/manifest.json")))[u"pseudonym"].toString().toUtf8();
    QVERIFY(!pseudonym.isEmpty());
    for (const QString& name : folder.entryList(QDir::Files)) {
        const QByteArray content = readAll(folder.filePath(name));
        for (const QByteArray& forbidden : {m_session.toUtf8(), pseudonym, QByteArray("Imaginary"),
                                            QByteArray("Smiles"), QByteArray("turning point")})
            QVERIFY2(!content.contains(forbidden), qPrintable(name));
    }
}

void FirstLightTest::theTwoShippedScriptsRun_data() {
    QTest::addColumn<QString>("role");
    QTest::newRow("person") << QStringLiteral("person");
    QTest::newRow("caregiver") << QStringLiteral("caregiver");
}

void FirstLightTest::theTwoShippedScriptsRun() {
    QFETCH(QString, role);
    Stage stage;
    stage.makeKeys();
    writeWav(stage.path(QStringLiteral("voice.wav")), melody(70, 16000), 16000);
    const QString shipped = QStringLiteral(SOTTO_SOURCE_DIR "/assets/scripts/%1.yaml").arg(role);
    const Outcome done = stage.sotto(stage.rehearsal(QStringLiteral("voice.wav"), shipped));
    VERIFY_EXIT(done, 0);
    QVERIFY2(!done.err.contains("after the end of the voice"), done.err);
    VERIFY_EXIT(stage.receive(), 0);
    const auto sessions = stage.sessions();
    QCOMPARE(sessions.size(), 1);
    QCOMPARE(sessions[0][u"role"].toString(), role);
    const QJsonObject timeline =
        readJson(stage.path(QStringLiteral("lab/%1/content/timeline.json").arg(sessions[0][u"id"].toString())));
    QCOMPARE(timeline[u"events"].toArray().size(), sessions[0][u"events"].toInt());
    const auto actions = readAll(shipped).count("  - {at: ");
    const auto breaks = readAll(shipped).count("pause: ") + readAll(shipped).count("off_record: ");
    QVERIFY(actions > 10);
    QCOMPARE(sessions[0][u"events"].toInt(), int(actions + breaks));  // each break is resumed
}

void FirstLightTest::withoutConsentToAudioTheInterviewIsNotesOnly() {
    Stage stage;
    stage.makeKeys();
    writeWav(stage.path(QStringLiteral("voice.wav")), melody(kVoiceSeconds, 16000), 16000);
    writeAll(stage.path(QStringLiteral("script.yaml")), script(consentTo(false, true)));
    const Outcome done = stage.sotto(stage.rehearsal(QStringLiteral("voice.wav"), QStringLiteral("script.yaml"),
                                                     {QStringLiteral("--frame-counter"), QStringLiteral("counter")}));
    VERIFY_EXIT(done, 0);
    QVERIFY2(done.err.contains("notes-only"), done.err);
    QCOMPARE(readAll(stage.path(QStringLiteral("counter"))), QByteArray(8, '\0'));  // no sample reached a recorder
    VERIFY_EXIT(stage.receive(), 0);
    const auto sessions = stage.sessions();
    QCOMPARE(sessions.size(), 1);
    QCOMPARE(sessions[0][u"recording"].toObject()[u"duration_ms"].toInt(-1), 0);
    const QString content = stage.path(QStringLiteral("lab/%1/content").arg(sessions[0][u"id"].toString()));
    QVERIFY(!QFile::exists(content + QStringLiteral("/audio.opus")));
    QCOMPARE(readAll(content + QStringLiteral("/notes/0001.txt")), QByteArray("Smiles; looks away.\n"));
    QVERIFY(sessions[0][u"events"].toInt() >= int(steps().size()));
}

void FirstLightTest::withoutConsentToSharingThereIsNoResearchPackage() {
    Stage stage;
    stage.makeKeys();
    writeWav(stage.path(QStringLiteral("voice.wav")), melody(5, 16000), 16000);
    writeAll(stage.path(QStringLiteral("script.yaml")), script(consentTo(true, false)));
    VERIFY_EXIT(stage.sotto(stage.rehearsal(QStringLiteral("voice.wav"), QStringLiteral("script.yaml"))), 0);
    VERIFY_EXIT(stage.receive(), 0);
    const QDir session(stage.path(QStringLiteral("lab/") + stage.sessions().value(0)[u"id"].toString()));
    QCOMPARE(session.entryList({QStringLiteral("*.age")}, QDir::Files, QDir::Name),
             (QStringList{QStringLiteral("content.age"), QStringLiteral("identity.age")}));
}

QTEST_GUILESS_MAIN(FirstLightTest)
#include "tst_first_light.moc"
