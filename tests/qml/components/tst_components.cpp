// SPDX-License-Identifier: Apache-2.0
#include <QQmlEngine>
#include <QtQuickTest>

/// Runs every tst_*.qml of this folder against the module as the app links it.
class Setup : public QObject {
    Q_OBJECT

public slots:
    void qmlEngineAvailable(QQmlEngine* engine) { engine->addImportPath(QStringLiteral("qrc:/qt/qml")); }
};

QUICK_TEST_MAIN_WITH_SETUP(components, Setup)
#include "tst_components.moc"
