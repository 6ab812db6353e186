// SPDX-License-Identifier: Apache-2.0
#include "core/sealedlog/log_fixture.h"
#include "support/temp_dir.h"

using namespace sotto;
using namespace sotto::test;
using namespace sotto::sealedlog;

class TestLog : public QObject {
    Q_OBJECT
private slots:
    void init();
    void whatWasWrittenIsReadBackInOrder();
    void aLiveLogOpensForReadingWhileItIsWritten();
    void aReopenedLogGoesOnWhereItEnded();
    void durableMarkFollowsSync();
    void largeAndEmptyBodiesComeBack();
    void finalEndsALog();
    void wrongKeyIsNotDamage();
    void aFileThatIsNoLogIsSaidToBeNone();
    void anEmptyFileIsNoLog();
    void aNewerVersionIsRefusedUntouched();
    void createNeverOverwrites();
    void reservedTypesAndTooLargeBodiesAreRefused();
    void recipientsAreOneToThirty();
    void secondWriterIsBusy();
    void aMissingLogIsNotFound();
    void anUnmetAnchorIsDamageAndRefusesTheWriter();
    void reservingTellsOfAFullDiskEarly();

private:
    std::unique_ptr<FaultFileSystem> m_files;
    KeyRing m_keys;
};

void TestLog::init() {
    m_files = std::make_unique<FaultFileSystem>();
}

void TestLog::whatWasWrittenIsReadBackInOrder() {
    VERIFY_OK(makeLog(*m_files, kLogPath, m_keys, 20, {3, 20}, true));
    const auto log = LogReader::open(*m_files, kLogPath, m_keys.identities(), finishedLog());
    VERIFY_OK(log);
    QCOMPARE(log->integrity(), Integrity::Ok);
    QVERIFY(log->integrityNote().empty());
    QVERIFY(log->isFinal());
    QVERIFY(!log->hasDamagedSlot());
    QCOMPARE(log->kind(), Kind::Session);
    QVERIFY(!log->fileId().isNull());
    QCOMPARE(log->records().size(), std::size_t{21});
    QVERIFY(allGenuine(*log));
    QCOMPARE(log->head().sequence, std::uint64_t{21});
    QVERIFY(log->head().tag == log->records().back().tag);
}

void TestLog::aLiveLogOpensForReadingWhileItIsWritten() {
    VERIFY_OK(m_files->createDirectories("/home"));
    auto writer = LogWriter::create(*m_files, kLogPath, Kind::Outbox, m_keys.recipients());
    VERIFY_OK(writer);
    VERIFY_OK(appendNext(*writer));
    const auto reader = LogReader::open(*m_files, kLogPath, m_keys.identities());
    VERIFY_OK(reader);
    QCOMPARE(reader->integrity(), Integrity::Ok);
    QVERIFY(reader->fileId() == writer->fileId());
    QVERIFY(reader->head() == writer->head());
    VERIFY_OK(appendNext(*writer));
    QCOMPARE(reader->records().size(), std::size_t{1});
}

void TestLog::aReopenedLogGoesOnWhereItEnded() {
    VERIFY_OK(makeLog(*m_files, kLogPath, m_keys, 4, {2}, false));
    {
        Recovery recovery;
        auto log = LogWriter::open(*m_files, kLogPath, m_keys.identities(), {}, &recovery);
        VERIFY_OK(log);
        QCOMPARE(recovery.quarantinedBytes, std::uint64_t{0});
        QVERIFY(recovery.quarantineFile.empty());
        QCOMPARE(log->head().sequence, std::uint64_t{4});
        QCOMPARE(log->durableSequence(), std::uint64_t{4});
        VERIFY_OK(appendNext(*log));
        const auto body = log->read(log->records().back());
        VERIFY_OK(body);
        QVERIFY(*body == bodyOf(5));
    }
    const auto log = LogReader::open(*m_files, kLogPath, m_keys.identities());
    VERIFY_OK(log);
    QCOMPARE(log->records().size(), std::size_t{5});
    QVERIFY(allGenuine(*log));
}

