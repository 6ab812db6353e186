// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include <QTest>

#include "core/vault/vault_fixture.h"
#include "vault/compaction.h"
#include "vault/settings.h"

using namespace sotto;
using namespace sotto::test;
using namespace sotto::vault;

namespace {

constexpr std::string_view kCanary = "kanarienvogel";

/// The handle that only the module itself sees, for the tests of single steps.
struct Peek : Database {
    static sqlite3* handle(Database& database) { return database.*(&Peek::m_handle); }
};

bool holdsCanary(const Bytes& content) {
    const ByteView needle = viewOf(kCanary);
    return std::search(content.begin(), content.end(), needle.begin(), needle.end()) != content.end();
}

/// Whether the word is in a decrypted record of the vault's log; nothing if the log can't be read.
std::optional<bool> logHoldsCanary(VaultHome& home) {
    const auto log = sealedlog::LogReader::open(home.files, kVaultFile, {&home.identity, 1});
    if (!log) return std::nullopt;
    for (const auto& record : log->records()) {
        const auto body = log->read(record);
        if (!body) return std::nullopt;
        if (holdsCanary(*body)) return true;
    }
    return false;
}

/// Besides the fixture's index, which leaves the text to the table: one that keeps the text itself, with prefixes.
Schema diarySchema() {
    return {"diary",
            {"CREATE VIRTUAL TABLE \"odd \"\"name\" USING fts5(text, prefix='2 3');"
             "CREATE TABLE plain (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;"
             "CREATE INDEX plain_text ON plain (text);"}};
}

Result<> write(Database& database, const QString& text) {
    SOTTO_TRY(addNote(database, text));
    SOTTO_ASSIGN(Statement diary, database.prepare("INSERT INTO \"odd \"\"name\" (text) VALUES (?)"));
    SOTTO_TRY(diary.bind(1, text).run());
    SOTTO_ASSIGN(Statement plain, database.prepare("INSERT INTO plain (text) VALUES (?)"));
    return plain.bind(1, text).run();
}

/// Takes back what write() wrote, in every table that holds the word.
Result<> erase(Database& database, const QString& text) {
    SOTTO_ASSIGN(Statement line,
                 database.prepare("INSERT INTO note_search (note_search, rowid, body) SELECT 'delete', id, body FROM "
                                  "note WHERE body = ?"));
    SOTTO_TRY(line.bind(1, text).run());
    for (const char* sql : {"DELETE FROM note WHERE body = ?", "DELETE FROM \"odd \"\"name\" WHERE text = ?",
                            "DELETE FROM plain WHERE text = ?"}) {
        SOTTO_ASSIGN(Statement statement, database.prepare(sql));
        SOTTO_TRY(statement.bind(1, text).run());
    }
    return {};
}

Result<> writeOthers(Database& database, int from, int count) {
    for (int i = from; i < from + count; ++i) {
        SOTTO_TRY(write(database, QStringLiteral("entry %1 of an ordinary diary").arg(i)));
    }
    return {};
}

QString canarySentence() {
    return QStringLiteral("a %1 sings").arg(QString::fromLatin1(kCanary.data(), qsizetype(kCanary.size())));
}

/// All rows of the tables, and what a search finds.
QString dump(Database& database) {
    return word(database,
                "SELECT group_concat(id || body || ifnull(kind, '-'), '|') FROM (SELECT * FROM note ORDER BY "
                "id)") +
           word(database, "SELECT group_concat(rowid || text, '|') FROM \"odd \"\"name\"") +
           word(database, "SELECT group_concat(id || text, '|') FROM (SELECT * FROM plain ORDER BY id)") +
           word(database, "SELECT group_concat(rowid, '|') FROM note_search WHERE note_search MATCH 'diary'") +
           word(database, "SELECT group_concat(name || sql, '|') FROM (SELECT * FROM sqlite_schema ORDER BY name)") +
           word(database, "SELECT group_concat(module || version, '|') FROM sotto_schema");
}

}  // namespace

