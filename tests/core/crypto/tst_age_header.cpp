// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "crypto/age/base64.h"
#include "crypto/age/header.h"
#include "support/result_check.h"

using namespace sotto;
using namespace sotto::crypto;

namespace {

const std::string kMacLine = "--- " + std::string(43, 'A') + "\n";
const std::string kVersion = "age-encryption.org/v1\n";

std::size_t stanzasIn(const std::string& text) {
    const auto header = age::parseHeader(text);
    return header ? header->stanzas.size() : 0;
}

/// A stanza as our own writer makes it, for this identity.
age::Stanza goodStanza(const age::Identity& identity) {
    const age::Recipient recipient = identity.recipient();
    const auto text = age::makeHeader({&recipient, 1}, SecureBytes::copyOf(Bytes(age::kFileKeySize, 7)));
    return age::parseHeader(text.value_or(std::string())).value_or(age::Header()).stanzas.at(0);
}

age::Stanza unknownStanza(const char* type) {
    return {{type, "x"}, Bytes(5)};
}

/// "opened", "no match" or "header".
std::string unwrapped(std::vector<age::Stanza> stanzas, const age::Identity& identity) {
    age::Header header;
    header.stanzas = std::move(stanzas);
    const auto key = age::unwrapFileKey(header, {&identity, 1});
    if (!key) return key.error() == age::UnwrapFault::NoMatch ? "no match" : "header";
    return equalConstantTime(key->view(), Bytes(age::kFileKeySize, 7)) ? "opened" : "another key";
}

}  // namespace

class AgeHeaderTest : public QObject {
    Q_OBJECT

private slots:
    void grammarIsKept();
    void bodiesEndWithAShortLine();
    void macCoversUpToTheDashes();
    void unknownStanzasArePassedOver();
    void bodyOfAnotherSizeCondemnsTheHeader();
    void malformedStanzaBehindAGoodOneCondemnsTheHeader();
    void passphraseStanzaStandsAlone();
    void shareOfLowOrderCondemnsTheHeader();
};

void AgeHeaderTest::grammarIsKept() {
    QCOMPARE(stanzasIn(kVersion + "-> a\n\n" + kMacLine), std::size_t{1});
    QCOMPARE(stanzasIn(kVersion + "-> a ~! b\nAAAA\n-> c\n\n" + kMacLine), std::size_t{2});
    const std::string bad[] = {
        "",
        kVersion,
        kVersion + kMacLine,
        "age-encryption.org/v2\n-> a\n\n" + kMacLine,
        "AGE-encryption.org/v1\n-> a\n\n" + kMacLine,
        " " + kVersion + "-> a\n\n" + kMacLine,
        kVersion + "-> \n\n" + kMacLine,
        kVersion + "->\n\n" + kMacLine,
        kVersion + "->a\n\n" + kMacLine,
        kVersion + "-> a  b\n\n" + kMacLine,
        kVersion + "-> a \n\n" + kMacLine,
        kVersion + "-> a\x7f\n\n" + kMacLine,
        kVersion + "-> \xc3\xa9\n\n" + kMacLine,
        kVersion + "-> a\r\n\n" + kMacLine,
        kVersion + "-> a\n\r\n" + kMacLine,
        kVersion + "-> a\n\n\n" + kMacLine,
        kVersion + "-> a\n\n" + kMacLine + "x",
        kVersion + "-> a\n\n" + kMacLine.substr(0, kMacLine.size() - 1),
        kVersion + "-> a\n\n--- " + std::string(42, 'A') + "\n",
        kVersion + "-> a\n\n--- " + std::string(44, 'A') + "\n",
        kVersion + "-> a\n\n---" + std::string(43, 'A') + "\n",
        kVersion + "-> a\n\n---\n",
    };
    for (const std::string& text : bad) {
        QVERIFY2(stanzasIn(text) == 0, text.c_str());
    }
}