void TestLog::durableMarkFollowsSync() {
    VERIFY_OK(m_files->createDirectories("/home"));
    auto log = LogWriter::create(*m_files, kLogPath, Kind::Vault, m_keys.recipients());
    VERIFY_OK(log);
    QCOMPARE(log->durableSequence(), std::uint64_t{0});
    VERIFY_OK(appendNext(*log));
    VERIFY_OK(appendNext(*log));
    QCOMPARE(log->durableSequence(), std::uint64_t{0});
    VERIFY_OK(log->sync());
    QCOMPARE(log->durableSequence(), std::uint64_t{2});
    QCOMPARE(log->fileSize(), std::uint64_t{m_files->content(kLogPath).size()});
}

void TestLog::largeAndEmptyBodiesComeBack() {
    VERIFY_OK(m_files->createDirectories("/home"));
    auto log = LogWriter::create(*m_files, kLogPath, Kind::Vault, m_keys.recipients());
    VERIFY_OK(log);
    const std::vector<std::size_t> sizes{0, 1, (1U << 20) - 96, 1U << 20, 5'000'000, 0, 3};
    for (const std::size_t size : sizes) {
        VERIFY_OK(log->append(7, Bytes(size, static_cast<std::uint8_t>(size))));
    }
    const auto reader = LogReader::open(*m_files, kLogPath, m_keys.identities());
    VERIFY_OK(reader);
    QCOMPARE(reader->integrity(), Integrity::Ok);
    QCOMPARE(reader->records().size(), sizes.size());
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        const auto body = reader->read(reader->records()[i]);
        VERIFY_OK(body);
        QVERIFY(*body == Bytes(sizes[i], static_cast<std::uint8_t>(sizes[i])));
    }
}

void TestLog::finalEndsALog() {
    VERIFY_OK(m_files->createDirectories("/home"));
    auto log = LogWriter::create(*m_files, kLogPath, Kind::Session, m_keys.recipients());
    VERIFY_OK(log);
    VERIFY_OK(appendNext(*log));
    VERIFY_OK(log->finish());
    VERIFY_FAILS(log->append(1, {}), ErrorCode::NotAllowed);
    VERIFY_FAILS(log->finish(), ErrorCode::NotAllowed);
    const Bytes before = m_files->content(kLogPath);
    log = fail(ErrorCode::NotFound, "closed");
    VERIFY_FAILS(LogWriter::open(*m_files, kLogPath, m_keys.identities()), ErrorCode::NotAllowed);
    QVERIFY(m_files->content(kLogPath) == before);
}

void TestLog::wrongKeyIsNotDamage() {
    VERIFY_OK(makeLog(*m_files, kLogPath, m_keys, 2, {2}, false));
    const KeyRing other;
    const Bytes before = m_files->content(kLogPath);
    VERIFY_FAILS(LogReader::open(*m_files, kLogPath, other.identities()), ErrorCode::WrongKey);
    VERIFY_FAILS(LogReader::open(*m_files, kLogPath, {}), ErrorCode::WrongKey);
    VERIFY_FAILS(LogWriter::open(*m_files, kLogPath, other.identities()), ErrorCode::WrongKey);
    VERIFY_FAILS(LogWriter::rewrap(*m_files, kLogPath, other.identities(), other.recipients()), ErrorCode::WrongKey);
    QVERIFY(m_files->content(kLogPath) == before);
}

void TestLog::aFileThatIsNoLogIsSaidToBeNone() {
    m_files->setContent(kLogPath, Bytes(20000, 0x55));
    VERIFY_FAILS(LogReader::open(*m_files, kLogPath, m_keys.identities()), ErrorCode::ParseFailed);
    VERIFY_FAILS(LogWriter::open(*m_files, kLogPath, m_keys.identities()), ErrorCode::ParseFailed);
}

