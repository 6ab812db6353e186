// SPDX-License-Identifier: Apache-2.0
#include <QSet>
#include <QTest>

#include "journeys/programs.h"

using namespace sotto::test;

namespace {

QStringList draw(const QString& language, const QStringList& further = {}) {
    return QStringList{QStringLiteral("passphrase"), QStringLiteral("--language"), language} + further;
}

}  // namespace

class PassphraseJourney : public QObject {
    Q_OBJECT

private slots:
    void drawsFiveWordsOfTheLanguage_data();
    void drawsFiveWordsOfTheLanguage();
    void drawsAsManyWordsAsAsked();
    void refusesWhatItCanNotDraw_data();
    void refusesWhatItCanNotDraw();
    void saysSoWhenTheOutputIsFull();
};

void PassphraseJourney::drawsFiveWordsOfTheLanguage_data() {
    QTest::addColumn<QString>("language");
    QTest::newRow("French") << QStringLiteral("fr");
    QTest::newRow("English") << QStringLiteral("en");
}

void PassphraseJourney::drawsFiveWordsOfTheLanguage() {
    QFETCH(QString, language);
    const QList<QByteArray> lines =
        readAll(QStringLiteral(SOTTO_SOURCE_DIR "/assets/words/%1.txt").arg(language)).trimmed().split('\n');
    const QSet<QByteArray> list(lines.begin(), lines.end());
    const Stage stage;
    QSet<QByteArray> drawn;
    for (int i = 0; i < 5; ++i) {
        const Outcome outcome = stage.sotto(draw(language));
        VERIFY_EXIT(outcome, 0);
        QVERIFY(outcome.out.endsWith('\n'));
        const QList<QByteArray> words = outcome.out.chopped(1).split(' ');
        QCOMPARE(words.size(), 5);
        for (const QByteArray& word : words)
            QVERIFY2(list.contains(word), word.constData());
        QVERIFY(outcome.err.contains("64.6 bits, strong"));
        for (const QByteArray& word : words)
            QVERIFY(!outcome.err.contains(outcome.out.trimmed()) && word.size() >= 3);
        drawn.insert(outcome.out);
    }
    QCOMPARE(drawn.size(), 5);
}

void PassphraseJourney::drawsAsManyWordsAsAsked() {
    const Stage stage;
    const Outcome four = stage.sotto(draw(QStringLiteral("en"), {QStringLiteral("--words"), QStringLiteral("4")}));
    VERIFY_EXIT(four, 0);
    QCOMPARE(four.out.trimmed().split(' ').size(), 4);
    QVERIFY(four.err.contains("51.7 bits, fair"));
    const Outcome ten = stage.sotto(draw(QStringLiteral("fr"), {QStringLiteral("--words"), QStringLiteral("10")}));
    VERIFY_EXIT(ten, 0);
    QCOMPARE(ten.out.trimmed().split(' ').size(), 10);
}

void PassphraseJourney::refusesWhatItCanNotDraw_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("no language") << QStringList{QStringLiteral("passphrase")};
    QTest::newRow("another language") << draw(QStringLiteral("de"));
    for (const char* count : {"3", "11", "0", "-5", "five", ""}) {
        QTest::newRow(qPrintable(QStringLiteral("%1 words").arg(QLatin1String(count))))
            << draw(QStringLiteral("fr"), {QStringLiteral("--words=%1").arg(QLatin1String(count))});
    }
}

void PassphraseJourney::refusesWhatItCanNotDraw() {
    QFETCH(QStringList, arguments);
    const Stage stage;
    const Outcome outcome = stage.sotto(arguments);
    VERIFY_EXIT(outcome, 2);
    QVERIFY(outcome.out.isEmpty());
    QVERIFY(outcome.err.startsWith("sotto"));
}

void PassphraseJourney::saysSoWhenTheOutputIsFull() {
    const Stage stage;
    const Outcome outcome = stage.shell(QStringLiteral("\"$SOTTO\" passphrase --language fr > /dev/full"));
    VERIFY_EXIT(outcome, 1);
    QVERIFY(outcome.err.contains("could not be written"));
}

QTEST_GUILESS_MAIN(PassphraseJourney)
#include "tst_passphrase.moc"
