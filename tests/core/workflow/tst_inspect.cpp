// SPDX-License-Identifier: Apache-2.0
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include "core/workflow/workflow_fixture.h"
#include "support/temp_dir.h"
#include "workflow/inspect.h"

using namespace sotto;
using namespace sotto::test;

namespace {

QJsonObject inspect(World& world) {
    return must(workflow::inspectHome(world.files, kHome, viewOf(kPassphrase), world.clock, cheapOptions()));
}

QString integrity(const QJsonObject& report) {
    return report[QStringLiteral("integrity")].toString();
}

QJsonObject session(const QJsonObject& report, int number = 0) {
    return report[QStringLiteral("sessions")].toArray().at(number).toObject();
}

QString state(const QJsonObject& report, int number = 0) {
    return session(report, number)[QStringLiteral("state")].toString();
}

/// A home, locked, with one interview that ended in order.
struct Interviewed : World {
    Interviewed() {
        const auto home = must(create());
        const auto participant = consentedPerson(*home);
        pseudonym = participant.pseudonym;
        must(interviewShortly(*home, participant, told));
        log = home->layout().sessionLog(must(rowOf(*home, told.id)).logName);
    }
    Acknowledged told;
    QString pseudonym;
    Path log;
};

/// What a later Sotto might write: the same magic in both header slots, then a version that is not known yet.
void makeNewer(World& world, const Path& log) {
    Bytes content = world.files.content(log);
    for (const std::size_t slot : {std::size_t{0}, sealedlog::kSlotSize})
        content[slot + 8] = 2;
    world.files.setContent(log, content);
}

}  // namespace

class TestInspect : public QObject {
    Q_OBJECT

private slots:
    void anEmptyHomeIsInOrder();
    void aSessionIsDescribed();
    void statesAreShown();
    void anOpenSessionIsShownBesideARunningProgram();
    void aKilledSessionIsInterrupted();
    void aSessionWhoseProgramDiedAfterTheEndIsInterrupted();
    void nothingChangesOnTheDisk();
    void anUnsyncedTailIsNoDamage();
    void anUnfinishedLogIsNoDamage();
    void aDamagedVaultIsReportedAndTheSessionsStillShown();
    void aVaultSetBackIsDamage();
    void aMissingLogIsReported();
    void aForeignLogIsReported();
    void aSealedLogCutShortIsDamage();
    void aBrokenPackageInTheQueueIsDamage();
    void missingEmptyFoldersAreEmpty();
    void aVaultOfANewerVersionIsSaidAsSuch();
    void aLogOfANewerVersionIsNoDamage();
    void whatSomebodyMayNotOpenIsNoDamage();
    void aWrongPassphraseShowsNothing();
    void whatTheSystemRefusesIsNoDamage();
};

void TestInspect::anEmptyHomeIsInOrder() {
    World world;
    must(world.create());
    const auto report = inspect(world);
    QCOMPARE(integrity(report), QStringLiteral("ok"));
    QVERIFY(report[QStringLiteral("sessions")].toArray().isEmpty());
    World nothing;
    VERIFY_FAILS(workflow::inspectHome(nothing.files, kHome, viewOf(kPassphrase), nothing.clock, cheapOptions()),
                 ErrorCode::NotFound);
}

void TestInspect::aSessionIsDescribed() {
    Interviewed world;
    const auto report = inspect(world);
    QCOMPARE(integrity(report), QStringLiteral("ok"));
    const QJsonObject one = session(report);
    QCOMPARE(one[QStringLiteral("id")].toString(), world.told.id.toString());
    QCOMPARE(one[QStringLiteral("log")].toString(), QString::fromStdString(world.log.string()));
    QCOMPARE(one[QStringLiteral("participant")].toString(), world.pseudonym);
    QCOMPARE(one[QStringLiteral("role")].toString(), QStringLiteral("person"));
    QCOMPARE(one[QStringLiteral("practice")].toBool(), true);
    QCOMPARE(one[QStringLiteral("events")].toInt(), 8);  // a question, three notes, pause, off the record, two resumes
    const QJsonObject consent = one[QStringLiteral("consent")].toObject();
    QCOMPARE(consent[QStringLiteral("language")].toString(), QStringLiteral("en"));
    QCOMPARE(consent[QStringLiteral("version")].toString(), QStringLiteral("2026-11-22"));
    QCOMPARE(consent[QStringLiteral("items")][QStringLiteral("audio")].toBool(false), true);
    QCOMPARE(consent[QStringLiteral("items")][QStringLiteral("contact-again")].toBool(true), false);
    const QJsonObject recording = one[QStringLiteral("recording")].toObject();
    QCOMPARE(recording[QStringLiteral("duration_ms")].toInteger(), kShortlyMs);
    const QJsonArray segments = recording[QStringLiteral("segments")].toArray();
    QCOMPARE(segments.size(), 3);
    QCOMPARE(segments[0][QStringLiteral("ended")].toString(), QStringLiteral("pause"));
    QCOMPARE(segments[1][QStringLiteral("ended")].toString(), QStringLiteral("off-record"));
    QCOMPARE(segments[2][QStringLiteral("ended")].toString(), QStringLiteral("end"));
    QCOMPARE(segments[1][QStringLiteral("start_ms")].toInt(), 1320);
    QCOMPARE(segments[1][QStringLiteral("duration_ms")].toInt(), 260);
}

