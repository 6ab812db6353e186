// SPDX-License-Identifier: Apache-2.0
#include <map>

#include <QTest>

#include "core/crypto/age_streams.h"
#include "support/result_check.h"

using namespace sotto;
using namespace sotto::crypto;
using namespace sotto::test;
using age::DecryptFault;

class AgeTest : public QObject {
    Q_OBJECT

private slots:
    void everySizeComesBack_data();
    void everySizeComesBack();
    void sizeOfTheFileIsThatOfTheFormat();
    void piecesInAndOutDoNotMatter();
    void everyRecipientOpens();
    void wrongKeyIsNotDamage();
    void noRecipientIsRefused();
    void recipientOfLowOrderIsRefused();
    void failingSinkStopsEncryption();
    void failingSinkStopsDecryption();
    void failingSourceIsAnErrorNotDamage();
    void abandonedStreamIsNotAWholeFile();
    void finishedStreamTakesNoMore();
    void endlessHeaderIsRefused();
    void headerWithTooManyStanzasIsRefused();
    void bytesAreAllOrNothing();
    void noSecretOutlivesTheCalls();
};

void AgeTest::everySizeComesBack_data() {
    QTest::addColumn<std::size_t>("size");
    for (const std::size_t size : {std::size_t{0}, std::size_t{1}, kChunk - 1, kChunk, kChunk + 1, 2 * kChunk - 1,
                                   2 * kChunk, 2 * kChunk + 1, kBatch - 1, kBatch, kBatch + 1, kBatch + kChunk,
                                   2 * kBatch - 1, 2 * kBatch, 2 * kBatch + 1, 3 * kBatch, 5 * kBatch + 12345}) {
        QTest::addRow("%zu", size) << size;
    }
}

void AgeTest::everySizeComesBack() {
    QFETCH(std::size_t, size);
    const age::Identity identity = age::Identity::generate();
    const Bytes plaintext = randomBytes(size);
    const Decrypted result = decryptAll(encryptAll(identity, plaintext), identity);
    QCOMPARE(result.fault, DecryptFault::None);
    QVERIFY(result.released == plaintext);
}

void AgeTest::sizeOfTheFileIsThatOfTheFormat() {
    const age::Identity identity = age::Identity::generate();
    const std::size_t header = encryptAll(identity, {}).size() - 16;
    // Version 22, stanza line 54, body 44, MAC line 48, payload nonce 16.
    QCOMPARE(header, std::size_t{22 + 54 + 44 + 48 + 16});
    for (const auto& [size, chunks] : std::map<std::size_t, std::size_t>{{1, 1},
                                                                         {kChunk, 1},
                                                                         {kChunk + 1, 2},
                                                                         {kBatch, age::kBatchChunks},
                                                                         {kBatch + 1, age::kBatchChunks + 1},
                                                                         {2 * kBatch, 2 * age::kBatchChunks}}) {
        QCOMPARE(encryptAll(identity, Bytes(size)).size(), header + size + 16 * chunks);
    }
}

void AgeTest::piecesInAndOutDoNotMatter() {
    const age::Identity identity = age::Identity::generate();
    const age::Recipient recipient = identity.recipient();
    const Bytes plaintext = randomBytes(2 * kBatch + kChunk + 77);
    for (const std::size_t step : {std::size_t{999}, kChunk - 1, kChunk, kChunk + 1, kBatch, kBatch + 1, 3 * kBatch}) {
        Bytes file;
        auto encryptor = age::Encryptor::start({&recipient, 1}, appendTo(file));
        VERIFY_OK(encryptor);
        age::Encryptor moved = std::move(*encryptor);
        for (std::size_t at = 0; at < plaintext.size(); at += step) {
            VERIFY_OK(moved.write(ByteView(plaintext).subspan(at, std::min(step, plaintext.size() - at))));
            VERIFY_OK(moved.write({}));
        }
        VERIFY_OK(moved.finish());
        Bytes released;
        const auto outcome = age::decrypt(sourceOf(file, step), {&identity, 1}, appendTo(released));
        VERIFY_OK(outcome);
        QCOMPARE(outcome->fault, DecryptFault::None);
        QVERIFY(released == plaintext);
    }
}

