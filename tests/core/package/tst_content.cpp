// SPDX-License-Identifier: Apache-2.0
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "core/interview/interview_fixture.h"
#include "core/package/package_fixture.h"
#include "recording/recorder.h"

using namespace sotto;
using namespace sotto::test;
using interview::EventKind;

namespace {

const Path kAge = "/box/one.age";
const Path kOut = "/lab/out";

QJsonObject jsonOf(const FaultFileSystem& files, const Path& path) {
    return QJsonDocument::fromJson(byteArrayOf(files.content(path))).object();
}

/// Three seconds of sound in two segments, and one event of each kind; then what is read back.
Result<> recordAndCommit(LoggedSession& session, bool withAudio) {
    SOTTO_TRY(session.create());
    for (const interview::Event& event : oneOfEachKind()) {
        SOTTO_TRY(session.log->commit(event));
    }
    if (!withAudio) return {};
    FakeClock clock;
    SOTTO_ASSIGN(const auto recorder, recording::Recorder::open(*session.log, clock, {}));
    std::vector<std::int16_t> sound(48'000);
    for (std::size_t i = 0; i < sound.size(); ++i) {
        sound[i] = static_cast<std::int16_t>((i * 37) % 2000);
    }
    SOTTO_TRY(recorder->start());
    SOTTO_TRY(recorder->write(sound));
    SOTTO_TRY(recorder->write(sound));
    SOTTO_TRY(recorder->stop(recording::SegmentEnding::Pause));
    SOTTO_TRY(recorder->start());
    SOTTO_TRY(recorder->write(sound));
    return recorder->stop(recording::SegmentEnding::End);
}

}  // namespace

class ContentTest : public QObject {
    Q_OBJECT
private slots:
    void contentHoldsEverythingOfTheSession();
    void sealedAndClearContentAreTheSame();
    void notesOnlySessionHasNoAudio();
    void sessionWithoutGuideLeavesOutCoverage();
    void identityAndResearchAreApart();
};

void ContentTest::contentHoldsEverythingOfTheSession() {
    LoggedSession session;
    VERIFY_OK(recordAndCommit(session, true));
    const auto records = session.read();
    VERIFY_OK(records);
    const auto audio = recording::mapAudio(records->log);
    VERIFY_OK(audio);
    const study::Guide aGuide = guide();
    const auto content = package::buildContent(*records, *audio, &aGuide);
    VERIFY_OK(content);
    const KeyPair keys;
    VERIFY_OK(session.files.createDirectories("/box"));
    VERIFY_OK(package::sealContent(session.files, kAge, keys.recipients(), *records, *audio, *content));
    VERIFY_OK(package::openPackage(session.files, kAge, keys.identities, kOut));

    const QJsonObject manifest = jsonOf(session.files, kOut / "manifest.json");
    QCOMPARE(manifest.value(QStringLiteral("session")).toString(), records->opening.session.toString());
    QCOMPARE(manifest.value(QStringLiteral("pseudonym")).toString(), records->opening.pseudonym);
    QCOMPARE(manifest.value(QStringLiteral("events")).toInt(), 11);
    QCOMPARE(manifest.value(QStringLiteral("integrity")).toString(), QStringLiteral("ok"));
    const QJsonObject recording = manifest.value(QStringLiteral("recording")).toObject();
    QCOMPARE(recording.value(QStringLiteral("duration_ms")).toInt(), static_cast<int>(audio->durationMs()));
    const QJsonArray segments = recording.value(QStringLiteral("segments")).toArray();
    QCOMPARE(segments.size(), 2);
    QCOMPARE(segments[0].toObject().value(QStringLiteral("ended")).toString(), QStringLiteral("pause"));
    QCOMPARE(segments[1].toObject().value(QStringLiteral("ended")).toString(), QStringLiteral("end"));

    const QJsonObject timeline = jsonOf(session.files, kOut / "timeline.json");
    const QJsonArray events = timeline.value(QStringLiteral("events")).toArray();
    QCOMPARE(events.size(), 11);
    QCOMPARE(events[3].toObject().value(QStringLiteral("offset_ms")).toInt(), 31'000);
    QCOMPARE(events[3].toObject().value(QStringLiteral("start_ms")).toInt(), 11'000);
    QCOMPARE(events[6].toObject().value(QStringLiteral("file")).toString(), QStringLiteral("notes/0001.txt"));
    QCOMPARE(timeline.value(QStringLiteral("coverage")).toArray().size(), 3);
    QCOMPARE(timeline.value(QStringLiteral("sections")).toArray().size(), 2);
    QCOMPARE(byteArrayOf(session.files.content(kOut / "notes/0001.txt")), oneOfEachKind()[6].text.toUtf8() + '\n');
    QVERIFY(byteArrayOf(session.files.content(kOut / "audio.opus")).startsWith("OggS"));
    QCOMPARE(session.files.content(kOut / "audio.opus").size(), static_cast<std::size_t>(content->audioSize));
}

void ContentTest::sealedAndClearContentAreTheSame() {
    LoggedSession session;
    VERIFY_OK(recordAndCommit(session, true));
    const auto records = session.read();
    VERIFY_OK(records);
    const auto audio = recording::mapAudio(records->log);
    VERIFY_OK(audio);
    const auto content = package::buildContent(*records, *audio, nullptr);
    VERIFY_OK(content);
    const KeyPair keys;
    VERIFY_OK(session.files.createDirectories("/box"));
    VERIFY_OK(package::sealContent(session.files, kAge, keys.recipients(), *records, *audio, *content));
    VERIFY_OK(package::openPackage(session.files, kAge, keys.identities, kOut));
    VERIFY_OK(package::writeClearContent(session.files, "/lab/clear", *records, *audio, *content));
    for (const char* name : {"manifest.json", "timeline.json", "audio.opus", "notes/0001.txt"}) {
        QVERIFY2(session.files.content(kOut / name) == session.files.content(Path("/lab/clear") / name), name);
    }
    VERIFY_FAILS(package::writeClearContent(session.files, "/lab/clear", *records, *audio, *content),
                 ErrorCode::AlreadyExists);
}

void ContentTest::notesOnlySessionHasNoAudio() {
    LoggedSession session;
    VERIFY_OK(recordAndCommit(session, false));
    const auto records = session.read();
    VERIFY_OK(records);
    const auto audio = recording::mapAudio(records->log);
    VERIFY_OK(audio);
    const auto content = package::buildContent(*records, *audio, nullptr);
    VERIFY_OK(content);
    QVERIFY(!content->hasAudio);
    VERIFY_OK(package::writeClearContent(session.files, kOut, *records, *audio, *content));
    QVERIFY(!*session.files.exists(kOut / "audio.opus"));
}

void ContentTest::sessionWithoutGuideLeavesOutCoverage() {
    LoggedSession session;
    VERIFY_OK(recordAndCommit(session, false));
    const auto records = session.read();
    VERIFY_OK(records);
    const auto content = package::buildContent(*records, {}, nullptr);
    VERIFY_OK(content);
    const auto timeline = QJsonDocument::fromJson(content->files[1].content).object();
    QVERIFY(!timeline.contains(QStringLiteral("coverage")) && timeline.contains(QStringLiteral("events")));
}

void ContentTest::identityAndResearchAreApart() {
    consent::Evidence evidence;
    evidence.role = QStringLiteral("person");
    const people::IdentityRecord identity{ParticipantId::random(), QStringLiteral("Canary Name"), true};
    const SessionId session = SessionId::random();
    const auto files = package::buildIdentity(evidence, {}, identity, {}, session, true);
    QCOMPARE(files.size(), std::size_t{3});
    QCOMPARE(files[1].name, QStringLiteral("consent.json"));
    QCOMPARE(QJsonDocument::fromJson(files[2].content).object().value(QStringLiteral("name")).toString(),
             identity.name);
    study::StudyPack pack;
    pack.codebook = codebook();
    const auto research = package::buildResearch(
        {{QStringLiteral("marks"), {QStringLiteral("at_s")}, {{QStringLiteral("7")}}}}, pack, true);
    QCOMPARE(research.size(), std::size_t{4});
    QCOMPARE(research[1].name, QStringLiteral("marks.csv"));
    QCOMPARE(research[1].content, QByteArray("at_s\n7\n"));
    for (const auto& file : research) {
        QVERIFY(!file.content.contains(session.toString().toUtf8()));
    }
}

QTEST_GUILESS_MAIN(ContentTest)
#include "tst_content.moc"