class TestCompaction : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void aDeletedWordIsNowhereAfterwards_data();
    void aDeletedWordIsNowhereAfterwards();
    void eachStepAloneWouldNotDo();
    void everythingElseIsAsBefore();
    void theVaultGoesOnWithTheNewLog();
    void theSettingsAreStillInForce();
    void nothingButTheNewLogReachesTheDisk();
    void itIsRefusedWhileSomethingIsUnderWay();
    void theOwnerMayReadButNotWriteMeanwhile();
    void anOwnerWhoFailsKeepsTheOldLog();
    void aKeyThatDoesNotOpenItKeepsTheOldLog();
    void aFullDiskKeepsTheOldLogAndTheRoomForCommits();
    void anEmptyVaultIsCompactedToo();
    void itIsWantedWhenTheLogHasGrown();
    void whatAnUnfinishedCompactionLeftIsRemovedAtOpening();
    void theWholeImageIsOneCommit();

private:
    Result<sealedlog::Rewritten> compact(const sealedlog::BeforeReplace& before = {}) {
        const auto recipient = m_home->identity.recipient();
        return m_vault->compact({&recipient, 1}, {&m_home->identity, 1}, before);
    }

    std::unique_ptr<VaultHome> m_home;
    std::unique_ptr<Vault> m_vault;
};

void TestCompaction::init() {
    m_home = std::make_unique<VaultHome>();
    m_home->schemas.push_back(diarySchema());
    auto vault = m_home->create();
    VERIFY_OK(vault);
    m_vault = *std::move(vault);
}

void TestCompaction::cleanup() {
    m_vault.reset();
    m_home.reset();
}

void TestCompaction::aDeletedWordIsNowhereAfterwards_data() {
    QTest::addColumn<int>("before");
    QTest::addColumn<int>("between");
    QTest::addColumn<int>("after");
    QTest::addColumn<bool>("inOne");
    QTest::addRow("alone") << 0 << 0 << 0 << false;
    QTest::addRow("alone in one transaction") << 0 << 0 << 0 << true;
    QTest::addRow("the first of few") << 0 << 3 << 3 << false;
    QTest::addRow("the last of few") << 3 << 0 << 0 << false;
    QTest::addRow("in one transaction among others") << 20 << 5 << 20 << true;
    QTest::addRow("among many, erased at once") << 300 << 0 << 300 << false;
    QTest::addRow("among many, erased late") << 300 << 300 << 2 << false;
}

void TestCompaction::aDeletedWordIsNowhereAfterwards() {
    QFETCH(int, before);
    QFETCH(int, between);
    QFETCH(int, after);
    QFETCH(bool, inOne);
    VERIFY_OK(writeOthers(*m_vault, 0, before));
    std::optional<Transaction> transaction;
    if (inOne) transaction.emplace(std::move(*Transaction::begin(*m_vault)));
    VERIFY_OK(write(*m_vault, canarySentence()));
    VERIFY_OK(writeOthers(*m_vault, before, between));
    VERIFY_OK(erase(*m_vault, canarySentence()));
    if (transaction) VERIFY_OK(transaction->commit());
    transaction.reset();
    VERIFY_OK(writeOthers(*m_vault, before + between, after));
    // Deleted it is, and no query finds it; but it is still there.
    QCOMPARE(number(*m_vault, "SELECT count(*) FROM note WHERE body LIKE '%vogel%'"), 0);
    QCOMPARE(number(*m_vault, "SELECT count(*) FROM note_search WHERE note_search MATCH 'kanarienvogel'"), 0);
    QVERIFY(logHoldsCanary(*m_home).value());
    const QString content = dump(*m_vault);
    VERIFY_OK(compact());
    QVERIFY(!holdsCanary(m_vault->plainImage()));
    QCOMPARE(logHoldsCanary(*m_home), std::optional<bool>(false));
    QCOMPARE(dump(*m_vault), content);
    m_vault.reset();
    auto again = m_home->open();
    VERIFY_OK(again);
    QVERIFY(!holdsCanary((*again)->plainImage()));
    QCOMPARE(dump(**again), content);
}

void TestCompaction::eachStepAloneWouldNotDo() {
    VERIFY_OK(writeOthers(*m_vault, 0, 50));
    VERIFY_OK(write(*m_vault, canarySentence()));
    VERIFY_OK(writeOthers(*m_vault, 50, 50));
    VERIFY_OK(erase(*m_vault, canarySentence()));
    QVERIFY(holdsCanary(m_vault->plainImage()));  // deleting marks the word in the search index
    VERIFY_OK(runVacuum(*m_vault, Peek::handle(*m_vault)));
    QVERIFY(holdsCanary(m_vault->plainImage()));  // VACUUM copies what is marked
    VERIFY_OK(optimizeSearch(*m_vault));
    VERIFY_OK(runVacuum(*m_vault, Peek::handle(*m_vault)));
    QVERIFY(!holdsCanary(m_vault->plainImage()));
    QVERIFY(logHoldsCanary(*m_home).value());  // but the log knows every former state
    VERIFY_OK(compact());
    QCOMPARE(logHoldsCanary(*m_home), std::optional<bool>(false));
}

