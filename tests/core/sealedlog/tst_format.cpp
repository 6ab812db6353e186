// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <QFile>
#include <QRegularExpression>

#include "core/sealedlog/log_fixture.h"
#include "crypto/aead.h"
#include "crypto/age/age.h"
#include "crypto/hash.h"
#include "crypto/kdf.h"
#include "sealedlog/record.h"
#include "sealedlog/slots.h"

using namespace sotto;
using namespace sotto::test;
using namespace sotto::sealedlog;

/// The byte grammar, as README.md of the module gives it.
class TestFormat : public QObject {
    Q_OBJECT
private slots:
    void aRecordIsLaidOutAsTheGrammarSays();
    void aRecordComesBackAsItWasSealed();
    void noBitOfARecordCanChange();
    void noncesAreRandom();
    void aSlotIsLaidOutAsTheGrammarSays();
    void theSampleOfVersionOneOpens();
    void theWorkedExampleIsTrue();
    void theKeysOfTheWorkedExampleAreTrue();

private:
    [[nodiscard]] static LogKeys someKeys();
    [[nodiscard]] static RecordHeader someHeader();
    [[nodiscard]] static Bytes fileContent(const QString& path);
    [[nodiscard]] static std::vector<crypto::age::Identity> sampleIdentities();
    const Path m_sample = Path(SOTTO_TEST_DATA) / "sealedlog-v1.log";
};

LogKeys TestFormat::someKeys() {
    FileId::Raw id{};
    id.fill(0x11);
    return deriveKeys(FileId(id), crypto::SecureBytes::copyOf(Bytes(32, 0x22)));
}

RecordHeader TestFormat::someHeader() {
    RecordHeader header;
    header.bodySize = 3;
    header.type = 0x0102;
    header.sequence = 0x0807060504030201;
    header.durable = 0x1817161514131211;
    header.previous.fill(0x99);
    return header;
}

Bytes TestFormat::fileContent(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) return {};
    const QByteArray all = file.readAll();
    return {all.begin(), all.end()};
}

std::vector<crypto::age::Identity> TestFormat::sampleIdentities() {
    auto identities = crypto::age::parseIdentityFile(
        fileContent(QStringLiteral(SOTTO_TEST_DATA) + QStringLiteral("/sealedlog-v1.agekey")));
    return identities ? *std::move(identities) : std::vector<crypto::age::Identity>();
}

namespace {

Bytes cut(const Bytes& from, std::size_t offset, std::size_t size) {
    return {from.begin() + static_cast<std::ptrdiff_t>(offset),
            from.begin() + static_cast<std::ptrdiff_t>(offset + size)};
}

Bytes operator+(Bytes left, const Bytes& right) {
    left.insert(left.end(), right.begin(), right.end());
    return left;
}

}  // namespace

void TestFormat::aRecordIsLaidOutAsTheGrammarSays() {
    const LogKeys keys = someKeys();
    const Bytes body{'a', 'b', 'c'};
    Bytes record;
    const Tag tag = sealRecord(keys, someHeader(), body, record);
    QCOMPARE(record.size(), std::size_t{99});
    QVERIFY(cut(record, 0, 40) == *fromHex("03000000020100000102030405060708"
                                           "1112131415161718") +
                                      Bytes(16, 0x99));
    const Bytes id(16, 0x11);
    const crypto::Mac128 mac = crypto::mac128(keys.recordMac.view(), id + cut(record, 0, 40));
    QVERIFY(cut(record, 40, 16) == Bytes(mac.begin(), mac.end()));
    crypto::AeadNonce nonce{};
    std::copy_n(record.begin() + 56, 24, nonce.begin());
    Bytes opened(3);
    QVERIFY(crypto::aeadOpen(keys.record.view(), nonce, id + cut(record, 0, 56), cut(record, 80, 19), opened));
    QVERIFY(opened == body);
    QVERIFY(cut(record, 83, 16) == Bytes(tag.begin(), tag.end()));
}

void TestFormat::aRecordComesBackAsItWasSealed() {
    const LogKeys keys = someKeys();
    for (const std::size_t size : {0U, 1U, 4096U, 100000U}) {
        RecordHeader header = someHeader();
        header.bodySize = static_cast<std::uint32_t>(size);
        Bytes record;
        const Tag tag = sealRecord(keys, header, Bytes(size, 0x5A), record);
        const auto read = parseRecordHeader(keys, cut(record, 0, kRecordHeaderSize));
        QVERIFY(read.has_value());
        QVERIFY(*read == header);
        Bytes body(size);
        QVERIFY(openRecord(keys, record, body));
        QVERIFY(body == Bytes(size, 0x5A));
        QVERIFY(tagOf(record) == tag);
    }
}

void TestFormat::noBitOfARecordCanChange() {
    const LogKeys keys = someKeys();
    Bytes record;
    sealRecord(keys, someHeader(), Bytes{1, 2, 3}, record);
    for (std::size_t bit = 0; bit < record.size() * 8; ++bit) {
        Bytes changed = record;
        changed[bit / 8] = static_cast<std::uint8_t>(changed[bit / 8] ^ (1U << (bit % 8)));
        Bytes body(3, 0xEE);
        QVERIFY(!openRecord(keys, changed, body));
        QVERIFY(body == Bytes(3, 0));
        const bool inHeader = bit / 8 < kRecordHeaderSize;
        QCOMPARE(parseRecordHeader(keys, cut(changed, 0, kRecordHeaderSize)).has_value(), !inHeader);
    }
}

