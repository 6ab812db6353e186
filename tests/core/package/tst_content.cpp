// SPDX-License-Identifier: Apache-2.0
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "core/interview/interview_fixture.h"
#include "core/package/package_fixture.h"
#include "interview/off_record.h"
#include "recording/erase.h"
#include "recording/recorder.h"

using namespace sotto;
using namespace sotto::test;
using interview::EventKind;

namespace {

const Path kAge = "/box/one.age";
const Path kOut = "/lab/out";
const QString kCanary = QStringLiteral("Canary-9b");

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

/// What is read of a session, and the content made of it.
struct Built {
    interview::SessionRecords records;
    recording::AudioMap audio;
    package::ContentPackage content;

    [[nodiscard]] QJsonObject manifest() const { return QJsonDocument::fromJson(content.files[0].content).object(); }
    [[nodiscard]] QJsonObject timeline() const { return QJsonDocument::fromJson(content.files[1].content).object(); }
};

Result<Built> build(LoggedSession& session, const study::Guide* guide = nullptr) {
    SOTTO_ASSIGN(auto records, session.read());
    SOTTO_ASSIGN(auto audio, recording::mapAudio(records.log));
    SOTTO_ASSIGN(auto content, package::buildContent(records, audio, guide));
    return Built{std::move(records), std::move(audio), std::move(content)};
}

/// Seals it and opens that as kOut.
Result<> sealAndOpen(LoggedSession& session, const Built& built) {
    const KeyPair keys;
    SOTTO_TRY(session.files.createDirectories("/box"));
    SOTTO_TRY(package::sealContent(session.files, kAge, keys.recipients(), built.records, built.audio, built.content));
    return package::openPackage(session.files, kAge, keys.identities, kOut);
}

Result<> writeClear(LoggedSession& session, const Built& built, const Path& target) {
    return package::writeClearContent(session.files, target, built.records, built.audio, built.content);
}

/// Three seconds of sound, a note inside and one outside of a span from 0.5 to 1.5 s.
Result<> recordWithSpan(LoggedSession& session) {
    SOTTO_TRY(recordAndCommit(session, true));
    SOTTO_TRY(session.log->commit(eventOf(EventKind::Note, 1000, {}, kCanary)));
    SOTTO_TRY(session.log->commit(eventOf(EventKind::Note, 2500, {}, QStringLiteral("outside"))));
    return session.log->commit(spanOf(500, 1500));
}

/// The files of the content in clear, by name.
Result<std::map<QString, QByteArray>> contentOf(LoggedSession& session) {
    const study::Guide aGuide = guide();
    SOTTO_ASSIGN(auto built, build(session, &aGuide));
    std::map<QString, QByteArray> files;
    for (const package::PackageFile& file : built.content.files)
        files[file.name] = file.content;
    if (!built.content.hasAudio) return files;
    built.content.oggSerial = 7;
    Bytes sound;
    SOTTO_TRY(package::writeContentAudio(built.records, built.audio, built.content, appendTo(sound)));
    SOTTO_CHECK(sound.size() == built.content.audioSize);
    files[QStringLiteral("audio.opus")] = byteArrayOf(sound);
    return files;
}

QJsonObject objectIn(const std::map<QString, QByteArray>& files, const QString& name) {
    return QJsonDocument::fromJson(files.at(name)).object();
}

Result<> rewriteWith(LoggedSession& session, const sealedlog::Filter& filter) {
    session.log.reset();
    const auto recipient = session.keys().front().recipient();
    SOTTO_TRY(sealedlog::rewrite(session.files, LoggedSession::kPath, session.keys(), {&recipient, 1}, filter));
    return {};
}

}  // namespace

class ContentTest : public QObject {
    Q_OBJECT
private slots:
    void contentHoldsEverythingOfTheSession();
    void sealedAndClearContentAreTheSame();
    void notesOnlySessionHasNoAudio();
    void sessionWithoutGuideLeavesOutCoverage();
    void whatSurroundsTheInterviewIsInTheTimeline();
    void whatIsOffTheRecordIsLeftOutThoughTheLogHoldsIt();
    void aRewrittenLogGivesTheSameContent();
    void aSessionWhoseSoundWasErasedSaysSo();
    void aQuestionThatWasRemovedSinceIsStillThere();
    void identityAndResearchAreApart();
};

