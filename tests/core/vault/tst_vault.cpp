// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <QTest>

#include "core/vault/vault_fixture.h"
#include "support/temp_dir.h"

using namespace sotto;
using namespace sotto::test;
using namespace sotto::vault;

class TestVault : public QObject {
    Q_OBJECT
private slots:
    void aCommitSurvivesReopening();
    void whatIsRolledBackLeavesNoTrace();
    void aBrokenConstraintKeepsTheRest();
    void eachCommitIsOneRecord();
    void everySettingIsInForce();
    void searchFindsWordsWithoutTheirAccents();
    void nothingElseEverReachesTheDisk();
    void theRealDiskHoldsOneFileToo();
    void noWordOfItIsOnTheDisk();
    void attachingAndVacuumAreRefused();
    void anotherKeyDoesNotOpenIt();
    void aVaultCutBelowItsAnchorIsDamaged();
    void damageIsRefusedAndReadableUpToIt();
    void readingOnlyChangesNothing();
    void rewrappingMovesItToAnotherKey();
    void theImageHasALimitAndWarnsBefore();
    void aVaultThatLostItsFirstCommitIsCompleted();
    void twoVaultsAreOpenAtOnce();
    void plainImageIsASqliteDatabase();
};

void TestVault::aCommitSurvivesReopening() {
    VaultHome home;
    FileId id;
    {
        auto vault = home.create();
        VERIFY_OK(vault);
        id = (*vault)->fileId();
        auto transaction = Transaction::begin(**vault);
        VERIFY_OK(transaction);
        VERIFY_OK(addNote(**vault, QStringLiteral("the first")));
        VERIFY_OK(addNote(**vault, QStringLiteral("the second")));
        VERIFY_OK(transaction->commit());
    }
    auto vault = home.open();
    VERIFY_OK(vault);
    QCOMPARE((*vault)->fileId(), id);
    QVERIFY((*vault)->integrity() == sealedlog::Integrity::Ok);
    QCOMPARE(notes(**vault), 2);
    QCOMPARE(word(**vault, "SELECT body FROM note WHERE id = 2"), QStringLiteral("the second"));
    QCOMPARE(integrity(**vault), QStringLiteral("ok"));
}

void TestVault::whatIsRolledBackLeavesNoTrace() {
    VaultHome home;
    auto vault = home.create();
    VERIFY_OK(vault);
    VERIFY_OK(addNote(**vault, QStringLiteral("kept")));
    const Bytes before = home.files.content(kVaultFile);
    {
        auto transaction = Transaction::begin(**vault);
        VERIFY_OK(transaction);
        VERIFY_OK(addNote(**vault, QStringLiteral("taken back")));
        QCOMPARE(notes(**vault), 2);
    }
    QVERIFY(!(*vault)->inTransaction());
    QCOMPARE(notes(**vault), 1);
    QVERIFY(home.files.content(kVaultFile) == before);
    VERIFY_OK(addNote(**vault, QStringLiteral("after")));
    vault->reset();
    vault = home.open();
    VERIFY_OK(vault);
    QCOMPARE(notes(**vault), 2);
    QCOMPARE(number(**vault, "SELECT count(*) FROM note_search WHERE note_search MATCH 'taken'"), 0);
}

void TestVault::aBrokenConstraintKeepsTheRest() {
    VaultHome home;
    auto vault = home.create();
    VERIFY_OK(vault);
    auto transaction = Transaction::begin(**vault);
    VERIFY_OK(transaction);
    VERIFY_OK(addNote(**vault, QStringLiteral("once")));
    VERIFY_FAILS(addNote(**vault, QStringLiteral("once")), ErrorCode::AlreadyExists);
    VERIFY_OK(addNote(**vault, QStringLiteral("twice")));
    VERIFY_OK(transaction->commit());
    QCOMPARE(notes(**vault), 2);
    VERIFY_OK((*vault)->execute("CREATE TABLE mark (note INTEGER NOT NULL REFERENCES note (id)) STRICT"));
    VERIFY_FAILS((*vault)->execute("INSERT INTO mark VALUES (99)"), ErrorCode::AlreadyExists);
}

