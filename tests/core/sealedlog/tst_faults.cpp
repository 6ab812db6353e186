// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "core/sealedlog/log_fixture.h"

using namespace sotto;
using namespace sotto::test;
using namespace sotto::sealedlog;

namespace {

using Loss = FaultFileSystem::Loss;
constexpr std::array kLosses{Loss::All,       Loss::Nothing,    Loss::OddOnes,
                             Loss::TornAt512, Loss::TornAt4096, Loss::Reordered};

/// Two keys: the log begins with the first and is re-wrapped to the second, and back at the end.
struct Keys {
    KeyRing first;
    KeyRing second;
    [[nodiscard]] std::vector<crypto::age::Identity> both() const {
        std::vector<crypto::age::Identity> result;
        result.push_back(first.identities().front().clone());
        result.push_back(second.identities().front().clone());
        return result;
    }
};

/// What the log has promised so far.
struct Promised {
    bool created = false;
    std::uint64_t synced = 0;
    bool finished = false;
    bool slotsAtRest = true;  ///< no re-wrap is under way
    const KeyRing* onlyKey = nullptr;
};

Result<> appendAndSync(LogWriter& log, Promised& promised) {
    SOTTO_TRY(appendNext(log));
    SOTTO_TRY(appendNext(log));
    SOTTO_TRY(log.sync());
    promised.synced = log.durableSequence();
    return {};
}

Result<> firstLife(FileSystem& files, const Keys& keys, Promised& promised) {
    SOTTO_TRY(files.createDirectories("/home"));
    SOTTO_ASSIGN(auto log, LogWriter::create(files, kLogPath, Kind::Session, keys.first.recipients()));
    promised.created = true;
    promised.onlyKey = &keys.first;
    SOTTO_TRY(appendAndSync(log, promised));
    SOTTO_TRY(log.reserve(4096));
    SOTTO_TRY(appendNext(log));
    promised.slotsAtRest = false;
    promised.onlyKey = nullptr;
    SOTTO_TRY(log.rewrap(keys.second.recipients()));
    promised.slotsAtRest = true;
    promised.onlyKey = &keys.second;
    SOTTO_TRY(log.append(9, Bytes(9000, 1)));  // a body over several sectors
    return log.sync();
}

Result<> secondLife(FileSystem& files, const Keys& keys, Promised& promised) {
    const auto identities = keys.both();
    {
        SOTTO_ASSIGN(auto log, LogWriter::open(files, kLogPath, identities));
        promised.synced = log.durableSequence();
        SOTTO_TRY(appendAndSync(log, promised));
        SOTTO_TRY(appendNext(log));
        SOTTO_TRY(log.finish());
        promised.synced = log.durableSequence();
        promised.finished = true;
    }
    promised.slotsAtRest = false;
    promised.onlyKey = nullptr;
    SOTTO_TRY(LogWriter::rewrap(files, kLogPath, identities, keys.first.recipients()));
    promised.slotsAtRest = true;
    promised.onlyKey = &keys.first;
    return {};
}

Result<> wholeLife(FileSystem& files, const Keys& keys, Promised& promised) {
    SOTTO_TRY(firstLife(files, keys, promised));
    return secondLife(files, keys, promised);
}

bool genuineHere(const LogReader& log) {
    return std::ranges::all_of(log.records(), [&log](const RecordInfo& record) {
        if (record.type != 9) return isGenuine(log, record);
        const auto body = log.read(record);
        return body && *body == Bytes(9000, 1);
    });
}

/// Empty if the log keeps its promises, otherwise what it broke.
QString broken(FileSystem& files, const Keys& keys, const Promised& promised) {
    if (!promised.created) return {};
    const auto identities = keys.both();
    const auto log = LogReader::open(files, kLogPath, identities, promised.finished ? finishedLog() : OpenOptions());
    if (!log) return describe(log);
    if (log->integrity() == Integrity::Damaged) return QString::fromStdString(log->integrityNote());
    if (promised.finished && log->integrity() != Integrity::Ok) return QStringLiteral("finished, and not whole");
    if (log->head().sequence < promised.synced) return QStringLiteral("lost what was synced");
    if (log->head().sequence != log->records().size()) return QStringLiteral("holes");
    if (!genuineHere(*log)) return QStringLiteral("a wrong body");
    if (promised.slotsAtRest && log->hasDamagedSlot()) return QStringLiteral("a slot broke at rest");
    if (promised.onlyKey == nullptr) return {};
    const KeyRing& other = promised.onlyKey == &keys.first ? keys.second : keys.first;
    if (!LogReader::open(files, kLogPath, promised.onlyKey->identities())) return QStringLiteral("its key fails");
    const auto opened = LogReader::open(files, kLogPath, other.identities());
    if (opened || opened.error().code != ErrorCode::WrongKey) return QStringLiteral("another key opens");
    return {};
}

/// Opens for writing, goes on, and loses power with nothing but what was synced: it must all be there.
QString goesOn(FaultFileSystem& files, const Keys& keys, const Promised& promised) {
    if (!promised.created) return {};
    std::uint64_t reached = 0;
    {
        const auto identities = keys.both();
        auto log = LogWriter::open(files, kLogPath, identities);
        if (!log && log.error().code == ErrorCode::NotAllowed) return {};  // finished
        if (!log) return describe(log);
        if (log->head().sequence < promised.synced) return QStringLiteral("the writer lost what was synced");
        const Result<std::uint64_t> appended =
            log->append(typeOf(log->head().sequence + 1), bodyOf(log->head().sequence + 1));
        if (!appended) return describe(appended);
        if (const Result<> synced = log->sync(); !synced) return describe(synced);
        reached = *appended;
    }
    files.cutPower(Loss::All);
    Promised more = promised;
    more.synced = reached;
    return broken(files, keys, more);
}

QString at(std::uint64_t n, const QString& what) {
    return QStringLiteral("operation %1: %2").arg(n).arg(what);
}

}  // namespace