void TestCompaction::everythingElseIsAsBefore() {
    VERIFY_OK(writeOthers(*m_vault, 0, 400));
    VERIFY_OK(m_vault->execute("DELETE FROM plain WHERE id % 3 = 0"));
    VERIFY_OK(m_vault->execute("UPDATE note SET kind = 'x' || id WHERE id % 7 = 0"));
    const QString before = dump(*m_vault);
    QVERIFY(before.size() > 20000);
    const std::size_t image = m_vault->plainImage().size();
    VERIFY_OK(compact());
    QCOMPARE(dump(*m_vault), before);
    QCOMPARE(integrity(*m_vault), QStringLiteral("ok"));
    QVERIFY(m_vault->plainImage().size() < image);
    QCOMPARE(number(*m_vault, "SELECT count(*) FROM note_search WHERE note_search MATCH '\"entry 77\"'"), 1);
    const Bytes pages = m_vault->plainImage();
    m_vault.reset();
    auto again = m_home->open();
    VERIFY_OK(again);
    QVERIFY((*again)->plainImage() == pages);
    QCOMPARE(dump(**again), before);
}

void TestCompaction::theVaultGoesOnWithTheNewLog() {
    VERIFY_OK(writeOthers(*m_vault, 0, 30));
    const FileId oldId = m_vault->fileId();
    const std::uint64_t before = m_home->files.content(kVaultFile).size();
    const auto done = compact();
    VERIFY_OK(done);
    QVERIFY(done->oldId == oldId && done->newId == m_vault->fileId() && done->newId != oldId);
    QVERIFY(done->head == m_vault->head());
    QCOMPARE(done->head.sequence, std::uint64_t{1});
    QCOMPARE(done->bytesBefore, before);
    QCOMPARE(done->bytesAfter, std::uint64_t{m_home->files.content(kVaultFile).size()});
    QVERIFY(done->bytesAfter < before);
    // Nobody else gets it meanwhile, and what is written now lasts.
    VERIFY_FAILS(m_home->open(), ErrorCode::Busy);
    for (int i = 0; i < 3; ++i) {
        VERIFY_OK(writeOthers(*m_vault, 1000 + i, 1));
        VERIFY_OK(compact());
    }
    VERIFY_OK(writeOthers(*m_vault, 2000, 1));
    QCOMPARE(m_vault->head().sequence, std::uint64_t{4});
    const auto head = m_vault->head();
    m_vault.reset();
    m_home->files.cutPower(FaultFileSystem::Loss::All);
    auto again = m_home->open({.anchor = head});
    VERIFY_OK(again);
    QCOMPARE(notes(**again), 34);
    QCOMPARE(m_home->files.paths(), std::vector<Path>{kVaultFile});
}

void TestCompaction::theSettingsAreStillInForce() {
    VERIFY_OK(compact());
    QCOMPARE(word(*m_vault, "PRAGMA secure_delete"), QStringLiteral("1"));
    QCOMPARE(word(*m_vault, "PRAGMA journal_mode"), QStringLiteral("memory"));
    QCOMPARE(word(*m_vault, "PRAGMA foreign_keys"), QStringLiteral("1"));
    for (const char* sql : {"VACUUM", "VACUUM INTO 'other'", "ATTACH '' AS other", "ATTACH ':memory:' AS other",
                            "PRAGMA journal_mode=WAL", "PRAGMA secure_delete=OFF"}) {
        QVERIFY2(!m_vault->execute(sql).has_value(), sql);
    }
    // While VACUUM is let through, nothing else is, and afterwards not even that.
    VERIFY_OK(runVacuum(*m_vault, Peek::handle(*m_vault)));
    for (const char* sql : {"VACUUM", "ATTACH '' AS other"}) {
        QVERIFY2(!m_vault->execute(sql).has_value(), sql);
    }
}