void ContentTest::contentHoldsEverythingOfTheSession() {
    LoggedSession session;
    VERIFY_OK(recordAndCommit(session, true));
    const study::Guide aGuide = guide();
    const auto built = build(session, &aGuide);
    VERIFY_OK(built);
    VERIFY_OK(sealAndOpen(session, *built));

    const QJsonObject manifest = jsonOf(session.files, kOut / "manifest.json");
    QCOMPARE(manifest[u"session"].toString(), built->records.opening.session.toString());
    QCOMPARE(manifest[u"pseudonym"].toString(), built->records.opening.pseudonym);
    QCOMPARE(manifest[u"events"].toInt(), 11);
    QCOMPARE(manifest[u"integrity"].toString(), QStringLiteral("ok"));
    QCOMPARE(manifest[u"audio"].toString(), QStringLiteral("recorded"));
    const QJsonObject recording = manifest[u"recording"].toObject();
    QCOMPARE(recording[u"duration_ms"].toInt(), static_cast<int>(built->audio.durationMs()));
    const QJsonArray segments = recording[u"segments"].toArray();
    QCOMPARE(segments.size(), 2);
    QCOMPARE(segments[0][u"ended"].toString(), QStringLiteral("pause"));
    QCOMPARE(segments[1][u"ended"].toString(), QStringLiteral("end"));

    const QJsonObject timeline = jsonOf(session.files, kOut / "timeline.json");
    const QJsonArray events = timeline[u"events"].toArray();
    QCOMPARE(events.size(), 11);
    QCOMPARE(events[3][u"offset_ms"].toInt(), 31'000);
    QCOMPARE(events[3][u"start_ms"].toInt(), 11'000);
    QCOMPARE(events[6][u"file"].toString(), QStringLiteral("notes/0001.txt"));
    QCOMPARE(timeline[u"coverage"].toArray().size(), 3);
    QCOMPARE(timeline[u"sections"].toArray().size(), 2);
    QCOMPARE(byteArrayOf(session.files.content(kOut / "notes/0001.txt")), oneOfEachKind()[6].text.toUtf8() + '\n');
    QVERIFY(byteArrayOf(session.files.content(kOut / "audio.opus")).startsWith("OggS"));
    QCOMPARE(session.files.content(kOut / "audio.opus").size(), static_cast<std::size_t>(built->content.audioSize));
}

void ContentTest::sealedAndClearContentAreTheSame() {
    LoggedSession session;
    VERIFY_OK(recordAndCommit(session, true));
    const auto built = build(session);
    VERIFY_OK(built);
    VERIFY_OK(sealAndOpen(session, *built));
    VERIFY_OK(writeClear(session, *built, "/lab/clear"));
    for (const char* name : {"manifest.json", "timeline.json", "audio.opus", "notes/0001.txt"}) {
        QVERIFY2(session.files.content(kOut / name) == session.files.content(Path("/lab/clear") / name), name);
    }
    VERIFY_FAILS(writeClear(session, *built, "/lab/clear"), ErrorCode::AlreadyExists);
}

void ContentTest::notesOnlySessionHasNoAudio() {
    LoggedSession session;
    VERIFY_OK(recordAndCommit(session, false));
    const auto built = build(session);
    VERIFY_OK(built);
    QVERIFY(!built->content.hasAudio);
    const QJsonObject manifest = built->manifest();
    QCOMPARE(manifest[u"audio"].toString(), QStringLiteral("none"));
    VERIFY_OK(writeClear(session, *built, kOut));
    QVERIFY(!*session.files.exists(kOut / "audio.opus"));
}

void ContentTest::sessionWithoutGuideLeavesOutCoverage() {
    LoggedSession session;
    VERIFY_OK(recordAndCommit(session, false));
    const auto built = build(session);
    VERIFY_OK(built);
    const QJsonObject timeline = built->timeline();
    QVERIFY(!timeline.contains(QStringLiteral("coverage")) && timeline.contains(QStringLiteral("events")));
}

void ContentTest::whatSurroundsTheInterviewIsInTheTimeline() {
    LoggedSession session;
    VERIFY_OK(session.create());
    const auto around = aroundOneOfEach();
    for (const interview::Event& event : around)
        VERIFY_OK(session.log->commit(event));
    VERIFY_OK(session.log->finish());
    const auto files = contentOf(session);
    VERIFY_OK(files);
    const QJsonArray events = objectIn(*files, QStringLiteral("timeline.json"))[u"events"].toArray();
    QCOMPARE(static_cast<std::size_t>(events.size()), around.size());
    for (std::size_t i = 0; i < around.size(); ++i) {
        const QJsonObject event = events.at(static_cast<int>(i)).toObject();
        QCOMPARE(event[u"kind"].toString(), interview::eventKindName(around[i].kind));
        QCOMPARE(event[u"text"].toString(), around[i].text);
        QCOMPARE(static_cast<std::size_t>(event[u"dims"].toObject().size()), around[i].dimensions.size());
    }
}

void ContentTest::whatIsOffTheRecordIsLeftOutThoughTheLogHoldsIt() {
    LoggedSession session;
    VERIFY_OK(recordWithSpan(session));
    const auto files = contentOf(session);
    VERIFY_OK(files);
    for (const auto& [name, bytes] : *files)
        QVERIFY2(!bytes.contains(kCanary.toUtf8()), qPrintable(name));
    QCOMPARE(files->size(), std::size_t{5});  // manifest, timeline, two notes, sound
    const QJsonObject timeline = objectIn(*files, QStringLiteral("timeline.json"));
    const QJsonArray events = timeline[u"events"].toArray();
    QCOMPARE(events.size(), 14);
    QCOMPARE(events[11][u"kind"].toString(), QStringLiteral("erased"));
    QCOMPARE(events[12][u"file"].toString(), QStringLiteral("notes/0002.txt"));
    QCOMPARE(events[13][u"kind"].toString(), QStringLiteral("off-record-span"));
    QCOMPARE(events[13][u"start_ms"].toInt(), 500);
    QCOMPARE(events[13][u"end_ms"].toInt(), 1500);
    const QJsonArray spans = timeline[u"off_record"].toArray();
    QCOMPARE(spans.size(), 1);
    QCOMPARE(spans[0][u"start_ms"].toInt(), 500);
    QCOMPARE(spans[0][u"end_ms"].toInt(), 1500);
    const QJsonObject manifest = objectIn(*files, QStringLiteral("manifest.json"));
    QCOMPARE(manifest[u"audio"].toString(), QStringLiteral("recorded"));
    const QJsonArray erased = manifest[u"recording"][u"erased"].toArray();
    QCOMPARE(erased.size(), 1);
    const int start = erased[0][u"start_ms"].toInt();
    const int end = start + erased[0][u"duration_ms"].toInt();
    QVERIFY2(start <= 500 && start >= 460 && end >= 1500 && end <= 1540, qPrintable(QString::number(start)));
}

void ContentTest::aRewrittenLogGivesTheSameContent() {
    LoggedSession session;
    VERIFY_OK(recordWithSpan(session));
    const auto before = contentOf(session);
    VERIFY_OK(before);
    const auto spans = interview::spansTakenBack(session.read()->events);
    VERIFY_OK(rewriteWith(session, interview::inTurn(interview::eraseFilter(spans), recording::eraseFilter(spans))));
    const auto after = contentOf(session);
    VERIFY_OK(after);
    QVERIFY(after->at(QStringLiteral("audio.opus")) == before->at(QStringLiteral("audio.opus")));
    QVERIFY(*after == *before);
    // With nothing left out the sound is another: the comparison above means something.
    LoggedSession control;
    VERIFY_OK(recordAndCommit(control, true));
    QVERIFY(contentOf(control)->at(QStringLiteral("audio.opus")) != before->at(QStringLiteral("audio.opus")));
}

void ContentTest::aSessionWhoseSoundWasErasedSaysSo() {
    LoggedSession session;
    VERIFY_OK(recordAndCommit(session, true));
    const auto before = contentOf(session);
    VERIFY_OK(rewriteWith(session, recording::eraseAllAudio()));
    const auto after = contentOf(session);
    VERIFY_OK(after);
    QVERIFY(after->count(QStringLiteral("audio.opus")) == 0);
    const QJsonObject manifest = objectIn(*after, QStringLiteral("manifest.json"));
    QCOMPARE(manifest[u"audio"].toString(), QStringLiteral("erased"));
    const QJsonObject recording = manifest[u"recording"].toObject();
    const QJsonObject was = objectIn(*before, QStringLiteral("manifest.json"))[u"recording"].toObject();
    QVERIFY(recording[u"duration_ms"].toInt() > 2900);
    QVERIFY(recording[u"duration_ms"] == was[u"duration_ms"]);
    QVERIFY(recording[u"segments"] == was[u"segments"]);
    QCOMPARE(after->at(QStringLiteral("timeline.json")), before->at(QStringLiteral("timeline.json")));
    // Sealed, opened and checked as any other.
    const auto built = build(session);
    VERIFY_OK(built);
    VERIFY_OK(sealAndOpen(session, *built));
    QVERIFY(!*session.files.exists(kOut / "audio.opus"));
}

void ContentTest::aQuestionThatWasRemovedSinceIsStillThere() {
    LoggedSession session;
    VERIFY_OK(session.create());
    VERIFY_OK(session.log->commit(eventOf(EventKind::Ask, 1000, QStringLiteral("how"))));
    VERIFY_OK(
        session.log->commit(eventOf(EventKind::Answer, 2000, QStringLiteral("how"), QStringLiteral("volunteered"))));
    const auto own = contentOf(session);
    VERIFY_OK(own);
    const QJsonArray coverage = objectIn(*own, QStringLiteral("timeline.json"))[u"coverage"].toArray();
    QCOMPARE(coverage[0][u"question"].toString(), QStringLiteral("how"));
    QCOMPARE(coverage[0][u"coverage"].toString(), QStringLiteral("volunteered"));
    // Without its guide, or with one that lacks the question, the answer itself is there all the same.
    study::Guide newer = guide();
    newer.sections.front().questions.erase(newer.sections.front().questions.begin());
    for (const study::Guide* other :
         {static_cast<const study::Guide*>(nullptr), static_cast<const study::Guide*>(&newer)}) {
        const auto built = build(session, other);
        VERIFY_OK(built);
        const QJsonArray events = built->timeline()[u"events"].toArray();
        QCOMPARE(events.size(), 2);
        QCOMPARE(events[1][u"text"].toString(), QStringLiteral("volunteered"));
    }
}

void ContentTest::identityAndResearchAreApart() {
    consent::Evidence evidence;
    evidence.role = QStringLiteral("person");
    const people::IdentityRecord identity{ParticipantId::random(), QStringLiteral("Canary Name"), true};
    const SessionId session = SessionId::random();
    const auto files = package::buildIdentity({{evidence, {}, {}}}, identity, {}, session, true);
    QCOMPARE(files.size(), std::size_t{3});
    QCOMPARE(files[1].name, QStringLiteral("consent.json"));
    QCOMPARE(QJsonDocument::fromJson(files[2].content).object()[u"name"].toString(), identity.name);
    study::StudyPack pack;
    pack.codebook = codebook();
    const auto research = package::buildResearch(
        {{QStringLiteral("marks"), {QStringLiteral("at_s")}, {{QStringLiteral("7")}}}}, pack, true, false);
    QCOMPARE(research.size(), std::size_t{4});
    QCOMPARE(research[1].name, QStringLiteral("marks.csv"));
    QCOMPARE(research[1].content, QByteArray("at_s\n7\n"));
    for (const auto& file : research) {
        QVERIFY(!file.content.contains(session.toString().toUtf8()));
    }
}

QTEST_GUILESS_MAIN(ContentTest)
#include "tst_content.moc"
