// SPDX-License-Identifier: Apache-2.0
// The sheet for a board: complete in both languages, and true to what the pack says.
#include <QTest>

#include "pack_fixture.h"
#include "study/ethics_sheet.h"

using namespace sotto;
using namespace sotto::test;

namespace {

study::StudyPack packAt(const char* folder) {
    return study::checkPack(packIn(folder)).pack;
}

QString sheetOf(const study::StudyPack& pack, const char* language) {
    return study::toMarkdown(study::ethicsSheet(pack, text(language), text("9.8.7")));
}

}  // namespace

class TestEthicsSheet : public QObject {
    Q_OBJECT

private slots:
    void bothLanguagesSayTheSameThings() {
        for (const char* folder :
             {"assets/studies/practice", "studies/a-caregiver-support", "studies/b-peer-support"}) {
            const study::StudyPack pack = packAt(folder);
            const auto french = study::ethicsSheet(pack, text("fr"), text("1"));
            const auto english = study::ethicsSheet(pack, text("en"), text("1"));
            QCOMPARE(french.parts.size(), 7U);
            QCOMPARE(english.parts.size(), 7U);
            for (std::size_t i = 0; i < 7; ++i) {
                QCOMPARE(french.parts[i].lines.size(), english.parts[i].lines.size());
                QVERIFY(french.parts[i].title != english.parts[i].title);
                for (qsizetype line = 0; line < french.parts[i].lines.size(); ++line) {
                    QVERIFY(french.parts[i].lines[line] != english.parts[i].lines[line]);
                    QVERIFY2(!french.parts[i].lines[line].contains(QLatin1Char('%')),
                             qPrintable(french.parts[i].lines[line]));
                }
            }
        }
    }

    void thePageSaysWhatThePackSays() {
        const QString a = sheetOf(packAt("studies/a-caregiver-support"), "en");
        QVERIFY(a.contains(text("Written by Sotto 9.8.7")));
        QVERIFY(a.contains(text("Caregiver: an interview of one, 15 people planned, after some questions")));
        QVERIFY(
            a.contains(text("may name: Caregiver, Professional. Without an answer, the contact details are erased "
                            "after 30 days")));
        QVERIFY(a.contains(text("another person talking about oneself")));
        QVERIFY(a.contains(text("Numbers that the team has not called yet: 4.")));
        QVERIFY(a.contains(text("until the lab has signed that it opened the package")));
        QVERIFY(!a.contains(text("Sheets kept apart")));
        QVERIFY(!a.contains(text("community approves")));
        const QString b = sheetOf(packAt("studies/b-peer-support"), "fr");
        QVERIFY(b.contains(text("Feuilles \xc3\xa0 part\xc2\xa0:")));
        QVERIFY(b.contains(text("avant que cette communaut\xc3\xa9 l'approuve")));
        QVERIFY(b.contains(text("rencontre de groupe")));
        QVERIFY(!b.contains(text("Questions avant la participation")));
    }

    void itIsOnePage() {
        for (const char* language : {"fr", "en"}) {
            const QString sheet = sheetOf(packAt("studies/a-caregiver-support"), language);
            QVERIFY2(sheet.size() < 7000, qPrintable(QString::number(sheet.size())));
        }
    }

    void aStudyThatSaysLittleIsNotMadeToPromise() {
        const study::StudyPack pack = packAt("tests/data/packs/minimal");
        const QString sheet = sheetOf(pack, "fr");
        QVERIFY(sheet.contains(text("The smallest study that passes")));
        QVERIFY(sheet.contains(text("Au labo\xc2\xa0: non pr\xc3\xa9")));
        QVERIFY(sheet.contains(text("Pour la recherche\xc2\xa0: rien.")));
    }

    void wordsOfTheStudyAreNoMarkup() {
        study::StudyPack pack = packAt("tests/data/packs/minimal");
        pack.title[text("en")] = text("# <b>Bold</b> *x*");
        QVERIFY(sheetOf(pack, "en").startsWith(text("# Ethics sheet: \\# \\<b\\>Bold\\</b\\> \\*x\\*\n")));
    }
};

QTEST_GUILESS_MAIN(TestEthicsSheet)
#include "tst_ethics_sheet.moc"
