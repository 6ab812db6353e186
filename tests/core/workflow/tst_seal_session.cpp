// SPDX-License-Identifier: Apache-2.0
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include "core/workflow/workflow_fixture.h"
#include "people/support_notes.h"
#include "vault/audit.h"
#include "workflow/forget.h"

using namespace sotto;
using namespace sotto::test;
using interview::SessionState;
using package::PackageKind;

namespace {

QJsonObject jsonAt(const World& world, const Path& path) {
    return QJsonDocument::fromJson(byteArrayOf(world.files.content(path))).object();
}

Path labFolder(const SessionId& id) {
    return kLabOut / id.toString().toStdString();
}

int countOf(const std::vector<sync::OutboxItem>& items, PackageKind kind) {
    return static_cast<int>(
        std::count_if(items.begin(), items.end(), [kind](const auto& item) { return item.kind == kind; }));
}

/// A home with one interview that ended in order.
struct Interviewed : World {
    Interviewed() {
        home = must(create());
        participant = consentedPerson(*home);
        must(interviewShortly(*home, participant, told));
    }
    [[nodiscard]] Path logPath() { return home->layout().sessionLog(must(rowOf(*home, told.id)).logName); }
    std::unique_ptr<Home> home;
    people::Participant participant;
    Acknowledged told;
};

/// What the lab finds in the one row of the session's table, by the name of the column.
QMap<QString, QString> researchRow(World& world, Home& home, const SessionId& id) {
    must(workflow::sealSession(home, id));
    must(world.deliver(home));
    must(world.receive());
    const QString table =
        QString::fromUtf8(byteArrayOf(world.files.content(labFolder(id) / "research" / "sessions.csv")));
    const QStringList lines = table.split(u'\n', Qt::SkipEmptyParts);
    SOTTO_CHECK(lines.size() == 2);
    const QStringList names = lines[0].trimmed().split(u',');
    const QStringList values = lines[1].trimmed().split(u',');
    QMap<QString, QString> row;
    for (qsizetype i = 0; i < names.size(); ++i)
        row[names[i]] = values.value(i);
    return row;
}

}  // namespace

class TestSealSession : public QObject {
    Q_OBJECT

private slots:
    void anHonestInterviewArrivesAtTheLab();
    void statesGoFromOpenToReceived();
    void sealingTwiceIsRefused();
    void aSessionBeingRecordedIsNotSealed();
    void anInterruptedSessionIsClosedAndSealed();
    void withoutConsentToShareNoResearchPackageIsMade();
    void aDamagedLogIsSealedWithWhatVerifiesAndSaysSo();
    void anEndedLogThatWasCutShortIsSealedAsDamaged();
    void aFailedSealingLeavesNoFilesInTheOutbox();
    void queuedPackagesAreTakenUpAfterACrashBeforeTheState();
    void anUnknownSessionIsNotFound();
    void consentOfSomebodyElseIsNotSealed();
    void aLaterNoToSharingKeepsTheResearchPackageBack();
    void twoVisitsCountDaysAndVisits();
    void visitsKeepTheirNumbersWhenAnEarlierOneIsErased();
    void practiceIsNoVisit();
};

void TestSealSession::anHonestInterviewArrivesAtTheLab() {
    Interviewed world;
    VERIFY_OK(people::SupportNotes(world.home->identities())
                  .add({1, QStringLiteral("pause"), QStringLiteral("sealed apart"), world.participant.id, {}}));
    const auto report = workflow::sealSession(*world.home, world.told.id);
    VERIFY_OK(report);
    QCOMPARE(report->packages.size(), std::size_t{3});
    QVERIFY(!report->researchWithheld);
    QCOMPARE(report->recordedMs, kShortlyMs);
    const auto delivered = world.deliver(*world.home);
    VERIFY_OK(delivered);
    QCOMPARE(delivered->sent, 3);
    const auto received = world.receive();
    VERIFY_OK(received);
    QCOMPARE(received->size(), std::size_t{3});
    for (const auto& package : *received) {
        QVERIFY2(package.outcome == sync::Received::Outcome::New && package.opened, qPrintable(package.note));
    }
    const Path content = labFolder(world.told.id) / "content";
    const QJsonObject manifest = jsonAt(world, content / "manifest.json");
    QCOMPARE(manifest[QStringLiteral("integrity")].toString(), QStringLiteral("ok"));
    QCOMPARE(manifest[QStringLiteral("practice")].toBool(), true);
    QCOMPARE(manifest[QStringLiteral("recording")][QStringLiteral("duration_ms")].toInteger(), kShortlyMs);
    QCOMPARE(byteArrayOf(world.files.content(content / "notes/0002.txt")), QByteArrayLiteral("second\n"));
    QVERIFY(byteArrayOf(world.files.content(content / "audio.opus")).startsWith("OggS"));
    QVERIFY(world.files.content(labFolder(world.told.id) / "identity/person.json").size() > 0);
    const QJsonObject notes = jsonAt(world, labFolder(world.told.id) / "identity/support_notes.json");
    QCOMPARE(notes[QStringLiteral("notes")][0][QStringLiteral("text")].toString(), QStringLiteral("sealed apart"));
    for (const QString& file : filesBelow(world.files, content))
        QVERIFY(!byteArrayOf(world.files.content(content / file.toStdString())).contains("sealed apart"));
}