void TestVault::eachCommitIsOneRecord() {
    VaultHome home;
    auto vault = home.create();
    VERIFY_OK(vault);
    std::int64_t expected = home.records();
    QCOMPARE(expected, 1);  // one script, one commit
    for (int i = 0; i < 20; ++i) {
        VERIFY_OK(addNote(**vault, QString::number(i)));
        ++expected;
    }
    auto transaction = Transaction::begin(**vault);
    VERIFY_OK(transaction);
    for (int i = 20; i < 60; ++i)
        VERIFY_OK(addNote(**vault, QString::number(i)));
    VERIFY_OK(transaction->commit());
    ++expected;
    auto empty = Transaction::begin(**vault);
    VERIFY_OK(empty);
    VERIFY_OK(empty->commit());  // nothing changed, nothing is written
    QCOMPARE(notes(**vault), 60);
    QCOMPARE(home.records(), expected);
    QCOMPARE((*vault)->head().sequence, static_cast<std::uint64_t>(expected));
}

void TestVault::everySettingIsInForce() {
    VaultHome home;
    auto vault = home.create();
    VERIFY_OK(vault);
    for (const auto& [pragma, value] :
         std::initializer_list<std::pair<const char*, const char*>>{{"page_size", "4096"},
                                                                    {"journal_mode", "memory"},
                                                                    {"locking_mode", "exclusive"},
                                                                    {"synchronous", "2"},
                                                                    {"temp_store", "2"},
                                                                    {"cache_spill", "0"},
                                                                    {"mmap_size", "0"},
                                                                    {"secure_delete", "1"},
                                                                    {"trusted_schema", "0"},
                                                                    {"cell_size_check", "1"},
                                                                    {"foreign_keys", "1"}}) {
        QCOMPARE(word(**vault, std::string("PRAGMA ") + pragma), QString::fromLatin1(value));
    }
    // And nothing can put them out of force again.
    for (const char* sql : {"PRAGMA journal_mode=WAL", "PRAGMA journal_mode=OFF", "PRAGMA locking_mode=NORMAL",
                            "PRAGMA synchronous=OFF", "PRAGMA temp_store=FILE", "PRAGMA writable_schema=ON",
                            "PRAGMA secure_delete=OFF", "PRAGMA cache_spill=ON", "PRAGMA main.synchronous=0"}) {
        QVERIFY2(!(*vault)->execute(sql).has_value(), sql);
    }
    QVERIFY(!(*vault)->execute("UPDATE sqlite_schema SET sql = ''").has_value());
    QVERIFY(!(*vault)->execute("SELECT load_extension('x')").has_value());
}

void TestVault::searchFindsWordsWithoutTheirAccents() {
    VaultHome home;
    auto vault = home.create();
    VERIFY_OK(vault);
    VERIFY_OK(addNote(**vault, QStringLiteral("Le r\u00E9tablissement, \u00E7a s\u2019apprend \u00E0 deux")));
    VERIFY_OK(addNote(**vault, QStringLiteral("Sa m\u00E8re l\u2019a h\u00E9berg\u00E9e \u00E0 No\u00EBl")));
    vault->reset();
    vault = home.open();
    VERIFY_OK(vault);
    const auto found = [&](const QString& words) -> std::int64_t {
        auto query = (*vault)->prepare("SELECT rowid FROM note_search WHERE note_search MATCH ?");
        if (!query) return -1;
        query->bind(1, words);
        const auto hasRow = query->step();
        return hasRow && *hasRow ? query->integer(0) : 0;
    };
    QCOMPARE(found(QStringLiteral("retablissement")), 1);
    QCOMPARE(found(QStringLiteral("R\u00C9TABLISSEMENT")), 1);
    QCOMPARE(found(QStringLiteral("ca")), 1);
    QCOMPARE(found(QStringLiteral("hebergee noel")), 2);
    QCOMPARE(found(QStringLiteral("heberg*")), 2);
    QCOMPARE(found(QStringLiteral("p\u00E8re")), 0);
}

