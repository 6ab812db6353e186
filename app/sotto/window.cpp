// SPDX-License-Identifier: Apache-2.0
#include "window.h"

#include <QCoreApplication>
#include <QDir>
#include <QEvent>
#include <QLoggingCategory>
#include <QPointer>
#include <QQmlApplicationEngine>
#include <QQuickItem>
#include <QQuickWindow>
#include <QStandardPaths>
#include <QUrl>

#include "base/clock.h"
#include "platform/linux/disk_storage.h"
#include "platform/linux/logind_keep_awake.h"
#include "platform/linux/power_supply.h"
#include "platform/linux/qt_sound_devices.h"
#include "platform/pdf/pdf_press.h"
#include "platform/speech/qt_speech.h"
#include "tablet/tablet_app.h"
#include "tablet/translation.h"
#include "unlocking.h"

namespace sotto::app {

namespace {

/// Says which screen is shown, for measurements; off unless asked for by QT_LOGGING_RULES.
Q_LOGGING_CATEGORY(kScreenLog, "sotto.screen", QtWarningMsg)

/// Tells the app that somebody is there, so that it does not lock itself meanwhile.
class TouchWatch : public QObject {
public:
    explicit TouchWatch(TabletApp& app) : m_app(&app) {}
    bool eventFilter(QObject* watched, QEvent* event) override {
        const QEvent::Type type = event->type();
        if (type == QEvent::MouseButtonPress || type == QEvent::TouchBegin || type == QEvent::KeyPress)
            m_app->touched();
        return QObject::eventFilter(watched, event);
    }

private:
    TabletApp* m_app;
};

/// Lets layouts take notice of children that went.
void settle(QQuickItem& item) {
    item.ensurePolished();
    const auto now = item.childItems();
    for (const auto& child : QList<QPointer<QQuickItem>>(now.begin(), now.end())) {
        if (child) settle(*child);
    }
}

/// A layout of Qt 6.4 that is resized after a child went and before the next frame lays out what is freed already: a
/// tablet that was turned at that moment lost its app in the middle of an interview.
class TurnWatch : public QObject {
public:
    bool eventFilter(QObject* watched, QEvent* event) override {
        auto* window = event->type() == QEvent::Resize ? qobject_cast<QQuickWindow*>(watched) : nullptr;
        if (window != nullptr) settle(*window->contentItem());
        return QObject::eventFilter(watched, event);
    }
};

TabletOptions optionsFor(FileSystem& files, const Clock& clock, const Path& home) {
    TabletOptions options;
    options.files = &files;
    options.clock = &clock;
    options.home = home;
    options.keyOptions = newKeyOptions;
    return options;
}

Devices devicesFor(const Path& home) {
    Devices devices;
    devices.sound = std::make_shared<platform::QtSoundDevices>();
    devices.press = std::make_shared<platform::PdfPress>();
    devices.keepAwake = std::make_unique<platform::LogindKeepAwake>();
    devices.storage = std::make_unique<platform::DiskStorage>(home.parent_path());
    devices.battery = std::make_unique<platform::PowerSupply>();
    devices.speech = platform::systemSpeech();
    return devices;
}

Path homeFolder(const std::optional<Path>& chosen) {
    if (chosen) return *chosen;
    return Path((QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation) + QStringLiteral("/home"))
                    .toStdString());
}

}  // namespace

int openWindow(const std::optional<Path>& home) {
    PosixFileSystem files;
    const SystemClock clock;
    const QString config = QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation);
    const Path folder = homeFolder(home);
    TabletApp app(optionsFor(files, clock, folder), devicesFor(folder), config + QStringLiteral("/tablet.ini"));
    TouchWatch watch(app);
    TurnWatch turns;
    QCoreApplication::instance()->installEventFilter(&watch);
    QCoreApplication::instance()->installEventFilter(&turns);
    QObject::connect(&app, &TabletApp::screenChanged, &app, [&app] { qCDebug(kScreenLog) << app.screen(); });
    QQmlApplicationEngine engine;
    engine.addImportPath(QStringLiteral("qrc:/qt/qml"));
    Translation translation(*app.settings(), engine);
    engine.setInitialProperties({{QStringLiteral("app"), QVariant::fromValue(&app)}});
    engine.load(QUrl(QStringLiteral("qrc:/qt/qml/Sotto/Pages/Main.qml")));
    if (engine.rootObjects().isEmpty()) return 1;
    return QCoreApplication::exec();
}

}  // namespace sotto::app
