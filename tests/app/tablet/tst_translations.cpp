// SPDX-License-Identifier: Apache-2.0
#include <QFile>
#include <QLibraryInfo>
#include <QProcess>
#include <QTemporaryDir>
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
std::pair<QStringList, int> untranslated(const QString& path) {
    QFile file(path);
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

/// A copy of the file with every sentence that the screens have today; those that are new have no translation. Its
/// path, or empty if lupdate failed.
QString broughtUpToDate(const QString& name, const QTemporaryDir& folder, const QStringList& options = {}) {
    const QString source = QStringLiteral(SOTTO_SOURCE_DIR);
    const QString copy = folder.filePath(name);
    if (!QFile::copy(source + QStringLiteral("/assets/i18n/") + name, copy)) return {};
    QProcess lupdate;
    lupdate.setWorkingDirectory(source);
    lupdate.start(QLibraryInfo::path(QLibraryInfo::BinariesPath) + QStringLiteral("/lupdate"),
                  options + QStringList{QStringLiteral("-silent"), QStringLiteral("-locations"), QStringLiteral("none"),
                                        QStringLiteral("-no-obsolete"), QStringLiteral("qml"),
                                        QStringLiteral("app/tablet"), QStringLiteral("-ts"), copy});
    return lupdate.waitForFinished(120'000) && lupdate.exitCode() == 0 ? copy : QString();
}

}  // namespace

void TestTranslations::everySentenceHasItsFrench() {
    const QTemporaryDir folder;
    const QString file = broughtUpToDate(QStringLiteral("sotto_fr.ts"), folder);
    QVERIFY(!file.isEmpty());
    const auto [missing, all] = untranslated(file);
    QVERIFY2(missing.isEmpty(), qPrintable(missing.join(u'\n')));
    QVERIFY(all > 300);
}

void TestTranslations::everyPluralHasItsEnglish() {
    const QTemporaryDir folder;
    const QString file = broughtUpToDate(QStringLiteral("sotto_en.ts"), folder, {QStringLiteral("-pluralonly")});
    QVERIFY(!file.isEmpty());
    const auto [missing, all] = untranslated(file);
    QVERIFY2(missing.isEmpty(), qPrintable(missing.join(u'\n')));
    QVERIFY(all > 0);
}

QTEST_GUILESS_MAIN(TestTranslations)
#include "tst_translations.moc"