void TestLog::anEmptyFileIsNoLog() {
    m_files->setContent(kLogPath, {});
    VERIFY_FAILS(LogReader::open(*m_files, kLogPath, m_keys.identities()), ErrorCode::ParseFailed);
}

void TestLog::aNewerVersionIsRefusedUntouched() {
    VERIFY_OK(makeLog(*m_files, kLogPath, m_keys, 2, {2}, false));
    Bytes content = m_files->content(kLogPath);
    content[8] = 2;
    content[kSlotSize + 8] = 2;
    m_files->setContent(kLogPath, content);
    VERIFY_FAILS(LogReader::open(*m_files, kLogPath, m_keys.identities()), ErrorCode::NewerVersion);
    VERIFY_FAILS(LogWriter::open(*m_files, kLogPath, m_keys.identities()), ErrorCode::NewerVersion);
    VERIFY_FAILS(LogWriter::rewrap(*m_files, kLogPath, m_keys.identities(), m_keys.recipients()),
                 ErrorCode::NewerVersion);
    QVERIFY(m_files->content(kLogPath) == content);
    QCOMPARE(m_files->paths().size(), std::size_t{1});
    content[8] = 1;  // one slot of a newer version is one damaged slot
    m_files->setContent(kLogPath, content);
    const auto log = LogReader::open(*m_files, kLogPath, m_keys.identities());
    VERIFY_OK(log);
    QVERIFY(log->hasDamagedSlot());
}

void TestLog::createNeverOverwrites() {
    VERIFY_OK(makeLog(*m_files, kLogPath, m_keys, 1, {1}, false));
    const Bytes before = m_files->content(kLogPath);
    VERIFY_FAILS(LogWriter::create(*m_files, kLogPath, Kind::Session, m_keys.recipients()), ErrorCode::AlreadyExists);
    QVERIFY(m_files->content(kLogPath) == before);
}

void TestLog::reservedTypesAndTooLargeBodiesAreRefused() {
    VERIFY_OK(m_files->createDirectories("/home"));
    auto log = LogWriter::create(*m_files, kLogPath, Kind::Session, m_keys.recipients());
    VERIFY_OK(log);
    VERIFY_FAILS(log->append(kFirstReservedType, {}), ErrorCode::InvalidArgument);
    VERIFY_FAILS(log->append(kFinalType, {}), ErrorCode::InvalidArgument);
    VERIFY_FAILS(log->append(1, Bytes(kMaxBody + 1)), ErrorCode::InvalidArgument);
    QCOMPARE(log->head().sequence, std::uint64_t{0});
    VERIFY_OK(appendNext(*log));
}

void TestLog::recipientsAreOneToThirty() {
    VERIFY_OK(m_files->createDirectories("/home"));
    VERIFY_FAILS(LogWriter::create(*m_files, kLogPath, Kind::Session, {}), ErrorCode::InvalidArgument);
    const std::vector<crypto::age::Recipient> tooMany(31, m_keys.recipients().front());
    VERIFY_FAILS(LogWriter::create(*m_files, kLogPath, Kind::Session, tooMany), ErrorCode::InvalidArgument);
    QVERIFY(m_files->paths().empty());
    std::vector<crypto::age::Recipient> many(29, KeyRing().recipients().front());
    many.push_back(m_keys.recipients().front());
    auto log = LogWriter::create(*m_files, kLogPath, Kind::Session, many);
    VERIFY_OK(log);
    VERIFY_FAILS(log->rewrap({}), ErrorCode::InvalidArgument);
    VERIFY_OK(appendNext(*log));
    VERIFY_OK(LogReader::open(*m_files, kLogPath, m_keys.identities()));
}

