// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "crypto/hash.h"

using namespace sotto;
using namespace sotto::crypto;

namespace {

Bytes counting(std::size_t size) {
    Bytes bytes(size);
    for (std::size_t i = 0; i < size; ++i) {
        bytes[i] = static_cast<std::uint8_t>(i);
    }
    return bytes;
}

}  // namespace

class HashTest : public QObject {
    Q_OBJECT

private slots:
    void sha256GivesTheKnownAnswers();
    void sha256OfPiecesIsThatOfTheWhole();
    void hmacGivesTheAnswersOfRfc4231();
    void keyedBlake2bGivesTheKnownAnswers();
    void macDependsOnKeyAndMessage();
};

void HashTest::sha256GivesTheKnownAnswers() {
    QCOMPARE(toHex(sha256({})), std::string("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
    QCOMPARE(toHex(sha256(viewOf(std::string_view("abc")))),
             std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
}

void HashTest::sha256OfPiecesIsThatOfTheWhole() {
    const Bytes bytes = counting(200);
    for (std::size_t cut = 0; cut <= bytes.size(); ++cut) {
        Sha256 hash;
        hash.update(ByteView(bytes).first(cut));
        Sha256 moved = std::move(hash);
        moved.update(ByteView(bytes).subspan(cut));
        QVERIFY(moved.finish() == sha256(bytes));
    }
}

void HashTest::hmacGivesTheAnswersOfRfc4231() {
    QCOMPARE(toHex(hmacSha256(Bytes(20, 0x0b), viewOf(std::string_view("Hi There")))),
             std::string("b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"));
    QCOMPARE(
        toHex(hmacSha256(viewOf(std::string_view("Jefe")), viewOf(std::string_view("what do ya want for nothing?")))),
        std::string("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));
    QCOMPARE(toHex(hmacSha256(Bytes(131, 0xaa),
                              viewOf(std::string_view("Test Using Larger Than Block-Size Key - Hash Key First")))),
             std::string("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"));
}

void HashTest::keyedBlake2bGivesTheKnownAnswers() {
    // Computed with another implementation of RFC 7693 (that of Python's standard library).
    const ByteView message = viewOf(std::string_view("abc"));
    QCOMPARE(toHex(mac256(counting(32), message)),
             std::string("d63a32d3e44738d7907f964316c241adaba0abfeabc32349677578a15a203f7f"));
    QCOMPARE(toHex(mac128(counting(32), message)), std::string("1a64be47e4729d951c302ee543f97cf3"));
}

void HashTest::macDependsOnKeyAndMessage() {
    const Bytes key = counting(32);
    Bytes otherKey = key;
    otherKey[31] ^= 1;
    const Bytes message{1, 2};
    QVERIFY(mac128(key, message) != mac128(otherKey, message));
    QVERIFY(mac128(key, message) != mac128(key, Bytes{1, 2, 0}));
    QVERIFY(mac128(key, {}) != mac128(otherKey, {}));
}

QTEST_GUILESS_MAIN(HashTest)
#include "tst_hash.moc"
