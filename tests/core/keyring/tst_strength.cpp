// SPDX-License-Identifier: Apache-2.0
#include <array>

#include <QTest>

#include "assets/assets.h"
#include "keyring/strength.h"

using namespace sotto;
using keyring::StrengthLevel;

namespace {

const std::array<keyring::WordList, 2>& lists() {
    static const std::array<keyring::WordList, 2> both{assets::words(assets::WordLanguage::French),
                                                       assets::words(assets::WordLanguage::English)};
    return both;
}

ByteView bytesOf(const QByteArray& text) {
    return {reinterpret_cast<const std::uint8_t*>(text.constData()), static_cast<std::size_t>(text.size())};
}

keyring::PassphraseStrength strengthOf(const QByteArray& text) {
    return keyring::passphraseStrength(bytesOf(text), lists());
}

QByteArray textOf(const crypto::SecureBytes& secret) {
    return {reinterpret_cast<const char*>(secret.view().data()), static_cast<qsizetype>(secret.size())};
}

}  // namespace

class StrengthTest : public QObject {
    Q_OBJECT

private slots:
    void whatEverybodyChoosesIsTooWeak_data();
    void whatEverybodyChoosesIsTooWeak();
    void whatIsHardToGuessIsAccepted_data();
    void whatIsHardToGuessIsAccepted();
    void fiveOfOurWordsAreNeverStrongerThanDrawn();
    void drawnPhrasesAreNotCalledWeak();
    void accentsAndCapitalsAddLittle();
    void spacesBetweenWordsAddNothing();
    void longerIsNotWeaker();
    void anyBytesAreJudged_data();
    void anyBytesAreJudged();
    void levelsHaveTheirBounds();
    void tooWeakIsRefusedWithASentence();
};

void StrengthTest::whatEverybodyChoosesIsTooWeak_data() {
    QTest::addColumn<QByteArray>("passphrase");
    for (const char* text : {"",
                             "a",
                             "motdepasse",
                             "mot de passe",
                             "MotDePasse1!",
                             "soleil123",
                             "Marie1985",
                             "marie-eve",
                             "password",
                             "P@ssw0rd",
                             "password123",
                             "azertyuiop",
                             "azerty123",
                             "qsdfghjklm",
                             "AZERTYUIOP",
                             "qwertyuiop",
                             "wxcvbn",
                             "1q2w3e4r5t",
                             "1a2z3e4r5t",
                             "aqwzsxedc",
                             "aqzswxedcvfr",
                             "123456789012345",
                             "aaaaaaaaaaaaaaaa",
                             "abcdefghijklmnop",
                             "maison",
                             "Maison2024",
                             "montreal",
                             "j'aime maman",
                             "jetaime",
                             "iloveyou",
                             "13/07/1985",
                             "1985-07-13",
                             "le soleil",
                             "jardin soleil",
                             "\xC3\xA9t\xC3\xA9"
                             "2023",
                             "maison maison maison maison",
                             "sotto",
                             "Sotto2026!"}) {
        QTest::newRow(text) << QByteArray(text);
    }
}

void StrengthTest::whatEverybodyChoosesIsTooWeak() {
    QFETCH(QByteArray, passphrase);
    const auto strength = strengthOf(passphrase);
    QVERIFY2(strength.level == StrengthLevel::TooWeak, qPrintable(QString::number(strength.bits)));
    QVERIFY(strength.bits >= 0.0);
}

void StrengthTest::whatIsHardToGuessIsAccepted_data() {
    QTest::addColumn<QByteArray>("passphrase");
    for (const char* text :
         {"girafe lavande compas tiroir", "kT9#vLq2xB", "le hibou mange trois trombones bleus", "zqvkxjhwpfbm",
          "correct horse battery staple wagon", "abaisser abandon abeille abondance"}) {
        QTest::newRow(text) << QByteArray(text);
    }
}

void StrengthTest::whatIsHardToGuessIsAccepted() {
    QFETCH(QByteArray, passphrase);
    const auto strength = strengthOf(passphrase);
    QVERIFY2(strength.level != StrengthLevel::TooWeak, qPrintable(QString::number(strength.bits)));
    QVERIFY(keyring::checkOwnPassphrase(bytesOf(passphrase), lists()));
}

