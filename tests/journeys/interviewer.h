// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>

#include <QProcess>
#include <QString>

#include "journeys/ear.h"
#include "journeys/glass.h"
#include "journeys/programs.h"
#include "journeys/screen_reader.h"
#include "support/pulse_server.h"

/// Fails with what was wrong when an Interviewer could not go on.
#define VERIFY_WELL(who) QVERIFY2((who).trouble().isEmpty(), qPrintable((who).trouble()))

namespace sotto::test {

/// Somebody with the real program on a screen in front of them: finds by what a screen reader says, acts by mouse and
/// keyboard, listens at the microphone. What can't be found in time is trouble; from then on nothing is done any more,
/// so that a journey asks once for several steps.
class Interviewer {
public:
    /// Empty if the journey can be made; else what to install.
    [[nodiscard]] static QString missingPrograms();

    /// Screen, buses, sound and the app's home (`home`) lie in the stage.
    explicit Interviewer(const Stage& stage) : m_stage(&stage) {}
    ~Interviewer();
    Interviewer(const Interviewer&) = delete;
    Interviewer& operator=(const Interviewer&) = delete;

    void prepare();
    void openApp();
    void killApp();
    /// Waits until the app has ended by itself.
    void waitForEnd();
    [[nodiscard]] QString trouble() const { return m_trouble; }
    void fail(const QString& what);

    using Wanted = std::function<bool(const Thing&)>;

    /// Waits until something of the kind is shown, in its dialog if one is open.
    Thing find(const Wanted& wanted, const QString& what);
    /// Waits until something with this name is shown.
    Thing see(const QString& name);
    /// Something whose name begins with this.
    Thing seeBeginningOf(const QString& name);
    void seeNot(const QString& name);
    /// Finds it, scrolls to it, touches it. Gives the moment at which the finger was lifted.
    Moment press(const QString& name);
    Moment pressBeginningOf(const QString& name);
    /// Touches what has a description that begins with this: a person in a list, whose name is drawn by lot.
    Moment pressDescribed(const QString& description);
    /// Touches a field and types into it.
    void enter(const QString& label, const QString& text);
    /// Types where the focus is.
    void type(const QString& text);
    /// The same, and Enter.
    void typeLine(const QString& text);
    /// One key, others held down; see Glass::strike().
    void strike(quint32 symbol, std::initializer_list<quint32> held = {});
    /// Draws with the mouse into what has this name.
    void draw(const QString& name);
    /// Lets sound pass.
    void listenFor(double seconds);
    void turnTo(const QSize& size);
    void askToClose();

    /// How often the glass was touched until now (a signature's strokes count as one each).
    [[nodiscard]] int touches() const { return m_touches; }
    [[nodiscard]] PulseServer& sound() { return m_sound; }
    [[nodiscard]] const Ear& ear() const { return m_ear; }
    [[nodiscard]] const QProcess& app() const { return *m_app; }
    /// A second program in the same surroundings.
    [[nodiscard]] std::unique_ptr<QProcess> startSotto(const QStringList& arguments) const;
    /// Takes that one in hand, once it shows a window, and gives back the one that was.
    [[nodiscard]] std::unique_ptr<QProcess> change(std::unique_ptr<QProcess> other);

private:
    void look();

    [[nodiscard]] QProcessEnvironment environment() const;
    [[nodiscard]] bool waitUntil(const std::function<bool()>& isSo);
    [[nodiscard]] Thing reach(const Wanted& wanted, const QString& what);
    void scrollTo(const Thing& thing, const Thing& scroll);
    Moment touch(const Wanted& wanted, const QString& what);

    const Stage* m_stage;
    Glass m_glass;
    ScreenReader m_reader;
    PulseServer m_sound;
    Ear m_ear;
    std::unique_ptr<QProcess> m_app;
    QList<Thing> m_seen;
    QString m_trouble;
    int m_touches = 0;
};

}  // namespace sotto::test
