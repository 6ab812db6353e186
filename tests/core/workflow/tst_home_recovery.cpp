// SPDX-License-Identifier: Apache-2.0
#include <QJsonArray>
#include <QTest>

#include "core/workflow/workflow_fixture.h"
#include "workflow/inspect.h"
#include "workflow/persons.h"

using namespace sotto;
using namespace sotto::test;
using interview::SessionState;
using keyring::Compartment;

namespace {

std::optional<Bytes> contentOf(const World& world, const Path& path) {
    const auto paths = world.files.paths();
    const bool there =
        std::any_of(paths.begin(), paths.end(), [&](const Path& one) { return Path("/") / one == path; });
    return there ? std::optional(world.files.content(path)) : std::nullopt;
}

constexpr std::uint64_t kBallast = 8U << 20;
constexpr std::string_view kAssistant = "only for the sessions";

void rename(Home& home, const ParticipantId& id, const QString& pseudonym) {
    auto update = must(home.sessions().prepare("UPDATE participant SET pseudonym = ?2 WHERE id = ?1"));
    must(update.bind(1, id.toString()).bind(2, pseudonym).run());
}

using WithHome = std::function<void(Home&)>;
using WithParticipant = std::function<void(Home&, const people::Participant&)>;

/// A home whose sessions vault is from before an interview was held and its person enrolled, so that the log is there
/// and nothing of it is known. The steps are taken before that moment, before the interview, and after it.
SessionId holdForgotten(
    World& world, const WithHome& before = [](Home&) {},
    const WithParticipant& enrolled = [](Home&, const people::Participant&) {},
    const std::function<void(Home&, const SessionId&)>& held = [](Home&, const SessionId&) {}) {
    before(*must(world.create()));
    const Bytes vault = world.files.content(kHome / "sessions.vault");
    const Bytes keyring = world.files.content(kHome / "keyring");
    Acknowledged told;
    {
        const auto home = must(world.unlock());
        const auto participant = consentedPerson(*home);
        enrolled(*home, participant);
        must(interviewShortly(*home, *must(people::Participants(home->sessions()).find(participant.id)), told));
        held(*home, told.id);
    }
    world.files.setContent(kHome / "sessions.vault", vault);
    world.files.setContent(kHome / "keyring", keyring);
    return told.id;
}

}  // namespace

class TestHomeRecovery : public QObject {
    Q_OBJECT

private slots:
    void theBallastIsRenewedAtUnlock();
    void anOrphanLogIsAdopted();
    void aForeignFileAmongTheSessionsBlocksNobody();
    void aSecondCopyOfALogBlocksNobody();
    void aLogBrokenOffBeforeItsOpeningGetsOutOfTheWay();
    void halfSealedPackagesAreDroppedAndForeignFilesKept();
    void halfAnEnrolmentIsUndoneAndHalfAConsentFinished();
    void aDiskWithoutOneFreeByteIsMendedFromTheBallast();
    void helpLinesAreWrittenAgain();
    void anchorsOfLogsThatAreGoneAreForgotten();
    void anchorsStayWhileALogCantBeRead();
    void aRekeyingBrokenOffLeavesNothing();
    void anOrphanWhosePseudonymIsTakenGetsAnother();
    void anOrphanWhoseManifestIsUnreadableIsTakenInAllTheSame();
    void anOrphanThatCantBeTakenInKeepsNobodyOut();
};

void TestHomeRecovery::theBallastIsRenewedAtUnlock() {
    World world;
    must(world.create())->releaseBallast();
    QVERIFY(!must(world.files.exists(kHome / "ballast")));
    std::uint64_t used = 0;
    for (const Path& path : world.files.paths())
        used += world.files.content(path).size();
    const auto home = must(world.unlock());
    QVERIFY(must(world.files.exists(kHome / "ballast")));
    // 9 MiB are free; with 8 of them in reserve nothing large fits any more.
    world.files.setCapacity(used + (9U << 20));
    const auto large = must(world.files.open("/tablet/large", OpenMode::CreateNew));
    VERIFY_FAILS(large->reserve(2U << 20), ErrorCode::NoSpace);
    home->releaseBallast();
    VERIFY_OK(large->reserve(2U << 20));
}

