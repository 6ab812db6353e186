// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "core/workflow/workflow_fixture.h"
#include "support/temp_dir.h"
#include "vault/audit.h"

using namespace sotto;
using namespace sotto::test;

namespace {

using Loss = FaultFileSystem::Loss;

/// What becomes of the n-th operation, and of the disk after it.
struct Fault {
    const char* name;
    bool forGood;
    std::optional<Loss> loss;
};
const std::vector<Fault> kFaults{
    {"fails once", false, std::nullopt},        {"fails for good", true, std::nullopt},
    {"power cut, all lost", true, Loss::All},   {"power cut, odd ones", true, Loss::OddOnes},
    {"power cut, torn", true, Loss::TornAt512}, {"power cut, reordered", true, Loss::Reordered}};

}  // namespace

class TestHome : public QObject {
    Q_OBJECT

private slots:
    void aNewHomeHasItsStudyAndCanBeUnlocked();
    void everyFaultWhileCreatingLeavesNoHomeOrAWholeOne();
    void aFolderInUseIsRefused();
    void anExistingHomeIsNotMadeAnew();
    void aTrailingSlashNamesTheSameHome();
    void aForeignFolderBesideTheHomeIsLeftAlone();
    void twoProgramsCannotMakeTheSameHomeAtOnce();
    void aSecondProgramIsTurnedAway();
    void aHomeWithoutItsLockFileOpens();
    void anEmptyFolderIsNoHome();
    void wrongPassphraseChangesNothingButAttempts();
    void theRightPassphraseLeavesAttemptsAsTheyWere();
    void aNewerKeyringIsRefusedUntouched();
    void anOlderCopyOfAVaultIsNoticed();
    void lockingWritesAnchors();
    void aNewHomeIsAnchoredFromTheStart();
    void anAnchorNeverNamesACommitThatWasNotSynced();
    void aFullDiskDoesNotKeepPeopleOut();
};

void TestHome::aNewHomeHasItsStudyAndCanBeUnlocked() {
    World world;
    {
        const auto home = must(world.create());
        QCOMPARE(home->study().pack.id, QStringLiteral("practice"));
        QVERIFY(home->study().hash == Lab::instance().study->hash);
        VERIFY_OK(vault::AuditTrail(home->sessions()).verify());
    }
    QCOMPARE(
        filesBelow(world.files, kHome),
        (QStringList{QStringLiteral("attempts"), QStringLiteral("attempts.lock"), QStringLiteral("ballast"),
                     QStringLiteral("help.txt"), QStringLiteral("home.lock"), QStringLiteral("identities.vault"),
                     QStringLiteral("keyring"), QStringLiteral("outbox.vault"), QStringLiteral("sessions.vault")}));
    const auto help = byteArrayOf(world.files.content(kHome / "help.txt")).split('\n');
    QVERIFY2(help.first().contains("\t911\t"), help.first());  // in an emergency nobody reads on
    QVERIFY(std::any_of(help.begin(), help.end(), [](const QByteArray& line) { return line.contains("\t988\t"); }));
    VERIFY_OK(world.unlock());
}

void TestHome::everyFaultWhileCreatingLeavesNoHomeOrAWholeOne() {
    std::uint64_t operations = 0;
    {
        World world;
        world.files.resetOperations();
        must(world.create());
        operations = world.files.operations();
    }
    int none = 0;
    int whole = 0;
    for (const Fault& fault : kFaults) {
        for (std::uint64_t n = 1; n <= operations; ++n) {
            const auto where = QStringLiteral("operation %1 %2").arg(n).arg(QLatin1String(fault.name)).toUtf8();
            World world;
            world.files.resetOperations();
            world.files.failAt(n, fault.forGood);
            bool created = false;
            {
                const auto home = world.create();
                created = home.has_value();
                // A locking home that can't write its anchors is whole all the same.
                if (!created) QVERIFY2(world.files.faultHappened(), qPrintable(describe(home)));
            }
            world.files.clearFaults();
            if (fault.loss) world.files.cutPower(*fault.loss, static_cast<unsigned>(n));
            const bool exists = must(keyring::Keyring::exists(world.files, kHome));
            QVERIFY2(exists || !created, where.constData());
            ++(exists ? whole : none);
            const auto again = exists ? world.unlock() : world.create();
            QVERIFY2(again.has_value(), qPrintable(QLatin1String(where) + QLatin1String(": ") + describe(again)));
            VERIFY_OK(vault::AuditTrail((*again)->sessions()).verify());
            QVERIFY2(filesBelow(world.files, "/tablet/home.sotto-unfinished").isEmpty(), where.constData());
        }
    }
    qInfo("%d faults in %d operations: %d times no home, %d times a whole one", static_cast<int>(kFaults.size()),
          static_cast<int>(operations), none, whole);
    QVERIFY(none > 0 && whole > 0);
}

