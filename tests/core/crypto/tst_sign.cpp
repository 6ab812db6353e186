// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "crypto/sign.h"
#include "support/result_check.h"

using namespace sotto;
using namespace sotto::crypto;

namespace {

constexpr std::string_view kContext = "sotto-manifest-v1";

SigningKey keyOf(std::string_view seedHex) {
    auto key = SigningKey::fromSeed(SecureBytes::copyOf(*fromHex(seedHex)));
    return key ? std::move(*key) : SigningKey::generate();
}

}  // namespace

class SignTest : public QObject {
    Q_OBJECT

private slots:
    void seedGivesTheKeyAndSignature_data();
    void seedGivesTheKeyAndSignature();
    void seedComesBack();
    void seedOfAnotherSizeIsRefused();
    void signatureBelongsToOneContext();
    void boundaryBetweenContextAndMessageCounts();
    void anyFlippedBitIsNoticed();
    void generatedKeysDiffer();
};

void SignTest::seedGivesTheKeyAndSignature_data() {
    QTest::addColumn<QByteArray>("seed");
    QTest::addColumn<QByteArray>("verifyKey");
    QTest::addColumn<QByteArray>("signature");
    // Keys: RFC 8032, 7.1, tests 1 to 3. Signatures over "sotto-manifest-v1", 0x00, "abc": computed with OpenSSL.
    QTest::newRow("test 1")
        << QByteArray("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
        << QByteArray("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
        << QByteArray(
               "c4f722976ab4e4b5980c25bbc210165884dfdec7b2874a7a09a701c49166d4aae67d3dceb3ec4c3ba15b"
               "a25c76858c81c7fc46175de60d6f0d55dc6471e72804");
    QTest::newRow("test 2")
        << QByteArray("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
        << QByteArray("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
        << QByteArray(
               "5fe49a5a4f17cabed8b4721ac858896f8cdac04e66a56b353b3dd29287c7fb607b56924fd6fcac19b2a0"
               "bddec1d2ba666bbd46a660e3e220edb5c7537cde3a07");
    QTest::newRow("test 3")
        << QByteArray("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7")
        << QByteArray("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025")
        << QByteArray(
               "bf1409faa37aa63ddfa7613e0fb75b8884532efb1c0fc4edb3ce0e55c7712844ce4aa221d9ae155f665d"
               "1de06e47807be56e826eea8a5553256d7d4d3457d10b");
}

void SignTest::seedGivesTheKeyAndSignature() {
    QFETCH(QByteArray, seed);
    QFETCH(QByteArray, verifyKey);
    QFETCH(QByteArray, signature);
    const SigningKey key = keyOf(seed.toStdString());
    QCOMPARE(toHex(key.verifyKey()), verifyKey.toStdString());
    const ByteView message = viewOf(std::string_view("abc"));
    const Signature made = key.sign(kContext, message);
    QCOMPARE(toHex(made), signature.toStdString());
    QVERIFY(verifySignature(key.verifyKey(), kContext, message, made));
}

void SignTest::seedComesBack() {
    const SigningKey key = SigningKey::generate();
    const SecureBytes seed = key.seed();
    QCOMPARE(seed.size(), std::size_t{32});
    const auto again = SigningKey::fromSeed(seed);
    VERIFY_OK(again);
    QVERIFY(again->verifyKey() == key.verifyKey());
}

void SignTest::seedOfAnotherSizeIsRefused() {
    VERIFY_FAILS(SigningKey::fromSeed(SecureBytes(31)), ErrorCode::ParseFailed);
    VERIFY_FAILS(SigningKey::fromSeed(SecureBytes(64)), ErrorCode::ParseFailed);
    VERIFY_FAILS(SigningKey::fromSeed(SecureBytes()), ErrorCode::ParseFailed);
}

void SignTest::signatureBelongsToOneContext() {
    const SigningKey key = SigningKey::generate();
    const Bytes message{1, 2, 3};
    const Signature signature = key.sign(kContext, message);
    QVERIFY(!verifySignature(key.verifyKey(), "sotto-receipt-v1", message, signature));
    QVERIFY(!verifySignature(SigningKey::generate().verifyKey(), kContext, message, signature));
}

void SignTest::boundaryBetweenContextAndMessageCounts() {
    const SigningKey key = SigningKey::generate();
    const Signature signature = key.sign("ab", viewOf(std::string_view("c")));
    QVERIFY(!verifySignature(key.verifyKey(), "a", viewOf(std::string_view("bc")), signature));
    QVERIFY(!verifySignature(key.verifyKey(), "abc", {}, signature));
}

void SignTest::anyFlippedBitIsNoticed() {
    const SigningKey key = SigningKey::generate();
    const Bytes message{0x10, 0x20};
    const Signature signature = key.sign(kContext, message);
    for (std::size_t bit = 0; bit < signature.size() * 8; ++bit) {
        Signature altered = signature;
        altered[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
        QVERIFY(!verifySignature(key.verifyKey(), kContext, message, altered));
    }
    for (std::size_t bit = 0; bit < message.size() * 8; ++bit) {
        Bytes altered = message;
        altered[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
        QVERIFY(!verifySignature(key.verifyKey(), kContext, altered, signature));
    }
}

void SignTest::generatedKeysDiffer() {
    QVERIFY(SigningKey::generate().verifyKey() != SigningKey::generate().verifyKey());
}

QTEST_GUILESS_MAIN(SignTest)
#include "tst_sign.moc"