/// Every file operation fails once, or for good, or the power goes there.
class TestFaults : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void everyOperationThatFailsIsReportedAndCostsNothingSynced();
    void aPowerCutAtAnyOperationCostsNothingSynced();
    void faultsDuringRecoveryCostNothing();
    void aFailedRewrapNeverEndangersTheNext();
    void aCreateThatFailsLeavesNoFile();
    void aFailedSyncIsFinalForTheHandle();
    void whatAFailedSyncLeftInTheCacheIsWrittenAgain();
    void aFailedTruncationAfterAFailedAppendIsFinal();
    void aFullDiskLeavesTheLogUsable();
    void aFullDiskAtFinishCanBeFinishedLater();
    void aFullDiskAtRecoveryTouchesNothing();

private:
    Keys m_keys;
    std::uint64_t m_operations = 0;
};

void TestFaults::initTestCase() {
    FaultFileSystem files;
    Promised promised;
    VERIFY_OK(wholeLife(files, m_keys, promised));
    m_operations = files.operations();
    QVERIFY(promised.finished);
    QCOMPARE(promised.synced, std::uint64_t{8});
    QCOMPARE(broken(files, m_keys, promised), QString());
    QVERIFY(m_operations > 40);
}

void TestFaults::everyOperationThatFailsIsReportedAndCostsNothingSynced() {
    for (std::uint64_t n = 1; n <= m_operations; ++n) {
        for (const bool forGood : {false, true}) {
            FaultFileSystem files;
            Promised promised;
            files.resetOperations();
            files.failAt(n, forGood);
            const Result<> lived = wholeLife(files, m_keys, promised);
            QVERIFY(files.faultHappened());
            QVERIFY2(!lived, qPrintable(at(n, QStringLiteral("a failure was swallowed"))));
            files.clearFaults();
            const QString judged = broken(files, m_keys, promised);
            QVERIFY2(judged.isEmpty(), qPrintable(at(n, judged)));
            const QString further = goesOn(files, m_keys, promised);
            QVERIFY2(further.isEmpty(), qPrintable(at(n, further)));
        }
    }
}

void TestFaults::aPowerCutAtAnyOperationCostsNothingSynced() {
    for (std::uint64_t n = 1; n <= m_operations + 1; ++n) {
        for (const Loss loss : kLosses) {
            for (unsigned seed = 1; seed <= (loss == Loss::All || loss == Loss::Nothing ? 1U : 4U); ++seed) {
                FaultFileSystem files;
                Promised promised;
                files.failAt(n, true);
                static_cast<void>(wholeLife(files, m_keys, promised));  // it ends where the power goes
                files.clearFaults();
                files.cutPower(loss, seed);
                const QString judged = broken(files, m_keys, promised);
                QVERIFY2(judged.isEmpty(), qPrintable(at(n, judged)));
                const QString further = goesOn(files, m_keys, promised);
                QVERIFY2(further.isEmpty(), qPrintable(at(n, further)));
            }
        }
    }
}