namespace {

/// Everything for which SQLite likes to use temporary files.
void workHard(Database& database) {
    VERIFY_OK(database.execute("CREATE TABLE big (a INTEGER, b TEXT, c BLOB) STRICT"));
    VERIFY_OK(
        database.execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)"
                         " INSERT INTO big SELECT i * 7919 % 20011, hex(randomblob(40)), randomblob(60) FROM n"));
    VERIFY_OK(database.execute("CREATE INDEX big_b ON big (b)"));
    VERIFY_OK(database.execute("CREATE TEMP TABLE side AS SELECT * FROM big ORDER BY c DESC"));
    VERIFY_OK(database.execute("CREATE UNIQUE INDEX temp.side_b ON side (b, c)"));
    QCOMPARE(number(database, "SELECT count(*) FROM (SELECT DISTINCT c, b FROM big ORDER BY b DESC)"), 20000);
    QCOMPARE(number(database, "SELECT count(*) FROM (SELECT b FROM big UNION SELECT b FROM side)"), 20000);
    VERIFY_OK(
        database.execute("SAVEPOINT one; UPDATE big SET b = b || 'x'; SAVEPOINT two; DELETE FROM big WHERE a % 2;"
                         "ROLLBACK TO two; RELEASE one"));
    VERIFY_OK(database.execute("REINDEX; ANALYZE; PRAGMA incremental_vacuum; PRAGMA optimize"));
}

}  // namespace

void TestVault::nothingElseEverReachesTheDisk() {
    VaultHome home;
    auto vault = home.create();
    VERIFY_OK(vault);
    workHard(**vault);
    QCOMPARE(home.files.paths().size(), std::size_t{1});
    vault->reset();
    QCOMPARE(home.files.paths(), std::vector<Path>{kVaultFile});
    auto again = home.open();
    VERIFY_OK(again);
    QCOMPARE(number(**again, "SELECT count(*) FROM big WHERE b LIKE '%x'"), 20000);
    QCOMPARE(integrity(**again), QStringLiteral("ok"));
}

void TestVault::theRealDiskHoldsOneFileToo() {
    const TempDir folder;
    PosixFileSystem files;
    const auto identity = crypto::age::Identity::generate();
    const auto recipient = identity.recipient();
    auto vault = Vault::create(files, folder / "real.vault", sealedlog::Kind::Vault, {&recipient, 1}, {});
    VERIFY_OK(vault);
    workHard(**vault);
    const auto entries = files.list(folder.path());
    VERIFY_OK(entries);
    QCOMPARE(entries->size(), std::size_t{1});
    QCOMPARE(entries->front().name, std::string("real.vault"));
    // Only one may have it open.
    VERIFY_FAILS(Vault::open(files, folder / "real.vault", {&identity, 1}, {}), ErrorCode::Busy);
}

void TestVault::noWordOfItIsOnTheDisk() {
    VaultHome home;
    auto vault = home.create();
    VERIFY_OK(vault);
    VERIFY_OK(addNote(**vault, QStringLiteral("kanarienvogel sings in the kitchen")));
    VERIFY_OK((*vault)->execute("DELETE FROM note"));
    const Bytes plain = (*vault)->plainImage();
    vault->reset();
    for (const std::string_view canary : {"kanarienvogel", "CREATE TABLE", "SQLite format 3", "note_search"}) {
        for (const Path& path : home.files.paths()) {
            const Bytes content = home.files.content(path);
            const ByteView needle = viewOf(canary);
            QVERIFY(std::search(content.begin(), content.end(), needle.begin(), needle.end()) == content.end());
        }
    }
    const ByteView needle = viewOf(std::string_view("CREATE TABLE"));  // the search itself finds what is there
    QVERIFY(std::search(plain.begin(), plain.end(), needle.begin(), needle.end()) != plain.end());
}

