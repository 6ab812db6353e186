// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "core/sealedlog/log_fixture.h"
#include "sealedlog/slots.h"

using namespace sotto;
using namespace sotto::test;
using namespace sotto::sealedlog;

/// Flipped bits, cut ends and records out of place: always noticed, and what verifies is given back.
class TestDamage : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void everyFlippedBitOfASlotBreaksItsMac();
    void aFlippedBitInAnyByteOfASlotIsReportedAndCostsNothing();
    void damageInBothSlotsIsDamageAndNotAWrongKey();
    void everyFlippedBitOfAFinishedLogIsDamage();
    void everyFlippedBitOfALiveLogIsDamageUpToTheDurableMarkAndATailBehind();
    void everyTruncationOfAFinishedLogIsDamage();
    void everyTruncationOfAnAnchoredLogIsDamageBelowTheAnchor();
    void bytesBehindFinalAreDamage();
    void swappedDroppedAndRepeatedRecordsAreDamage();
    void recordsOfAnotherLogAreNotTaken();
    void aForkOfTheSameLogIsNoticed();
    void aSlotOfAnotherLogCountsAsDamaged();
    void aHoleInTheMiddleLeavesBothEndsReadable();
    void theWriterRefusesDamageAndTouchesNothing();
    void theWriterMovesATailAsideAndGoesOn();
    void tailsGetNamesOfTheirOwn();

private:
    static constexpr std::uint64_t kRecords = 4;
    /// Offsets of the records of a log, and its end as the last one.
    [[nodiscard]] std::vector<std::uint64_t> bounds(const Path& path) const;
    [[nodiscard]] Result<LogReader> openChanged(Bytes content, OpenOptions options = {});
    [[nodiscard]] std::vector<Bytes> pieces(const Path& path) const;
    [[nodiscard]] static Bytes joined(const std::vector<Bytes>& pieces);

    mutable FaultFileSystem m_files;
    KeyRing m_keys;
    const Path m_live = "/home/live.log";          // record 4 synced by nobody; marks: 0 0 2 2
    const Path m_finished = "/home/finished.log";  // the same records and FINAL
    const Path m_changed = "/changed/one.log";
};

void TestDamage::initTestCase() {
    VERIFY_OK(makeLog(m_files, m_live, m_keys, kRecords, {2}, false));
    VERIFY_OK(makeLog(m_files, m_finished, m_keys, kRecords, {2}, true));
}

std::vector<std::uint64_t> TestDamage::bounds(const Path& path) const {
    const auto log = LogReader::open(m_files, path, m_keys.identities());
    std::vector<std::uint64_t> result;
    for (const RecordInfo& record : log->records()) {
        result.push_back(record.offset);
    }
    result.push_back(m_files.content(path).size());
    return result;
}

Result<LogReader> TestDamage::openChanged(Bytes content, OpenOptions options) {
    m_files.setContent(m_changed, std::move(content));
    return LogReader::open(m_files, m_changed, m_keys.identities(), options);
}

/// The header slots, then each record.
std::vector<Bytes> TestDamage::pieces(const Path& path) const {
    const Bytes content = m_files.content(path);
    std::vector<Bytes> result;
    std::uint64_t begin = 0;
    for (const std::uint64_t end : bounds(path)) {
        result.emplace_back(content.begin() + static_cast<std::ptrdiff_t>(begin),
                            content.begin() + static_cast<std::ptrdiff_t>(end));
        begin = end;
    }
    return result;
}

Bytes TestDamage::joined(const std::vector<Bytes>& pieces) {
    Bytes result;
    for (const Bytes& piece : pieces) {
        result.insert(result.end(), piece.begin(), piece.end());
    }
    return result;
}

namespace {

void flip(Bytes& content, std::uint64_t bit) {
    content[bit / 8] = static_cast<std::uint8_t>(content[bit / 8] ^ (1U << (bit % 8)));
}

}  // namespace

void TestDamage::everyFlippedBitOfASlotBreaksItsMac() {
    const auto file = m_files.open(m_finished, OpenMode::Read);
    VERIFY_OK(file);
    auto head = readHead(**file, m_keys.identities());
    VERIFY_OK(head);
    for (Bytes& slot : head->slotBytes) {
        QVERIFY(slotVerifies(head->keys, slot));
        for (std::uint64_t bit = 0; bit < kSlotSize * 8; ++bit) {
            flip(slot, bit);
            QVERIFY2(!slotVerifies(head->keys, slot), qPrintable(QStringLiteral("bit %1 is not covered").arg(bit)));
            flip(slot, bit);
        }
    }
}

