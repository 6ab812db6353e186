// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <type_traits>
#include <vector>

#include <QFile>
#include <QTest>

#include "assets/assets.h"
#include "keyring/passphrase.h"

using namespace sotto;

static_assert(std::is_same_v<decltype(keyring::generatePassphrase({}, 0)), crypto::SecureBytes>);

namespace {

/// Different words of five letters: "aaaaa", "aaaab" ...
class MadeWords {
public:
    explicit MadeWords(std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) {
            std::string word(5, 'a');
            std::size_t rest = i;
            for (auto letter = word.rbegin(); letter != word.rend(); ++letter, rest /= 26) {
                *letter = static_cast<char>('a' + rest % 26);
            }
            m_words.push_back(word);
        }
        m_views.assign(m_words.begin(), m_words.end());
    }
    [[nodiscard]] keyring::WordList list() const { return m_views; }

private:
    std::vector<std::string> m_words;
    std::vector<std::string_view> m_views;
};

std::vector<std::string> wordsOf(const crypto::SecureBytes& phrase) {
    std::vector<std::string> words(1);
    for (const std::uint8_t byte : phrase.view()) {
        if (byte == ' ') {
            words.emplace_back();
        } else {
            words.back().push_back(static_cast<char>(byte));
        }
    }
    return words;
}

std::map<std::string, int> countDraws(keyring::WordList list, int phrases) {
    std::map<std::string, int> counts;
    for (int i = 0; i < phrases; ++i) {
        for (const std::string& word : wordsOf(keyring::generatePassphrase(list, keyring::kMostWords)))
            ++counts[word];
    }
    return counts;
}

/// In standard deviations from what an honest die gives.
double chiSquareExcess(const std::map<std::string, int>& counts, std::size_t words, int draws) {
    const double expected = static_cast<double>(draws) / static_cast<double>(words);
    double chiSquare = static_cast<double>(words - counts.size()) * expected;  // words that never came
    for (const auto& [word, count] : counts)
        chiSquare += (count - expected) * (count - expected) / expected;
    const double freedom = static_cast<double>(words - 1);
    return (chiSquare - freedom) / std::sqrt(2 * freedom);
}

}  // namespace

class PassphraseTest : public QObject {
    Q_OBJECT

private slots:
    void phraseHasTheWordsAskedFor();
    void everyWordIsAsProbable_data();
    void everyWordIsAsProbable();
    void everyWordOfTheListsComesUp();
    void noTwoPhrasesAreAlike();
    void fiveWordsHaveTheStrengthPromised();
    void noTextClassSeesThePhrase();
};

void PassphraseTest::phraseHasTheWordsAskedFor() {
    const auto french = assets::words(assets::WordLanguage::French);
    for (int count = 1; count <= keyring::kMostWords; ++count) {
        const auto words = wordsOf(keyring::generatePassphrase(french, count));
        QCOMPARE(words.size(), static_cast<std::size_t>(count));
        for (const std::string& word : words)
            QVERIFY(std::binary_search(french.begin(), french.end(), word));
    }
}

void PassphraseTest::everyWordIsAsProbable_data() {
    QTest::addColumn<int>("words");
    QTest::addColumn<int>("phrases");
    QTest::newRow("fewer than one byte") << 200 << 2'000;    // one byte modulo 200: 56 words twice as often
    QTest::newRow("more than one byte") << 300 << 2'000;     // one byte: 44 words never
    QTest::newRow("most of two bytes") << 40'000 << 10'000;  // two bytes modulo 40,000: 25,536 twice as often
}

void PassphraseTest::everyWordIsAsProbable() {
    QFETCH(int, words);
    QFETCH(int, phrases);
    const MadeWords made(static_cast<std::size_t>(words));
    const auto counts = countDraws(made.list(), phrases);
    const double excess = chiSquareExcess(counts, made.list().size(), phrases * keyring::kMostWords);
    // Six deviations: an honest die fails once in 10^8 runs or so, the biased ones above are dozens away and more.
    QVERIFY2(std::abs(excess) < 6.0, qPrintable(QString::number(excess)));
}

void PassphraseTest::everyWordOfTheListsComesUp() {
    const auto english = assets::words(assets::WordLanguage::English);
    // 22 draws for each word: all come up but once in 500,000 runs.
    QCOMPARE(countDraws(english, 17'500).size(), english.size());
}

void PassphraseTest::noTwoPhrasesAreAlike() {
    const auto english = assets::words(assets::WordLanguage::English);
    std::set<std::vector<std::string>> phrases;
    for (int i = 0; i < 1'000; ++i)
        phrases.insert(wordsOf(keyring::generatePassphrase(english, keyring::kUsualWords)));
    QCOMPARE(phrases.size(), std::size_t{1'000});
}

void PassphraseTest::fiveWordsHaveTheStrengthPromised() {
    const double bits = keyring::generatedStrengthBits(5, assets::words(assets::WordLanguage::French).size());
    QVERIFY(bits > 64.6 && bits < 64.7);
    QCOMPARE(keyring::generatedStrengthBits(4, 256), 32.0);
}

void PassphraseTest::noTextClassSeesThePhrase() {
    for (const char* name : {"passphrase.cpp", "passphrase.h", "strength.cpp", "strength.h"}) {
        QFile file(QStringLiteral(SOTTO_SOURCE_DIR "/core/keyring/%1").arg(QLatin1String(name)));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray source = file.readAll();
        for (const char* type : {"QString", "QByteArray", "QVariant", "std::cout", "qDebug"}) {
            QVERIFY2(!source.contains(type), type);
        }
    }
}

QTEST_GUILESS_MAIN(PassphraseTest)
#include "tst_passphrase.moc"
