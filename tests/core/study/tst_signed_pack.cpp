// SPDX-License-Identifier: Apache-2.0
#include <set>

#include <QTest>

#include "pack_fixture.h"
#include "study/fingerprint_words.h"
#include "study/signed_pack.h"
#include "support/result_check.h"

using namespace sotto;
using namespace sotto::test;

namespace {

crypto::SigningKey keyOf(std::uint8_t seed) {
    return std::move(*crypto::SigningKey::fromSeed(crypto::SecureBytes::copyOf(Bytes(32, seed))));
}

study::LabKeys someKeys() {
    const auto recipient = [](std::uint8_t byte) {
        return crypto::age::Identity::fromSecret(crypto::SecureBytes::copyOf(Bytes(32, byte)))->recipient();
    };
    study::LabKeys keys;
    keys.content = {recipient(1), recipient(2)};
    keys.identity = {recipient(3)};
    keys.analyst = {recipient(4)};
    return keys;
}

Bytes signedMinimal() {
    return *study::signPack(minimalPack(), someKeys(), keyOf(7));
}

/// Where the head ends and the first file begins.
std::size_t headEnd(const Bytes& pack) {
    ByteReader reader(pack);
    static_cast<void>(reader.raw(10));
    return 14 + reader.u32();
}

/// The same container with another head and correctly signed, as only the holder of the key could make it.
Bytes withHead(const Bytes& pack, const QByteArray& from, const QByteArray& to, const Bytes& further = {}) {
    QByteArray head = byteArrayOf(ByteView(pack).subspan(14, headEnd(pack) - 14));
    SOTTO_CHECK(head.contains(from));
    head.replace(from, to);
    ByteWriter writer;
    writer.raw(ByteView(pack).first(10));
    writer.block(viewOf(head));
    writer.raw(ByteView(pack).subspan(headEnd(pack), pack.size() - headEnd(pack) - 64));
    writer.raw(further);
    writer.raw(keyOf(7).sign("sotto-study-v1", writer.view()));
    return writer.take();
}

}  // namespace

class TestSignedPack : public QObject {
    Q_OBJECT

private slots:
    void aSignedPackOpensAsItWasSigned() {
        const Bytes bytes = *study::signPack(practicePack(), someKeys(), keyOf(7));
        const auto opened = study::openSignedPack(bytes, keyOf(7).verifyKey());
        VERIFY_OK(opened);
        QVERIFY(opened->files == practicePack());
        QVERIFY(opened->bytes == bytes);
        QVERIFY(opened->hash == crypto::sha256(bytes));
        QCOMPARE(opened->pack.id, text("practice"));
        QVERIFY(opened->keys.content == someKeys().content);
        QVERIFY(opened->keys.identity == someKeys().identity);
        QVERIFY(opened->keys.analyst == someKeys().analyst);
        QVERIFY(opened->keys.signing == keyOf(7).verifyKey());
        QVERIFY(bytes == *study::signPack(opened->files, opened->keys, keyOf(7)));
    }

    void withoutAPinTheKeyInThePackIsGivenToBeCompared() {
        const auto opened = study::openSignedPack(signedMinimal(), std::nullopt);
        VERIFY_OK(opened);
        QVERIFY(opened->keys.signing == keyOf(7).verifyKey());
    }

    void anotherLabKeyThanThePinnedOneIsRefused() {
        VERIFY_FAILS(study::openSignedPack(signedMinimal(), keyOf(8).verifyKey()), ErrorCode::SignatureInvalid);
    }

    void aPackWithFaultsIsNotSigned() {
        study::PackFiles files = minimalPack();
        files.erase(text("deident.yaml"));
        VERIFY_FAILS(study::signPack(files, someKeys(), keyOf(7)), ErrorCode::ParseFailed);
    }

