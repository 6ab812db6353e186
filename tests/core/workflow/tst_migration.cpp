// SPDX-License-Identifier: Apache-2.0
#include <filesystem>

#include <QTest>

#include "core/workflow/store_room.h"

using namespace sotto;
using namespace sotto::test;
using namespace sotto::workflow;

namespace {

/// tests/data/home-v1 as a home on the disk in memory; its README.md says what is in it.
Snapshot sampleHome() {
    PosixFileSystem disk;
    const Path root = Path(SOTTO_TEST_DATA) / "home-v1" / "home";
    Snapshot files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
        if (!entry.is_regular_file()) continue;
        files[kHome / entry.path().lexically_relative(root)] = must(readFile(disk, entry.path(), 1U << 24));
    }
    return files;
}

constexpr std::string_view kSamplePassphrase = "chemin lune tasse velours radis";

/// Its keyring asks for the real cost of Argon2id, so unlocking takes its time.
Result<std::unique_ptr<Home>> unlockSample(World& world) {
    return Home::unlock(world.files, kHome, viewOf(kSamplePassphrase), world.clock);
}

void checkSample(Home& home) {
    const auto rows = must(interview::SessionIndex(home.sessions()).all());
    QCOMPARE(rows.size(), std::size_t{2});
    const auto first = must(recordsOf(home, rows[0].id));
    QCOMPARE(first.opening.pseudonym, QStringLiteral("Famel-13"));
    QCOMPARE(first.events.size(), std::size_t{5});
    QCOMPARE(must(recordsOf(home, rows[1].id)).events.size(), std::size_t{4});
    QCOMPARE(rows[0].state, interview::SessionState::Sent);
    const auto names = must(people::Identities(home.identities()).all());
    QVERIFY(std::any_of(names.begin(), names.end(),
                        [](const people::IdentityRecord& record) { return record.name == u"Camille Invention"; }));
    QCOMPARE(must(outboxItems(home)).size(), std::size_t{3});
}

}  // namespace

class TestMigration : public QObject {
    Q_OBJECT

private slots:
    void aHomeOfTheFirstVersionOpensAndGoesOn();
    void itsSessionsCanBeSealedAndErased();
    void aCrashWhileMigratingLosesNothing();
    void aHomeOfANewerVersionIsRefusedUntouched();
};

void TestMigration::aHomeOfTheFirstVersionOpensAndGoesOn() {
    World world(sampleHome());
    {
        const auto home = unlockSample(world);
        VERIFY_OK(home);
        checkSample(**home);
    }
    const auto again = must(unlockSample(world));
    checkSample(*again);
    const SessionId held = interviewed(*again, consentedPerson(*again), QStringLiteral("after the migration"));
    QCOMPARE(must(recordsOf(*again, held)).events.size(), std::size_t{1});
}

void TestMigration::itsSessionsCanBeSealedAndErased() {
    World world(sampleHome());
    const auto home = must(unlockSample(world));
    const auto rows = must(interview::SessionIndex(home->sessions()).all());
    VERIFY_OK(sealSession(*home, rows[1].id));
    VERIFY_OK(eraseParticipant(*home, rows[1].participant));
    QVERIFY(!broughtToLight(world.snapshot(), allIdentities(home->keyring())).contains("canari-deux"));
    QVERIFY(broughtToLight(world.snapshot(), allIdentities(home->keyring())).contains("canari-un"));
}

void TestMigration::aCrashWhileMigratingLosesNothing() {
    const Snapshot before = sampleHome();
    std::uint64_t operations = 0;
    {
        World world(before);
        world.files.resetOperations();
        must(unlockSample(world));
        operations = world.files.operations();
    }
    // Each round costs two rounds of Argon2id: a dozen places, other ones for each kind of fault.
    const std::uint64_t step = qEnvironmentVariableIntValue("SOTTO_ALL_FAULTS") > 0 ? 1 : operations / 2;
    qInfo("%llu operations, every %llu. of them fails", static_cast<unsigned long long>(operations),
          static_cast<unsigned long long>(step));
    std::uint64_t first = 0;
    for (const DiskFault& kind : kDiskFaults) {
        for (std::uint64_t n = 1 + (first += 7); n <= operations; n += step) {
            World world(before);
            world.files.resetOperations();
            world.files.failAt(n, kind.forGood);
            static_cast<void>(unlockSample(world));
            if (kind.loss) world.files.cutPower(*kind.loss, static_cast<unsigned>(n));
            world.files.clearFaults();
            const auto home = unlockSample(world);
            QVERIFY2(
                home,
                qPrintable(QStringLiteral("%1 at %2: %3").arg(QLatin1String(kind.name)).arg(n).arg(describe(home))));
            checkSample(**home);
        }
    }
}

void TestMigration::aHomeOfANewerVersionIsRefusedUntouched() {
    // Tables of a module that are one version ahead of this program.
    World world;
    {
        const auto home = must(world.create());
        must(home->sessions().execute("UPDATE sotto_schema SET version = version + 1 WHERE module = 'people'"));
    }
    const Snapshot before = world.snapshot();
    VERIFY_FAILS(world.unlock(), ErrorCode::NewerVersion);
    for (const auto& [path, content] : before)
        QVERIFY2(world.files.content(path) == content, path.c_str());
}

QTEST_GUILESS_MAIN(TestMigration)
#include "tst_migration.moc"
