// SPDX-License-Identifier: Apache-2.0
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include "core/workflow/workflow_fixture.h"
#include "workflow/rescue.h"

using namespace sotto;
using namespace sotto::test;
using workflow::Rescued;

namespace {

std::vector<crypto::age::Identity> only(const crypto::age::Identity& identity) {
    std::vector<crypto::age::Identity> one;
    one.push_back(identity.clone());
    return one;
}

QJsonObject jsonAt(const World& world, const Path& path) {
    return QJsonDocument::fromJson(byteArrayOf(world.files.content(path))).object();
}

const Rescued& named(const std::vector<Rescued>& all, const std::string& name) {
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const Rescued& one) { return one.log.filename() == name; });
    SOTTO_CHECK(found != all.end());
    return *found;
}

/// A home with one interview that ended in order and one that was broken off.
struct TwoInterviews : World {
    TwoInterviews() {
        const auto home = must(create());
        const auto participant = consentedPerson(*home);
        must(interviewShortly(*home, participant, ended));
        const auto live = must(LiveSession::begin(*home, participant, true));
        brokenOff = live->id();
        must(live->record());
        must(speak(*live, 1100));
        must(live->commit(note(QStringLiteral("said before the fall"))));
        endedLog = home->layout().sessionLog(must(rowOf(*home, ended.id)).logName);
        brokenLog = home->layout().sessionLog(must(rowOf(*home, brokenOff)).logName);
    }
    Acknowledged ended;
    SessionId brokenOff;
    Path endedLog;
    Path brokenLog;
};

}  // namespace

class TestRescue : public QObject {
    Q_OBJECT

private slots:
    void theCustodianAloneOpensAWholeHome();
    void theIdentityKeeperOpensTheNames();
    void oneLogOpensStraightIntoTheFolder();
    void aBrokenOffLogGivesWhatWasRecorded();
    void aRescuedSessionIsWhatWouldHaveBeenSent();
    void aWrongKeyOpensNothingAndWritesNothing();
    void damageIsSaidAndTheRestGivenBack();
    void neitherPassphraseNorKeyringIsNeeded();
    void aLogCutAtARecordsEndIsNoticedInAHome();
    void anUnfinishedLogIsPassedOver();
    void nothingSealedIsAFault();
};

void TestRescue::theCustodianAloneOpensAWholeHome() {
    TwoInterviews world;
    const auto before = world.snapshot();
    const auto rescued = workflow::rescue(world.files, kHome, only(Lab::instance().content), "/out");
    VERIFY_OK(rescued);
    QCOMPARE(rescued->size(), std::size_t{5});
    QVERIFY(named(*rescued, "sessions.vault").opened);
    QVERIFY(named(*rescued, "outbox.vault").opened);
    const Rescued& identities = named(*rescued, "identities.vault");
    QVERIFY2(!identities.opened && identities.wrongKey, "the custodian must not read names");
    const Path endedFolder = Path("/out") / world.ended.id.toString().toStdString() / "content";
    QVERIFY(named(*rescued, world.endedLog.filename()).folder == endedFolder);
    QVERIFY(world.files.content(endedFolder / "audio.opus").size() > 1000);
    QCOMPARE(byteArrayOf(world.files.content(endedFolder / "notes/0003.txt")), QByteArrayLiteral("third\n"));
    QVERIFY(byteArrayOf(world.files.content("/out/vaults/sessions.sqlite")).startsWith("SQLite format 3"));
    for (const auto& [path, content] : before)
        QVERIFY2(world.files.content(path) == content, path.c_str());
    QVERIFY2(!byteArrayOf(world.files.content("/out/vaults/sessions.sqlite")).contains("Camille"),
             "a name among what the custodian can read");
}

void TestRescue::theIdentityKeeperOpensTheNames() {
    TwoInterviews world;
    const auto rescued = must(workflow::rescue(world.files, kHome, only(Lab::instance().identity_), "/out"));
    for (const Rescued& one : rescued)
        QCOMPARE(one.opened, one.log.filename() == "identities.vault");
    QVERIFY(byteArrayOf(world.files.content("/out/vaults/identities.sqlite")).contains("Camille Invention"));
    QCOMPARE(filesBelow(world.files, "/out"), QStringList{QStringLiteral("vaults/identities.sqlite")});
}