void TestLog::secondWriterIsBusy() {
    const TempDir folder;
    PosixFileSystem files;
    const Path path = folder / "busy.log";
    auto first = LogWriter::create(files, path, Kind::Session, m_keys.recipients());
    VERIFY_OK(first);
    VERIFY_OK(appendNext(*first));
    VERIFY_FAILS(LogWriter::open(files, path, m_keys.identities()), ErrorCode::Busy);
    VERIFY_FAILS(LogWriter::rewrap(files, path, m_keys.identities(), m_keys.recipients()), ErrorCode::Busy);
    VERIFY_OK(LogReader::open(files, path, m_keys.identities()));
    VERIFY_OK(first->finish());
    first = fail(ErrorCode::NotFound, "closed");
    VERIFY_OK(LogWriter::rewrap(files, path, m_keys.identities(), m_keys.recipients()));
    const auto log = LogReader::open(files, path, m_keys.identities());
    VERIFY_OK(log);
    QCOMPARE(log->integrity(), Integrity::Ok);
    QVERIFY(allGenuine(*log));
}

void TestLog::aMissingLogIsNotFound() {
    VERIFY_FAILS(LogReader::open(*m_files, kLogPath, m_keys.identities()), ErrorCode::NotFound);
    VERIFY_FAILS(LogWriter::open(*m_files, kLogPath, m_keys.identities()), ErrorCode::NotFound);
}

void TestLog::anUnmetAnchorIsDamageAndRefusesTheWriter() {
    VERIFY_OK(makeLog(*m_files, kLogPath, m_keys, 3, {3}, false));
    Anchor anchor;
    {
        const auto log = LogReader::open(*m_files, kLogPath, m_keys.identities());
        VERIFY_OK(log);
        anchor = {2, log->records()[1].tag};
    }
    const auto met = LogReader::open(*m_files, kLogPath, m_keys.identities(), anchoredAt(anchor));
    VERIFY_OK(met);
    QCOMPARE(met->integrity(), Integrity::Ok);
    Anchor wrongTag = anchor;
    wrongTag.tag[15] = static_cast<std::uint8_t>(wrongTag.tag[15] ^ 1);
    const Anchor beyond{4, anchor.tag};
    for (const Anchor& unmet : {wrongTag, beyond}) {
        const auto log = LogReader::open(*m_files, kLogPath, m_keys.identities(), anchoredAt(unmet));
        VERIFY_OK(log);
        QCOMPARE(log->integrity(), Integrity::Damaged);
        QVERIFY(!log->integrityNote().empty());
        QCOMPARE(log->records().size(), std::size_t{3});
        VERIFY_FAILS(LogWriter::open(*m_files, kLogPath, m_keys.identities(), anchoredAt(unmet)), ErrorCode::Damaged);
        OpenOptions byId;
        byId.anchorFor = [&](const FileId& id) { return id == log->fileId() ? std::optional(unmet) : std::nullopt; };
        const auto looked = LogReader::open(*m_files, kLogPath, m_keys.identities(), byId);
        VERIFY_OK(looked);
        QCOMPARE(looked->integrity(), Integrity::Damaged);
    }
}

void TestLog::reservingTellsOfAFullDiskEarly() {
    VERIFY_OK(m_files->createDirectories("/home"));
    auto log = LogWriter::create(*m_files, kLogPath, Kind::Session, m_keys.recipients());
    VERIFY_OK(log);
    m_files->setCapacity(20000);
    VERIFY_FAILS(log->reserve(20000), ErrorCode::NoSpace);
    VERIFY_OK(log->reserve(10000));
    VERIFY_OK(m_files->open("/home/other", OpenMode::CreateNew));
    const auto other = m_files->open("/home/other", OpenMode::ReadWrite);
    VERIFY_OK(other);
    VERIFY_FAILS((*other)->write(0, Bytes(5000)), ErrorCode::NoSpace);
    VERIFY_OK(log->append(1, Bytes(10000 - kRecordOverhead)));
    QCOMPARE(log->fileSize(), kRecordsStart + 10000);
}

QTEST_GUILESS_MAIN(TestLog)
#include "tst_log.moc"