void TestInspect::statesAreShown() {
    Interviewed world;
    QCOMPARE(state(inspect(world)), QStringLiteral("open"));  // it ended in order and waits for sealing
    must(workflow::sealSession(*must(world.unlock()), world.told.id));
    QCOMPARE(state(inspect(world)), QStringLiteral("sealed"));
    must(world.deliver(*must(world.unlock())));
    QCOMPARE(state(inspect(world)), QStringLiteral("sent"));
    must(world.receive());
    must(world.deliver(*must(world.unlock())));
    QCOMPARE(state(inspect(world)), QStringLiteral("received"));
}

void TestInspect::anOpenSessionIsShownBesideARunningProgram() {
    TempDir dir;
    PosixFileSystem files;
    FakeClock clock;
    const auto look = [&] {
        return must(workflow::inspectHome(files, dir / "home", viewOf(kPassphrase), clock, cheapOptions()));
    };
    auto home =
        must(Home::create(files, dir / "home", viewOf(kPassphrase), *Lab::instance().study, clock, cheapOptions()));
    auto live = must(LiveSession::begin(*home, consentedPerson(*home), true));
    must(live->record());
    must(speak(*live, 1100));
    QCOMPARE(state(look()), QStringLiteral("open"));
    QVERIFY(session(look())[QStringLiteral("recording")][QStringLiteral("duration_ms")].toInt() >= 990);
    QVERIFY(integrity(look()) != QStringLiteral("damaged"));
    must(speak(*live, 100));  // looking on disturbed nobody
    must(live->end());
    live.reset();
    home.reset();
    QCOMPARE(state(look()), QStringLiteral("open"));
    QCOMPARE(integrity(look()), QStringLiteral("ok"));
}

void TestInspect::aKilledSessionIsInterrupted() {
    World world;
    {
        const auto home = must(world.create());
        const auto live = must(LiveSession::begin(*home, consentedPerson(*home), true));
        must(live->record());
        must(speak(*live, 500));
    }
    const auto report = inspect(world);
    QCOMPARE(state(report), QStringLiteral("interrupted"));
    QCOMPARE(integrity(report), QStringLiteral("ok"));
    const QJsonArray segments = session(report)[QStringLiteral("recording")][QStringLiteral("segments")].toArray();
    QCOMPARE(segments.at(0)[QStringLiteral("ended")].toString(), QStringLiteral("interrupted"));
}

void TestInspect::aSessionWhoseProgramDiedAfterTheEndIsInterrupted() {
    World world;
    {
        const auto home = must(world.create());
        Acknowledged told;
        must(interviewShortly(*home, consentedPerson(*home), told));
        world.files.resetOperations();
        world.files.failAt(1, true);  // it dies before it is ever locked
    }
    world.files.clearFaults();
    QCOMPARE(state(inspect(world)), QStringLiteral("interrupted"));
    QCOMPARE(integrity(inspect(world)), QStringLiteral("ok"));
}