void TestHome::aFolderInUseIsRefused() {
    World world;
    world.files.setContent(kHome / "thesis.odt", Bytes{1, 2, 3});
    const auto before = world.snapshot();
    VERIFY_FAILS(world.create(), ErrorCode::AlreadyExists);
    QVERIFY(world.snapshot() == before);
}

void TestHome::anExistingHomeIsNotMadeAnew() {
    World world;
    must(world.create());
    const auto before = world.snapshot();
    VERIFY_FAILS(world.create(), ErrorCode::AlreadyExists);
    QVERIFY(world.snapshot() == before);
}

void TestHome::aTrailingSlashNamesTheSameHome() {
    World world;
    VERIFY_OK(Home::create(world.files, "/tablet/home/", viewOf(kPassphrase), *Lab::instance().study, world.clock,
                           cheapOptions()));
    VERIFY_OK(world.unlock());
}

void TestHome::aForeignFolderBesideTheHomeIsLeftAlone() {
    World world;
    world.files.setContent("/tablet/home.new/letters.txt", Bytes{1});
    must(world.create());
    QVERIFY(must(world.files.exists("/tablet/home.new/letters.txt")));
}

void TestHome::twoProgramsCannotMakeTheSameHomeAtOnce() {
    TempDir dir;
    PosixFileSystem files;
    FakeClock clock;
    const Path staging = dir / "home.sotto-unfinished";
    must(files.createDirectories(staging));
    const auto other = must(files.open(staging / "home.lock", OpenMode::CreateNew));
    must(other->lock());
    VERIFY_FAILS(Home::create(files, dir / "home", viewOf(kPassphrase), *Lab::instance().study, clock, cheapOptions()),
                 ErrorCode::Busy);
    QVERIFY(must(files.exists(staging / "home.lock")));
}

void TestHome::aSecondProgramIsTurnedAway() {
    TempDir dir;
    PosixFileSystem files;
    FakeClock clock;
    const auto first =
        Home::create(files, dir / "home", viewOf(kPassphrase), *Lab::instance().study, clock, cheapOptions());
    VERIFY_OK(first);
    PosixFileSystem others;
    VERIFY_FAILS(Home::unlock(others, dir / "home", viewOf(kPassphrase), clock, cheapOptions()), ErrorCode::Busy);
    // A wrong passphrase must not be tried, nor counted, while the owner is at work.
    VERIFY_FAILS(Home::unlock(others, dir / "home", viewOf(std::string_view("wrong")), clock, cheapOptions()),
                 ErrorCode::Busy);
}

void TestHome::aHomeWithoutItsLockFileOpens() {
    World world;
    must(world.create());
    must(world.files.remove(kHome / "home.lock"));
    const auto home = world.unlock();
    VERIFY_OK(home);
    VERIFY_FAILS(world.unlock(), ErrorCode::Busy);
}

void TestHome::anEmptyFolderIsNoHome() {
    World world;
    VERIFY_FAILS(world.unlock(), ErrorCode::NotFound);
    must(world.files.createDirectories(kHome));
    VERIFY_FAILS(world.unlock(), ErrorCode::NotFound);
    VERIFY_OK(world.create());
}

void TestHome::wrongPassphraseChangesNothingButAttempts() {
    World world;
    must(world.create());
    auto before = world.snapshot();
    VERIFY_FAILS(world.unlock("something else"), ErrorCode::WrongPassphrase);
    auto after = world.snapshot();
    QVERIFY(before[kHome / "attempts"] != after[kHome / "attempts"]);
    before.erase(kHome / "attempts");
    after.erase(kHome / "attempts");
    QVERIFY(before == after);
}