void TestDamage::aFlippedBitInAnyByteOfASlotIsReportedAndCostsNothing() {
    Bytes content = m_files.content(m_finished);
    // Every bit is shown to be under the MAC above; here the padding is only sampled.
    const auto isPadding = [](std::uint64_t place) { return place % kSlotSize > 400 && place % kSlotSize < 4056; };
    for (std::uint64_t place = 0; place < kRecordsStart; place += isPadding(place) ? 13 : 1) {
        const std::uint64_t bit = place * 8 + place % 7;
        flip(content, bit);
        const auto log = openChanged(content, finishedLog());
        VERIFY_OK(log);
        QVERIFY2(log->hasDamagedSlot(), qPrintable(QStringLiteral("bit %1 went unnoticed").arg(bit)));
        QCOMPARE(log->integrity(), Integrity::Ok);
        QCOMPARE(log->records().size(), std::size_t{kRecords + 1});
        flip(content, bit);
    }
}

void TestDamage::damageInBothSlotsIsDamageAndNotAWrongKey() {
    for (const std::uint64_t place : {std::uint64_t{4000}, kSlotSize - 1}) {  // padding, MAC
        Bytes content = m_files.content(m_finished);
        flip(content, place * 8);
        flip(content, (kSlotSize + place) * 8);
        VERIFY_FAILS(openChanged(content), ErrorCode::Damaged);
        flip(content, 0);  // one magic gone besides
        VERIFY_FAILS(openChanged(content), ErrorCode::Damaged);
    }
}

void TestDamage::everyFlippedBitOfAFinishedLogIsDamage() {
    const std::vector<std::uint64_t> starts = bounds(m_finished);
    Bytes content = m_files.content(m_finished);
    for (std::uint64_t bit = kRecordsStart * 8; bit < content.size() * 8; ++bit) {
        flip(content, bit);
        const auto log = openChanged(content, finishedLog());
        VERIFY_OK(log);
        QVERIFY2(log->integrity() == Integrity::Damaged, qPrintable(QStringLiteral("bit %1 went unnoticed").arg(bit)));
        QVERIFY(allGenuine(*log));
        // Only the record hit is missing.
        QCOMPARE(log->records().size(), std::size_t{kRecords});
        // Without being told that the log was finished, only a bit in FINAL itself may pass for a tail.
        const auto untold = openChanged(content);
        VERIFY_OK(untold);
        const bool hitsFinal = bit / 8 >= starts[kRecords];
        QCOMPARE(untold->integrity(), hitsFinal ? Integrity::UnsyncedTail : Integrity::Damaged);
        flip(content, bit);
    }
}

void TestDamage::everyFlippedBitOfALiveLogIsDamageUpToTheDurableMarkAndATailBehind() {
    const std::vector<std::uint64_t> starts = bounds(m_live);
    Bytes content = m_files.content(m_live);
    for (std::uint64_t bit = kRecordsStart * 8; bit < content.size() * 8; ++bit) {
        flip(content, bit);
        const auto log = openChanged(content);
        VERIFY_OK(log);
        const bool wasDurable = bit / 8 < starts[2];
        QCOMPARE(log->integrity(), wasDurable ? Integrity::Damaged : Integrity::UnsyncedTail);
        QVERIFY(allGenuine(*log));
        const auto hit = static_cast<std::uint64_t>(std::ranges::upper_bound(starts, bit / 8) - starts.begin());
        QCOMPARE(log->head().sequence, hit - 1);
        QCOMPARE(log->records().size(), wasDurable ? std::size_t{kRecords - 1} : std::size_t{hit - 1});
        flip(content, bit);
    }
}

void TestDamage::everyTruncationOfAFinishedLogIsDamage() {
    const std::vector<std::uint64_t> starts = bounds(m_finished);
    const Bytes content = m_files.content(m_finished);
    for (std::uint64_t size = 0; size < content.size(); ++size) {
        const auto log =
            openChanged(Bytes(content.begin(), content.begin() + static_cast<std::ptrdiff_t>(size)), finishedLog());
        if (size < kSlotSize) {
            QVERIFY(!log);
            QVERIFY(log.error().code == (size < 8 ? ErrorCode::ParseFailed : ErrorCode::Damaged));
            continue;
        }
        VERIFY_OK(log);
        QCOMPARE(log->integrity(), Integrity::Damaged);
        QCOMPARE(log->hasDamagedSlot(), size < kRecordsStart);
        QVERIFY(allGenuine(*log));
        const auto whole = std::ranges::count_if(starts, [size](std::uint64_t at) { return at <= size; });
        QCOMPARE(log->records().size(), static_cast<std::size_t>(std::max<std::ptrdiff_t>(whole - 1, 0)));
    }
}

