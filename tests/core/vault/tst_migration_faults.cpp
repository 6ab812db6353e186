// SPDX-License-Identifier: Apache-2.0
#include <set>

#include <QTest>

#include "core/vault/vault_fixture.h"
#include "support/every_fault.h"
#include "support/fake_clock.h"
#include "vault/audit.h"

using namespace sotto;
using namespace sotto::test;
using namespace sotto::vault;

namespace {

constexpr int kRows = 30;

/// The tables of the notes as they were, and with the two steps that came later: one that rebuilds a table and fills
/// another from it, one that changes rows.
std::vector<Schema> schemasUpTo(std::size_t version) {
    Schema notes = noteSchema();
    if (version >= 2) {
        notes.scripts.push_back(
            "CREATE TABLE note_2 (id INTEGER PRIMARY KEY, body TEXT NOT NULL UNIQUE, kind TEXT, words INTEGER NOT "
            "NULL) STRICT;"
            "INSERT INTO note_2 SELECT id, body, kind, length(body) FROM note;"
            "DROP TABLE note;"
            "ALTER TABLE note_2 RENAME TO note;"
            "CREATE TABLE total (n INTEGER NOT NULL) STRICT;"
            "INSERT INTO total SELECT sum(words) FROM note;");
    }
    if (version >= 3) notes.scripts.push_back("UPDATE note SET kind = 'old'; UPDATE total SET n = -n;");
    Schema audit = AuditTrail::schema();
    if (version < 2) audit.scripts.resize(1);
    return {notes, audit};
}

std::int64_t versionOf(Database& database, const char* module) {
    return number(database, std::string("SELECT version FROM sotto_schema WHERE module = '") + module + "'");
}

/// An old vault with rows, closed, as a file.
Bytes oldVault(VaultHome& home) {
    home.schemas = schemasUpTo(1);
    {
        auto vault = home.create();
        if (!vault) return {};
        for (int i = 0; i < kRows; ++i) {
            if (!addNote(**vault, QStringLiteral("note %1 ").arg(i) + QString(40, QLatin1Char('x')))) return {};
        }
    }
    return home.files.content(kVaultFile);
}

/// Empty if the tables are whole in one of their versions, all rows in them; otherwise what is wrong.
QString broken(Database& database) {
    if (integrity(database) != u"ok") return integrity(database);
    if (notes(database) != kRows) return QStringLiteral("%1 rows").arg(notes(database));
    if (number(database, "SELECT count(*) FROM sqlite_schema WHERE name LIKE '%\\_2' ESCAPE '\\'") != 0) {
        return QStringLiteral("a half-done step");
    }
    if (number(database, "SELECT count(*) FROM note_search WHERE note_search MATCH 'note'") != kRows) {
        return QStringLiteral("the search index");
    }
    const std::int64_t version = versionOf(database, "notes");
    const bool hasTotal = number(database, "SELECT count(*) FROM sqlite_schema WHERE name = 'total'") == 1;
    if (hasTotal != (version >= 2)) return QStringLiteral("version %1 and its tables differ").arg(version);
    if (!hasTotal) return {};
    const std::int64_t sum = number(database, "SELECT sum(words) FROM note");
    if (number(database, "SELECT n FROM total") != (version == 3 ? -sum : sum)) return QStringLiteral("a mix of rows");
    const std::int64_t old = number(database, "SELECT count(*) FROM note WHERE kind = 'old'");
    return old == (version == 3 ? kRows : 0) ? QString() : QStringLiteral("a mix of kinds");
}

}  // namespace

/// A vault of an older version, brought to the present one while every file operation fails or the power goes.
class TestMigrationFaults : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void anOldVaultMigratesInPlace();
    void everyFaultLeavesAWholeVersion_data();
    void everyFaultLeavesAWholeVersion();
    void everyPowerCutLeavesAWholeVersion_data();
    void everyPowerCutLeavesAWholeVersion();
    void whatWasAcknowledgedAfterwardsStays();
    void aNewerVaultIsLeftByteForByte();
    void aFullDiskLeavesTheOldVersion();

private:
    void putBack(VaultHome& home) const {
        home.identity = m_home.identity.clone();
        home.schemas = schemasUpTo(3);
        home.files.setContent(kVaultFile, m_old);
    }
    /// Opens without faults: the vault must be whole in some version, and then become the newest.
    void expectWhole(VaultHome& home, const EveryFault& fault, std::set<std::int64_t>& seen) const;

    VaultHome m_home;
    Bytes m_old;
};

void TestMigrationFaults::initTestCase() {
    m_old = oldVault(m_home);
    QVERIFY(!m_old.empty());
}

void TestMigrationFaults::expectWhole(VaultHome& home, const EveryFault& fault, std::set<std::int64_t>& seen) const {
    {
        auto found = home.openReadOnly();
        VERIFY_OK(found);
        QVERIFY2(broken(**found).isEmpty(), fault.at(broken(**found)));
        seen.insert(versionOf(**found, "notes") * 10 + versionOf(**found, "audit"));
    }
    auto vault = home.open();
    VERIFY_OK(vault);
    QVERIFY2(broken(**vault).isEmpty(), fault.at(broken(**vault)));
    QCOMPARE(versionOf(**vault, "notes"), 3);
    QCOMPARE(versionOf(**vault, "audit"), 2);
}

