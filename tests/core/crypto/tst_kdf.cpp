// SPDX-License-Identifier: Apache-2.0
#include <numeric>

#include <QTest>

#include "crypto/kdf.h"
#include "support/result_check.h"

using namespace sotto;
using namespace sotto::crypto;

namespace {

/// The bytes first, first + 1, ... end - 1.
Bytes range(int first, int end) {
    Bytes bytes(static_cast<std::size_t>(end - first));
    std::iota(bytes.begin(), bytes.end(), static_cast<std::uint8_t>(first));
    return bytes;
}

std::string textOf(const Bytes& bytes) {
    return {bytes.begin(), bytes.end()};
}

constexpr Argon2Cost kCheap{1024, 2};

}  // namespace

class KdfTest : public QObject {
    Q_OBJECT

private slots:
    void hkdfGivesTheAnswersOfRfc5869();
    void emptySaltStandsFor32Zeros();
    void hkdfShorterOutputIsAPrefix();
    void argon2idGivesTheKnownAnswers();
    void argon2idDependsOnPassphraseSaltAndCost();
    void argon2idRefusesIllegalInput();
    void storedCostOutsideTheBoundsIsRefused();
    void calibrationRaisesPassesOnly();
};

void KdfTest::hkdfGivesTheAnswersOfRfc5869() {
    const SecureBytes one = hkdfSha256(Bytes(22, 0x0b), range(0, 13), textOf(range(0xf0, 0xfa)), 42);
    QCOMPARE(toHex(one.view()), std::string("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf3400720"
                                            "8d5b887185865"));
    const SecureBytes two = hkdfSha256(range(0, 0x50), range(0x60, 0xb0), textOf(range(0xb0, 0x100)), 82);
    QCOMPARE(
        toHex(two.view()),
        std::string("b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e"
                    "09da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87"));
    const SecureBytes three = hkdfSha256(Bytes(22, 0x0b), {}, "", 42);
    QCOMPARE(toHex(three.view()),
             std::string("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"));
}

void KdfTest::emptySaltStandsFor32Zeros() {
    const Bytes key{1, 2, 3};
    QCOMPARE(toHex(hkdfSha256(key, {}, "x").view()), toHex(hkdfSha256(key, Bytes(32, 0), "x").view()));
    QVERIFY(toHex(hkdfSha256(key, Bytes{1}, "x").view()) != toHex(hkdfSha256(key, {}, "x").view()));
}

void KdfTest::hkdfShorterOutputIsAPrefix() {
    const SecureBytes longest = hkdfSha256(Bytes{1}, {}, "x", 255 * 32);
    QCOMPARE(longest.size(), std::size_t{255 * 32});
    for (const std::size_t size : {1, 31, 32, 33, 64, 65}) {
        QVERIFY(equalConstantTime(hkdfSha256(Bytes{1}, {}, "x", size).view(), longest.view().first(size)));
    }
}

void KdfTest::argon2idGivesTheKnownAnswers() {
    // The first is in libsodium's own tests, the second was computed with OpenSSL's Argon2id.
    const auto first = argon2id({}, *fromHex("6c0f356abb225f2b1ddd66d34739843b"), {4882, 2});
    VERIFY_OK(first);
    QCOMPARE(toHex(first->view()), std::string("366f1004cfbb447d435e8f6bbe9e5cc0a10e38e7c3da0e89bb19578a1a0d7291"));
    const QByteArray passphrase = QStringLiteral("cinq mots tir\u00e9s au sort").toUtf8();
    const auto second = argon2id(viewOf(passphrase), range(0, 16), kCheap);
    VERIFY_OK(second);
    QCOMPARE(toHex(second->view()), std::string("a29b4ba7f514cec892229bf4a6c1f7ea1e6e6ca461f0178247fe2595ed97f395"));
}

void KdfTest::argon2idDependsOnPassphraseSaltAndCost() {
    const auto derive = [](std::string_view passphrase, int salt, Argon2Cost cost) {
        const auto key = argon2id(viewOf(passphrase), Bytes(16, static_cast<std::uint8_t>(salt)), cost);
        return key ? toHex(key->view()) : std::string();
    };
    const std::string base = derive("words", 1, kCheap);
    QCOMPARE(base.size(), std::size_t{64});
    QCOMPARE(derive("words", 1, kCheap), base);
    QVERIFY(derive("words ", 1, kCheap) != base);
    QVERIFY(derive("words", 2, kCheap) != base);
    QVERIFY(derive("words", 1, {1024, 3}) != base);
    QVERIFY(derive("words", 1, {1025, 2}) != base || derive("words", 1, {1028, 2}) != base);
}

void KdfTest::argon2idRefusesIllegalInput() {
    VERIFY_FAILS(argon2id({}, Bytes(15), kCheap), ErrorCode::InvalidArgument);
    VERIFY_FAILS(argon2id({}, Bytes(17), kCheap), ErrorCode::InvalidArgument);
    VERIFY_FAILS(argon2id({}, Bytes(16), (Argon2Cost{7, 1})), ErrorCode::InvalidArgument);
    VERIFY_FAILS(argon2id({}, Bytes(16), (Argon2Cost{1024, 0})), ErrorCode::InvalidArgument);
}

void KdfTest::storedCostOutsideTheBoundsIsRefused() {
    VERIFY_OK(checkArgon2Cost(kArgon2Floor));
    VERIFY_OK(checkArgon2Cost(kArgon2Ceiling));
    VERIFY_OK(checkArgon2Cost(Argon2Cost{}));
    VERIFY_OK(checkArgon2Cost(kCheap, kCheap));
    const auto [floorMemory, floorPasses] = kArgon2Floor;
    const auto [topMemory, topPasses] = kArgon2Ceiling;
    VERIFY_FAILS(checkArgon2Cost({floorMemory - 1, floorPasses}), ErrorCode::ParseFailed);
    VERIFY_FAILS(checkArgon2Cost({floorMemory, floorPasses - 1}), ErrorCode::ParseFailed);
    VERIFY_FAILS(checkArgon2Cost({topMemory + 1, topPasses}), ErrorCode::ParseFailed);
    VERIFY_FAILS(checkArgon2Cost({topMemory, topPasses + 1}), ErrorCode::ParseFailed);
    VERIFY_FAILS(checkArgon2Cost({UINT32_MAX, UINT32_MAX}), ErrorCode::ParseFailed);
}

void KdfTest::calibrationRaisesPassesOnly() {
    const auto enough = calibrateArgon2(kCheap, 0);
    VERIFY_OK(enough);
    QCOMPARE(*enough, kCheap);
    // No machine takes an hour for 8 KiB, so this runs into the ceiling.
    const auto most = calibrateArgon2({8, 1}, 3600 * 1000);
    VERIFY_OK(most);
    QCOMPARE(*most, (Argon2Cost{8, kArgon2Ceiling.passes}));
}

QTEST_GUILESS_MAIN(KdfTest)
#include "tst_kdf.moc"
