// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include <QGuiApplication>
#include <QQmlApplicationEngine>
#include <QQuickWindow>

#include "app/tablet/fake_sound.h"
#include "base/clock.h"
#include "base/file.h"
#include "keyring/keyring.h"
#include "tablet/tablet_app.h"
#include "tablet/translation.h"

namespace sotto::bench {

/// The real window over a home that is there already, unlocked, with a tone for a microphone.
class Glass {
public:
    /// Aborts with a reason if the home does not open.
    Glass(const Path& home, const QString& passphrase, const Path& settings);

    [[nodiscard]] app::TabletApp& app() { return *m_app; }
    [[nodiscard]] test::FakeSound& sound() { return *m_sound; }
    template <typename Page>
    [[nodiscard]] Page* page() const {
        return qobject_cast<Page*>(m_app->page());
    }
    /// Milliseconds from leaving the settings until the home screen stands with its list.
    [[nodiscard]] double timeToHome();
    /// Waits for the screen and for the vault thread; aborts after a minute.
    void reach(app::TabletApp::Screen screen);

private:
    [[nodiscard]] bool isLoaded() const;

    PosixFileSystem m_files;
    SystemClock m_clock;
    std::shared_ptr<test::FakeSound> m_sound = std::make_shared<test::FakeSound>();
    std::unique_ptr<app::TabletApp> m_app;
    QQmlApplicationEngine m_engine;
    std::unique_ptr<app::Translation> m_translation;
    QQuickWindow* m_window = nullptr;
};

/// Measures how long the GUI thread takes over each event that it handles: for that long nothing else can happen on it.
class TimedApplication : public QGuiApplication {
public:
    using QGuiApplication::QGuiApplication;
    bool notify(QObject* receiver, QEvent* event) override;
    /// The times since the last call, in milliseconds, of events that took at least a tenth of one.
    [[nodiscard]] std::vector<double> takeTimes() { return std::exchange(m_times, {}); }

private:
    bool m_isInside = false;
    std::vector<double> m_times;
};

}  // namespace sotto::bench
