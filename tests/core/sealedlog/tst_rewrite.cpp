// SPDX-License-Identifier: Apache-2.0
#include "core/sealedlog/rewrite_fixture.h"
#include "support/temp_dir.h"

using namespace sotto;
using namespace sotto::test;
using namespace sotto::sealedlog;

namespace {

const Path kRewritePath = "/home/one.log.rewrite";

Result<std::vector<NewRecord>> dropEven(const RecordInfo& record, Bytes body) {
    if (record.sequence % 2 == 0) return std::vector<NewRecord>();
    return keep(record, std::move(body));
}

}  // namespace

class TestRewrite : public QObject {
    Q_OBJECT
private slots:
    void init() {
        m_files = std::make_unique<FaultFileSystem>();
        m_keys = KeyRing();
    }
    void theFilterSaysWhatStays();
    void aFinishedLogStaysFinished();
    void anEmptyLogIsRewrittenToo();
    void theRealDiskDoesTheSame();
    void theOwnerIsToldBeforeTheOldLogGoes();
    void anOwnerWhoFailsKeepsTheOldLog();
    void aFilterThatFailsKeepsTheOldLog();
    void recipientsThatCannotReadItKeepTheOldLog();
    void quarantineGoesWithTheOldLog();
    void anUnsyncedTailIsLeftOut();
    void aLeftOverIsNeverTakenOver();
    void dropUnfinishedRewriteRemovesTheLeftOverAlone();
    void aLogOpenForWritingIsBusy();
    void aDamagedLogIsRefused();
    void whatVerifiesIsKeptIfAskedFor();
    void aFinishedLogThatLostItsEndIsFinishedAgainIfAskedFor();
    void aFullDiskKeepsTheOldLog();
    void aVerifiedReplacementThatIsGivenUpLeavesNothing();
    void whatDoesNotReadBackIsNotTakenOver();
    void anUnknownIdIsDamageWhenAnAnchorIsRequired();

private:
    Result<Rewritten> rewriteWith(const Filter& filter, const BeforeReplace& before = {},
                                  const OpenOptions& options = {}) {
        return rewrite(*m_files, kLogPath, m_keys.identities(), m_keys.recipients(), filter, before, options);
    }

    std::unique_ptr<FaultFileSystem> m_files;
    KeyRing m_keys;
};

void TestRewrite::theFilterSaysWhatStays() {
    VERIFY_OK(makeLog(*m_files, kLogPath, m_keys, 5, {5}, false));
    const std::uint64_t before = m_files->content(kLogPath).size();
    const FileId oldId = LogReader::open(*m_files, kLogPath, m_keys.identities())->fileId();
    const auto done = rewriteWith(dropEven);
    VERIFY_OK(done);
    QCOMPARE(done->oldId, oldId);
    QVERIFY(done->newId != oldId);
    QCOMPARE(done->bytesBefore, before);
    QCOMPARE(done->bytesAfter, std::uint64_t{m_files->content(kLogPath).size()});
    const auto log = LogReader::open(*m_files, kLogPath, m_keys.identities());
    VERIFY_OK(log);
    QCOMPARE(log->fileId(), done->newId);
    QVERIFY(log->kind() == Kind::Session && log->head() == done->head && log->integrity() == Integrity::Ok);
    QVERIFY(!log->isFinal() && !log->hasDamagedSlot());
    const auto content = contentOf(*log);
    QCOMPARE(content.size(), std::size_t{3});
    for (std::uint64_t i = 0; i < 3; ++i) {
        QCOMPARE(log->records()[i].sequence, i + 1);
        QVERIFY(content[i].first == typeOf(2 * i + 1) && content[i].second == bodyOf(2 * i + 1));
    }
    QCOMPARE(m_files->paths(), std::vector<Path>{kLogPath});
    // It is a log like any other.
    auto writer = LogWriter::open(*m_files, kLogPath, m_keys.identities());
    VERIFY_OK(writer);
    VERIFY_OK(writer->append(1, bodyOf(4)));
    VERIFY_OK(writer->finish());
}

