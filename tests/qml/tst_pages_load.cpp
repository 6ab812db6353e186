// SPDX-License-Identifier: Apache-2.0
#include <QGuiApplication>
#include <QQmlApplicationEngine>
#include <QQuickItem>
#include <QQuickWindow>
#include <QRegularExpression>
#include <QTest>

/// Every page of the app loads as the program loads it, without a warning.
class TestPagesLoad : public QObject {
    Q_OBJECT

private slots:
    void theFirstWindowLoadsAndFitsItsText_data();
    void theFirstWindowLoadsAndFitsItsText();
};

void TestPagesLoad::theFirstWindowLoadsAndFitsItsText_data() {
    QTest::addColumn<QSize>("size");
    QTest::newRow("phone") << QSize(360, 800);
    QTest::newRow("tablet, upright") << QSize(800, 1280);
    QTest::newRow("tablet, lying") << QSize(1280, 800);
}

void TestPagesLoad::theFirstWindowLoadsAndFitsItsText() {
    QFETCH(QSize, size);
    QTest::failOnWarning(QRegularExpression(QStringLiteral("qrc:|QML|qml")));
    QQmlApplicationEngine engine;
    engine.addImportPath(QStringLiteral("qrc:/qt/qml"));
    engine.load(QUrl(QStringLiteral("qrc:/qt/qml/Sotto/Pages/Main.qml")));
    QCOMPARE(engine.rootObjects().size(), 1);
    auto* window = qobject_cast<QQuickWindow*>(engine.rootObjects().constFirst());
    QVERIFY(window != nullptr);
    window->resize(size);
    QVERIFY(QTest::qWaitForWindowExposed(window));
    QTRY_COMPARE(window->contentItem()->size().toSize(), size);
    int texts = 0;
    for (QQuickItem* item : window->findChildren<QQuickItem*>()) {
        const QVariant text = item->property("text");
        if (!text.isValid() || text.toString().isEmpty() || !item->isVisible()) continue;
        ++texts;
        const QRectF place = item->mapRectToItem(window->contentItem(), item->boundingRect());
        QVERIFY2(QRectF(QPointF(), QSizeF(size)).contains(place), qPrintable(text.toString()));
        QVERIFY2(item->implicitHeight() <= item->height() + 1, qPrintable(text.toString()));
    }
    QVERIFY(texts >= 1);
}

QTEST_MAIN(TestPagesLoad)
#include "tst_pages_load.moc"
