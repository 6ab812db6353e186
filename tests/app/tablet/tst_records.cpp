// SPDX-License-Identifier: Apache-2.0
// The records for a board, on a real home: the page, the approval, incidents, and a sentence for whatever was done.
#include <QDirIterator>
#include <QRegularExpression>

#include "tablet/audit_text.h"
#include "tablet/records_view_model.h"
#include "tablet_fixture.h"

using namespace sotto;
using Screen = app::TabletApp::Screen;

class TestRecords : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void thePageIsInTheLanguageOfTheScreen();
    void whatWasDoneIsToldInSentencesNewestFirst();
    void theTrailComesPageByPage();
    void anIncidentIsKeptAndWhatIsMissingIsSaid();
    void aStudyThatAsksNobodyShowsNoApproval();
    void everyActionThatIsWrittenHasASentence();

private:
    [[nodiscard]] app::RecordsViewModel& records() { return *m_tablet.page<app::RecordsViewModel>(); }
    [[nodiscard]] bool open() {
        m_tablet.app->openRecords();
        return m_tablet.isOn(Screen::Records) && QTest::qWaitFor([&] { return !records().isLoading(); }, 10'000);
    }
    test::TabletFixture m_tablet;
};

void TestRecords::initTestCase() {
    QVERIFY(m_tablet.setUp());
    QVERIFY(open());
}

void TestRecords::thePageIsInTheLanguageOfTheScreen() {
    QVERIFY2(records().sheetTitle().startsWith(QStringLiteral("Ethics sheet: Practice study")),
             qPrintable(records().sheetTitle()));
    QVERIFY(records().sheetAbout().contains(QStringLiteral("Study \"practice\", version 1")));
    const QVariantList english = records().sheet();
    QCOMPARE(english.size(), 7);
    m_tablet.app->settings()->setLanguage(QStringLiteral("fr"));
    QVERIFY(records().sheetTitle().startsWith(QStringLiteral("Fiche d'\u00e9thique")));
    QCOMPARE(records().sheet().size(), 7);
    QVERIFY(records().sheet() != english);
    m_tablet.app->settings()->setLanguage(QStringLiteral("en"));
}

void TestRecords::whatWasDoneIsToldInSentencesNewestFirst() {
    m_tablet.app->goHome();
    QVERIFY(m_tablet.isOn(Screen::Home) && m_tablet.loaded());
    QVERIFY(open());
    const QVariantList entries = records().entries();
    QVERIFY(!entries.isEmpty());
    QVERIFY(!records().isTrailDamaged());
    const QVariantMap oldest = entries.last().toMap();
    QCOMPARE(oldest[QStringLiteral("text")].toString(), QStringLiteral("This tablet was set up"));
    QCOMPARE(oldest[QStringLiteral("who")].toString(), QStringLiteral("L\u00e9a"));
    QVERIFY(!oldest[QStringLiteral("when")].toString().isEmpty());
    for (const QVariant& entry : entries)
        QVERIFY(!entry.toMap()[QStringLiteral("text")].toString().contains(u'.'));
}

void TestRecords::theTrailComesPageByPage() {
    QVERIFY(!records().hasMore());
    for (int i = 0; i < 31; ++i) {
        QSignalSpy recorded(&records(), &app::RecordsViewModel::recorded);
        records().recordIncident(records().today(), QStringLiteral("x"), QStringLiteral("y"), {}, {});
        QVERIFY(QTest::qWaitFor([&] { return recorded.size() == 1; }, 10'000));
    }
    QVERIFY(QTest::qWaitFor([&] { return records().incidents().size() == 31; }, 10'000));
    QVERIFY(records().hasMore());
    QCOMPARE(records().entries().size(), 30);
    QCOMPARE(records().entries().first().toMap()[QStringLiteral("text")].toString(),
             QStringLiteral("A confidentiality incident was written down"));
    records().showMore();
    QVERIFY(records().entries().size() > 30);
    QVERIFY(!records().hasMore());
}

void TestRecords::anIncidentIsKeptAndWhatIsMissingIsSaid() {
    QVERIFY(records().mayRecord());
    const auto before = records().incidents().size();
    records().recordIncident(QStringLiteral("last week"), QStringLiteral("x"), QStringLiteral("y"), {}, {});
    QVERIFY(records().error().contains(records().today()));
    records().recordIncident(records().today(), QStringLiteral(" "), QStringLiteral("y"), {}, {});
    QVERIFY(records().error().contains(QStringLiteral("what happened")));
    records().recordIncident(QStringLiteral("2199-01-01"), QStringLiteral("x"), QStringLiteral("y"), {}, {});
    QVERIFY(QTest::qWaitFor([&] { return !records().error().isEmpty(); }, 10'000));
    QCOMPARE(records().incidents().size(), before);
    QSignalSpy recorded(&records(), &app::RecordsViewModel::recorded);
    records().recordIncident(QStringLiteral(" 2020-01-02 "), QStringLiteral("A sheet was lost."),
                             QStringLiteral("Two names"), QStringLiteral("The board"), {});
    QVERIFY(QTest::qWaitFor([&] { return records().incidents().size() == before + 1; }, 10'000));
    QCOMPARE(recorded.size(), 1);
    QVERIFY(records().error().isEmpty());
    QVERIFY(open());
    const QVariantMap incident = records().incidents().first().toMap();
    QCOMPARE(incident[QStringLiteral("happened")].toString(), QStringLiteral("A sheet was lost."));
    QCOMPARE(incident[QStringLiteral("told")].toString(), QStringLiteral("The board"));
    QVERIFY(incident[QStringLiteral("title")].toString().contains(QStringLiteral("2020")));
}

void TestRecords::aStudyThatAsksNobodyShowsNoApproval() {
    QVERIFY(records().custodian().isEmpty());
    QVERIFY(records().approval().isEmpty());
    records().approve(QStringLiteral("Ada"));
    QVERIFY(QTest::qWaitFor([&] { return !records().error().isEmpty(); }, 10'000));
}

/// Looks through the sources, so that a new action cannot be forgotten.
void TestRecords::everyActionThatIsWrittenHasASentence() {
    static const QRegularExpression written(
        QStringLiteral("\\b(?:audit|auditOutbox|append|keep|note)\\([^;\"]*\"([a-z]+[.-][a-z.-]*[a-z])\""));
    int found = 0;
    for (const char* folder : {"/core/workflow", "/app/tablet"}) {
        QDirIterator files(QStringLiteral(SOTTO_SOURCE_DIR) + QLatin1String(folder), {QStringLiteral("*.cpp")});
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            auto matches = written.globalMatch(QString::fromUtf8(file.readAll()));
            while (matches.hasNext()) {
                const QString action = matches.next().captured(1);
                ++found;
                QVERIFY2(app::hasAuditText(action), qPrintable(file.fileName() + u' ' + action));
            }
        }
    }
    QVERIFY2(found >= 15, qPrintable(QString::number(found)));
}

QTEST_GUILESS_MAIN(TestRecords)
#include "tst_records.moc"