void TestRewrite::aFinishedLogStaysFinished() {
    VERIFY_OK(makeLog(*m_files, kLogPath, m_keys, 4, {2}, true));
    const auto done = rewriteWith(dropEven);
    VERIFY_OK(done);
    const auto log = LogReader::open(*m_files, kLogPath, m_keys.identities(), finishedLog());
    VERIFY_OK(log);
    QVERIFY(log->integrity() == Integrity::Ok && log->isFinal());
    QCOMPARE(log->records().size(), std::size_t{3});
    QVERIFY(log->head() == done->head);
}

void TestRewrite::anEmptyLogIsRewrittenToo() {
    for (const bool finish : {false, true}) {
        init();
        VERIFY_OK(makeLog(*m_files, kLogPath, m_keys, 0, {}, finish));
        VERIFY_OK(rewriteWith(keep));
        const auto log = LogReader::open(*m_files, kLogPath, m_keys.identities());
        VERIFY_OK(log);
        QVERIFY(log->integrity() == Integrity::Ok);
        QCOMPARE(log->isFinal(), finish);
    }
}

void TestRewrite::theRealDiskDoesTheSame() {
    const TempDir folder;
    PosixFileSystem files;
    const Path path = folder / "real.log";
    VERIFY_OK(makeLog(files, path, m_keys, 6, {6}, true));
    VERIFY_OK(rewrite(files, path, m_keys.identities(), m_keys.recipients(), dropEven));
    const auto log = LogReader::open(files, path, m_keys.identities(), finishedLog());
    VERIFY_OK(log);
    QVERIFY(log->integrity() == Integrity::Ok);
    QCOMPARE(log->records().size(), std::size_t{4});
    const auto entries = files.list(folder.path());
    VERIFY_OK(entries);
    QCOMPARE(entries->size(), std::size_t{1});
    auto other = LogWriter::create(files, folder / "other.log", Kind::Session, m_keys.recipients());
    VERIFY_OK(other);
    VERIFY_FAILS(rewrite(files, folder / "other.log", m_keys.identities(), m_keys.recipients(), keep), ErrorCode::Busy);
}

void TestRewrite::theOwnerIsToldBeforeTheOldLogGoes() {
    VERIFY_OK(makeLog(*m_files, kLogPath, m_keys, 4, {4}, true));
    const Bytes before = m_files->content(kLogPath);
    std::optional<Rewritten> told;
    const auto done = rewriteWith(dropEven, [&](const Rewritten& rewritten) -> Result<> {
        told = rewritten;
        if (m_files->content(kLogPath) != before) return fail(ErrorCode::Damaged, "too late");
        // The new log is whole, and holds what it is said to hold.
        auto options = anchoredAt(rewritten.head);
        options.mustBeFinal = true;
        SOTTO_ASSIGN(const auto log, LogReader::open(*m_files, kRewritePath, m_keys.identities(), options));
        if (log.integrity() != Integrity::Ok || log.fileId() != rewritten.newId) return fail(ErrorCode::Damaged, "not");
        return {};
    });
    VERIFY_OK(done);
    QVERIFY(told.has_value());
    QVERIFY(told->newId == done->newId && told->head == done->head && told->oldId == done->oldId);
    QVERIFY(told->bytesBefore == done->bytesBefore && told->bytesAfter == done->bytesAfter);
}

void TestRewrite::anOwnerWhoFailsKeepsTheOldLog() {
    VERIFY_OK(makeLog(*m_files, kLogPath, m_keys, 4, {4}, true));
    const Bytes before = m_files->content(kLogPath);
    const auto refuse = [](const Rewritten&) -> Result<> { return fail(ErrorCode::NoSpace, "no room for the anchor"); };
    VERIFY_FAILS(rewriteWith(dropEven, refuse), ErrorCode::NoSpace);
    QVERIFY(m_files->content(kLogPath) == before);
    QCOMPARE(m_files->paths(), std::vector<Path>{kLogPath});
}