void TestCompaction::nothingButTheNewLogReachesTheDisk() {
    VERIFY_OK(writeOthers(*m_vault, 0, 300));
    std::vector<Path> seen;
    m_home->files.resetOperations();
    VERIFY_OK(compact([&](const sealedlog::Rewritten&) -> Result<> {
        seen = m_home->files.paths();
        for (const Path& path : seen) {
            const Bytes content = m_home->files.content(path);
            const ByteView needle = viewOf(std::string_view("ordinary diary"));
            if (std::search(content.begin(), content.end(), needle.begin(), needle.end()) != content.end()) {
                return fail(ErrorCode::Damaged, "clear text on the disk");
            }
        }
        return {};
    }));
    const std::vector<Path> expected{kVaultFile, kFolder / "main.vault.rewrite"};
    QCOMPARE(seen, expected);
    QCOMPARE(m_home->files.paths(), std::vector<Path>{kVaultFile});
}

void TestCompaction::itIsRefusedWhileSomethingIsUnderWay() {
    const Bytes before = m_home->files.content(kVaultFile);
    {
        auto transaction = Transaction::begin(*m_vault);
        VERIFY_OK(transaction);
        VERIFY_FAILS(compact(), ErrorCode::NotAllowed);
        VERIFY_OK(transaction->commit());
        auto query = m_vault->prepare("SELECT count(*) FROM note");
        VERIFY_OK(query);
        VERIFY_FAILS(compact(), ErrorCode::Busy);
        Statement moved = *std::move(query);
        VERIFY_FAILS(compact(), ErrorCode::Busy);
        moved = std::move(*m_vault->prepare("SELECT 1"));
        VERIFY_FAILS(compact(), ErrorCode::Busy);
    }
    QVERIFY(m_home->files.content(kVaultFile) == before);
    QCOMPARE(m_home->files.paths(), std::vector<Path>{kVaultFile});
    m_vault.reset();
    auto readable = m_home->openReadOnly();
    VERIFY_OK(readable);
    m_vault = *std::move(readable);
    VERIFY_FAILS(compact(), ErrorCode::NotAllowed);
    QVERIFY(!m_vault->wantsCompaction());
}

void TestCompaction::theOwnerMayReadButNotWriteMeanwhile() {
    VERIFY_OK(writeOthers(*m_vault, 0, 3));
    std::int64_t counted = -1;
    VERIFY_OK(compact([&](const sealedlog::Rewritten&) -> Result<> {
        counted = notes(*m_vault);
        const Result<> written = writeOthers(*m_vault, 9, 1);
        if (written || written.error().code != ErrorCode::NotAllowed) return fail(ErrorCode::Damaged, "it was written");
        const auto nested = compact();
        if (nested || nested.error().code != ErrorCode::NotAllowed) return fail(ErrorCode::Damaged, "it was nested");
        return {};
    }));
    QCOMPARE(counted, 3);
    QCOMPARE(notes(*m_vault), 3);
    VERIFY_OK(writeOthers(*m_vault, 9, 1));
    QCOMPARE(notes(*m_vault), 4);
}

void TestCompaction::anOwnerWhoFailsKeepsTheOldLog() {
    VERIFY_OK(writeOthers(*m_vault, 0, 3));
    const Bytes before = m_home->files.content(kVaultFile);
    const Bytes image = m_vault->plainImage();
    const FileId id = m_vault->fileId();
    VERIFY_FAILS(compact([](const sealedlog::Rewritten&) -> Result<> { return fail(ErrorCode::NoSpace, "no room"); }),
                 ErrorCode::NoSpace);
    QVERIFY(m_home->files.content(kVaultFile) == before && m_vault->plainImage() == image && m_vault->fileId() == id);
    QCOMPARE(m_home->files.paths(), std::vector<Path>{kVaultFile});
    VERIFY_OK(writeOthers(*m_vault, 3, 1));
    m_vault.reset();
    auto again = m_home->open();
    VERIFY_OK(again);
    QCOMPARE(notes(**again), 4);
}

void TestCompaction::aKeyThatDoesNotOpenItKeepsTheOldLog() {
    const auto stranger = crypto::age::Identity::generate().recipient();
    VERIFY_FAILS(m_vault->compact({&stranger, 1}, {&m_home->identity, 1}), ErrorCode::WrongKey);
    QCOMPARE(m_home->files.paths(), std::vector<Path>{kVaultFile});
    VERIFY_OK(writeOthers(*m_vault, 0, 1));
}