void TestSealSession::statesGoFromOpenToReceived() {
    Interviewed world;
    const auto state = [&world] { return must(rowOf(*world.home, world.told.id)).state; };
    QCOMPARE(state(), SessionState::Open);
    const sealedlog::Anchor ended = must(rowOf(*world.home, world.told.id)).anchor.value();
    VERIFY_OK(workflow::sealSession(*world.home, world.told.id));
    QCOMPARE(state(), SessionState::Sealed);
    QVERIFY(must(rowOf(*world.home, world.told.id)).anchor.value() == ended);
    VERIFY_OK(world.deliver(*world.home));
    QCOMPARE(state(), SessionState::Sent);
    VERIFY_OK(world.receive());
    const auto second = world.deliver(*world.home);
    VERIFY_OK(second);
    QCOMPARE(second->sent, 0);
    QCOMPARE(second->receipts, 3);
    QCOMPARE(state(), SessionState::Received);
    VERIFY_OK(vault::AuditTrail(world.home->sessions()).verify());
}

void TestSealSession::sealingTwiceIsRefused() {
    Interviewed world;
    VERIFY_OK(workflow::sealSession(*world.home, world.told.id));
    VERIFY_FAILS(workflow::sealSession(*world.home, world.told.id), ErrorCode::NotAllowed);
    QCOMPARE(must(outboxItems(*world.home)).size(), std::size_t{3});
    QVERIFY(must(workflow::unsealedSessions(*world.home)).empty());
}

void TestSealSession::aSessionBeingRecordedIsNotSealed() {
    World world;
    const auto home = must(world.create());
    const auto live = must(LiveSession::begin(*home, consentedPerson(*home), true));
    VERIFY_OK(live->record());
    VERIFY_OK(speak(*live, 200));
    VERIFY_FAILS(workflow::sealSession(*home, live->id()), ErrorCode::Busy);
    VERIFY_OK(speak(*live, 200));
    VERIFY_OK(live->end());
    QCOMPARE(must(workflow::sealSession(*home, live->id())).recordedMs, std::int64_t{400});
}

void TestSealSession::anInterruptedSessionIsClosedAndSealed() {
    World world;
    SessionId id;
    {
        const auto home = must(world.create());
        const auto live = must(LiveSession::begin(*home, consentedPerson(*home), true));
        id = live->id();
        must(live->record());
        must(speak(*live, 1400));
        must(live->commit(note(QStringLiteral("kept"))));
    }
    const auto home = must(world.unlock());
    QCOMPARE(home->recovery().sessionsInterrupted, 1);
    QCOMPARE(must(rowOf(*home, id)).state, SessionState::Interrupted);
    const auto report = workflow::sealSession(*home, id);
    VERIFY_OK(report);
    // What the encoder had not yet given out is lost: a few milliseconds.
    QVERIFY2(report->recordedMs > 1380 && report->recordedMs <= 1400, qPrintable(QString::number(report->recordedMs)));
    const auto records = must(recordsOf(*home, id));
    QVERIFY(records.log.isFinal());
    const auto audio = must(recording::mapAudio(records.log));
    QCOMPARE(audio.segments.size(), std::size_t{1});
    QCOMPARE(audio.segments.front().ending, recording::SegmentEnding::Interrupted);
    const interview::SessionIndex index(home->sessions());
    QCOMPARE(must(index.search(QStringLiteral("kept"))).size(), std::size_t{1});
}

void TestSealSession::withoutConsentToShareNoResearchPackageIsMade() {
    World world;
    const auto home = must(world.create());
    Acknowledged told;
    must(interviewShortly(*home, consentedPerson(*home, consentItems(true, false)), told));
    const auto report = workflow::sealSession(*home, told.id);
    VERIFY_OK(report);
    QVERIFY(report->researchWithheld);
    QCOMPARE(countOf(report->packages, PackageKind::Content), 1);
    QCOMPARE(countOf(report->packages, PackageKind::Identity), 1);
    QCOMPARE(countOf(report->packages, PackageKind::Research), 0);
}