void TestFormat::noncesAreRandom() {
    const LogKeys keys = someKeys();
    Bytes first;
    Bytes second;
    sealRecord(keys, someHeader(), Bytes{1, 2, 3}, first);
    sealRecord(keys, someHeader(), Bytes{1, 2, 3}, second);
    QVERIFY(cut(first, 0, 56) == cut(second, 0, 56));
    QVERIFY(cut(first, 56, 24) != cut(second, 56, 24));
}

void TestFormat::aSlotIsLaidOutAsTheGrammarSays() {
    const LogKeys keys = someKeys();
    const KeyRing someone;
    const auto slot = buildSlot(keys, Kind::Outbox, 0x04030201, someone.recipients());
    VERIFY_OK(slot);
    QCOMPARE(slot->size(), std::size_t{4096});
    QVERIFY((cut(*slot, 0, 32) == *fromHex("534f54544f4c4f4701000300") + Bytes(16, 0x11) + Bytes{1, 2, 3, 4}));
    ByteReader reader(ByteView(*slot).subspan(32));
    const std::uint32_t size = reader.u32();
    const auto fileKey = crypto::age::decryptBytes(someone.identities(), cut(*slot, 36, size));
    VERIFY_OK(fileKey);
    QVERIFY(crypto::equalConstantTime(fileKey->view(), Bytes(32, 0x22)));
    QVERIFY(cut(*slot, 36 + size, 4064 - 36 - size) == Bytes(4064 - 36 - size, 0));
    const crypto::Mac256 mac = crypto::mac256(keys.header.view(), cut(*slot, 0, 4064));
    QVERIFY(cut(*slot, 4064, 32) == Bytes(mac.begin(), mac.end()));
}

void TestFormat::theSampleOfVersionOneOpens() {
    PosixFileSystem files;
    const auto identities = sampleIdentities();
    const auto log = LogReader::open(files, m_sample, identities, finishedLog());
    VERIFY_OK(log);
    QCOMPARE(log->integrity(), Integrity::Ok);
    QVERIFY(!log->hasDamagedSlot());
    QCOMPARE(log->kind(), Kind::Session);
    QCOMPARE(log->fileId().toString(), QStringLiteral("17143a1875927a2b17f846473d740ba6"));
    QCOMPARE(log->records().size(), std::size_t{3});
    QCOMPARE(log->records()[0].type, std::uint16_t{1});
    QCOMPARE(log->records()[1].type, std::uint16_t{2});
    const auto hello = log->read(log->records()[0]);
    VERIFY_OK(hello);
    QVERIFY(std::ranges::equal(*hello, viewOf(std::string_view("hello"))));
    const auto empty = log->read(log->records()[1]);
    VERIFY_OK(empty);
    QVERIFY(empty->empty());
}

void TestFormat::theWorkedExampleIsTrue() {
    const Bytes sample = fileContent(QString::fromStdString(m_sample.string()));
    const Bytes readme = fileContent(QStringLiteral(SOTTO_SOURCE_DIR) + QStringLiteral("/core/sealedlog/README.md"));
    const QString text = QString::fromUtf8(byteArrayOf(readme));
    const QRegularExpression line(QStringLiteral("^0x([0-9a-f]{4})  ((?:[0-9a-f]{2} )+) "),
                                  QRegularExpression::MultilineOption);
    std::size_t covered = 0;
    for (auto matches = line.globalMatch(text); matches.hasNext();) {
        const QRegularExpressionMatch match = matches.next();
        const auto expected = fromHex(match.captured(2).remove(QLatin1Char(' ')).toStdString());
        QVERIFY(expected.has_value());
        const std::size_t offset = match.captured(1).toULongLong(nullptr, 16);
        QVERIFY(offset + expected->size() <= sample.size());
        QVERIFY2(cut(sample, offset, expected->size()) == *expected, qPrintable(match.captured(0)));
        if (offset >= kRecordsStart) covered += expected->size();
    }
    QCOMPARE(covered, sample.size() - kRecordsStart);
}

void TestFormat::theKeysOfTheWorkedExampleAreTrue() {
    PosixFileSystem files;
    const auto file = files.open(m_sample, OpenMode::Read);
    VERIFY_OK(file);
    const auto head = readHead(**file, sampleIdentities());
    VERIFY_OK(head);
    const Bytes readme = fileContent(QStringLiteral(SOTTO_SOURCE_DIR) + QStringLiteral("/core/sealedlog/README.md"));
    const std::string text(readme.begin(), readme.end());
    const LogKeys& keys = head->keys;
    QVERIFY(text.find("file key        " + toHex(keys.file.view()) + "\n") != std::string::npos);
    QVERIFY(text.find("header key      " + toHex(keys.header.view()) + "\n") != std::string::npos);
    QVERIFY(text.find("record MAC key  " + toHex(keys.recordMac.view()) + "\n") != std::string::npos);
    QVERIFY(text.find("record key      " + toHex(keys.record.view()) + "\n") != std::string::npos);
    const auto derived = crypto::hkdfSha256(keys.file.view(), keys.id.raw(), "sotto sealed log v1 record");
    QVERIFY(crypto::equalConstantTime(derived.view(), keys.record.view()));
}

QTEST_GUILESS_MAIN(TestFormat)
#include "tst_format.moc"
