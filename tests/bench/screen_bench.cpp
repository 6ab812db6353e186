// SPDX-License-Identifier: Apache-2.0
#include "screen_bench.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>
#include <QThread>

#include "large_home.h"
#include "measuring.h"
#include "tablet/home_view_model.h"
#include "tablet/unlock_view_model.h"

namespace sotto::bench {

namespace {

constexpr int kPatienceMs = 60'000;

[[noreturn]] void stop(const char* reason) {
    std::fprintf(stderr, "bench: %s\n", reason);
    std::exit(1);
}

}  // namespace

Glass::Glass(const Path& home, const QString& passphrase, const Path& settings) {
    app::TabletOptions options;
    options.files = &m_files;
    options.clock = &m_clock;
    options.home = home;
    options.unlockOptions = cheapOptions();
    app::Devices devices;
    devices.sound = m_sound;
    m_app = std::make_unique<app::TabletApp>(std::move(options), std::move(devices),
                                             QString::fromStdString(settings.string()));
    m_engine.addImportPath(QStringLiteral("qrc:/qt/qml"));
    m_translation = std::make_unique<app::Translation>(*m_app->settings(), m_engine);
    m_engine.setInitialProperties({{QStringLiteral("app"), QVariant::fromValue(m_app.get())}});
    m_engine.load(QUrl(QStringLiteral("qrc:/qt/qml/Sotto/Pages/Main.qml")));
    if (m_engine.rootObjects().isEmpty()) stop("the window does not load");
    m_window = qobject_cast<QQuickWindow*>(m_engine.rootObjects().constFirst());
    reach(app::TabletApp::Screen::Unlock);
    page<app::UnlockViewModel>()->unlock({}, passphrase);
    reach(app::TabletApp::Screen::Home);
    if (!QTest::qWaitFor([this] { return isLoaded(); }, kPatienceMs)) stop("the home screen does not load");
}

bool Glass::isLoaded() const {
    const auto* home = page<app::HomeViewModel>();
    return home != nullptr && !home->isLoading();
}

void Glass::reach(app::TabletApp::Screen screen) {
    const bool isThere =
        QTest::qWaitFor([&] { return m_app->screen() == screen && m_app->vault().waiting() == 0; }, kPatienceMs);
    if (!isThere) stop("a screen is not reached");
}

double Glass::timeToHome() {
    m_app->openSettings();
    reach(app::TabletApp::Screen::Settings);
    QTest::qWait(100);
    QElapsedTimer timer;
    timer.start();
    m_app->goHome();
    while (!isLoaded())
        QCoreApplication::processEvents(QEventLoop::AllEvents, 1);
    QSignalSpy shown(m_window, &QQuickWindow::frameSwapped);
    m_window->update();
    while (shown.isEmpty())
        QCoreApplication::processEvents(QEventLoop::AllEvents, 1);
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

bool TimedApplication::notify(QObject* receiver, QEvent* event) {
    constexpr double kLeastMs = 0.1;
    if (m_isInside || QThread::currentThread() != thread()) return QGuiApplication::notify(receiver, event);
    m_isInside = true;
    QElapsedTimer timer;
    timer.start();
    const bool isHandled = QGuiApplication::notify(receiver, event);
    const double ms = static_cast<double>(timer.nsecsElapsed()) / 1e6;
    if (ms >= kLeastMs) m_times.push_back(ms);
    m_isInside = false;
    return isHandled;
}

}  // namespace sotto::bench