void TestSealSession::aDamagedLogIsSealedWithWhatVerifiesAndSaysSo() {
    Interviewed world;
    const Path path = world.logPath();
    const auto anchor = must(rowOf(*world.home, world.told.id)).anchor;
    const auto before = must(recordsOf(*world.home, world.told.id));
    const auto& records = before.log.records();
    const auto audio = std::find_if(records.begin(), records.end(), [](const auto& record) {
        return record.type == static_cast<std::uint16_t>(interview::RecordType::AudioPackets);
    });
    QVERIFY(audio != records.end());
    Bytes content = world.files.content(path);
    content[audio->offset + sealedlog::kRecordHeaderSize + 40] ^= 1;
    world.files.setContent(path, content);

    const auto report = workflow::sealSession(*world.home, world.told.id);
    VERIFY_OK(report);
    QVERIFY2(world.files.content(path) == content, "sealing must leave a damaged log as it is");
    const auto row = must(rowOf(*world.home, world.told.id));
    QCOMPARE(row.state, SessionState::Sealed);
    QVERIFY2(row.anchor == anchor, "the anchor of the whole log is the one to keep");
    VERIFY_OK(world.deliver(*world.home));
    VERIFY_OK(world.receive());
    const Path folder = labFolder(world.told.id) / "content";
    const QJsonObject manifest = jsonAt(world, folder / "manifest.json");
    QCOMPARE(manifest[QStringLiteral("integrity")].toString(), QStringLiteral("damaged"));
    QVERIFY(!manifest[QStringLiteral("integrity_note")].toString().isEmpty());
    // One record of 200 ms is gone; everything else arrives, at its offsets.
    QCOMPARE(manifest[QStringLiteral("events")].toInt(), static_cast<int>(before.events.size()));
    QCOMPARE(manifest[QStringLiteral("recording")][QStringLiteral("duration_ms")].toInteger(), kShortlyMs);
    QVERIFY(manifest[QStringLiteral("recording")][QStringLiteral("segments")].toArray().size() > 3);
}

void TestSealSession::anEndedLogThatWasCutShortIsSealedAsDamaged() {
    Interviewed world;
    const Path path = world.logPath();
    Bytes cut;
    {
        const auto records = must(recordsOf(*world.home, world.told.id));
        QVERIFY(records.log.isFinal());
        cut = world.files.content(path);
        cut.resize(
            records.log.records()[records.log.records().size() - 3].offset);  // at a border: every record is well
    }
    world.files.setContent(path, cut);
    const auto report = workflow::sealSession(*world.home, world.told.id);
    VERIFY_OK(report);
    QVERIFY2(world.files.content(path) == cut, "a log cut short must not be finished as if it had been broken off");
    VERIFY_OK(world.deliver(*world.home));
    VERIFY_OK(world.receive());
    const QJsonObject manifest = jsonAt(world, labFolder(world.told.id) / "content" / "manifest.json");
    QCOMPARE(manifest[QStringLiteral("integrity")].toString(), QStringLiteral("damaged"));
}

void TestSealSession::aFailedSealingLeavesNoFilesInTheOutbox() {
    Interviewed world;
    world.home->releaseBallast();
    std::uint64_t used = 0;
    for (const Path& path : world.files.paths())
        used += world.files.content(path).size();
    // A little more room each time: it runs out in the first package, in the second, in the third.
    int failures = 0;
    for (std::uint64_t room = 1000;; room += 1500) {
        world.files.setCapacity(used + room);
        const auto report = workflow::sealSession(*world.home, world.told.id);
        if (report) break;
        VERIFY_FAILS(report, ErrorCode::NoSpace);
        ++failures;
        const bool inQueue = !must(outboxItems(*world.home)).empty();  // then only the session's own row is missing
        QCOMPARE(filesBelow(world.files, kHome / "outbox").size(), inQueue ? 3 : 0);
        QCOMPARE(must(rowOf(*world.home, world.told.id)).state, SessionState::Open);
    }
    QVERIFY(failures > 10);
    QCOMPARE(filesBelow(world.files, kHome / "outbox").size(), 3);
    QCOMPARE(must(outboxItems(*world.home)).size(), std::size_t{3});
}

void TestSealSession::queuedPackagesAreTakenUpAfterACrashBeforeTheState() {
    Interviewed world;
    // The vault as it was before sealing, beside the outbox as it was after: what a crash in between leaves.
    world.home.reset();
    const Bytes sessionsBefore = world.files.content(kHome / "sessions.vault");
    const Bytes keyringBefore = world.files.content(kHome / "keyring");
    world.home = must(world.unlock());
    must(workflow::sealSession(*world.home, world.told.id));
    world.home.reset();
    world.files.setContent(kHome / "sessions.vault", sessionsBefore);
    world.files.setContent(kHome / "keyring", keyringBefore);
    world.home = must(world.unlock());
    const auto queued = must(outboxItems(*world.home));
    QCOMPARE(queued.size(), std::size_t{3});
    const auto report = workflow::sealSession(*world.home, world.told.id);
    VERIFY_OK(report);
    QCOMPARE(must(outboxItems(*world.home)).size(), std::size_t{3});
    QCOMPARE(report->packages.size(), std::size_t{3});
    QVERIFY(report->packages.front().id == queued.front().id);
    QVERIFY(!report->researchWithheld);
    const interview::SessionIndex index(world.home->sessions());
    QCOMPARE(must(index.search(QStringLiteral("second"))).size(), std::size_t{1});
}

