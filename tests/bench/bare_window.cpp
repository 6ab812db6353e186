// SPDX-License-Identifier: Apache-2.0
// The least that an app of Qt Quick Controls can be: a window with a label, a field and a button. What the cold start
// of the app is measured against.
#include <QGuiApplication>
#include <QQmlApplicationEngine>

int main(int argc, char** argv) {
    const QGuiApplication application(argc, argv);
    QQmlApplicationEngine engine;
    engine.loadData(R"(
        import QtQuick
        import QtQuick.Controls.Basic
        ApplicationWindow {
            visible: true
            width: 800
            height: 1280
            Column {
                Label { text: "Bare" }
                TextField { }
                Button { text: "Press" }
            }
        }
    )");
    return engine.rootObjects().isEmpty() ? 1 : QGuiApplication::exec();
}
