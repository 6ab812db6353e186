// SPDX-License-Identifier: Apache-2.0
#include <QAccessible>
#include <QFontMetricsF>
#include <QRegularExpression>

#include "scenes.h"

using namespace sotto;

/// Every screen, at each width and scale of text, in both languages: what can be touched has a name and is large
/// enough, nothing is cut off, nothing lies upon something else, nothing reaches past the window.
class TestPageWalk : public QObject {
    Q_OBJECT

private slots:
    void everyScreenCanBeReadTouchedAndNamed_data();
    void everyScreenCanBeReadTouchedAndNamed();
};

namespace {

constexpr double kTarget = 48;

QString describe(const QQuickItem& item) {
    const QString text = item.property("text").toString();
    return QString::fromLatin1(item.metaObject()->className()).section(u'_', 0, 0) + u' ' + item.objectName() +
           QStringLiteral(" \"%1\"").arg(text.left(40));
}

bool isCutOff(const QQuickItem& item) {
    return item.property("truncated").toBool() ||
           (item.inherits("QQuickText") && item.implicitHeight() > item.height() + 1.5) ||
           (item.inherits("QQuickText") && item.property("contentWidth").toDouble() > item.width() + 1.5);
}

/// A word that is wider than its text is broken in the middle.
QString brokenWord(const QQuickItem& item) {
    const QFontMetricsF metrics(item.property("font").value<QFont>());
    static const QRegularExpression kBlank(QStringLiteral("[\\s-]+"));
    for (const QString& word : item.property("text").toString().split(kBlank)) {
        if (metrics.horizontalAdvance(word) > item.width() + 1) return word;
    }
    return {};
}

/// Qt gives a field for a secret no name of its own, so that nothing of it is read out: the group around it bears it.
bool hasName(QQuickItem* item) {
    const bool isSecret = item->property("echoMode").toInt() != 0;
    for (QQuickItem* place = item; place != nullptr; place = isSecret ? place->parentItem() : nullptr) {
        QAccessibleInterface* access = QAccessible::queryAccessibleInterface(place);
        if (access != nullptr && !access->text(QAccessible::Name).isEmpty()) return true;
    }
    return false;
}

void inspect(const QQuickWindow& window, QQuickItem* item, const std::function<void(const QString&)>& fault) {
    if (!item->isVisible() || item->opacity() == 0) return;
    const QRectF place = item->mapRectToItem(window.contentItem(), QRectF(0, 0, item->width(), item->height()));
    if (item->inherits("QQuickText") && !item->property("text").toString().isEmpty()) {
        if (isCutOff(*item)) fault(describe(*item) + QStringLiteral(" is cut off"));
        if (const QString word = brokenWord(*item); !word.isEmpty())
            fault(describe(*item) + QStringLiteral(" breaks \"%1\"").arg(word));
        if (place.left() < -1 || place.right() > window.width() + 1)
            fault(describe(*item) + QStringLiteral(" reaches past the window"));
    }
    if (item->activeFocusOnTab() && item->isEnabled()) {
        if (!hasName(item)) fault(describe(*item) + QStringLiteral(" has no name"));
        if (item->width() < kTarget - 0.5 || item->height() < kTarget - 0.5)
            fault(describe(*item) + QStringLiteral(" is %1 x %2").arg(item->width()).arg(item->height()));
    }
    for (QQuickItem* child : item->childItems())
        inspect(window, child, fault);
}

}  // namespace

void TestPageWalk::everyScreenCanBeReadTouchedAndNamed_data() {
    QTest::addColumn<QString>("language");
    QTest::newRow("fr") << QStringLiteral("fr");
    QTest::newRow("en") << QStringLiteral("en");
}

void TestPageWalk::everyScreenCanBeReadTouchedAndNamed() {
    QFETCH(QString, language);
    QTest::failOnWarning(QRegularExpression(QStringLiteral("qrc:|QML|qml|TypeError")));
    test::Scenes scenes;
    auto* settings = scenes.tablet().app->settings();
    settings->setLanguage(language);
    settings->setReducedMotion(true);
    QStringList faults;
    int looks = 0;
    const bool reached = scenes.walk([&](const QString& scene) {
        for (const QSize size : {QSize(360, 800), QSize(800, 1280), QSize(1280, 800)}) {
            for (const double scale : {1.0, 2.0}) {
                settings->setFontScale(scale);
                scenes.window().resize(size);
                QTest::qWait(80);  // lets the layout settle
                ++looks;
                inspect(scenes.window(), scenes.window().contentItem(), [&](const QString& what) {
                    faults.append(QStringLiteral("%1 at %2 x%3: %4").arg(scene).arg(size.width()).arg(scale).arg(what));
                });
            }
        }
    });
    QVERIFY2(reached, qPrintable(QStringLiteral("stopped after ") + scenes.where()));
    QVERIFY(looks >= 200);
    faults.removeDuplicates();
    for (const QString& fault : faults)
        qInfo("%s", qPrintable(fault));
    QVERIFY2(faults.isEmpty(), qPrintable(QStringLiteral("%1 faults").arg(faults.size())));
}

QTEST_MAIN(TestPageWalk)
#include "tst_page_walk.moc"