void StrengthTest::fiveOfOurWordsAreNeverStrongerThanDrawn() {
    for (const keyring::WordList& list : lists()) {
        const double drawn = keyring::generatedStrengthBits(5, list.size());
        for (int i = 0; i < 60; ++i) {
            QByteArray phrase = textOf(keyring::generatePassphrase(list, 5));
            QVERIFY(strengthOf(phrase).bits <= drawn + 1e-9);
            QVERIFY(strengthOf(phrase.replace(' ', "")).bits <= drawn + 1e-9);
        }
    }
}

void StrengthTest::drawnPhrasesAreNotCalledWeak() {
    for (const keyring::WordList& list : lists()) {
        for (int i = 0; i < 60; ++i) {
            const auto strength = strengthOf(textOf(keyring::generatePassphrase(list, 5)));
            QVERIFY2(strength.bits >= 40.0, qPrintable(QString::number(strength.bits)));
        }
    }
}

void StrengthTest::accentsAndCapitalsAddLittle() {
    const double plain = strengthOf("girafe lavande compas").bits;
    QCOMPARE(strengthOf("gir\xC3\xA0"
                        "fe l\xC3\xA2vande comp\xC3\xA4s")
                 .bits,
             plain);
    QVERIFY(strengthOf("Girafe Lavande Compas").bits <= plain + 3.0);
    QCOMPARE(strengthOf("motdepass\xC3\xA9").bits, strengthOf("motdepasse").bits);
}

void StrengthTest::spacesBetweenWordsAddNothing() {
    QVERIFY(strengthOf("girafe lavande compas tiroir").bits <= strengthOf("girafelavandecompastiroir").bits + 1e-9);
    QVERIFY(strengthOf("to be or not to be that is the question").bits < 64.0);
}

void StrengthTest::longerIsNotWeaker() {
    QVERIFY(strengthOf("girafe lavande compas tiroir vallon").bits > strengthOf("girafe lavande compas").bits);
    QVERIFY(strengthOf(QByteArray(10'000, 'x')).level == StrengthLevel::TooWeak);
}

void StrengthTest::anyBytesAreJudged_data() {
    QTest::addColumn<QByteArray>("passphrase");
    QTest::newRow("broken off after the first byte of a letter") << QByteArray("abc\xC3");
    QTest::newRow("bytes that are no UTF-8") << QByteArray("\xFF\xFE\x80\x80\xC5");
    QTest::newRow("zeros") << QByteArray(40, '\0');
    QTest::newRow("control characters") << QByteArray(40, '\x01');
    QTest::newRow("only separators") << QByteArray(40, '-');
    QTest::newRow("a ligature at the end") << QByteArray("\xC5\x93");
}

void StrengthTest::anyBytesAreJudged() {
    QFETCH(QByteArray, passphrase);
    const auto strength = strengthOf(passphrase);
    QVERIFY(strength.bits >= 0.0);
    QVERIFY(strength.level == StrengthLevel::TooWeak);
}

void StrengthTest::levelsHaveTheirBounds() {
    QCOMPARE(keyring::strengthLevel(0.0), StrengthLevel::TooWeak);
    QCOMPARE(keyring::strengthLevel(39.9), StrengthLevel::TooWeak);
    QCOMPARE(keyring::strengthLevel(40.0), StrengthLevel::Weak);
    QCOMPARE(keyring::strengthLevel(keyring::generatedStrengthBits(4, 7776)), StrengthLevel::Fair);
    QCOMPARE(keyring::strengthLevel(keyring::generatedStrengthBits(5, 7776)), StrengthLevel::Strong);
    QCOMPARE(QLatin1String(keyring::strengthName(StrengthLevel::TooWeak)), QLatin1String("too weak"));
    QCOMPARE(QLatin1String(keyring::strengthName(StrengthLevel::Strong)), QLatin1String("strong"));
}

void StrengthTest::tooWeakIsRefusedWithASentence() {
    const QByteArray weak("soleil123");
    const auto refused = keyring::checkOwnPassphrase(bytesOf(weak), lists());
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::InvalidArgument);
    QVERIFY(refused.error().context.find("too easy to guess") != std::string::npos);
    QVERIFY(refused.error().context.find("soleil") == std::string::npos);
}

QTEST_GUILESS_MAIN(StrengthTest)
#include "tst_strength.moc"