void AgeTest::everyRecipientOpens() {
    std::vector<age::Identity> identities;
    std::vector<age::Recipient> recipients;
    for (int i = 0; i < 4; ++i) {
        identities.push_back(age::Identity::generate());
        recipients.push_back(identities.back().recipient());
        const Bytes plaintext = randomBytes(100);
        const auto file = age::encryptBytes(recipients, plaintext);
        VERIFY_OK(file);
        for (const age::Identity& identity : identities) {
            const Decrypted result = decryptAll(*file, identity);
            QCOMPARE(result.fault, DecryptFault::None);
            QVERIFY(result.released == plaintext);
        }
    }
}

void AgeTest::wrongKeyIsNotDamage() {
    const age::Identity right = age::Identity::generate();
    const Bytes file = encryptAll(right, Bytes{1, 2, 3});
    std::vector<age::Identity> keys;
    VERIFY_FAILS(age::decryptBytes(keys, file), ErrorCode::WrongKey);
    keys.push_back(age::Identity::generate());
    keys.push_back(age::Identity::generate());
    VERIFY_FAILS(age::decryptBytes(keys, file), ErrorCode::WrongKey);
    keys.push_back(right.clone());
    VERIFY_OK(age::decryptBytes(keys, file));
}

void AgeTest::noRecipientIsRefused() {
    Bytes file;
    VERIFY_FAILS(age::Encryptor::start({}, appendTo(file)), ErrorCode::InvalidArgument);
    VERIFY_FAILS(age::encryptBytes({}, Bytes{1}), ErrorCode::InvalidArgument);
    QVERIFY(file.empty());
}

void AgeTest::recipientOfLowOrderIsRefused() {
    Bytes file;
    const std::vector<age::Recipient> recipients{age::Identity::generate().recipient(),
                                                 age::Recipient(std::array<std::uint8_t, 32>{})};
    VERIFY_FAILS(age::Encryptor::start(recipients, appendTo(file)), ErrorCode::InvalidArgument);
    QVERIFY(file.empty());
}

void AgeTest::failingSinkStopsEncryption() {
    const age::Recipient recipient = age::Identity::generate().recipient();
    const Bytes plaintext(kBatch);
    for (int failing = 0; failing < 6; ++failing) {
        int calls = 0;
        const age::Sink sink = [&](ByteView) -> Result<> {
            if (calls++ >= failing) return fail(ErrorCode::NoSpace, "full");
            return {};
        };
        auto encryptor = age::Encryptor::start({&recipient, 1}, sink);
        if (failing < 2) {
            VERIFY_FAILS(encryptor, ErrorCode::NoSpace);
            continue;
        }
        VERIFY_OK(encryptor);
        Result<> state;
        for (int i = 0; i < 4 && state; ++i) {
            state = encryptor->write(plaintext);
        }
        if (state) state = encryptor->finish();
        VERIFY_FAILS(state, ErrorCode::NoSpace);
        const int after = calls;
        VERIFY_FAILS(encryptor->write(plaintext), ErrorCode::NoSpace);
        VERIFY_FAILS(encryptor->finish(), ErrorCode::NoSpace);
        QCOMPARE(calls, after);
    }
}

void AgeTest::failingSinkStopsDecryption() {
    const age::Identity identity = age::Identity::generate();
    const Bytes file = encryptAll(identity, Bytes(3 * kBatch));
    int calls = 0;
    const age::Sink sink = [&](ByteView) -> Result<> {
        if (++calls == 2) return fail(ErrorCode::NoSpace, "full");
        return {};
    };
    VERIFY_FAILS(age::decrypt(sourceOf(file), {&identity, 1}, sink), ErrorCode::NoSpace);
    QCOMPARE(calls, 2);
}

void AgeTest::failingSourceIsAnErrorNotDamage() {
    const age::Identity identity = age::Identity::generate();
    const Bytes plaintext = randomBytes(2 * kBatch + 1);
    const Bytes file = encryptAll(identity, plaintext);
    for (const std::size_t limit :
         {std::size_t{0}, std::size_t{100}, std::size_t{200}, kBatch, kBatch + kChunk, 2 * kBatch, file.size()}) {
        std::size_t position = 0;
        const age::Source source = [&](ByteSpan target) -> Result<std::size_t> {
            const std::size_t count = std::min(target.size(), limit - position);
            if (count == 0) return fail(ErrorCode::IoFailed, "unplugged");
            std::copy_n(file.begin() + static_cast<std::ptrdiff_t>(position), count, target.begin());
            position += count;
            return count;
        };
        Bytes released;
        VERIFY_FAILS(age::decrypt(source, {&identity, 1}, appendTo(released)), ErrorCode::IoFailed);
        QVERIFY(isAuthenticatedPrefix(released, plaintext));
    }
}