    void aPackWithoutRecipientsIsNotSigned() {
        study::LabKeys keys = someKeys();
        keys.content.clear();
        VERIFY_FAILS(study::signPack(minimalPack(), keys, keyOf(7)), ErrorCode::InvalidArgument);
        keys = someKeys();
        keys.identity.clear();
        VERIFY_FAILS(study::signPack(minimalPack(), keys, keyOf(7)), ErrorCode::InvalidArgument);
        keys = someKeys();
        keys.content.resize(17, keys.content.front());
        VERIFY_FAILS(study::signPack(minimalPack(), keys, keyOf(7)), ErrorCode::InvalidArgument);
    }

    void anUnsignedFileIsRefusedWithAHint() {
        const auto opened = study::openSignedPack(minimalPack().at(text("study.yaml")), std::nullopt);
        VERIFY_FAILS(opened, ErrorCode::ParseFailed);
        QVERIFY(opened.error().context.find("sotto-lab study sign") != std::string::npos);
        VERIFY_FAILS(study::openSignedPack({}, std::nullopt), ErrorCode::ParseFailed);
    }

    void everyFlippedBitIsNoticed() {
        const Bytes good = signedMinimal();
        for (std::size_t bit = 0; bit < good.size() * 8; ++bit) {
            Bytes altered = good;
            altered[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
            const auto opened = study::openSignedPack(altered, keyOf(7).verifyKey());
            QVERIFY2(!opened.has_value(), qPrintable(QString::number(bit)));
            const bool inVersion = bit / 8 == 8 || bit / 8 == 9;
            const ErrorCode code = opened.error().code;
            const bool expected = code == ErrorCode::ParseFailed || code == ErrorCode::SignatureInvalid ||
                                  (inVersion && code == ErrorCode::NewerVersion);
            QVERIFY2(expected, errorName(code));
            // without a pin too: the key in the head is covered by its own signature
            QVERIFY2(!study::openSignedPack(altered, std::nullopt).has_value(), qPrintable(QString::number(bit)));
        }
    }

    void everyTruncationAndEveryAdditionIsNoticed() {
        const Bytes good = signedMinimal();
        for (std::size_t size = 0; size < good.size(); ++size) {
            const auto opened = study::openSignedPack(ByteView(good).first(size), std::nullopt);
            QVERIFY2(!opened.has_value(), qPrintable(QString::number(size)));
        }
        Bytes longer = good;
        longer.push_back(0);
        VERIFY_FAILS(study::openSignedPack(longer, std::nullopt), ErrorCode::SignatureInvalid);
    }

    void aNewerFormatIsRefusedAsSuch() {
        Bytes bytes = signedMinimal();
        bytes[8] = 2;
        VERIFY_FAILS(study::openSignedPack(bytes, std::nullopt), ErrorCode::NewerVersion);
        bytes[8] = 0;
        VERIFY_FAILS(study::openSignedPack(bytes, std::nullopt), ErrorCode::ParseFailed);
    }

    void evenASignedHeadCannotPlayTricks_data() {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::addColumn<QByteArray>("part");
        const auto row = [](const char* name, const QByteArray& from, const QByteArray& to, const char* part) {
            QTest::newRow(name) << from << to << QByteArray(part);
        };
        const QByteArray identity = QByteArray::fromStdString(someKeys().identity.front().toString());
        row("path outside", "\"codebook.yaml\"", "\"../../etc/passwd\"", "not part of a study pack");
        row("unknown name", "\"codebook.yaml\"", "\"a.yaml\"", "not part of a study pack");
        row("duplicate path", "\"deident.yaml\"", "\"consents/member.en.md\"", "out of order");
        row("order", "\"codebook.yaml\"", "\"study.yaml\"", "out of order");
        row("negative size", "\"size\":11}", "\"size\":-11}", "not readable");
        row("huge size", "\"size\":11}", "\"size\":1e300}", "not readable");
        row("too large a file", "\"size\":11}", "\"size\":1048577}", "not readable");
        row("wrong size", "\"size\":11}", "\"size\":10}", "not as listed");
        row("fraction", "\"size\":11}", "\"size\":11.5}", "not readable");
        row("space", "\"study\":", "\"study\": ", "not as Sotto writes it");
        row("further key", "\"study\":", "\"sttudy\":1,\"study\":", "not as Sotto writes it");
        row("other study", "\"study\":\"minimal\"", "\"study\":\"maximal\"", "names another study");
        row("other version", "\"version\":3", "\"version\":4", "names another study");
        row("no recipients", '"' + identity + '"', "", "names no recipients");
        row("too many recipients", '"' + identity + '"', ('"' + identity + "\",").repeated(17).chopped(1),
            "too many recipients");
        row("not JSON", "{\"files\"", "(\"files\"", "signing key is not readable");
    }
    void evenASignedHeadCannotPlayTricks() {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QFETCH(QByteArray, part);
        const auto opened = study::openSignedPack(withHead(signedMinimal(), from, to), std::nullopt);
        VERIFY_FAILS(opened, ErrorCode::ParseFailed);
        QVERIFY2(QByteArray::fromStdString(opened.error().context).contains(part), opened.error().context.c_str());
    }

    void signedBytesAfterTheLastFileAreRefused() {
        const auto opened =
            study::openSignedPack(withHead(signedMinimal(), "minimal", "minimal", Bytes(1, 'x')), std::nullopt);
        VERIFY_FAILS(opened, ErrorCode::ParseFailed);
        QVERIFY2(opened.error().context.find("after its last file") != std::string::npos,
                 opened.error().context.c_str());
    }

    void theHelperOfTheTestAboveWouldMakeAGoodPack() {
        VERIFY_OK(study::openSignedPack(withHead(signedMinimal(), "minimal", "minimal"), keyOf(7).verifyKey()));
    }

    void aPackOfFormatVersionOneStillOpens() {
        PosixFileSystem disk;
        const auto bytes = readFile(disk, Path(SOTTO_TEST_DATA) / "packs/minimal-v1.sottostudy", 100'000);
        VERIFY_OK(bytes);
        const auto opened = study::openSignedPack(*bytes, keyOf(7).verifyKey());
        VERIFY_OK(opened);
        QCOMPARE(opened->pack.id, text("minimal"));
        QCOMPARE(opened->keys.content.size(), 2U);
        QCOMPARE(QByteArray::fromStdString(toHex(opened->hash)),
                 QByteArray("c8a8f04727bed5def60a10353d1d0196050e07d8772f73994e12ea6a550a47a7"));
    }

    void wordListsHold256DifferentPlainWords() {
        for (const char* language : {"fr", "en"}) {
            const auto& words = study::fingerprintWordList(language);
            QCOMPARE(std::set<std::string_view>(words.begin(), words.end()).size(), 256U);
            for (const std::string_view word : words) {
                const bool plain = word.size() >= 2 && word.size() <= 10 &&
                                   std::ranges::all_of(word, [](char c) { return c >= 'a' && c <= 'z'; });
                QVERIFY2(plain, std::string(word).c_str());
            }
        }
    }

    void aKeyHasSixWordsThatNeverChange() {
        const crypto::VerifyKey key = keyOf(7).verifyKey();
        QCOMPARE(study::fingerprintWords(key, text("fr")), text("rose flocon brise bague pont laine"));
        QCOMPARE(study::fingerprintWords(key, text("en")), text("rocket garden brook bamboo pumpkin key"));
        QCOMPARE(study::fingerprintWords(key, text("de")), study::fingerprintWords(key, text("en")));
        QVERIFY(study::fingerprintWords(keyOf(8).verifyKey(), text("fr")) != study::fingerprintWords(key, text("fr")));
    }
};

QTEST_GUILESS_MAIN(TestSignedPack)
#include "tst_signed_pack.moc"