void TestFaults::faultsDuringRecoveryCostNothing() {
    // A log with a tail to be cut and a record to be made durable.
    FaultFileSystem pattern;
    Promised promised;
    VERIFY_OK(firstLife(pattern, m_keys, promised));
    Bytes content = pattern.content(kLogPath);
    content.insert(content.end(), 3000, std::uint8_t{0xAB});
    const auto identities = m_keys.both();
    for (std::uint64_t n = 1;; ++n) {
        bool reached = false;
        for (const Loss loss : kLosses) {
            for (const bool forGood : {false, true}) {
                FaultFileSystem files;
                files.setContent(kLogPath, content);
                files.resetOperations();
                files.failAt(n, forGood);
                const auto log = LogWriter::open(files, kLogPath, identities);
                reached = files.faultHappened();
                QVERIFY2(!reached || !log, qPrintable(at(n, QStringLiteral("a failure was swallowed"))));
                files.clearFaults();
                files.cutPower(loss, static_cast<unsigned>(n));
                promised.synced = 4;
                const QString judged = goesOn(files, m_keys, promised);
                QVERIFY2(judged.isEmpty(), qPrintable(at(n, judged)));
                const bool tailKept = std::ranges::any_of(files.paths(), [&files](const Path& path) {
                    return path != kLogPath && files.content(path) == Bytes(3000, 0xAB);
                });
                QVERIFY2(tailKept, qPrintable(at(n, QStringLiteral("the tail is gone"))));
            }
        }
        if (!reached) break;
    }
}

void TestFaults::aFailedRewrapNeverEndangersTheNext() {
    const auto identities = m_keys.both();
    for (std::uint64_t n = 1; n <= 7; ++n) {
        for (std::uint64_t m = 1; m <= 7; ++m) {
            for (const Loss loss : kLosses) {
                FaultFileSystem files;
                VERIFY_OK(makeLog(files, kLogPath, m_keys.first, 3, {3}, true));
                files.resetOperations();
                files.failAt(3 + n, false);  // behind open and the reading of the slots
                static_cast<void>(LogWriter::rewrap(files, kLogPath, identities, m_keys.second.recipients()));
                files.resetOperations();
                files.failAt(3 + m, true);
                static_cast<void>(LogWriter::rewrap(files, kLogPath, identities, m_keys.second.recipients()));
                files.clearFaults();
                files.cutPower(loss, static_cast<unsigned>(n * 8 + m));
                const auto log = LogReader::open(files, kLogPath, identities, finishedLog());
                QVERIFY2(log, qPrintable(QStringLiteral("%1, %2: %3").arg(n).arg(m).arg(describe(log))));
                QCOMPARE(log->integrity(), Integrity::Ok);
                QVERIFY(allGenuine(*log));
            }
        }
    }
}

void TestFaults::aCreateThatFailsLeavesNoFile() {
    FaultFileSystem files;
    VERIFY_OK(files.createDirectories("/home"));
    for (std::uint64_t n = 1; n <= 4; ++n) {  // open, write, sync, sync of the folder
        files.resetOperations();
        files.failAt(n, false, ErrorCode::NoSpace);
        VERIFY_FAILS(LogWriter::create(files, kLogPath, Kind::Vault, m_keys.first.recipients()), ErrorCode::NoSpace);
        QVERIFY(files.faultHappened());
        QVERIFY(files.paths().empty());
    }
    files.clearFaults();
    VERIFY_OK(LogWriter::create(files, kLogPath, Kind::Vault, m_keys.first.recipients()));
}

void TestFaults::aFailedSyncIsFinalForTheHandle() {
    FaultFileSystem files;
    VERIFY_OK(files.createDirectories("/home"));
    auto log = LogWriter::create(files, kLogPath, Kind::Vault, m_keys.first.recipients());
    VERIFY_OK(log);
    VERIFY_OK(appendNext(*log));
    VERIFY_OK(log->sync());
    VERIFY_OK(appendNext(*log));
    files.failAt(files.operations() + 1, false);
    VERIFY_FAILS(log->sync(), ErrorCode::IoFailed);
    const RecordInfo record = log->records().front();
    VERIFY_FAILS(log->sync(), ErrorCode::HandlePoisoned);
    VERIFY_FAILS(log->append(1, {}), ErrorCode::HandlePoisoned);
    VERIFY_FAILS(log->finish(), ErrorCode::HandlePoisoned);
    VERIFY_FAILS(log->rewrap(m_keys.first.recipients()), ErrorCode::HandlePoisoned);
    VERIFY_FAILS(log->reserve(1), ErrorCode::HandlePoisoned);
    VERIFY_FAILS(log->read(record), ErrorCode::HandlePoisoned);
    QCOMPARE(log->durableSequence(), std::uint64_t{1});
}