void AgeTest::abandonedStreamIsNotAWholeFile() {
    const age::Identity identity = age::Identity::generate();
    const age::Recipient recipient = identity.recipient();
    for (const std::size_t size : {std::size_t{0}, std::size_t{10}, kChunk, 3 * kBatch + 1}) {
        Bytes file;
        {
            auto encryptor = age::Encryptor::start({&recipient, 1}, appendTo(file));
            VERIFY_OK(encryptor);
            VERIFY_OK(encryptor->write(Bytes(size)));
        }
        QCOMPARE(decryptAll(file, identity).fault, DecryptFault::Payload);
    }
}

void AgeTest::finishedStreamTakesNoMore() {
    const age::Recipient recipient = age::Identity::generate().recipient();
    Bytes file;
    auto encryptor = age::Encryptor::start({&recipient, 1}, appendTo(file));
    VERIFY_OK(encryptor);
    VERIFY_OK(encryptor->finish());
    const std::size_t size = file.size();
    VERIFY_FAILS(encryptor->write(Bytes{1}), ErrorCode::InvalidArgument);
    VERIFY_FAILS(encryptor->finish(), ErrorCode::InvalidArgument);
    QCOMPARE(file.size(), size);
}

void AgeTest::endlessHeaderIsRefused() {
    const age::Identity identity = age::Identity::generate();
    std::size_t read = 0;
    bool started = false;
    const age::Source source = [&](ByteSpan target) -> Result<std::size_t> {
        std::fill(target.begin(), target.end(), std::uint8_t{'a'});
        const std::string_view start = "age-encryption.org/v1\n-> ";
        if (!started) std::copy(start.begin(), start.end(), target.begin());
        started = true;
        read += target.size();
        return target.size();
    };
    Bytes released;
    const auto outcome = age::decrypt(source, {&identity, 1}, appendTo(released));
    VERIFY_OK(outcome);
    QCOMPARE(outcome->fault, DecryptFault::Header);
    QVERIFY(read <= std::size_t{2} * 1024 * 1024);
}

void AgeTest::headerWithTooManyStanzasIsRefused() {
    const age::Identity identity = age::Identity::generate();
    const std::vector<age::Recipient> many(1025, identity.recipient());
    VERIFY_FAILS(age::encryptBytes(many, {}), ErrorCode::InvalidArgument);
    Bytes file = encryptAll(identity, {});
    std::string greased = "age-encryption.org/v1\n";
    const std::size_t versionSize = greased.size();
    for (int i = 0; i < 1024; ++i) {
        greased += "-> x\n\n";
    }
    greased.append(file.begin() + static_cast<std::ptrdiff_t>(versionSize), file.end());
    QCOMPARE(decryptAll(viewOf(std::string_view(greased)), identity).fault, DecryptFault::Header);
    // One less is read to its end, and found to be altered.
    greased.erase(versionSize, 6);
    QCOMPARE(decryptAll(viewOf(std::string_view(greased)), identity).fault, DecryptFault::Hmac);
}

void AgeTest::bytesAreAllOrNothing() {
    const age::Identity identity = age::Identity::generate();
    const Bytes plaintext = randomBytes(kChunk + 100);
    Bytes file = encryptAll(identity, plaintext);
    const auto whole = age::decryptBytes({&identity, 1}, file);
    VERIFY_OK(whole);
    QVERIFY(equalConstantTime(whole->view(), plaintext));
    file.back() ^= 1;
    VERIFY_FAILS(age::decryptBytes({&identity, 1}, file), ErrorCode::Damaged);
    VERIFY_FAILS(age::decryptBytes({&identity, 1}, {}), ErrorCode::Damaged);
}

void AgeTest::noSecretOutlivesTheCalls() {
    const std::size_t before = secretMemoryReport().alive;
    {
        const age::Identity identity = age::Identity::generate();
        const Bytes file = encryptAll(identity, Bytes(2 * kBatch));
        QCOMPARE(decryptAll(file, identity).fault, DecryptFault::None);
        QCOMPARE(secretMemoryReport().alive, before + 1);
    }
    QCOMPARE(secretMemoryReport().alive, before);
}

QTEST_GUILESS_MAIN(AgeTest)
#include "tst_age.moc"