void TestRescue::oneLogOpensStraightIntoTheFolder() {
    TwoInterviews world;
    const auto rescued = must(workflow::rescue(world.files, world.endedLog, only(Lab::instance().content), "/out"));
    QCOMPARE(rescued.size(), std::size_t{1});
    QVERIFY(rescued.front().opened && !rescued.front().damaged);
    QVERIFY(filesBelow(world.files, "/out").contains(QStringLiteral("timeline.json")));
    const auto vault =
        must(workflow::rescue(world.files, kHome / "sessions.vault", only(Lab::instance().content), "/out2"));
    QVERIFY(vault.front().opened);
    QCOMPARE(filesBelow(world.files, "/out2"), QStringList{QStringLiteral("sessions.sqlite")});
}

void TestRescue::aBrokenOffLogGivesWhatWasRecorded() {
    TwoInterviews world;
    Bytes torn = world.files.content(world.brokenLog);
    torn.insert(torn.end(), 60, std::uint8_t{3});
    world.files.setContent(world.brokenLog, torn);
    const auto rescued = must(workflow::rescue(world.files, world.brokenLog, only(Lab::instance().content), "/out"));
    QVERIFY(rescued.front().opened && !rescued.front().damaged);
    const QJsonObject manifest = jsonAt(world, "/out/manifest.json");
    QVERIFY(manifest[QStringLiteral("recording")][QStringLiteral("duration_ms")].toInt() >= 990);
    QCOMPARE(manifest[QStringLiteral("integrity")].toString(), QStringLiteral("unsynced-tail"));
    QCOMPARE(byteArrayOf(world.files.content("/out/notes/0001.txt")), QByteArrayLiteral("said before the fall\n"));
    QVERIFY2(world.files.content(world.brokenLog) == torn, "rescue must not cut the tail");
}

void TestRescue::aRescuedSessionIsWhatWouldHaveBeenSent() {
    TwoInterviews world;
    must(workflow::rescue(world.files, world.endedLog, only(Lab::instance().content), "/out"));
    const auto home = must(world.unlock());
    must(workflow::sealSession(*home, world.ended.id));
    must(world.deliver(*home));
    must(world.receive());
    const Path sent = kLabOut / world.ended.id.toString().toStdString() / "content";
    // What the participant allows stands in the opening of a rescued timeline, item by item; the table of what each
    // item means is the study's, and is only in what was sent.
    QStringList expected = filesBelow(world.files, sent);
    QVERIFY(expected.removeOne(QStringLiteral("permissions.json")));
    QCOMPARE(filesBelow(world.files, "/out"), expected);
    QVERIFY(world.files.content("/out/notes/0001.txt") == world.files.content(sent / "notes/0001.txt"));
    QCOMPARE(jsonAt(world, "/out/timeline.json")[QStringLiteral("events")],
             jsonAt(world, sent / "timeline.json")[QStringLiteral("events")]);
    // Two Ogg streams of the same packets: they differ in the random serial and the checksums it enters, not in size.
    QCOMPARE(world.files.content("/out/audio.opus").size(), world.files.content(sent / "audio.opus").size());
}

void TestRescue::aWrongKeyOpensNothingAndWritesNothing() {
    TwoInterviews world;
    const auto stranger = crypto::age::Identity::generate();
    const auto rescued = must(workflow::rescue(world.files, kHome, only(stranger), "/out"));
    for (const Rescued& one : rescued)
        QVERIFY(!one.opened && one.wrongKey && !one.damaged);
    QCOMPARE(filesBelow(world.files, "/out"), QStringList());
    VERIFY_FAILS(workflow::rescue(world.files, world.endedLog, only(stranger), "/out"), ErrorCode::WrongKey);
}