void AgeHeaderTest::bodiesEndWithAShortLine() {
    const std::string full(64, 'A');
    QCOMPARE(stanzasIn(kVersion + "-> a\n" + full + "\n\n" + kMacLine), std::size_t{1});
    QCOMPARE(stanzasIn(kVersion + "-> a\n" + full + "\nAAA\n" + kMacLine), std::size_t{1});
    QCOMPARE(stanzasIn(kVersion + "-> a\n" + full + "\n" + kMacLine), std::size_t{0});
    QCOMPARE(stanzasIn(kVersion + "-> a\n" + full + "A\n\n" + kMacLine), std::size_t{0});
    QCOMPARE(stanzasIn(kVersion + "-> a\n" + kMacLine), std::size_t{0});
}

void AgeHeaderTest::macCoversUpToTheDashes() {
    const age::Recipient recipient = age::Identity::generate().recipient();
    const SecureBytes fileKey = SecureBytes::random(age::kFileKeySize);
    const auto text = age::makeHeader({&recipient, 1}, fileKey);
    VERIFY_OK(text);
    const auto header = age::parseHeader(*text);
    QVERIFY(header.has_value());
    QCOMPARE(text->substr(header->macInputSize - 3, 4), std::string("--- "));
    QVERIFY(age::headerMacIsRight(*text, *header, fileKey));
    QVERIFY(!age::headerMacIsRight(*text, *header, SecureBytes::random(age::kFileKeySize)));
}

void AgeHeaderTest::unknownStanzasArePassedOver() {
    const age::Identity identity = age::Identity::generate();
    const age::Stanza good = goodStanza(identity);
    QCOMPARE(unwrapped({good}, identity), std::string("opened"));
    QCOMPARE(unwrapped({unknownStanza("x25519"), good, unknownStanza("y")}, identity), std::string("opened"));
    QCOMPARE(unwrapped({unknownStanza("x")}, identity), std::string("no match"));
    QCOMPARE(unwrapped({good}, age::Identity::generate()), std::string("no match"));
    // A stanza of somebody else's, or of ours that does not verify, is passed over too.
    age::Stanza altered = good;
    altered.body[3] ^= 1;
    QCOMPARE(unwrapped({altered, goodStanza(age::Identity::generate()), good}, identity), std::string("opened"));
}

void AgeHeaderTest::bodyOfAnotherSizeCondemnsTheHeader() {
    const age::Identity identity = age::Identity::generate();
    for (const std::size_t size : {0, 15, 16, 31, 33, 48}) {
        age::Stanza stanza = goodStanza(identity);
        stanza.body.resize(size);
        QCOMPARE(unwrapped({stanza}, identity), std::string("header"));
    }
}

void AgeHeaderTest::malformedStanzaBehindAGoodOneCondemnsTheHeader() {
    const age::Identity identity = age::Identity::generate();
    const age::Stanza good = goodStanza(identity);
    age::Stanza extra = good;
    extra.arguments.emplace_back("x");
    QCOMPARE(unwrapped({good, extra}, identity), std::string("header"));
    QCOMPARE(unwrapped({good, {{"X25519"}, good.body}}, identity), std::string("header"));
    QCOMPARE(unwrapped({good, {{"X25519", "AAAA"}, good.body}}, identity), std::string("header"));
}

void AgeHeaderTest::passphraseStanzaStandsAlone() {
    const age::Identity identity = age::Identity::generate();
    QCOMPARE(unwrapped({unknownStanza("scrypt")}, identity), std::string("no match"));
    QCOMPARE(unwrapped({goodStanza(identity), unknownStanza("scrypt")}, identity), std::string("header"));
    QCOMPARE(unwrapped({unknownStanza("scrypt"), unknownStanza("scrypt")}, identity), std::string("header"));
}

void AgeHeaderTest::shareOfLowOrderCondemnsTheHeader() {
    const age::Identity identity = age::Identity::generate();
    age::Stanza stanza = goodStanza(identity);
    for (const std::uint8_t first : Bytes{0, 1}) {
        Bytes point(32, 0);
        point[0] = first;
        stanza.arguments[1] = age::toBase64(point);
        QCOMPARE(unwrapped({stanza}, identity), std::string("header"));
    }
}

QTEST_GUILESS_MAIN(AgeHeaderTest)
#include "tst_age_header.moc"