void TestHome::theRightPassphraseLeavesAttemptsAsTheyWere() {
    World world;
    must(world.create());
    const Bytes before = world.files.content(kHome / "attempts");
    world.clock.advance(12'345);
    must(world.unlock());
    QVERIFY(world.files.content(kHome / "attempts") == before);
    world.clock.reboot();
    VERIFY_FAILS(world.unlock("something else"), ErrorCode::WrongPassphrase);
    must(world.unlock());
    QVERIFY(world.files.content(kHome / "attempts") == before);
}

void TestHome::aNewerKeyringIsRefusedUntouched() {
    World world;
    must(world.create());
    Bytes keyring = world.files.content(kHome / "keyring");
    ++keyring[8];  // the version, behind the eight letters of the magic
    const auto sum = crypto::sha256(ByteView(keyring).first(keyring.size() - 32));
    std::copy(sum.begin(), sum.end(), keyring.end() - 32);
    world.files.setContent(kHome / "keyring", keyring);
    const auto before = world.snapshot();
    VERIFY_FAILS(world.unlock(), ErrorCode::NewerVersion);
    QVERIFY(world.snapshot() == before);
}

void TestHome::anOlderCopyOfAVaultIsNoticed() {
    for (const char* name : {"sessions.vault", "identities.vault"}) {
        World world;
        must(world.create());
        const Bytes older = world.files.content(kHome / name);
        consentedPerson(*must(world.unlock()));
        const Bytes newer = world.files.content(kHome / name);
        QVERIFY(older != newer);
        world.files.setContent(kHome / name, older);
        VERIFY_FAILS(world.unlock(), ErrorCode::Damaged);
        QVERIFY2(world.files.content(kHome / name) == older, "a vault set back must be left as it is");
        world.files.setContent(kHome / name, newer);
        VERIFY_OK(world.unlock());
    }
}

void TestHome::lockingWritesAnchors() {
    World world;
    auto home = must(world.create());
    consentedPerson(*home);
    const std::vector heads{std::pair{home->sessions().fileId(), home->sessions().head()},
                            std::pair{home->identities().fileId(), home->identities().head()},
                            std::pair{home->outbox().fileId(), home->outbox().head()}};
    QVERIFY(home->keyring().anchor(heads[0].first) != heads[0].second);
    home.reset();
    const auto keys =
        must(keyring::Keyring::unlock(world.files, kHome, viewOf(kPassphrase), world.clock, cheapOptions()));
    for (const auto& [log, head] : heads)
        QVERIFY(keys.anchor(log) == head);
}

void TestHome::aNewHomeIsAnchoredFromTheStart() {
    World world;
    {
        const auto home = must(world.create());
        world.files.resetOperations();
        world.files.failAt(1, true);  // it dies before it is ever locked
    }
    world.files.clearFaults();
    for (const char* name : {"sessions.vault", "identities.vault", "outbox.vault"}) {
        World cut(world.snapshot());
        Bytes content = cut.files.content(kHome / name);
        content.pop_back();
        cut.files.setContent(kHome / name, content);
        VERIFY_FAILS(cut.unlock(), ErrorCode::Damaged);
    }
}

void TestHome::anAnchorNeverNamesACommitThatWasNotSynced() {
    // A sync fails, the anchors are written at lock, and then the power goes: what was lost was never acknowledged, so
    // the vault is not damaged.
    const Snapshot start = [] {
        World world;
        must(world.create());
        return world.snapshot();
    }();
    int refused = 0;
    for (std::uint64_t n = 1; n <= 8; ++n) {
        World world(start);
        {
            const auto home = must(world.unlock());
            world.files.resetOperations();
            world.files.failAt(n, false);
            if (!home->audit(QStringLiteral("test"))) ++refused;
        }
        world.files.clearFaults();
        world.files.cutPower(Loss::All, static_cast<unsigned>(n));
        VERIFY_OK(world.unlock());
    }
    QVERIFY(refused >= 2);
}

void TestHome::aFullDiskDoesNotKeepPeopleOut() {
    World world;
    must(world.create());
    must(world.files.remove(kHome / "ballast"));
    std::uint64_t used = 0;
    for (const Path& path : world.files.paths())
        used += world.files.content(path).size();
    world.files.setCapacity(used);
    const auto home = world.unlock();
    VERIFY_OK(home);
    QCOMPARE((*home)->study().pack.id, QStringLiteral("practice"));
}

QTEST_GUILESS_MAIN(TestHome)
#include "tst_home.moc"
