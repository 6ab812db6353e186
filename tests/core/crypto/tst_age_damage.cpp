// SPDX-License-Identifier: Apache-2.0
#include <map>

#include <QTest>

#include "core/crypto/age_streams.h"
#include "support/result_check.h"

using namespace sotto;
using namespace sotto::crypto;
using namespace sotto::test;
using age::DecryptFault;

class AgeDamageTest : public QObject {
    Q_OBJECT

private slots:
    void everyFlippedBitOfASmallFileIsNoticed();
    void everyTruncationOfASmallFileIsNoticed();
    void damageLateInALongFileReleasesOnlyWhatCameBefore();
    void truncationOfALongFileIsNoticed();
    void swappedChunksAreNoticed();
    void trailingByteIsNoticed();
};

void AgeDamageTest::everyFlippedBitOfASmallFileIsNoticed() {
    const age::Identity identity = age::Identity::generate();
    const Bytes plaintext = randomBytes(200);
    const Bytes file = encryptAll(identity, plaintext);
    std::map<DecryptFault, int> seen;
    for (std::size_t bit = 0; bit < file.size() * 8; ++bit) {
        Bytes altered = file;
        altered[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
        const Decrypted result = decryptAll(altered, identity);
        ++seen[result.fault];
        QVERIFY2(result.fault != DecryptFault::None, qPrintable(QString::number(bit)));
        QVERIFY(result.released.empty());
    }
    QCOMPARE(seen[DecryptFault::Payload], 8 * (16 + 200 + 16));
    QVERIFY(seen[DecryptFault::Header] > 0 && seen[DecryptFault::Hmac] > 0 && seen[DecryptFault::NoMatch] > 0);
}

void AgeDamageTest::everyTruncationOfASmallFileIsNoticed() {
    const age::Identity identity = age::Identity::generate();
    const Bytes file = encryptAll(identity, randomBytes(200));
    const std::size_t payload = file.size() - 216;
    for (std::size_t size = 0; size < file.size(); ++size) {
        const Decrypted result = decryptAll(ByteView(file).first(size), identity);
        QCOMPARE(result.fault, size < payload ? DecryptFault::Header : DecryptFault::Payload);
        QVERIFY(result.released.empty());
    }
}

void AgeDamageTest::damageLateInALongFileReleasesOnlyWhatCameBefore() {
    const age::Identity identity = age::Identity::generate();
    const Bytes plaintext = randomBytes(2 * kBatch + 3 * kChunk + 5);
    const Bytes file = encryptAll(identity, plaintext);
    const std::size_t chunks = 2 * age::kBatchChunks + 4;
    const std::size_t header = file.size() - plaintext.size() - chunks * 16;
    for (std::size_t chunk = 0; chunk < chunks; ++chunk) {
        Bytes altered = file;
        altered[header + chunk * (kChunk + 16)] ^= 1;
        const Decrypted result = decryptAll(altered, identity);
        QCOMPARE(result.fault, DecryptFault::Payload);
        QCOMPARE(result.released.size(), chunk * kChunk);
        QVERIFY(isAuthenticatedPrefix(result.released, plaintext));
    }
}

void AgeDamageTest::truncationOfALongFileIsNoticed() {
    const age::Identity identity = age::Identity::generate();
    // Ends with a full batch: every cut at a chunk boundary looks like a whole stream but for the mark of the end.
    const Bytes plaintext = randomBytes(2 * kBatch);
    const Bytes file = encryptAll(identity, plaintext);
    const std::size_t chunks = 2 * age::kBatchChunks;
    const std::size_t header = file.size() - plaintext.size() - chunks * 16;
    for (std::size_t chunk = 0; chunk < chunks; ++chunk) {
        for (const std::size_t more : {std::size_t{0}, std::size_t{1}, std::size_t{16}, kChunk + 15}) {
            const Decrypted result = decryptAll(ByteView(file).first(header + chunk * (kChunk + 16) + more), identity);
            QCOMPARE(result.fault, DecryptFault::Payload);
            QCOMPARE(result.released.size(), chunk * kChunk);
            QVERIFY(isAuthenticatedPrefix(result.released, plaintext));
        }
    }
}

void AgeDamageTest::swappedChunksAreNoticed() {
    const age::Identity identity = age::Identity::generate();
    const Bytes plaintext = randomBytes(4 * kChunk);
    Bytes file = encryptAll(identity, plaintext);
    const auto chunk = file.end() - static_cast<std::ptrdiff_t>(3 * (kChunk + 16));
    std::swap_ranges(chunk, chunk + kChunk + 16, chunk + kChunk + 16);
    const Decrypted result = decryptAll(file, identity);
    QCOMPARE(result.fault, DecryptFault::Payload);
    QCOMPARE(result.released.size(), kChunk);
}

void AgeDamageTest::trailingByteIsNoticed() {
    const age::Identity identity = age::Identity::generate();
    for (const std::size_t size : {std::size_t{0}, std::size_t{10}, kChunk, kBatch, 2 * kBatch}) {
        Bytes file = encryptAll(identity, Bytes(size));
        file.push_back(0);
        QCOMPARE(decryptAll(file, identity).fault, DecryptFault::Payload);
    }
}

QTEST_GUILESS_MAIN(AgeDamageTest)
#include "tst_age_damage.moc"