void TestHomeRecovery::anOrphanLogIsAdopted() {
    World world;
    must(world.create());
    Acknowledged told;
    std::string logName;
    Bytes vaultBefore;
    Bytes keyringBefore;
    {
        auto home = must(world.unlock());
        const auto participant = consentedPerson(*home);
        home.reset();
        vaultBefore = world.files.content(kHome / "sessions.vault");
        keyringBefore = world.files.content(kHome / "keyring");
        home = must(world.unlock());
        must(interviewShortly(*home, participant, told));
        logName = must(rowOf(*home, told.id)).logName;
    }
    world.files.setContent(kHome / "sessions.vault", vaultBefore);
    world.files.setContent(kHome / "keyring", keyringBefore);
    const auto home = must(world.unlock());
    QCOMPARE(home->recovery().sessionsAdopted, 1);
    QCOMPARE(home->recovery().sessionsInterrupted, 0);  // it was closed in order
    const auto row = must(rowOf(*home, told.id));
    QCOMPARE(row.logName, logName);
    QCOMPARE(row.state, SessionState::Open);
    QCOMPARE(must(workflow::sealSession(*home, told.id)).recordedMs, kShortlyMs);
}

void TestHomeRecovery::aForeignFileAmongTheSessionsBlocksNobody() {
    World world;
    must(world.create());
    Bytes noise(20'000);
    randomFill(noise);
    world.files.setContent(kHome / "sessions" / "foreign.session", noise);
    world.files.setContent(kHome / "sessions" / "notes.txt", noise);
    // A log of another home: whole, but no key of ours opens it.
    World other;
    Acknowledged told;
    const auto otherHome = must(other.create());
    must(interviewShortly(*otherHome, consentedPerson(*otherHome), told));
    const std::string logName = must(rowOf(*otherHome, told.id)).logName;
    world.files.setContent(kHome / "sessions" / logName, other.files.content(kHome / "sessions" / logName));

    const auto home = world.unlock();
    VERIFY_OK(home);
    QCOMPARE((*home)->recovery().sessionsAdopted, 0);
    QVERIFY(world.files.content(kHome / "sessions" / "foreign.session") == noise);
    QVERIFY(world.files.content(kHome / "sessions" / logName) == other.files.content(kHome / "sessions" / logName));
    QVERIFY(must(workflow::unsealedSessions(**home)).empty());
}

void TestHomeRecovery::aSecondCopyOfALogBlocksNobody() {
    World world;
    Acknowledged told;
    {
        const auto home = must(world.create());
        must(interviewShortly(*home, consentedPerson(*home), told));
        const Path log = home->layout().sessionLog(must(rowOf(*home, told.id)).logName);
        world.files.setContent(kHome / "sessions" / "copy of it.session", world.files.content(log));
    }
    const auto home = world.unlock();
    VERIFY_OK(home);
    QCOMPARE((*home)->recovery().sessionsAdopted, 0);
    QCOMPARE(must(workflow::unsealedSessions(**home)).size(), std::size_t{1});
}

void TestHomeRecovery::aLogBrokenOffBeforeItsOpeningGetsOutOfTheWay() {
    World world;
    const auto first = must(world.create());
    Acknowledged told;
    must(interviewShortly(*first, consentedPerson(*first), told));
    const Bytes whole = world.files.content(first->layout().sessionLog(must(rowOf(*first, told.id)).logName));
    Snapshot start = world.snapshot();
    const Path log = kHome / "sessions" / "00000000000000000000000000000001.session";
    for (const std::size_t size : {0U, 100U, 4096U, 8192U, 8200U}) {
        start[log] = Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
        World broken(start);
        const auto home = broken.unlock();
        VERIFY_OK(home);
        QCOMPARE((*home)->recovery().sessionsAdopted, 0);
        QVERIFY2(!contentOf(broken, log), qPrintable(QString::number(size)));
        Path aside = log;
        aside += ".unfinished";
        QVERIFY(contentOf(broken, aside) == start[log]);
    }
}

void TestHomeRecovery::halfSealedPackagesAreDroppedAndForeignFilesKept() {
    World world;
    {
        const auto home = must(world.create());
        Acknowledged told;
        must(interviewShortly(*home, consentedPerson(*home), told));
        must(workflow::sealSession(*home, told.id));
    }
    const QStringList queued = filesBelow(world.files, kHome / "outbox");
    const std::string half(32, 'a');
    world.files.setContent(kHome / "outbox" / (half + ".age"), Bytes{1});
    world.files.setContent(kHome / "outbox" / (half + ".age.part"), Bytes{1});
    world.files.setContent(kHome / "outbox" / "readme.txt", Bytes{1});
    const auto home = must(world.unlock());
    QCOMPARE(home->recovery().packagesDropped, 2);
    QCOMPARE(filesBelow(world.files, kHome / "outbox"), queued + QStringList{QStringLiteral("readme.txt")});
}

void TestHomeRecovery::halfAnEnrolmentIsUndoneAndHalfAConsentFinished() {
    World world;
    std::optional<people::Participant> participant;
    {
        const auto home = must(world.create());
        participant = must(enrolPerson(*home));
        // An identity whose participant was never written.
        must(people::Identities(home->identities())
                 .add(ParticipantId::random(), QStringLiteral("Half Enrolled"), home->clock().now()));
    }
    {
        const auto home = must(world.unlock());
        QCOMPARE(home->recovery().enrolmentsUndone, 1);
        QCOMPARE(must(people::Identities(home->identities()).all()).size(), std::size_t{1});
    }
    // The identities vault with the evidence not yet confirmed, the sessions vault from before it.
    const Snapshot before = world.snapshot();
    {
        const auto home = must(world.unlock());
        must(giveConsent(*home, *participant));
        must(home->identities().execute("UPDATE consent_evidence SET confirmed = 0"));
    }
    world.files.setContent(kHome / "sessions.vault", before.at(kHome / "sessions.vault"));
    world.files.setContent(kHome / "keyring", before.at(kHome / "keyring"));
    const auto home = must(world.unlock());
    QCOMPARE(home->recovery().consentsFinished, 1);
    VERIFY_OK(LiveSession::begin(*home, *participant, true));
}

void TestHomeRecovery::aDiskWithoutOneFreeByteIsMendedFromTheBallast() {
    Snapshot brokenOff;
    {
        World world;
        const auto home = must(world.create());
        const auto session = must(LiveSession::begin(*home, consentedPerson(*home), true));
        must(session->record());
        must(speak(*session, 600));
        brokenOff = world.snapshot();
    }
    World world(brokenOff);
    must(must(world.files.open(kHome / "ballast", OpenMode::ReadWrite))->reserve(kBallast));
    std::uint64_t used = kBallast;
    for (const Path& path : world.files.paths())
        used += world.files.content(path).size();
    world.files.setCapacity(used);
    const auto home = world.unlock();
    VERIFY_OK(home);
    QCOMPARE((*home)->recovery().sessionsInterrupted, 1);
    QVERIFY(must(world.files.exists(kHome / "ballast")));
    // The next one has the room that is left, although the reserve could not be renewed.
    (*home)->releaseBallast();
    VERIFY_OK((*home)->audit(QStringLiteral("test")));
}

void TestHomeRecovery::helpLinesAreWrittenAgain() {
    World world;
    must(world.create());
    const Bytes help = world.files.content(kHome / "help.txt");
    world.files.setContent(kHome / "help.txt", Bytes{'o', 'l', 'd'});
    must(world.unlock());
    QVERIFY(world.files.content(kHome / "help.txt") == help);
    must(world.files.remove(kHome / "help.txt"));
    must(world.unlock());
    QVERIFY(world.files.content(kHome / "help.txt") == help);
    // A disk that refuses keeps nobody out.
    must(world.files.remove(kHome / "help.txt"));
    must(world.files.createDirectories(kHome / "help.txt"));
    VERIFY_OK(world.unlock());
}

void TestHomeRecovery::anchorsOfLogsThatAreGoneAreForgotten() {
    World world;
    const FileId gone = FileId::random();
    FileId live;
    {
        const auto home = must(world.create());
        must(workflow::addPerson(*home, QStringLiteral("Ada"), viewOf(kAssistant), {Compartment::Sessions},
                                 cheapOptions()));
        const auto session = must(LiveSession::begin(*home, consentedPerson(*home), true));
        live = must(rowOf(*home, session->id())).logId;
        must(home->keyring().setAnchors({{gone, sealedlog::Anchor{7, {}}}}));
        QVERIFY(home->keyring().anchor(live));
    }
    // Who holds only some of the vaults can't know what belongs to the others.
    QVERIFY(must(world.unlock(kAssistant))->keyring().anchor(gone));
    // A log that is there keeps its anchor, be it that its row names another one.
    const auto keepsLive = [&] {
        const auto home = must(world.unlock());
        must(home->sessions().execute("UPDATE session SET log_id = '" + FileId::random().toString().toStdString() +
                                      "'"));
        return home->keyring().anchor(live).has_value() && !home->keyring().anchor(gone);
    };
    QVERIFY(keepsLive());
    must(must(world.unlock())->keyring().setAnchors({{gone, sealedlog::Anchor{7, {}}}}));
    QVERIFY(keepsLive());
    const auto home = must(world.unlock());
    for (const Compartment compartment : keyring::kCompartments)
        QVERIFY(home->keyring().anchor(home->vault(compartment).fileId()));
}

void TestHomeRecovery::anchorsStayWhileALogCantBeRead() {
    World world;
    const FileId gone = FileId::random();
    must(must(world.create())->keyring().setAnchors({{gone, sealedlog::Anchor{7, {}}}}));
    Bytes noise(20'000);
    randomFill(noise);
    world.files.setContent(kHome / "sessions" / "foreign.session", noise);
    QVERIFY(must(world.unlock())->keyring().anchor(gone));
    must(world.files.remove(kHome / "sessions" / "foreign.session"));
    QVERIFY(!must(world.unlock())->keyring().anchor(gone));
}

void TestHomeRecovery::aRekeyingBrokenOffLeavesNothing() {
    World world;
    must(world.create());
    world.files.setContent(kHome / "keyring.rekey", world.files.content(kHome / "keyring"));
    VERIFY_FAILS(world.unlock("something else"), ErrorCode::WrongPassphrase);
    QVERIFY(must(world.files.exists(kHome / "keyring.rekey")));
    must(world.unlock());
    QVERIFY(!must(world.files.exists(kHome / "keyring.rekey")));
}

void TestHomeRecovery::anOrphanWhosePseudonymIsTakenGetsAnother() {
    World world;
    const auto takePseudonym = [](Home& home, const people::Participant& participant) {
        const auto earlier = must(people::Participants(home.sessions()).all()).front();
        rename(home, earlier.id, QStringLiteral("Somebody Else"));
        rename(home, participant.id, earlier.pseudonym);
    };
    const SessionId session = holdForgotten(
        world, [](Home& home) { consentedPerson(home); }, takePseudonym);
    const auto home = world.unlock();
    VERIFY_OK(home);
    QCOMPARE((*home)->recovery().sessionsAdopted, 1);
    QCOMPARE((*home)->recovery().adoptedOtherwise, 1);
    const auto everybody = must(people::Participants((*home)->sessions()).all());
    QCOMPARE(everybody.size(), std::size_t{2});
    QVERIFY(everybody[0].pseudonym != everybody[1].pseudonym);
    QCOMPARE(must(rowOf(**home, session)).participant, everybody[1].id);
}

void TestHomeRecovery::anOrphanWhoseManifestIsUnreadableIsTakenInAllTheSame() {
    World world;
    const auto sealAndSpoil = [](Home& home, const SessionId& session) {
        must(workflow::sealSession(home, session));
        must(home.outbox().execute("UPDATE outbox_package SET manifest = x'00'"));
    };
    const SessionId session = holdForgotten(
        world, [](Home&) {}, [](Home&, const people::Participant&) {}, sealAndSpoil);
    const auto home = world.unlock();
    VERIFY_OK(home);
    QCOMPARE((*home)->recovery().sessionsAdopted, 1);
    QCOMPARE((*home)->recovery().adoptedOtherwise, 1);
    QCOMPARE(must(rowOf(**home, session)).state, SessionState::Sealed);
}

void TestHomeRecovery::anOrphanThatCantBeTakenInKeepsNobodyOut() {
    World world;
    holdForgotten(world, [](Home& home) {
        must(
            home.sessions().execute("CREATE TRIGGER refusal BEFORE INSERT ON session WHEN NEW.anchor_tag IS NOT NULL "
                                    "BEGIN SELECT RAISE(ABORT, 'no'); END"));
    });
    const auto home = world.unlock();
    VERIFY_OK(home);
    QCOMPARE((*home)->recovery().sessionsAdopted, 0);
    QCOMPARE((*home)->recovery().participantsAdopted, 0);
    QCOMPARE((*home)->recovery().sessionsLeftOut, 1);
    QVERIFY(must(workflow::unsealedSessions(**home)).empty());
    const auto seen =
        must(workflow::inspectHome(world.files, kHome, viewOf(kPassphrase), world.clock, cheapOptions()))[u"sessions"]
            .toArray();
    QCOMPARE(seen.size(), 1);
    QCOMPARE(seen[0][u"listed"].toBool(true), false);
}

QTEST_GUILESS_MAIN(TestHomeRecovery)
#include "tst_home_recovery.moc"