void TestVault::attachingAndVacuumAreRefused() {
    VaultHome home;
    auto vault = home.create();
    VERIFY_OK(vault);
    QVERIFY(!(*vault)->execute("ATTACH '/tmp/other.db' AS other").has_value());
    QVERIFY(!(*vault)->execute("ATTACH ':memory:' AS other").has_value());
    QVERIFY(!(*vault)->execute("VACUUM INTO '/tmp/other.db'").has_value());
    VERIFY_OK(addNote(**vault, QStringLiteral("still in order")));
    QCOMPARE(home.files.paths().size(), std::size_t{1});
}

void TestVault::anotherKeyDoesNotOpenIt() {
    VaultHome home;
    VERIFY_OK(home.create());
    const Bytes before = home.files.content(kVaultFile);
    home.identity = crypto::age::Identity::generate();
    VERIFY_FAILS(home.open(), ErrorCode::WrongKey);
    VERIFY_FAILS(home.openReadOnly(), ErrorCode::WrongKey);
    VERIFY_FAILS(home.create(), ErrorCode::AlreadyExists);
    QVERIFY(home.files.content(kVaultFile) == before);
}

void TestVault::aVaultCutBelowItsAnchorIsDamaged() {
    VaultHome home;
    auto vault = home.create();
    VERIFY_OK(vault);
    const std::size_t whole = home.files.content(kVaultFile).size();
    VERIFY_OK(addNote(**vault, QStringLiteral("one more")));
    const sealedlog::Anchor anchor = (*vault)->head();
    vault->reset();
    VERIFY_OK(home.open({.anchor = anchor}));
    Bytes cut = home.files.content(kVaultFile);
    cut.resize(whole);
    home.files.setContent(kVaultFile, cut);
    VERIFY_FAILS(home.open({.anchor = anchor}), ErrorCode::Damaged);
    QVERIFY(home.files.content(kVaultFile) == cut);
    auto readable = home.openReadOnly({.anchor = anchor});
    VERIFY_OK(readable);
    QVERIFY((*readable)->integrity() == sealedlog::Integrity::Damaged);
    QCOMPARE(notes(**readable), 0);
}

void TestVault::damageIsRefusedAndReadableUpToIt() {
    VaultHome home;
    auto vault = home.create();
    VERIFY_OK(vault);
    VERIFY_OK(addNote(**vault, QStringLiteral("before")));
    const std::size_t good = home.files.content(kVaultFile).size();
    for (int i = 0; i < 5; ++i)
        VERIFY_OK(addNote(**vault, QString::number(i)));
    vault->reset();
    Bytes bad = home.files.content(kVaultFile);
    bad[good + 120] = static_cast<std::uint8_t>(bad[good + 120] ^ 1);
    home.files.setContent(kVaultFile, bad);
    VERIFY_FAILS(home.open(), ErrorCode::Damaged);
    QVERIFY(home.files.content(kVaultFile) == bad);
    auto readable = home.openReadOnly();
    VERIFY_OK(readable);
    QVERIFY((*readable)->integrity() == sealedlog::Integrity::Damaged);
    QCOMPARE(notes(**readable), 1);
    QCOMPARE(integrity(**readable), QStringLiteral("ok"));
}

void TestVault::readingOnlyChangesNothing() {
    VaultHome home;
    auto vault = home.create();
    VERIFY_OK(vault);
    VERIFY_OK(addNote(**vault, QStringLiteral("read me")));
    vault->reset();
    Bytes tail = home.files.content(kVaultFile);
    tail.insert(tail.end(), 50, std::uint8_t{7});  // a write that was broken off
    home.files.setContent(kVaultFile, tail);
    auto readable = home.openReadOnly();
    VERIFY_OK(readable);
    QVERIFY((*readable)->integrity() == sealedlog::Integrity::UnsyncedTail);
    QCOMPARE(notes(**readable), 1);
    VERIFY_FAILS(addNote(**readable, QStringLiteral("no")), ErrorCode::NotAllowed);
    const auto recipient = home.identity.recipient();
    VERIFY_FAILS((*readable)->rewrap({&recipient, 1}), ErrorCode::NotAllowed);
    VERIFY_OK((*readable)->execute("CREATE TEMP TABLE side AS SELECT * FROM note"));
    readable->reset();
    QVERIFY(home.files.content(kVaultFile) == tail);
    QCOMPARE(home.files.paths().size(), std::size_t{1});
    // Opening for writing puts the tail aside and says so.
    sealedlog::Recovery recovery;
    VERIFY_OK(home.open({}, &recovery));
    QCOMPARE(recovery.quarantinedBytes, std::uint64_t{50});
}