void TestSealSession::anUnknownSessionIsNotFound() {
    World world;
    const auto home = must(world.create());
    VERIFY_FAILS(workflow::sealSession(*home, SessionId::random()), ErrorCode::NotFound);
}

void TestSealSession::consentOfSomebodyElseIsNotSealed() {
    Interviewed world;
    auto update =
        must(world.home->identities().prepare("UPDATE consent_evidence SET evidence = replace(evidence, ?1, ?2)"));
    update.bind(1, world.participant.id.toString()).bind(2, ParticipantId::random().toString());
    must(update.run());
    VERIFY_FAILS(workflow::sealSession(*world.home, world.told.id), ErrorCode::SignatureInvalid);
    QCOMPARE(filesBelow(world.files, kHome / "outbox"), QStringList());
}

void TestSealSession::aLaterNoToSharingKeepsTheResearchPackageBack() {
    Interviewed world;
    must(giveConsent(*world.home, world.participant, consentItems(true, false)));
    const auto report = workflow::sealSession(*world.home, world.told.id);
    VERIFY_OK(report);
    QVERIFY(report->researchWithheld);
    QCOMPARE(countOf(report->packages, PackageKind::Research), 0);
    QCOMPARE(countOf(report->packages, PackageKind::Content), 1);
    // A later yes does not reach back either: what the interview was held under counts.
    Acknowledged second;
    must(interviewShortly(*world.home, world.participant, second));
    must(giveConsent(*world.home, world.participant));
    QVERIFY(must(workflow::sealSession(*world.home, second.id)).researchWithheld);
}

void TestSealSession::twoVisitsCountDaysAndVisits() {
    Interviewed world;
    world.clock.advance(50LL * 3600 * 1000);
    Acknowledged second;
    must(interviewShortly(*world.home, world.participant, second));
    const auto row = researchRow(world, *world.home, second.id);
    QCOMPARE(row.value(QStringLiteral("visit")), QStringLiteral("2"));
    QCOMPARE(row.value(QStringLiteral("day_offset")), QStringLiteral("2"));
}

void TestSealSession::visitsKeepTheirNumbersWhenAnEarlierOneIsErased() {
    Interviewed world;
    std::vector<SessionId> later;
    for (int visit = 2; visit <= 3; ++visit) {
        world.clock.advance(50LL * 3600 * 1000);
        Acknowledged told;
        must(interviewShortly(*world.home, world.participant, told));
        later.push_back(told.id);
    }
    must(workflow::eraseSession(*world.home, world.told.id));
    const auto second = researchRow(world, *world.home, later[0]);
    QCOMPARE(second.value(QStringLiteral("visit")), QStringLiteral("2"));
    QCOMPARE(second.value(QStringLiteral("day_offset")), QStringLiteral("2"));
    must(workflow::eraseSession(*world.home, later[0]));
    const auto third = researchRow(world, *world.home, later[1]);
    QCOMPARE(third.value(QStringLiteral("visit")), QStringLiteral("3"));
    QCOMPARE(third.value(QStringLiteral("day_offset")), QStringLiteral("4"));
}

void TestSealSession::practiceIsNoVisit() {
    // A study in earnest, in which an interview may be for practice all the same.
    auto files = practicePack();
    edit(files, QStringLiteral("study.yaml"), "practice: true", "practice: false");
    World world;
    const auto home = must(Home::create(world.files, kHome, viewOf(kPassphrase), Lab::instance().sign(files),
                                        world.clock, cheapOptions()));
    const auto participant = consentedPerson(*home);
    Acknowledged practice;
    must(interviewShortly(*home, participant, practice));
    world.clock.advance(50LL * 3600 * 1000);
    const auto live = must(LiveSession::begin(*home, participant, false));
    must(live->end());
    const auto row = researchRow(world, *home, live->id());
    QCOMPARE(row.value(QStringLiteral("visit")), QStringLiteral("1"));
    QCOMPARE(row.value(QStringLiteral("day_offset")), QStringLiteral("0"));
}

QTEST_GUILESS_MAIN(TestSealSession)
#include "tst_seal_session.moc"
