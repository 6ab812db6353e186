// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "base/ids.h"
#include "crypto/age/base64.h"
#include "crypto/age/bech32.h"
#include "crypto/age/keys.h"
#include "support/result_check.h"

using namespace sotto;
using namespace sotto::crypto;

namespace {

// The identity of the age test kit, and its recipient as age-keygen gives it.
constexpr std::string_view kIdentity = "AGE-SECRET-KEY-1EGTZVFFV20835NWYV6270LXYVK2VKNX2MMDKWYKLMGR48UAWX40Q2P2LM0";
constexpr std::string_view kRecipient = "age1xmwwc06ly3ee5rytxm9mflaz2u56jjj36s0mypdrwsvlul66mv4q47ryef";

std::string textOf(const SecureBytes& bytes) {
    return {bytes.view().begin(), bytes.view().end()};
}

}  // namespace

class AgeKeysTest : public QObject {
    Q_OBJECT

private slots:
    void bech32TakesTheValidStringsOfBip173();
    void bech32RefusesWhatIsNotItsPrefixSizeOrChecksum();
    void bech32WritesWhatItReads();
    void base64TakesCanonicalTextOnly();
    void base64WritesWhatItReads();
    void knownIdentityGivesKnownRecipient();
    void textFormsComeBack();
    void oneWrongCharacterIsRefused();
    void secretOfAnotherSizeIsRefused();
    void cloneIsTheSameKeyInOtherMemory();
    void identityFileSkipsCommentsAndBlankLines();
    void identityFileNamesTheBadLineButNotItsContent();
    void identityFileWithoutAKeyIsRefused();
};

void AgeKeysTest::bech32TakesTheValidStringsOfBip173() {
    QVERIFY(age::bech32::decode("A12UEL5L", "a", {}));
    QVERIFY(age::bech32::decode("a12uel5l", "a", {}));
    const std::string_view longPrefix =
        "an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio";
    QVERIFY(age::bech32::decode(std::string(longPrefix) + "1tt5tgs", longPrefix, {}));
    Bytes twenty(20);
    QVERIFY(age::bech32::decode("abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw", "abcdef", twenty));
    QCOMPARE(toHex(twenty), std::string("00443214c74254b635cf84653a56d7c675be77df"));
    Bytes thirty(30);
    QVERIFY(age::bech32::decode("split1checkupstagehandshakeupstreamerranterredcaperred2y9e3w", "split", thirty));
}

void AgeKeysTest::bech32RefusesWhatIsNotItsPrefixSizeOrChecksum() {
    QVERIFY(!age::bech32::decode("A1G7SGD8", "a", {}));   // checksum made with an upper-case prefix
    QVERIFY(!age::bech32::decode("A12uEL5L", "a", {}));   // mixed case
    QVERIFY(!age::bech32::decode("a12uel5l", "b", {}));   // another prefix
    QVERIFY(!age::bech32::decode("a12uel5", "a", {}));    // too short
    QVERIFY(!age::bech32::decode("a12uel5ll", "a", {}));  // too long
    QVERIFY(!age::bech32::decode("a22uel5l", "a", {}));   // no separator
    QVERIFY(!age::bech32::decode("a12uel5b", "a", {}));   // 'b' is not in the alphabet
    QVERIFY(!age::bech32::decode("a1lqfn3a", "a", {}));   // Bech32m
    QVERIFY(!age::bech32::decode("", "a", {}));
    Bytes bytes(20, 0xee);
    QVERIFY(!age::bech32::decode("abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxx", "abcdef", bytes));
    QCOMPARE(toHex(bytes), std::string(40, '0'));
}

void AgeKeysTest::bech32WritesWhatItReads() {
    for (std::size_t size = 0; size < 40; ++size) {
        Bytes bytes(size);
        for (std::size_t i = 0; i < size; ++i) {
            bytes[i] = static_cast<std::uint8_t>(0xf3 * (i + size));
        }
        std::string text(age::bech32::encodedSize(3, size), ' ');
        age::bech32::encode("age", bytes, text);
        Bytes back(size, 1);
        QVERIFY(age::bech32::decode(text, "age", back));
        QVERIFY(back == bytes);
    }
}

void AgeKeysTest::base64TakesCanonicalTextOnly() {
    QCOMPARE(toHex(*age::fromBase64("")), std::string());
    QCOMPARE(toHex(*age::fromBase64("/+8")), std::string("ffef"));
    QCOMPARE(toHex(*age::fromBase64("Zg")), std::string("66"));
    for (const char* bad : {"Z", "Zg==", "Zh", "Zm9=", "Zm9v\n", "Zm 9", "Zm-v", "Zm_v", "Zm9vY", "Zm9vYj"}) {
        QVERIFY2(!age::fromBase64(bad), bad);
    }
}