void TestFaults::whatAFailedSyncLeftInTheCacheIsWrittenAgain() {
    FaultFileSystem files;
    VERIFY_OK(files.createDirectories("/home"));
    {
        auto log = LogWriter::create(files, kLogPath, Kind::Vault, m_keys.first.recipients());
        VERIFY_OK(log);
        VERIFY_OK(appendNext(*log));
        files.failAt(files.operations() + 1, false);
        VERIFY_FAILS(log->sync(), ErrorCode::IoFailed);
    }
    {
        auto log = LogWriter::open(files, kLogPath, m_keys.first.identities());
        VERIFY_OK(log);
        QCOMPARE(log->durableSequence(), std::uint64_t{1});
        VERIFY_OK(appendNext(*log));
        VERIFY_OK(log->sync());
    }
    files.cutPower(Loss::All);
    const auto log = LogReader::open(files, kLogPath, m_keys.first.identities());
    VERIFY_OK(log);
    QCOMPARE(log->integrity(), Integrity::Ok);
    QCOMPARE(log->records().size(), std::size_t{2});
    QVERIFY(allGenuine(*log));
}

void TestFaults::aFailedTruncationAfterAFailedAppendIsFinal() {
    FaultFileSystem files;
    VERIFY_OK(makeLog(files, kLogPath, m_keys.first, 2, {2}, false));
    auto log = LogWriter::open(files, kLogPath, m_keys.first.identities());
    VERIFY_OK(log);
    files.failAt(files.operations() + 1, true);
    VERIFY_FAILS(log->append(1, Bytes(100)), ErrorCode::IoFailed);
    files.clearFaults();
    VERIFY_FAILS(log->append(1, Bytes(100)), ErrorCode::HandlePoisoned);
    log = fail(ErrorCode::NotFound, "closed");
    Recovery recovery;
    log = LogWriter::open(files, kLogPath, m_keys.first.identities(), {}, &recovery);
    VERIFY_OK(log);
    QVERIFY(recovery.quarantinedBytes > 0);
    QCOMPARE(log->head().sequence, std::uint64_t{2});
}

void TestFaults::aFullDiskLeavesTheLogUsable() {
    FaultFileSystem files;
    VERIFY_OK(files.createDirectories("/home"));
    auto log = LogWriter::create(files, kLogPath, Kind::Vault, m_keys.first.recipients());
    VERIFY_OK(log);
    for (std::uint64_t free = 0; free < 150; ++free) {
        VERIFY_OK(appendNext(*log));
        const Bytes before = files.content(kLogPath);
        const Anchor head = log->head();
        files.setCapacity(before.size() + free);
        VERIFY_FAILS(log->append(3, Bytes(150 - kRecordOverhead)), ErrorCode::NoSpace);
        QVERIFY(files.content(kLogPath) == before);
        QVERIFY(log->head() == head);
        QCOMPARE(log->records().size(), std::size_t{head.sequence});
        files.setCapacity(UINT64_MAX);
    }
    VERIFY_OK(log->finish());
    const auto reader = LogReader::open(files, kLogPath, m_keys.first.identities(), finishedLog());
    VERIFY_OK(reader);
    QCOMPARE(reader->integrity(), Integrity::Ok);
    QCOMPARE(reader->records().size(), std::size_t{151});
    QVERIFY(allGenuine(*reader));
}

void TestFaults::aFullDiskAtFinishCanBeFinishedLater() {
    FaultFileSystem files;
    VERIFY_OK(makeLog(files, kLogPath, m_keys.first, 3, {3}, false));
    auto log = LogWriter::open(files, kLogPath, m_keys.first.identities());
    VERIFY_OK(log);
    files.setCapacity(log->fileSize() + 50);
    VERIFY_FAILS(log->finish(), ErrorCode::NoSpace);
    files.setCapacity(UINT64_MAX);
    VERIFY_OK(log->finish());
    const auto reader = LogReader::open(files, kLogPath, m_keys.first.identities(), finishedLog());
    VERIFY_OK(reader);
    QCOMPARE(reader->integrity(), Integrity::Ok);
}

void TestFaults::aFullDiskAtRecoveryTouchesNothing() {
    FaultFileSystem files;
    VERIFY_OK(makeLog(files, kLogPath, m_keys.first, 3, {3}, false));
    Bytes content = files.content(kLogPath);
    content.insert(content.end(), 500, std::uint8_t{1});
    files.setContent(kLogPath, content);
    files.setCapacity(content.size() + 100);
    VERIFY_FAILS(LogWriter::open(files, kLogPath, m_keys.first.identities()), ErrorCode::NoSpace);
    QVERIFY(files.content(kLogPath) == content);
    QCOMPARE(files.paths().size(), std::size_t{1});
    files.setCapacity(UINT64_MAX);
    VERIFY_OK(LogWriter::open(files, kLogPath, m_keys.first.identities()));
}

QTEST_GUILESS_MAIN(TestFaults)
#include "tst_faults.moc"