void TestMigrationFaults::anOldVaultMigratesInPlace() {
    VaultHome home;
    putBack(home);
    {
        auto readable = home.openReadOnly();
        VERIFY_OK(readable);
        QCOMPARE(versionOf(**readable, "notes"), 1);
        QCOMPARE(versionOf(**readable, "audit"), 1);
    }
    const std::int64_t before = home.records();
    auto vault = home.open();
    VERIFY_OK(vault);
    QCOMPARE(broken(**vault), QString());
    QCOMPARE(versionOf(**vault, "notes"), 3);
    QCOMPARE(versionOf(**vault, "audit"), 2);
    QCOMPARE(home.records(), before + 3);  // one commit per step
    VERIFY_OK(AuditTrail(**vault).append(FakeClock().now(), PersonId::random(), QStringLiteral("migrated")));
    VERIFY_OK(AuditTrail(**vault).verify());
    QCOMPARE(home.files.paths(), std::vector<Path>{kVaultFile});
}

void TestMigrationFaults::everyFaultLeavesAWholeVersion_data() {
    addFaultRows();
}

void TestMigrationFaults::everyFaultLeavesAWholeVersion() {
    QFETCH(bool, forGood);
    QFETCH(int, code);
    std::set<std::int64_t> seen;
    for (EveryFault fault(forGood, static_cast<ErrorCode>(code)); fault.next();) {
        VaultHome home;
        putBack(home);
        const bool opened = fault.during(home.files, [&] { return home.open().has_value(); });
        QVERIFY2(opened != fault.reached(), fault.at(QStringLiteral("a failure was swallowed")));
        expectWhole(home, fault, seen);
        QVERIFY2(!QTest::currentTestFailed(), fault.at());
    }
    const std::set<std::int64_t> everyStep{11, 21, 31, 32};
    QCOMPARE(seen, everyStep);
}

void TestMigrationFaults::everyPowerCutLeavesAWholeVersion_data() {
    addLossRows();
}

void TestMigrationFaults::everyPowerCutLeavesAWholeVersion() {
    QFETCH(int, loss);
    std::set<std::int64_t> seen;
    for (EveryFault fault(true); fault.next();) {
        VaultHome home;
        putBack(home);
        const bool opened = fault.during(home.files, [&] { return home.open().has_value(); });
        home.files.cutPower(kLosses[static_cast<std::size_t>(loss)], static_cast<unsigned>(fault.n()));
        if (opened) {
            auto found = home.openReadOnly();
            VERIFY_OK(found);
            QCOMPARE(versionOf(**found, "audit"), 2);
        }
        expectWhole(home, fault, seen);
        QVERIFY2(!QTest::currentTestFailed(), fault.at());
    }
    QVERIFY(seen.count(11) == 1 && seen.count(32) == 1);
}

void TestMigrationFaults::whatWasAcknowledgedAfterwardsStays() {
    for (EveryFault fault(false); fault.next();) {
        VaultHome home;
        putBack(home);
        const bool opened = fault.during(home.files, [&] { return home.open().has_value(); });
        QVERIFY(opened != fault.reached());
        {
            auto vault = home.open();
            VERIFY_OK(vault);
            VERIFY_OK((*vault)->execute("INSERT INTO note (body, words) VALUES ('acknowledged', 1)"));
        }
        home.files.cutPower(FaultFileSystem::Loss::All);
        auto vault = home.open();
        VERIFY_OK(vault);
        QCOMPARE(notes(**vault), kRows + 1);
    }
}

void TestMigrationFaults::aNewerVaultIsLeftByteForByte() {
    VaultHome home;
    putBack(home);
    VERIFY_OK(home.open());
    // A left-over of a compaction by that newer program is none of our business either.
    home.files.setContent(kFolder / "main.vault.rewrite", Bytes(500, 3));
    const Bytes before = home.files.content(kVaultFile);
    home.schemas = schemasUpTo(2);
    home.schemas.push_back(Schema{"another", {"CREATE TABLE another (a INTEGER) STRICT"}});
    VERIFY_FAILS(home.open(), ErrorCode::NewerVersion);
    QVERIFY(home.files.content(kVaultFile) == before);
    const std::vector<Path> expected{kVaultFile, kFolder / "main.vault.rewrite"};
    QCOMPARE(home.files.paths(), expected);
    home.files.cutPower(FaultFileSystem::Loss::All);
    QVERIFY(home.files.content(kVaultFile) == before);
}

void TestMigrationFaults::aFullDiskLeavesTheOldVersion() {
    VaultHome home;
    putBack(home);
    home.files.setCapacity(m_old.size() + 300);
    VERIFY_FAILS(home.open(), ErrorCode::NoSpace);
    QVERIFY(home.files.content(kVaultFile) == m_old);
    home.files.setCapacity(UINT64_MAX);
    auto vault = home.open();
    VERIFY_OK(vault);
    QCOMPARE(broken(**vault), QString());
}

QTEST_GUILESS_MAIN(TestMigrationFaults)
#include "tst_migration_faults.moc"