void TestVault::rewrappingMovesItToAnotherKey() {
    VaultHome home;
    auto vault = home.create();
    VERIFY_OK(vault);
    auto fresh = crypto::age::Identity::generate();
    const auto recipient = fresh.recipient();
    VERIFY_OK((*vault)->rewrap({&recipient, 1}));
    VERIFY_OK(addNote(**vault, QStringLiteral("after")));
    vault->reset();
    VERIFY_FAILS(home.open(), ErrorCode::WrongKey);
    home.identity = std::move(fresh);
    vault = home.open();
    VERIFY_OK(vault);
    QCOMPARE(notes(**vault), 1);
}

void TestVault::theImageHasALimitAndWarnsBefore() {
    VaultHome home;
    auto vault = home.create();
    VERIFY_OK(vault);
    VERIFY_OK((*vault)->execute("CREATE TABLE lump (b BLOB) STRICT"));
    VERIFY_OK((*vault)->execute("INSERT INTO lump VALUES (zeroblob(16 << 20))"));
    QVERIFY(!(*vault)->isNearlyFull());
    VERIFY_OK((*vault)->execute("INSERT INTO lump VALUES (zeroblob(24 << 20))"));
    QVERIFY((*vault)->isNearlyFull());
    VERIFY_FAILS((*vault)->execute("INSERT INTO lump VALUES (zeroblob(30 << 20))"), ErrorCode::NoSpace);
    VERIFY_OK(addNote(**vault, QStringLiteral("there is room for this")));
    vault->reset();
    vault = home.open();
    VERIFY_OK(vault);
    QCOMPARE(number(**vault, "SELECT count(*) FROM lump"), 2);
    QCOMPARE(notes(**vault), 1);
    QCOMPARE(integrity(**vault), QStringLiteral("ok"));
}

void TestVault::aVaultThatLostItsFirstCommitIsCompleted() {
    VaultHome home;
    const auto recipient = home.identity.recipient();
    VERIFY_OK(sealedlog::LogWriter::create(home.files, kVaultFile, sealedlog::Kind::Vault, {&recipient, 1}));
    VERIFY_OK(home.openReadOnly());
    auto vault = home.open();
    VERIFY_OK(vault);
    VERIFY_OK(addNote(**vault, QStringLiteral("complete")));
}

void TestVault::twoVaultsAreOpenAtOnce() {
    VaultHome home;
    auto one = home.create(kFolder / "one");
    auto other = home.create(kFolder / "other");
    VERIFY_OK(one);
    VERIFY_OK(other);
    VERIFY_OK(addNote(**one, QStringLiteral("one")));
    VERIFY_OK(addNote(**other, QStringLiteral("other")));
    QCOMPARE(word(**one, "SELECT body FROM note"), QStringLiteral("one"));
    one->reset();
    QCOMPARE(word(**other, "SELECT body FROM note"), QStringLiteral("other"));
    VERIFY_OK(addNote(**other, QStringLiteral("more")));
}

void TestVault::plainImageIsASqliteDatabase() {
    VaultHome home;
    auto vault = home.create();
    VERIFY_OK(vault);
    const Bytes image = (*vault)->plainImage();
    QVERIFY(image.size() >= 4096 && image.size() % 4096 == 0);
    QCOMPARE(QByteArray(reinterpret_cast<const char*>(image.data()), 16), QByteArray("SQLite format 3\0", 16));
}
QTEST_GUILESS_MAIN(TestVault)
#include "tst_vault.moc"