void TestRewrite::aFilterThatFailsKeepsTheOldLog() {
    VERIFY_OK(makeLog(*m_files, kLogPath, m_keys, 4, {4}, false));
    const Bytes before = m_files->content(kLogPath);
    const Filter failing = [](const RecordInfo& record, Bytes body) -> Result<std::vector<NewRecord>> {
        if (record.sequence == 3) return fail(ErrorCode::ParseFailed, "can't make sense of it");
        return keep(record, std::move(body));
    };
    VERIFY_FAILS(rewriteWith(failing), ErrorCode::ParseFailed);
    const Filter reserving = [](const RecordInfo&, Bytes) -> Result<std::vector<NewRecord>> {
        return std::vector<NewRecord>{{kFinalType, Bytes(8)}};
    };
    VERIFY_FAILS(rewriteWith(reserving), ErrorCode::InvalidArgument);
    QVERIFY(m_files->content(kLogPath) == before);
    QCOMPARE(m_files->paths(), std::vector<Path>{kLogPath});
}

void TestRewrite::recipientsThatCannotReadItKeepTheOldLog() {
    VERIFY_OK(makeLog(*m_files, kLogPath, m_keys, 4, {4}, true));
    const Bytes before = m_files->content(kLogPath);
    const KeyRing stranger;
    VERIFY_FAILS(rewrite(*m_files, kLogPath, m_keys.identities(), stranger.recipients(), keep), ErrorCode::WrongKey);
    VERIFY_FAILS(rewrite(*m_files, kLogPath, m_keys.identities(), {}, keep), ErrorCode::InvalidArgument);
    VERIFY_FAILS(rewrite(*m_files, kLogPath, stranger.identities(), m_keys.recipients(), keep), ErrorCode::WrongKey);
    VERIFY_FAILS(rewrite(*m_files, "/home/none.log", m_keys.identities(), m_keys.recipients(), keep),
                 ErrorCode::NotFound);
    QVERIFY(m_files->content(kLogPath) == before);
    QCOMPARE(m_files->paths(), std::vector<Path>{kLogPath});
}

void TestRewrite::quarantineGoesWithTheOldLog() {
    VERIFY_OK(makeLog(*m_files, kLogPath, m_keys, 4, {4}, false));
    m_files->setContent("/home/one.log.tail-1", Bytes(100, 1));
    m_files->setContent("/home/one.log.tail-12", Bytes(100, 2));
    m_files->setContent("/home/one.log.tails", Bytes(100, 3));
    m_files->setContent("/home/two.log.tail-1", Bytes(100, 4));
    VERIFY_OK(rewriteWith(keep));
    const std::vector<Path> expected{kLogPath, "/home/one.log.tails", "/home/two.log.tail-1"};
    QCOMPARE(m_files->paths(), expected);
}

void TestRewrite::anUnsyncedTailIsLeftOut() {
    VERIFY_OK(makeLog(*m_files, kLogPath, m_keys, 4, {4}, false));
    Bytes content = m_files->content(kLogPath);
    content.insert(content.end(), 300, std::uint8_t{0xAB});
    m_files->setContent(kLogPath, content);
    VERIFY_OK(rewriteWith(keep));
    const auto log = LogReader::open(*m_files, kLogPath, m_keys.identities());
    VERIFY_OK(log);
    QVERIFY(log->integrity() == Integrity::Ok && allGenuine(*log));
    QCOMPARE(log->head().sequence, std::uint64_t{4});
    QCOMPARE(m_files->paths(), std::vector<Path>{kLogPath});
}

void TestRewrite::aLeftOverIsNeverTakenOver() {
    VERIFY_OK(makeLog(*m_files, kLogPath, m_keys, 4, {4}, false));
    VERIFY_OK(makeLog(*m_files, kRewritePath, m_keys, 9, {9}, false));
    VERIFY_OK(rewriteWith(keep));
    QCOMPARE(LogReader::open(*m_files, kLogPath, m_keys.identities())->head().sequence, std::uint64_t{4});
    QCOMPARE(m_files->paths(), std::vector<Path>{kLogPath});
}

