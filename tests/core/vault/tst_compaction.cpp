// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include <QTest>

#include "core/vault/compaction_fixture.h"
#include "vault/page_image.h"
#include "vault/settings.h"

using namespace sotto;
using namespace sotto::test;
using namespace sotto::vault;

class TestCompaction : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup();
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