void AgeKeysTest::base64WritesWhatItReads() {
    QCOMPARE(age::toBase64(viewOf(std::string_view("foobar"))), std::string("Zm9vYmFy"));
    QCOMPARE(age::toBase64(viewOf(std::string_view("fooba"))), std::string("Zm9vYmE"));
    QCOMPARE(age::toBase64(viewOf(std::string_view("foob"))), std::string("Zm9vYg"));
    for (std::size_t size = 0; size < 100; ++size) {
        Bytes bytes(size);
        randomFill(bytes);
        QVERIFY(age::fromBase64(age::toBase64(bytes)) == bytes);
    }
}

void AgeKeysTest::knownIdentityGivesKnownRecipient() {
    const auto identity = age::Identity::parse(kIdentity);
    VERIFY_OK(identity);
    QCOMPARE(identity->recipient().toString(), std::string(kRecipient));
    const auto recipient = age::Recipient::parse(kRecipient);
    VERIFY_OK(recipient);
    QVERIFY(*recipient == identity->recipient());
}

void AgeKeysTest::textFormsComeBack() {
    for (int i = 0; i < 20; ++i) {
        const age::Identity identity = age::Identity::generate();
        const std::string text = textOf(identity.toText());
        QVERIFY(text.starts_with("AGE-SECRET-KEY-1"));
        const auto again = age::Identity::parse(text);
        VERIFY_OK(again);
        QVERIFY(equalConstantTime(again->secret().view(), identity.secret().view()));
        const auto recipient = age::Recipient::parse(identity.recipient().toString());
        VERIFY_OK(recipient);
        QVERIFY(*recipient == identity.recipient());
    }
}

void AgeKeysTest::oneWrongCharacterIsRefused() {
    for (std::size_t i = 0; i < kRecipient.size(); ++i) {
        std::string text(kRecipient);
        text[i] = text[i] == 'q' ? 'p' : 'q';
        VERIFY_FAILS(age::Recipient::parse(text), ErrorCode::ParseFailed);
    }
    for (std::size_t i = 0; i < kIdentity.size(); ++i) {
        std::string text(kIdentity);
        text[i] = text[i] == 'Q' ? 'P' : 'Q';
        VERIFY_FAILS(age::Identity::parse(text), ErrorCode::ParseFailed);
    }
    VERIFY_FAILS(age::Recipient::parse(kIdentity), ErrorCode::ParseFailed);
    VERIFY_FAILS(age::Identity::parse(kRecipient), ErrorCode::ParseFailed);
    VERIFY_FAILS(age::Recipient::parse(std::string(kRecipient) + "\n"), ErrorCode::ParseFailed);
}

void AgeKeysTest::secretOfAnotherSizeIsRefused() {
    VERIFY_OK(age::Identity::fromSecret(SecureBytes::random(32)));
    VERIFY_FAILS(age::Identity::fromSecret(SecureBytes(31)), ErrorCode::ParseFailed);
    VERIFY_FAILS(age::Identity::fromSecret(SecureBytes(33)), ErrorCode::ParseFailed);
}

void AgeKeysTest::cloneIsTheSameKeyInOtherMemory() {
    const age::Identity identity = age::Identity::generate();
    const age::Identity clone = identity.clone();
    QVERIFY(clone.recipient() == identity.recipient());
    QVERIFY(clone.secret().view().data() != identity.secret().view().data());
}

void AgeKeysTest::identityFileSkipsCommentsAndBlankLines() {
    const std::string other = textOf(age::Identity::generate().toText());
    const std::string content = "# created: today\n\n" + std::string(kIdentity) + "\r\n# two\n" + other;
    const auto identities = age::parseIdentityFile(viewOf(std::string_view(content)));
    VERIFY_OK(identities);
    QCOMPARE(identities->size(), std::size_t{2});
    QCOMPARE(identities->at(0).recipient().toString(), std::string(kRecipient));
    QCOMPARE(textOf(identities->at(1).toText()), other);
}

void AgeKeysTest::identityFileNamesTheBadLineButNotItsContent() {
    const std::string broken = std::string(kIdentity.substr(0, kIdentity.size() - 1)) + "Q";
    const std::string content = "# one\n" + std::string(kIdentity) + "\n" + broken + "\n";
    const auto identities = age::parseIdentityFile(viewOf(std::string_view(content)));
    VERIFY_FAILS(identities, ErrorCode::ParseFailed);
    QVERIFY(identities.error().context.starts_with("line 3:"));
    QVERIFY(identities.error().context.find("EGTZVFF") == std::string::npos);
}

void AgeKeysTest::identityFileWithoutAKeyIsRefused() {
    VERIFY_FAILS(age::parseIdentityFile({}), ErrorCode::ParseFailed);
    VERIFY_FAILS(age::parseIdentityFile(viewOf(std::string_view("# nothing\n\n"))), ErrorCode::ParseFailed);
}

QTEST_GUILESS_MAIN(AgeKeysTest)
#include "tst_age_keys.moc"
