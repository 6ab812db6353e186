// SPDX-License-Identifier: Apache-2.0
#include <QFile>
#include <QTest>
#include <QXmlStreamReader>

/// Nothing on a screen is left in English for somebody who chose French.
class TestTranslations : public QObject {
    Q_OBJECT

private slots:
    void everySentenceHasItsFrench();
    void everyPluralHasItsEnglish();
};

namespace {

/// Sentences without a translation, and how many there are in all.
std::pair<QStringList, int> untranslated(const QString& name) {
    QFile file(QStringLiteral(SOTTO_SOURCE_DIR "/assets/i18n/") + name);
    if (!file.open(QIODevice::ReadOnly)) return {{QStringLiteral("the file can't be read")}, 0};
    QXmlStreamReader xml(&file);
    QStringList missing;
    QString source;
    int all = 0;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement) continue;
        if (xml.name() == u"source") {
            source = xml.readElementText();
            ++all;
        } else if (xml.name() == u"translation") {
            const bool isUnfinished = xml.attributes().hasAttribute(QStringLiteral("type"));
            const QString text = xml.readElementText(QXmlStreamReader::IncludeChildElements).trimmed();
            if (isUnfinished || text.isEmpty()) missing.append(source);
        }
    }
    if (xml.hasError()) missing.append(xml.errorString());
    return {missing, all};
}

}  // namespace

void TestTranslations::everySentenceHasItsFrench() {
    const auto [missing, all] = untranslated(QStringLiteral("sotto_fr.ts"));
    QVERIFY2(missing.isEmpty(), qPrintable(missing.join(u'\n')));
    QVERIFY(all > 300);
}

void TestTranslations::everyPluralHasItsEnglish() {
    const auto [missing, all] = untranslated(QStringLiteral("sotto_en.ts"));
    QVERIFY2(missing.isEmpty(), qPrintable(missing.join(u'\n')));
    QVERIFY(all > 0);
}

QTEST_GUILESS_MAIN(TestTranslations)
#include "tst_translations.moc"