void TestDamage::everyTruncationOfAnAnchoredLogIsDamageBelowTheAnchor() {
    const std::vector<std::uint64_t> starts = bounds(m_live);
    const Bytes content = m_files.content(m_live);
    Anchor anchor;
    {
        const auto log = LogReader::open(m_files, m_live, m_keys.identities());
        VERIFY_OK(log);
        anchor = {3, log->records()[2].tag};
    }
    for (std::uint64_t size = kRecordsStart; size < content.size(); ++size) {
        const auto log = openChanged(Bytes(content.begin(), content.begin() + static_cast<std::ptrdiff_t>(size)),
                                     anchoredAt(anchor));
        VERIFY_OK(log);
        const bool onBoundary = std::ranges::count(starts, size) != 0;
        const Integrity expected = size < starts[3] ? Integrity::Damaged
                                   : onBoundary     ? Integrity::Ok
                                                    : Integrity::UnsyncedTail;
        QCOMPARE(log->integrity(), expected);
        QVERIFY(allGenuine(*log));
        const auto whole = std::ranges::count_if(starts, [size](std::uint64_t at) { return at <= size; });
        QCOMPARE(log->records().size(), static_cast<std::size_t>(whole - 1));
    }
}

void TestDamage::bytesBehindFinalAreDamage() {
    const Bytes content = m_files.content(m_finished);
    const std::vector<Bytes> parts = pieces(m_finished);
    for (const Bytes& extra : {Bytes{0}, Bytes(500, 0), parts[1], parts.back()}) {
        Bytes longer = content;
        longer.insert(longer.end(), extra.begin(), extra.end());
        const auto log = openChanged(longer);
        VERIFY_OK(log);
        QCOMPARE(log->integrity(), Integrity::Damaged);
        QVERIFY(log->isFinal());
        QCOMPARE(log->records().size(), std::size_t{kRecords + 1});
        QVERIFY(allGenuine(*log));
    }
}

void TestDamage::swappedDroppedAndRepeatedRecordsAreDamage() {
    const std::vector<Bytes> parts = pieces(m_finished);
    const auto check = [this](const std::vector<Bytes>& changed, std::size_t expected) {
        const auto told = openChanged(joined(changed), finishedLog());
        const auto untold = openChanged(joined(changed));
        return told && told->integrity() == Integrity::Damaged && allGenuine(*told) &&
               told->records().size() == expected && untold && allGenuine(*untold);
    };
    for (std::size_t i = 1; i < parts.size(); ++i) {
        std::vector<Bytes> dropped = parts;
        dropped.erase(dropped.begin() + static_cast<std::ptrdiff_t>(i));
        QVERIFY(check(dropped, kRecords));
        for (std::size_t j = 1; j < parts.size(); ++j) {
            std::vector<Bytes> repeated = parts;
            repeated.insert(repeated.begin() + static_cast<std::ptrdiff_t>(j), parts[i]);
            QVERIFY(check(repeated, kRecords + 1));
            if (i == j) continue;
            std::vector<Bytes> swapped = parts;
            std::swap(swapped[i], swapped[j]);
            QVERIFY(check(swapped, kRecords + 1));
        }
    }
}

void TestDamage::recordsOfAnotherLogAreNotTaken() {
    // Another log for the same person, with the same bodies at the same places.
    const Path other = "/home/other.log";
    VERIFY_OK(makeLog(m_files, other, m_keys, kRecords, {2}, true));
    const std::vector<Bytes> foreign = pieces(other);
    for (std::size_t i = 1; i < foreign.size(); ++i) {
        std::vector<Bytes> mixed = pieces(m_finished);
        mixed[i] = foreign[i];
        const auto log = openChanged(joined(mixed), finishedLog());
        VERIFY_OK(log);
        QCOMPARE(log->integrity(), Integrity::Damaged);
        QCOMPARE(log->records().size(), std::size_t{kRecords});
        QVERIFY(allGenuine(*log));
    }
}

void TestDamage::aForkOfTheSameLogIsNoticed() {
    // Two lives of one log that part behind record 2: each record verifies by itself, only the chain tells.
    const std::vector<Bytes> parts = pieces(m_live);
    m_files.setContent("/home/fork.log", joined({parts[0], parts[1], parts[2]}));
    {
        auto log = LogWriter::open(m_files, "/home/fork.log", m_keys.identities());
        VERIFY_OK(log);
        VERIFY_OK(appendNext(*log));
    }
    std::vector<Bytes> mixed = pieces(m_live);
    mixed[3] = pieces("/home/fork.log")[3];
    QVERIFY(mixed[3] != parts[3]);
    const auto log = openChanged(joined(mixed));
    VERIFY_OK(log);
    QCOMPARE(log->integrity(), Integrity::UnsyncedTail);
    QCOMPARE(log->head().sequence, std::uint64_t{3});
}

