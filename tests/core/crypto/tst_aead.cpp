// SPDX-License-Identifier: Apache-2.0
#include <numeric>

#include <QTest>

#include "crypto/aead.h"
#include "support/result_check.h"

using namespace sotto;
using namespace sotto::crypto;

namespace {

/// The example of draft-irtf-cfrg-xchacha-03, A.3.1.
struct Example {
    Bytes key = Bytes(32);
    AeadNonce nonce{};
    Bytes associated = *fromHex("50515253c0c1c2c3c4c5c6c7");
    std::string_view plaintext =
        "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would "
        "be it.";
    std::string sealed =
        "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa6440bf3a82f4eda7e39ae64c6708c54c2"
        "16cb96b72e1213b4522f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff921f9664c97637da9768812f615c6"
        "8b13b52ec0875924c1c7987947deafd8780acf49";
    Example() {
        std::iota(key.begin(), key.end(), std::uint8_t{0x80});
        std::iota(nonce.begin(), nonce.end(), std::uint8_t{0x40});
    }
};

}  // namespace

class AeadTest : public QObject {
    Q_OBJECT

private slots:
    void sealingGivesTheAnswerOfTheDraft();
    void openingGivesBackThePlaintext();
    void emptyPlaintextIsAuthenticatedToo();
    void anyFlippedBitIsNoticedAndLeavesZeros();
    void noncesDiffer();
    void sealedSecretOpensWithItsKeyAndContextOnly();
    void everyFlippedBitAndTruncationOfASealedSecretIsWrongKey();
};

void AeadTest::sealingGivesTheAnswerOfTheDraft() {
    const Example example;
    Bytes out(example.plaintext.size() + kAeadTagSize);
    aeadSeal(example.key, example.nonce, example.associated, viewOf(example.plaintext), out);
    QCOMPARE(toHex(out), example.sealed);
}

void AeadTest::openingGivesBackThePlaintext() {
    const Example example;
    const Bytes sealed = *fromHex(example.sealed);
    Bytes out(sealed.size() - kAeadTagSize);
    QVERIFY(aeadOpen(example.key, example.nonce, example.associated, sealed, out));
    QCOMPARE(std::string(out.begin(), out.end()), std::string(example.plaintext));
}

void AeadTest::emptyPlaintextIsAuthenticatedToo() {
    const Example example;
    Bytes sealed(kAeadTagSize);
    aeadSeal(example.key, example.nonce, example.associated, {}, sealed);
    QVERIFY(aeadOpen(example.key, example.nonce, example.associated, sealed, {}));
    QVERIFY(!aeadOpen(example.key, example.nonce, {}, sealed, {}));
}

void AeadTest::anyFlippedBitIsNoticedAndLeavesZeros() {
    const Example example;
    const Bytes sealed = *fromHex(example.sealed);
    const Bytes zeros(sealed.size() - kAeadTagSize, 0);
    for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit) {
        Bytes altered = sealed;
        altered[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
        Bytes out(zeros.size(), 0xee);
        QVERIFY(!aeadOpen(example.key, example.nonce, example.associated, altered, out));
        QVERIFY(out == zeros);
    }
    Bytes out(zeros.size());
    Bytes otherKey = example.key;
    otherKey[0] ^= 1;
    QVERIFY(!aeadOpen(otherKey, example.nonce, example.associated, sealed, out));
    AeadNonce otherNonce = example.nonce;
    otherNonce[23] ^= 1;
    QVERIFY(!aeadOpen(example.key, otherNonce, example.associated, sealed, out));
    Bytes otherContext = example.associated;
    otherContext[11] ^= 1;
    QVERIFY(!aeadOpen(example.key, example.nonce, otherContext, sealed, out));
}

void AeadTest::noncesDiffer() {
    QVERIFY(randomNonce() != randomNonce());
}

void AeadTest::sealedSecretOpensWithItsKeyAndContextOnly() {
    const Bytes key(32, 7);
    const Bytes context{1, 2};
    const SecureBytes secret = SecureBytes::copyOf(Bytes{3, 1, 4});
    const Bytes sealed = sealSecret(key, context, secret);
    QCOMPARE(sealed.size(), kAeadNonceSize + 3 + kAeadTagSize);
    QVERIFY(sealSecret(key, context, secret) != sealed);
    const auto opened = openSecret(key, context, sealed);
    VERIFY_OK(opened);
    QCOMPARE(toHex(opened->view()), std::string("030104"));
    VERIFY_FAILS(openSecret(Bytes(32, 8), context, sealed), ErrorCode::WrongKey);
    VERIFY_FAILS(openSecret(key, Bytes{1}, sealed), ErrorCode::WrongKey);
    const auto nothing = openSecret(key, context, sealSecret(key, context, SecureBytes()));
    VERIFY_OK(nothing);
    QVERIFY(nothing->isEmpty());
}

void AeadTest::everyFlippedBitAndTruncationOfASealedSecretIsWrongKey() {
    const Bytes key(32, 7);
    const Bytes sealed = sealSecret(key, {}, SecureBytes::random(32));
    for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit) {
        Bytes altered = sealed;
        altered[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
        VERIFY_FAILS(openSecret(key, {}, altered), ErrorCode::WrongKey);
    }
    for (std::size_t size = 0; size < sealed.size(); ++size) {
        VERIFY_FAILS(openSecret(key, {}, ByteView(sealed).first(size)), ErrorCode::WrongKey);
    }
}

QTEST_GUILESS_MAIN(AeadTest)
#include "tst_aead.moc"