void TestRewrite::dropUnfinishedRewriteRemovesTheLeftOverAlone() {
    VERIFY_OK(makeLog(*m_files, kLogPath, m_keys, 4, {4}, false));
    VERIFY_OK(dropUnfinishedRewrite(*m_files, kLogPath));  // nothing there is no error
    m_files->setContent(kRewritePath, Bytes(100, 1));
    m_files->setContent("/home/one.log.tail-1", Bytes(100, 1));
    VERIFY_OK(dropUnfinishedRewrite(*m_files, kLogPath));
    m_files->cutPower(FaultFileSystem::Loss::All);  // and for good
    const std::vector<Path> expected{kLogPath, "/home/one.log.tail-1"};
    QCOMPARE(m_files->paths(), expected);
    VERIFY_OK(LogWriter::open(*m_files, kLogPath, m_keys.identities()));
}

void TestRewrite::aLogOpenForWritingIsBusy() {
    VERIFY_OK(makeLog(*m_files, kLogPath, m_keys, 4, {4}, false));
    auto writer = LogWriter::open(*m_files, kLogPath, m_keys.identities());
    VERIFY_OK(writer);
    VERIFY_FAILS(rewriteWith(keep), ErrorCode::Busy);
    QCOMPARE(m_files->paths(), std::vector<Path>{kLogPath});
    VERIFY_OK(appendNext(*writer));
    VERIFY_OK(writer->sync());
    // And while it is rewritten, nobody else gets it.
    writer = fail(ErrorCode::Cancelled, "closed");
    VERIFY_OK(rewriteWith(keep, [this](const Rewritten&) -> Result<> {
        const auto second = LogWriter::open(*m_files, kLogPath, m_keys.identities());
        const auto fresh = LogWriter::open(*m_files, kRewritePath, m_keys.identities());
        const bool bothBusy =
            !second && second.error().code == ErrorCode::Busy && !fresh && fresh.error().code == ErrorCode::Busy;
        return bothBusy ? Result<>() : fail(ErrorCode::Damaged, "somebody else got it");
    }));
}

void TestRewrite::aDamagedLogIsRefused() {
    VERIFY_OK(makeLog(*m_files, kLogPath, m_keys, 8, {4, 6, 8}, true));
    const auto records = LogReader::open(*m_files, kLogPath, m_keys.identities())->records();
    Bytes content = m_files->content(kLogPath);
    content[records[2].offset + 60] ^= 1U;
    m_files->setContent(kLogPath, content);
    VERIFY_FAILS(rewriteWith(keep), ErrorCode::Damaged);
    QVERIFY(m_files->content(kLogPath) == content);
    QCOMPARE(m_files->paths(), std::vector<Path>{kLogPath});
}

void TestRewrite::whatVerifiesIsKeptIfAskedFor() {
    VERIFY_OK(makeLog(*m_files, kLogPath, m_keys, 8, {4, 6, 8}, true));
    const auto records = LogReader::open(*m_files, kLogPath, m_keys.identities())->records();
    Bytes content = m_files->content(kLogPath);
    content[records[2].offset + 60] ^= 1U;
    m_files->setContent(kLogPath, content);
    OpenOptions options;
    options.keepWhatVerifies = true;
    VERIFY_OK(rewriteWith(keep, {}, options));
    const auto log = LogReader::open(*m_files, kLogPath, m_keys.identities(), finishedLog());
    VERIFY_OK(log);
    QVERIFY(log->integrity() == Integrity::Ok);
    const auto kept = contentOf(*log);
    QCOMPARE(kept.size(), std::size_t{7});
    for (std::size_t i = 0; i < kept.size(); ++i) {
        QVERIFY(kept[i].second == bodyOf(i < 2 ? i + 1 : i + 2));
    }
}

void TestRewrite::aFinishedLogThatLostItsEndIsFinishedAgainIfAskedFor() {
    VERIFY_OK(makeLog(*m_files, kLogPath, m_keys, 8, {8}, true));
    Bytes content = m_files->content(kLogPath);
    content.erase(content.end() - 30, content.end());
    m_files->setContent(kLogPath, content);
    OpenOptions options = finishedLog();
    VERIFY_FAILS(rewriteWith(keep, {}, options), ErrorCode::Damaged);
    options.keepWhatVerifies = true;
    VERIFY_OK(rewriteWith(keep, {}, options));
    const auto log = LogReader::open(*m_files, kLogPath, m_keys.identities(), finishedLog());
    VERIFY_OK(log);
    QVERIFY(log->integrity() == Integrity::Ok);
    QCOMPARE(log->records().size(), std::size_t{9});
}

