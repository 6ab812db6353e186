// SPDX-License-Identifier: Apache-2.0
// Renders Gallery.qml in every mode, width and scale into a folder, so that a person can look at all controls at once.
#include <QDir>
#include <QGuiApplication>
#include <QQmlApplicationEngine>
#include <QQuickWindow>
#include <QTest>
#include <QTextStream>

namespace {

bool render(QQuickWindow& window, const QString& file) {
    QTest::qWait(150);  // lets bindings, layouts and fades settle
    QTest::qWait(50);
    const QImage image = window.grabWindow();
    QTextStream(stdout) << file << '\n';
    return !image.isNull() && image.save(file);
}

}  // namespace

int main(int argc, char** argv) {
    const QGuiApplication app(argc, argv);
    const QStringList arguments = QGuiApplication::arguments();
    const QDir folder(arguments.value(1, QStringLiteral("build/screenshots/gallery")));
    if (!folder.mkpath(QStringLiteral("."))) return 1;
    QQmlApplicationEngine engine;
    engine.addImportPath(QStringLiteral("qrc:/qt/qml"));
    engine.load(QUrl::fromLocalFile(QStringLiteral(SOTTO_SOURCE_DIR "/tests/qml/components/Gallery.qml")));
    if (engine.rootObjects().isEmpty()) return 1;
    auto* window = qobject_cast<QQuickWindow*>(engine.rootObjects().constFirst());
    if (window == nullptr) return 1;
    auto* settings = window->property("theme").value<QObject*>();
    if (settings == nullptr) return 1;
    bool written = true;
    for (const char* mode : {"light", "dark", "contrast"})
        for (const int width : {360, 800})
            for (const int scale : {1, 2}) {
                settings->setProperty("mode", QLatin1String(mode));
                settings->setProperty("fontScale", scale);
                window->setWidth(width);
                const QString name = QStringLiteral("%1-%2-x%3.png").arg(QLatin1String(mode)).arg(width).arg(scale);
                written = render(*window, folder.filePath(name)) && written;
                window->setProperty("sheetShown", true);
                QTest::qWait(500);
                written = render(*window, folder.filePath(QStringLiteral("sheet-") + name)) && written;
                window->setProperty("sheetShown", false);
                QTest::qWait(300);
            }
    return written ? 0 : 1;
}
