// SPDX-License-Identifier: Apache-2.0
#include <set>

#include <QRegularExpression>
#include <QTest>

#include "people/codes.h"

using namespace sotto::people;

class TestCodes final : public QObject {
    Q_OBJECT

private slots:
    void pseudonymsAreANameAndTwoDigits() {
        const QRegularExpression pattern(QStringLiteral("^[A-Z][a-z]{3,4}-[0-9]{2}$"));
        for (int i = 0; i < 500; ++i) {
            const QString pseudonym = randomPseudonym();
            QVERIFY2(pattern.match(pseudonym).hasMatch(), qPrintable(pseudonym));
        }
    }

    void researchCodesHaveEightCharactersWithoutLookAlikes() {
        const QRegularExpression pattern(QStringLiteral("^[2-9BCDFGHJKMNPQRSTVWXZ]{8}$"));
        for (int i = 0; i < 500; ++i) {
            const QString code = randomResearchCode();
            QVERIFY2(pattern.match(code).hasMatch(), qPrintable(code));
        }
    }

    void everyCharacterOfACodeIsDrawn() {
        std::set<QChar> seen;
        for (int i = 0; i < 500; ++i) {
            for (const QChar character : randomResearchCode()) {
                seen.insert(character);
            }
        }
        QCOMPARE(seen.size(), std::size_t{27});
    }

    void codesDoNotRepeat() {
        std::set<QString> codes;
        std::set<QString> pseudonyms;
        for (int i = 0; i < 200; ++i) {
            codes.insert(randomResearchCode());
            pseudonyms.insert(randomPseudonym());
        }
        QCOMPARE(codes.size(), std::size_t{200});
        // Two hundred of 57,600: some three pairs fall together, never a quarter.
        QVERIFY(pseudonyms.size() > 150);
    }

    void aNameIsRecognisedInAPseudonymWhateverItsAccentsAndCase() {
        QVERIFY(resembles(QStringLiteral("Noral-07"), QStringLiteral("NORAL Tremblay")));
        QVERIFY(resembles(QStringLiteral("Noral-07"), QStringLiteral("Jeanne Nöral")));
        QVERIFY(!resembles(QStringLiteral("Noral-07"), QStringLiteral("Jeanne Tremblay")));
    }
};

QTEST_GUILESS_MAIN(TestCodes)
#include "tst_codes.moc"
