// SPDX-License-Identifier: Apache-2.0
#include "window.h"

#include <QCoreApplication>
#include <QQmlApplicationEngine>
#include <QUrl>

namespace sotto::app {

int openWindow() {
    QQmlApplicationEngine engine;
    engine.addImportPath(QStringLiteral("qrc:/qt/qml"));
    engine.load(QUrl(QStringLiteral("qrc:/qt/qml/Sotto/Pages/Main.qml")));
    if (engine.rootObjects().isEmpty()) return 1;
    return QCoreApplication::exec();
}

}  // namespace sotto::app
