// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>
#include <string>

#include <QTest>

#include "assets/assets.h"

using namespace sotto;
using assets::WordLanguage;

Q_DECLARE_METATYPE(sotto::assets::WordLanguage)

namespace {

// What must never be read aloud to somebody in recovery; a sample of each kind that the rules name.
constexpr const char* kBannedFrench[] = {
    "mort",     "mourir", "tuer",     "tombe",   "deuil",   "suicide", "drogue", "alcool", "ivre",   "vin",
    "cigare",   "sexe",   "baiser",   "viol",    "violent", "arme",    "fusil",  "canon",  "guerre", "soldat",
    "bombe",    "prison", "menotte",  "cachot",  "dieu",    "diable",  "abbaye", "pape",   "messe",  "fou",
    "folie",    "asile",  "hospice",  "malade",  "cancer",  "sida",    "crise",  "sang",   "plaie",  "cerveau",
    "jambe",    "bras",   "ventre",   "peau",    "maigre",  "gras",    "larme",  "triste", "peur",   "angoisse",
    "honte",    "seul",   "solitude", "rechute", "sevrer",  "pendre",  "noyer",  "rasoir", "lame",   "pilule",
    "seringue", "haine",  "esclave",  "nazi",    "juif",    "arabe",   "pute",   "merde",  "con",    "cul",
    "bite",     "queue",  "crime",    "voler",   "foret",   "eleve",   "cote"};
constexpr const char* kBannedEnglish[] = {
    "death",  "dead",     "die",   "kill",  "murder", "grave", "suicide", "drug",   "dope",   "alcohol", "beer",
    "wine",   "drunk",    "sex",   "rape",  "naked",  "gun",   "rifle",   "weapon", "war",    "army",    "bomb",
    "prison", "jail",     "cell",  "god",   "devil",  "hell",  "church",  "pope",   "mad",    "insane",  "crazy",
    "asylum", "hospital", "ward",  "sick",  "cancer", "aids",  "crisis",  "blood",  "wound",  "brain",   "leg",
    "skin",   "fat",      "thin",  "cry",   "sad",    "fear",  "panic",   "shame",  "lonely", "alone",   "relapse",
    "rehab",  "noose",    "drown", "razor", "blade",  "pill",  "hate",    "slave",  "nazi",   "jew",     "negro",
    "gypsy",  "bitch",    "shit",  "fuck",  "ass",    "cock",  "crime",   "thief",  "bob",    "mike"};

}  // namespace

class WordsTest : public QObject {
    Q_OBJECT

private slots:
    void listHasItsPromisedForm_data() { languages(); }
    void listHasItsPromisedForm();
    void listHoldsNothingThatHurts_data() { languages(); }
    void listHoldsNothingThatHurts();
    void listsAreDifferentLanguages();

private:
    static void languages() {
        QTest::addColumn<WordLanguage>("language");
        QTest::newRow("French") << WordLanguage::French;
        QTest::newRow("English") << WordLanguage::English;
    }
};

void WordsTest::listHasItsPromisedForm() {
    QFETCH(WordLanguage, language);
    const auto words = assets::words(language);
    QCOMPARE(words.size(), std::size_t{7'776});
    QVERIFY(std::is_sorted(words.begin(), words.end()));
    QVERIFY(std::adjacent_find(words.begin(), words.end()) == words.end());
    for (const std::string_view word : words) {
        const std::string shown(word);
        QVERIFY2(word.size() >= 3 && word.size() <= 9, shown.c_str());
        QVERIFY2(std::all_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; }), shown.c_str());
    }
}

void WordsTest::listHoldsNothingThatHurts() {
    QFETCH(WordLanguage, language);
    const auto words = assets::words(language);
    const auto isAbsent = [&](const char* banned) {
        return !std::binary_search(words.begin(), words.end(), std::string_view(banned));
    };
    if (language == WordLanguage::French) {
        for (const char* banned : kBannedFrench)
            QVERIFY2(isAbsent(banned), banned);
    } else {
        for (const char* banned : kBannedEnglish)
            QVERIFY2(isAbsent(banned), banned);
    }
}

void WordsTest::listsAreDifferentLanguages() {
    const auto french = assets::words(WordLanguage::French);
    const auto english = assets::words(WordLanguage::English);
    QVERIFY(std::binary_search(french.begin(), french.end(), std::string_view("girafe")));
    QVERIFY(std::binary_search(english.begin(), english.end(), std::string_view("giraffe")));
    std::vector<std::string_view> both;
    std::set_intersection(french.begin(), french.end(), english.begin(), english.end(), std::back_inserter(both));
    QVERIFY(both.size() < 1'500);
}

QTEST_GUILESS_MAIN(WordsTest)
#include "tst_words.moc"
