// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include <QQmlApplicationEngine>
#include <QQuickItem>
#include <QQuickWindow>

#include "app/tablet/tablet_fixture.h"
#include "tablet/translation.h"

/// Every screen of the app in a state worth looking at, reached as a user reaches it: the real window on a real home.
/// For the page walk and for the screenshots.
namespace sotto::test {

class Scenes {
public:
    /// The window is loaded; nothing is set up yet. Aborts the program if Main.qml does not load.
    Scenes();

    [[nodiscard]] QQuickWindow& window() const { return *m_window; }
    [[nodiscard]] TabletFixture& tablet() { return m_tablet; }

    /// Goes through all screens in one sitting and calls `visit` at each with its name. False if one could not be
    /// reached; `where()` says which came last.
    [[nodiscard]] bool walk(const std::function<void(const QString& scene)>& visit);
    [[nodiscard]] QString where() const { return m_where; }

    /// The visible item of that objectName, or null.
    [[nodiscard]] QQuickItem* item(const QString& name) const;

private:
    using Visit = std::function<void(const QString& scene)>;
    void stop(const QString& scene, const Visit& visit);
    [[nodiscard]] bool firstStart(const Visit& visit);
    [[nodiscard]] bool people(const Visit& visit);
    [[nodiscard]] bool beforeTheMeeting(const Visit& visit);
    [[nodiscard]] bool screening(const Visit& visit);
    [[nodiscard]] bool consent(const Visit& visit);
    [[nodiscard]] bool otherConsent(app::ConsentViewModel& form, const Visit& visit);
    [[nodiscard]] bool interview(const Visit& visit);
    [[nodiscard]] bool takingBack(const Visit& visit);
    [[nodiscard]] bool afterwards(const Visit& visit);
    [[nodiscard]] bool group(const Visit& visit);
    /// Ends on the page of the person who filled in the form.
    [[nodiscard]] bool handedOver(const Visit& visit);
    /// Presses a control as a mouse does; false if it is not there.
    [[nodiscard]] bool press(const QString& name);
    void closeSheet();

    TabletFixture m_tablet;
    QQmlApplicationEngine m_engine;
    std::unique_ptr<app::Translation> m_translation;
    QQuickWindow* m_window = nullptr;
    QString m_where;
};

}  // namespace sotto::test