void TestInspect::nothingChangesOnTheDisk() {
    Interviewed world;
    must(world.files.remove(kHome / "ballast"));
    world.files.setContent(kHome / "outbox" / (std::string(32, 'a') + ".age.part"), Bytes{1});
    Bytes tailed = world.files.content(world.log);
    tailed.insert(tailed.end(), 50, std::uint8_t{7});
    world.files.setContent(world.log, tailed);
    const auto before = world.snapshot();
    world.clock.advance(99'000);
    inspect(world);
    const auto after = world.snapshot();
    QCOMPARE(before.size(), after.size());
    for (const auto& [path, content] : before)
        QVERIFY2(after.at(path) == content, path.c_str());
}

void TestInspect::anUnsyncedTailIsNoDamage() {
    World world;
    Path log;
    {
        const auto home = must(world.create());
        const auto live = must(LiveSession::begin(*home, consentedPerson(*home), true));
        log = home->layout().sessionLog(must(rowOf(*home, live->id())).logName);
    }
    Bytes tailed = world.files.content(log);
    tailed.insert(tailed.end(), 50, std::uint8_t{7});
    world.files.setContent(log, tailed);
    QCOMPARE(integrity(inspect(world)), QStringLiteral("unsynced-tail"));
    QCOMPARE(session(inspect(world))[QStringLiteral("integrity")].toString(), QStringLiteral("unsynced-tail"));
    QVERIFY(world.files.content(log) == tailed);
}

void TestInspect::anUnfinishedLogIsNoDamage() {
    Interviewed world;
    const Bytes whole = world.files.content(world.log);
    for (const std::ptrdiff_t size : {0, 4096, 8192}) {
        world.files.setContent(kHome / "sessions" / "00000000000000000000000000000001.session",
                               Bytes(whole.begin(), whole.begin() + size));
        const auto report = inspect(world);
        QCOMPARE(integrity(report), QStringLiteral("unsynced-tail"));
        QCOMPARE(report[QStringLiteral("sessions")].toArray().size(), 1);
    }
}

void TestInspect::aDamagedVaultIsReportedAndTheSessionsStillShown() {
    for (const char* name : {"sessions.vault", "identities.vault", "outbox.vault"}) {
        Interviewed world;
        Bytes content = world.files.content(kHome / name);
        content[9000] ^= 1;
        world.files.setContent(kHome / name, content);
        const auto report = inspect(world);
        QCOMPARE(integrity(report), QStringLiteral("damaged"));
        QCOMPARE(session(report)[QStringLiteral("id")].toString(), world.told.id.toString());
        world.files.setContent(kHome / name, Bytes(content.begin(), content.begin() + 10));
        QCOMPARE(integrity(inspect(world)), QStringLiteral("damaged"));
    }
}

void TestInspect::aVaultSetBackIsDamage() {
    World world;
    must(world.create());
    const Bytes older = world.files.content(kHome / "identities.vault");
    consentedPerson(*must(world.unlock()));
    QCOMPARE(integrity(inspect(world)), QStringLiteral("ok"));
    world.files.setContent(kHome / "identities.vault", older);
    QCOMPARE(integrity(inspect(world)), QStringLiteral("damaged"));
}

void TestInspect::aMissingLogIsReported() {
    Interviewed world;
    must(world.files.remove(world.log));
    const auto report = inspect(world);
    QCOMPARE(integrity(report), QStringLiteral("damaged"));
    QCOMPARE(session(report)[QStringLiteral("id")].toString(), world.told.id.toString());
    QCOMPARE(session(report)[QStringLiteral("fault")].toString(), QStringLiteral("NotFound"));
}

void TestInspect::aForeignLogIsReported() {
    Interviewed world;
    Bytes noise(20'000);
    randomFill(noise);
    world.files.setContent(kHome / "sessions" / "foreign.session", noise);
    const auto report = inspect(world);
    QCOMPARE(integrity(report), QStringLiteral("damaged"));
    QCOMPARE(report[QStringLiteral("sessions")].toArray().size(), 2);
}

void TestInspect::aSealedLogCutShortIsDamage() {
    Interviewed world;
    {
        const auto home = must(world.unlock());
        must(workflow::sealSession(*home, world.told.id));
    }
    Bytes content = world.files.content(world.log);
    content.resize(content.size() - 104);  // FINAL and nothing else
    world.files.setContent(world.log, content);
    const auto report = inspect(world);
    QCOMPARE(integrity(report), QStringLiteral("damaged"));
    QCOMPARE(state(report), QStringLiteral("sealed"));
    QCOMPARE(session(report)[QStringLiteral("events")].toInt(), 8);
}

void TestInspect::aBrokenPackageInTheQueueIsDamage() {
    Interviewed world;
    auto home = must(world.unlock());
    const auto sealed = must(workflow::sealSession(*home, world.told.id));
    home.reset();
    QCOMPARE(integrity(inspect(world)), QStringLiteral("ok"));
    const Path file = kHome / "outbox" / (sealed.packages.front().id.toString().toStdString() + ".age");
    const Bytes whole = world.files.content(file);
    const auto broken = [&world] { return session(inspect(world))[QStringLiteral("broken_packages")].toArray(); };
    QVERIFY(broken().isEmpty());
    Bytes damaged = whole;
    damaged.back() ^= 1;
    world.files.setContent(file, damaged);
    QCOMPARE(integrity(inspect(world)), QStringLiteral("damaged"));
    QCOMPARE(broken().size(), 1);
    QCOMPARE(broken()[0][QStringLiteral("kind")].toString(), QStringLiteral("content"));
    QCOMPARE(broken()[0][QStringLiteral("fault")].toString(), QStringLiteral("Damaged"));
    must(world.files.remove(file));
    QCOMPARE(integrity(inspect(world)), QStringLiteral("damaged"));
    QCOMPARE(broken()[0][QStringLiteral("fault")].toString(), QStringLiteral("NotFound"));
    // Of a package that was sent the store has a copy.
    world.files.setContent(file, whole);
    must(world.deliver(*must(world.unlock())));
    must(world.files.remove(file));
    QCOMPARE(integrity(inspect(world)), QStringLiteral("ok"));
}

void TestInspect::missingEmptyFoldersAreEmpty() {
    World world;
    must(world.create());
    must(world.files.remove(kHome / "sessions"));
    must(world.files.remove(kHome / "outbox"));
    const auto report = inspect(world);
    QCOMPARE(integrity(report), QStringLiteral("ok"));
    QVERIFY(report[QStringLiteral("sessions")].toArray().isEmpty());
    QVERIFY(!must(world.files.exists(kHome / "sessions")));
}

void TestInspect::aVaultOfANewerVersionIsSaidAsSuch() {
    for (const char* name : {"sessions.vault", "identities.vault", "outbox.vault"}) {
        Interviewed world;
        makeNewer(world, kHome / name);
        const auto before = world.snapshot();
        VERIFY_FAILS(workflow::inspectHome(world.files, kHome, viewOf(kPassphrase), world.clock, cheapOptions()),
                     ErrorCode::NewerVersion);
        QVERIFY(world.snapshot() == before);
    }
}

void TestInspect::aLogOfANewerVersionIsNoDamage() {
    Interviewed world;
    const Bytes whole = world.files.content(world.log);
    makeNewer(world, world.log);
    const auto report = inspect(world);
    QCOMPARE(integrity(report), QStringLiteral("ok"));
    QCOMPARE(session(report)[QStringLiteral("id")].toString(), world.told.id.toString());
    QCOMPARE(session(report)[QStringLiteral("fault")].toString(), QStringLiteral("NewerVersion"));
    QCOMPARE(state(report), QStringLiteral("open"));
}

void TestInspect::whatSomebodyMayNotOpenIsNoDamage() {
    using keyring::Compartment;
    Interviewed world;
    constexpr std::string_view kOther = "le mot de passe d'une autre";
    for (const auto& compartments : {std::set{Compartment::Outbox}, std::set{Compartment::Sessions}}) {
        World shared(world.snapshot());
        auto keys =
            must(keyring::Keyring::unlock(shared.files, kHome, viewOf(kPassphrase), shared.clock, cheapOptions()));
        must(keys.addPerson(QStringLiteral("ra"), viewOf(kOther), compartments, cheapOptions()));
        const auto report =
            must(workflow::inspectHome(shared.files, kHome, viewOf(kOther), shared.clock, cheapOptions()));
        QCOMPARE(integrity(report), QStringLiteral("ok"));
        const bool seesSessions = compartments.contains(Compartment::Sessions);
        QCOMPARE(report[QStringLiteral("sessions")].toArray().size(), seesSessions ? 1 : 0);
    }
}

void TestInspect::aWrongPassphraseShowsNothing() {
    Interviewed world;
    VERIFY_FAILS(
        workflow::inspectHome(world.files, kHome, viewOf(std::string_view("wrong")), world.clock, cheapOptions()),
        ErrorCode::WrongPassphrase);
}

void TestInspect::whatTheSystemRefusesIsNoDamage() {
    Interviewed world;
    world.files.resetOperations();
    inspect(world);
    const std::uint64_t operations = world.files.operations();
    int errors = 0;
    for (std::uint64_t n = 1; n <= operations; ++n) {
        World fresh(world.snapshot());
        fresh.files.resetOperations();
        fresh.files.failAt(n, false);
        const auto report = workflow::inspectHome(fresh.files, kHome, viewOf(kPassphrase), fresh.clock, cheapOptions());
        if (report) continue;
        QVERIFY2(report.error().code == ErrorCode::IoFailed, qPrintable(describe(report)));
        ++errors;
    }
    QVERIFY(errors > 5);
}

QTEST_GUILESS_MAIN(TestInspect)
#include "tst_inspect.moc"