void TestRewrite::aFullDiskKeepsTheOldLog() {
    VERIFY_OK(makeLog(*m_files, kLogPath, m_keys, 40, {40}, true));
    const Bytes before = m_files->content(kLogPath);
    int refused = 0;
    for (std::uint64_t room = 0; room < before.size() + 50; room += 97) {
        m_files->setCapacity(before.size() + room);
        const auto done = rewriteWith(keep);
        m_files->setCapacity(UINT64_MAX);
        if (done) break;
        VERIFY_FAILS(done, ErrorCode::NoSpace);
        QVERIFY(m_files->content(kLogPath) == before);
        QCOMPARE(m_files->paths(), std::vector<Path>{kLogPath});
        ++refused;
    }
    QVERIFY(refused > 90);
    VERIFY_OK(rewriteWith(keep));
}

void TestRewrite::aVerifiedReplacementThatIsGivenUpLeavesNothing() {
    VERIFY_OK(makeLog(*m_files, kLogPath, m_keys, 2, {2}, false));
    const Bytes before = m_files->content(kLogPath);
    {
        auto replacement = Replacement::begin(*m_files, kLogPath, Kind::Session, m_keys.recipients());
        VERIFY_OK(replacement);
        VERIFY_OK(replacement->append(1, bodyOf(3)));
        VERIFY_OK(replacement->verify(m_keys.identities()));
        QVERIFY(!replacement->isInPlace());
    }
    QVERIFY(m_files->content(kLogPath) == before);
    QCOMPARE(m_files->paths(), std::vector<Path>{kLogPath});
}

void TestRewrite::whatDoesNotReadBackIsNotTakenOver() {
    VERIFY_OK(makeLog(*m_files, kLogPath, m_keys, 2, {2}, false));
    const Bytes before = m_files->content(kLogPath);
    for (std::size_t place = 0; place < kRecordsStart + 600; place += 7) {
        auto replacement = Replacement::begin(*m_files, kLogPath, Kind::Session, m_keys.recipients());
        VERIFY_OK(replacement);
        for (std::uint64_t n = 1; n <= 6; ++n) {
            VERIFY_OK(replacement->append(typeOf(n), bodyOf(n)));
        }
        Bytes content = m_files->content(kRewritePath);
        content[place] ^= 0x10U;
        m_files->setContent(kRewritePath, content);
        QVERIFY2(!replacement->verify(m_keys.identities()), qPrintable(QString::number(place)));
    }
    QVERIFY(m_files->content(kLogPath) == before);
    QCOMPARE(m_files->paths(), std::vector<Path>{kLogPath});
}

void TestRewrite::anUnknownIdIsDamageWhenAnAnchorIsRequired() {
    VERIFY_OK(makeLog(*m_files, kLogPath, m_keys, 3, {3}, false));
    const Bytes old = m_files->content(kLogPath);
    const auto done = rewriteWith(dropEven);
    VERIFY_OK(done);
    OpenOptions options;
    options.anchorRequired = true;
    options.anchorFor = [&](const FileId& id) -> std::optional<Anchor> {
        if (id == done->newId) return done->head;
        return std::nullopt;
    };
    VERIFY_OK(LogWriter::open(*m_files, kLogPath, m_keys.identities(), options));
    // Somebody puts the file back that was there before.
    m_files->setContent(kLogPath, old);
    VERIFY_FAILS(LogWriter::open(*m_files, kLogPath, m_keys.identities(), options), ErrorCode::Damaged);
    VERIFY_FAILS(rewriteWith(keep, {}, options), ErrorCode::Damaged);
    const auto log = LogReader::open(*m_files, kLogPath, m_keys.identities(), options);
    VERIFY_OK(log);
    QVERIFY(log->integrity() == Integrity::Damaged && allGenuine(*log));
    QCOMPARE(log->records().size(), std::size_t{3});
    options.anchorRequired = false;
    VERIFY_OK(LogWriter::open(*m_files, kLogPath, m_keys.identities(), options));
}

QTEST_GUILESS_MAIN(TestRewrite)
#include "tst_rewrite.moc"