void TestRescue::damageIsSaidAndTheRestGivenBack() {
    TwoInterviews world;
    Bytes content = world.files.content(world.endedLog);
    content[content.size() / 2] ^= 1;
    world.files.setContent(world.endedLog, content);
    Bytes vault = world.files.content(kHome / "sessions.vault");
    vault[vault.size() - 100] ^= 1;
    world.files.setContent(kHome / "sessions.vault", vault);
    const auto rescued = must(workflow::rescue(world.files, kHome, only(Lab::instance().content), "/out"));
    const Rescued& session = named(rescued, world.endedLog.filename());
    QVERIFY(session.opened && session.damaged && !session.note.empty());
    QVERIFY(must(world.files.exists(session.folder / "audio.opus")));
    QVERIFY(named(rescued, world.brokenLog.filename()).opened);
    QVERIFY(named(rescued, "sessions.vault").opened);
}

void TestRescue::neitherPassphraseNorKeyringIsNeeded() {
    TwoInterviews world;
    must(world.files.remove(kHome / "keyring"));
    for (const char* name : {"sessions.vault", "identities.vault", "outbox.vault", "attempts"})
        must(world.files.remove(kHome / name));
    const auto rescued = must(workflow::rescue(world.files, kHome, only(Lab::instance().content), "/out"));
    QCOMPARE(rescued.size(), std::size_t{2});
    for (const Rescued& one : rescued)
        QVERIFY2(one.opened && !one.damaged, one.note.c_str());
}

void TestRescue::aLogCutAtARecordsEndIsNoticedInAHome() {
    TwoInterviews world;
    Bytes cut = world.files.content(world.endedLog);
    {
        const auto reader =
            must(sealedlog::LogReader::open(world.files, world.endedLog, only(Lab::instance().content)));
        cut.resize(reader.records()[reader.records().size() - 3].offset);  // every record that is left verifies
    }
    world.files.setContent(world.endedLog, cut);
    const auto rescued = must(workflow::rescue(world.files, kHome, only(Lab::instance().content), "/out"));
    const Rescued& session = named(rescued, world.endedLog.filename());
    QVERIFY(session.opened && session.damaged && !session.note.empty());
    QVERIFY(!named(rescued, world.brokenLog.filename()).damaged);
    // Alone, nothing tells the cut from a log that was broken off there.
    QVERIFY(
        !must(workflow::rescue(world.files, world.endedLog, only(Lab::instance().content), "/alone")).front().damaged);
}

void TestRescue::anUnfinishedLogIsPassedOver() {
    TwoInterviews world;
    const Bytes whole = world.files.content(world.endedLog);
    for (const std::ptrdiff_t size : {0, 4096, 8192}) {
        const Path unfinished = kHome / "sessions" / "00000000000000000000000000000001.session";
        world.files.setContent(unfinished, Bytes(whole.begin(), whole.begin() + size));
        const Path out = "/out" + std::to_string(size);
        const auto rescued = must(workflow::rescue(world.files, kHome, only(Lab::instance().content), out));
        const Rescued& one = named(rescued, unfinished.filename());
        QVERIFY(!one.opened && one.unfinished);
        QVERIFY(named(rescued, world.endedLog.filename()).opened);
        QVERIFY(named(rescued, world.brokenLog.filename()).opened);
    }
}

void TestRescue::nothingSealedIsAFault() {
    World world;
    VERIFY_FAILS(workflow::rescue(world.files, "/nowhere", only(Lab::instance().content), "/out"), ErrorCode::NotFound);
    VERIFY_FAILS(workflow::rescue(world.files, kLabOut, only(Lab::instance().content), "/out"), ErrorCode::NotFound);
    world.files.setContent("/lab/letter.txt", Bytes(9000, std::uint8_t{'x'}));
    VERIFY_FAILS(workflow::rescue(world.files, "/lab/letter.txt", only(Lab::instance().content), "/out"),
                 ErrorCode::ParseFailed);
}

QTEST_GUILESS_MAIN(TestRescue)
#include "tst_rescue.moc"
