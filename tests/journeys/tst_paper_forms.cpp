// SPDX-License-Identifier: Apache-2.0
#include <QDir>
#include <QTest>

#include "journeys/programs.h"

using namespace sotto::test;

/// Spare forms on paper, from the pack, as the lab makes them.
class PaperFormsTest : public QObject {
    Q_OBJECT

private slots:
    void everyFormOfAStudyIsPutOnPaperInEachLanguage();
    void aFaultyPackAndAnUnknownSizeMakeNothing();

private:
    [[nodiscard]] QString textOf(const QString& file) const {
        const Outcome read = m_stage.tool(QStringLiteral("pdftotext"), {file, QStringLiteral("-")});
        return read.code == 0 ? QString::fromUtf8(read.out).simplified() : QString();
    }
    Stage m_stage;
};

void PaperFormsTest::everyFormOfAStudyIsPutOnPaperInEachLanguage() {
    const QString pack = QStringLiteral(SOTTO_SOURCE_DIR "/studies/b-peer-support");
    VERIFY_EXIT(m_stage.lab({QStringLiteral("study"), QStringLiteral("forms"), pack, QStringLiteral("--out"),
                             QStringLiteral("forms")}),
                0);
    const QDir out(m_stage.path(QStringLiteral("forms")));
    const QStringList sources =
        QDir(pack + QStringLiteral("/consents")).entryList({QStringLiteral("*.md")}, QDir::Files);
    QVERIFY(!sources.isEmpty());
    for (const QString& source : sources) {
        const QString text = textOf(out.filePath(source.chopped(2) + QStringLiteral("pdf")));
        const bool isFrench = source.endsWith(QStringLiteral(".fr.md"));
        QVERIFY2(text.contains(isFrench ? QStringLiteral("Vos choix") : QStringLiteral("Your choices")),
                 qPrintable(source));
        QVERIFY2(text.contains(isFrench ? QStringLiteral("Oui Non") : QStringLiteral("Yes No")), qPrintable(source));
        QVERIFY2(!text.contains(u'{') && !text.contains(QStringLiteral("**")), qPrintable(source));
    }
    QCOMPARE(out.entryList(QDir::Files).size(), sources.size());
}

void PaperFormsTest::aFaultyPackAndAnUnknownSizeMakeNothing() {
    copyTree(QStringLiteral(SOTTO_SOURCE_DIR "/tests/data/packs/minimal"), m_stage.path(QStringLiteral("pack")));
    VERIFY_EXIT(m_stage.lab(words("study forms pack --out none --size huge")), kUsage);
    writeAll(m_stage.path(QStringLiteral("pack/study.yaml")), "id: broken\n");
    VERIFY_EXIT(m_stage.lab(words("study forms pack --out none")), kFailed);
    QVERIFY(!QDir(m_stage.path(QStringLiteral("none"))).exists());
}

QTEST_GUILESS_MAIN(PaperFormsTest)
#include "tst_paper_forms.moc"
