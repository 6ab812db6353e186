// SPDX-License-Identifier: Apache-2.0
#include <type_traits>

#include <QTest>

#include "crypto/secure_bytes.h"

using namespace sotto;
using namespace sotto::crypto;

class SecureBytesTest : public QObject {
    Q_OBJECT

private slots:
    void newSecretIsZeroAndWritable();
    void copyHasTheSameBytesInOtherMemory();
    void randomSecretsDiffer();
    void movedFromSecretIsEmpty();
    void assignmentWipesTheOldSecret();
    void assigningToItselfKeepsTheSecret();
    void reportCountsEverySecretOnce();
    void emptySecretIsNoSecret();
    void lockedOrSaysThatItIsNot();
    void comparisonTellsSizeAndEveryByte();
    void wipeZeroesTheMemory();
};

static_assert(!std::is_copy_constructible_v<SecureBytes> && !std::is_copy_assignable_v<SecureBytes>);
static_assert(std::is_nothrow_move_constructible_v<SecureBytes> && std::is_nothrow_move_assignable_v<SecureBytes>);

void SecureBytesTest::newSecretIsZeroAndWritable() {
    SecureBytes secret(33);
    QCOMPARE(secret.size(), std::size_t{33});
    QCOMPARE(toHex(secret.view()), std::string(66, '0'));
    secret.span()[32] = 7;
    QCOMPARE(secret.view()[32], std::uint8_t{7});
}

void SecureBytesTest::copyHasTheSameBytesInOtherMemory() {
    const Bytes source{1, 2, 3};
    const SecureBytes copy = SecureBytes::copyOf(source);
    const SecureBytes clone = copy.clone();
    QCOMPARE(toHex(copy.view()), std::string("010203"));
    QCOMPARE(toHex(clone.view()), std::string("010203"));
    QVERIFY(clone.view().data() != copy.view().data());
    QVERIFY(copy.view().data() != source.data());
}

void SecureBytesTest::randomSecretsDiffer() {
    QVERIFY(!equalConstantTime(SecureBytes::random(16).view(), SecureBytes::random(16).view()));
}

void SecureBytesTest::movedFromSecretIsEmpty() {
    SecureBytes first = SecureBytes::copyOf(Bytes{9, 8});
    const std::uint8_t* memory = first.view().data();
    const SecureBytes second = std::move(first);
    QVERIFY(first.isEmpty());  // NOLINT(bugprone-use-after-move): what is promised of it
    QVERIFY(first.view().data() == nullptr);
    QVERIFY(!first.isLocked());
    QVERIFY(second.view().data() == memory);
    QCOMPARE(toHex(second.view()), std::string("0908"));
}

void SecureBytesTest::assignmentWipesTheOldSecret() {
    const std::size_t before = secretMemoryReport().alive;
    SecureBytes target(8);
    SecureBytes source = SecureBytes::copyOf(Bytes{5});
    QCOMPARE(secretMemoryReport().alive, before + 2);
    target = std::move(source);
    QCOMPARE(secretMemoryReport().alive, before + 1);
    QCOMPARE(toHex(target.view()), std::string("05"));
}

void SecureBytesTest::assigningToItselfKeepsTheSecret() {
    SecureBytes secret = SecureBytes::copyOf(Bytes{5, 6});
    SecureBytes& same = secret;
    secret = std::move(same);
    QCOMPARE(toHex(secret.view()), std::string("0506"));
}

void SecureBytesTest::reportCountsEverySecretOnce() {
    const SecretMemoryReport before = secretMemoryReport();
    {
        std::vector<SecureBytes> secrets;
        for (std::size_t i = 0; i < 10; ++i) {
            secrets.emplace_back(32);
        }
        QCOMPARE(secretMemoryReport().alive, before.alive + 10);
        secrets[3].wipe();
        secrets[3].wipe();
        QCOMPARE(secretMemoryReport().alive, before.alive + 9);
        QVERIFY(secrets[3].isEmpty());
    }
    QCOMPARE(secretMemoryReport().alive, before.alive);
    QCOMPARE(secretMemoryReport().unlocked, before.unlocked);
}

void SecureBytesTest::emptySecretIsNoSecret() {
    const std::size_t before = secretMemoryReport().alive;
    const SecureBytes none(0);
    QVERIFY(none.isEmpty());
    QVERIFY(none.clone().isEmpty());
    QCOMPARE(secretMemoryReport().alive, before);
}

void SecureBytesTest::lockedOrSaysThatItIsNot() {
    const SecretMemoryReport before = secretMemoryReport();
    const SecureBytes secret(32);
    const std::size_t expected = before.unlocked + (secret.isLocked() ? 0 : 1);
    QCOMPARE(secretMemoryReport().unlocked, expected);
    // More than any usual limit of locked memory: refused for a user, allowed for root; either way it must be said.
    const SecureBytes huge(std::size_t{256} * 1024 * 1024);
    QCOMPARE(secretMemoryReport().unlocked, expected + (huge.isLocked() ? 0 : 1));
}

void SecureBytesTest::comparisonTellsSizeAndEveryByte() {
    const Bytes a{1, 2, 3};
    QVERIFY(equalConstantTime(a, a));
    QVERIFY(equalConstantTime({}, {}));
    QVERIFY(!equalConstantTime(a, ByteView(a).first(2)));
    for (std::size_t i = 0; i < a.size(); ++i) {
        Bytes b = a;
        b[i] ^= 0x80;
        QVERIFY(!equalConstantTime(a, b));
    }
}

void SecureBytesTest::wipeZeroesTheMemory() {
    Bytes bytes{1, 2, 3};
    wipe(bytes);
    QCOMPARE(toHex(bytes), std::string("000000"));
    wipe({});
}

QTEST_GUILESS_MAIN(SecureBytesTest)
#include "tst_secure_bytes.moc"