void TestDamage::aSlotOfAnotherLogCountsAsDamaged() {
    const Path other = "/home/foreign.log";
    VERIFY_OK(makeLog(m_files, other, m_keys, kRecords, {2}, true));
    const auto own = LogReader::open(m_files, m_finished, m_keys.identities());
    VERIFY_OK(own);
    const Bytes foreign = m_files.content(other);
    for (const std::uint64_t slot : {std::uint64_t{0}, kSlotSize}) {
        Bytes content = m_files.content(m_finished);
        std::copy_n(foreign.begin() + static_cast<std::ptrdiff_t>(slot), kSlotSize,
                    content.begin() + static_cast<std::ptrdiff_t>(slot));
        const auto log = openChanged(content, finishedLog());
        VERIFY_OK(log);
        QVERIFY(log->fileId() == own->fileId());
        QVERIFY(log->hasDamagedSlot());
        QCOMPARE(log->integrity(), Integrity::Ok);
        content.resize(kRecordsStart);  // without a record nothing says which slot is at home here
        VERIFY_FAILS(openChanged(content), ErrorCode::Damaged);
    }
}

void TestDamage::aHoleInTheMiddleLeavesBothEndsReadable() {
    std::vector<std::uint64_t> synced(300);
    for (std::size_t i = 0; i < synced.size(); ++i) {
        synced[i] = i + 1;
    }
    const Path path = "/home/long.log";
    VERIFY_OK(makeLog(m_files, path, m_keys, 300, synced, false));
    const std::vector<std::uint64_t> starts = bounds(path);
    Bytes content = m_files.content(path);
    std::fill(content.begin() + static_cast<std::ptrdiff_t>(starts[100] + 3),
              content.begin() + static_cast<std::ptrdiff_t>(starts[110] + 3), std::uint8_t{0});
    const auto log = openChanged(content);
    VERIFY_OK(log);
    QCOMPARE(log->integrity(), Integrity::Damaged);
    QCOMPARE(log->head().sequence, std::uint64_t{100});
    QCOMPARE(log->records().size(), std::size_t{289});
    QCOMPARE(log->records()[100].sequence, std::uint64_t{112});
    QVERIFY(allGenuine(*log));
}

void TestDamage::theWriterRefusesDamageAndTouchesNothing() {
    const std::vector<std::uint64_t> starts = bounds(m_live);
    Bytes content = m_files.content(m_live);
    flip(content, starts[1] * 8);
    m_files.setContent(m_changed, content);
    const std::size_t files = m_files.paths().size();
    VERIFY_FAILS(LogWriter::open(m_files, m_changed, m_keys.identities()), ErrorCode::Damaged);
    QVERIFY(m_files.content(m_changed) == content);
    QCOMPARE(m_files.paths().size(), files);
}

void TestDamage::theWriterMovesATailAsideAndGoesOn() {
    const std::vector<std::uint64_t> starts = bounds(m_live);
    Bytes content = m_files.content(m_live);
    flip(content, starts[2] * 8);
    const Path path = "/tails/one.log";
    m_files.setContent(path, content);
    Recovery recovery;
    auto log = LogWriter::open(m_files, path, m_keys.identities(), {}, &recovery);
    VERIFY_OK(log);
    QCOMPARE(recovery.quarantinedBytes, starts[4] - starts[2]);
    QCOMPARE(recovery.quarantineFile, Path("/tails/one.log.tail-1"));
    QVERIFY(m_files.content(recovery.quarantineFile) ==
            Bytes(content.begin() + static_cast<std::ptrdiff_t>(starts[2]), content.end()));
    QCOMPARE(log->head().sequence, std::uint64_t{2});
    QCOMPARE(m_files.content(path).size(), starts[2]);
    m_files.cutPower(FaultFileSystem::Loss::All);
    QCOMPARE(m_files.content(path).size(), starts[2]);
    QCOMPARE(m_files.content(recovery.quarantineFile).size(), starts[4] - starts[2]);
    log = LogWriter::open(m_files, path, m_keys.identities());
    VERIFY_OK(log);
    VERIFY_OK(appendNext(*log));
    const auto reader = LogReader::open(m_files, path, m_keys.identities());
    VERIFY_OK(reader);
    QCOMPARE(reader->integrity(), Integrity::Ok);
    QCOMPARE(reader->records().size(), std::size_t{3});
    QVERIFY(allGenuine(*reader));
}

void TestDamage::tailsGetNamesOfTheirOwn() {
    const Path path = "/names/one.log";
    Bytes content = m_files.content(m_live);
    content.push_back(1);
    m_files.setContent(path, content);
    m_files.setContent("/names/one.log.tail-1", {9});
    Recovery recovery;
    VERIFY_OK(LogWriter::open(m_files, path, m_keys.identities(), {}, &recovery));
    QCOMPARE(recovery.quarantineFile, Path("/names/one.log.tail-2"));
    QVERIFY(m_files.content("/names/one.log.tail-1") == Bytes{9});
}

QTEST_GUILESS_MAIN(TestDamage)
#include "tst_damage.moc"