void TestCompaction::aFullDiskKeepsTheOldLogAndTheRoomForCommits() {
    VERIFY_OK(writeOthers(*m_vault, 0, 100));
    const std::uint64_t size = m_home->files.content(kVaultFile).size();
    m_home->files.setCapacity(size + 6000);
    VERIFY_FAILS(compact(), ErrorCode::NoSpace);
    QCOMPARE(std::uint64_t{m_home->files.content(kVaultFile).size()}, size);
    QCOMPARE(m_home->files.paths(), std::vector<Path>{kVaultFile});
    // What the try did in memory does not weigh on the next commit: it is as small as ever.
    VERIFY_OK(addNote(*m_vault, QStringLiteral("short")));
    QVERIFY(m_home->files.content(kVaultFile).size() - size < 5000);
    m_home->files.setCapacity(UINT64_MAX);
    VERIFY_OK(compact());
    QCOMPARE(notes(*m_vault), 101);
}

void TestCompaction::anEmptyVaultIsCompactedToo() {
    m_vault.reset();
    VERIFY_OK(m_home->files.remove(kVaultFile));
    m_home->schemas.clear();
    auto vault = m_home->create();
    VERIFY_OK(vault);
    m_vault = *std::move(vault);
    VERIFY_OK(compact());
    VERIFY_OK(m_vault->execute("CREATE TABLE later (a INTEGER) STRICT"));
    m_vault.reset();
    auto again = m_home->open();
    VERIFY_OK(again);
    QCOMPARE(number(**again, "SELECT count(*) FROM later"), 0);
}

void TestCompaction::itIsWantedWhenTheLogHasGrown() {
    VERIFY_OK(m_vault->execute("CREATE TABLE lump (id INTEGER PRIMARY KEY, b BLOB) STRICT"));
    VERIFY_OK(m_vault->execute("INSERT INTO lump VALUES (1, randomblob(3 << 20))"));
    int commits = 1;
    while (!m_vault->wantsCompaction()) {
        VERIFY_OK(m_vault->execute("UPDATE lump SET b = randomblob(3 << 20)"));
        ++commits;
        QVERIFY(commits < 20);
    }
    const std::size_t size = m_home->files.content(kVaultFile).size();
    QVERIFY(size > 4 * m_vault->plainImage().size());
    QVERIFY2(commits == 5, qPrintable(QString::number(commits)));  // an image of 3 MiB: more than 12 MiB of log
    VERIFY_OK(compact());
    QVERIFY(!m_vault->wantsCompaction());
    // A small image alone is no reason.
    VERIFY_OK(m_vault->execute("UPDATE lump SET b = randomblob(300 << 10)"));
    VERIFY_OK(compact());
    for (int i = 0; i < 20; ++i) {
        VERIFY_OK(m_vault->execute("UPDATE lump SET b = randomblob(300 << 10)"));
    }
    QVERIFY(m_home->files.content(kVaultFile).size() > 6U << 20);
    QVERIFY(!m_vault->wantsCompaction());
}

void TestCompaction::whatAnUnfinishedCompactionLeftIsRemovedAtOpening() {
    m_vault.reset();
    const Path leftOver = kFolder / "main.vault.rewrite";
    m_home->files.setContent(leftOver, Bytes(9000, 1));
    VERIFY_OK(m_home->openReadOnly());
    QCOMPARE(m_home->files.paths().size(), std::size_t{2});
    VERIFY_OK(m_home->open());
    QCOMPARE(m_home->files.paths(), std::vector<Path>{kVaultFile});
}

void TestCompaction::theWholeImageIsOneCommit() {
    PageImage image;
    PageImage::Page page{};
    for (const std::uint32_t n : {0U, 1U, 4U, 9U}) {
        page.fill(static_cast<std::uint8_t>(n));  // page 0 is all zeros
        image.write(n, page);
    }
    image.acceptChanges();
    page.fill(0x77);
    image.write(3, page);  // not accepted yet: the image as it is now counts
    PageImage replayed;
    VERIFY_OK(replayed.apply(image.encodeAll()));
    QVERIFY(replayed.bytes() == image.bytes());
    PageImage copy;
    copy.copyFrom(image);
    QVERIFY(copy.bytes() == image.bytes() && copy.encodeChanges().empty());
    copy.write(9, page);
    QVERIFY(copy.bytes() != image.bytes() && !copy.encodeChanges().empty());
}

QTEST_GUILESS_MAIN(TestCompaction)
#include "tst_compaction.moc"
