// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <initializer_list>
#include <memory>
#include <optional>

#include <QPoint>
#include <QProcess>
#include <QSize>
#include <QString>

struct xcb_connection_t;

namespace sotto::test {

/// A screen of the test's own (Xvfb), and a hand on it: mouse and keyboard events by XTEST, which a program can't tell
/// from those of real devices. There is no window manager; the few things that one would do are here. One thread.
class Glass {
public:
    Glass();
    ~Glass();
    Glass(const Glass&) = delete;
    Glass& operator=(const Glass&) = delete;

    /// Starts the screen. False: Xvfb is missing or does not answer.
    [[nodiscard]] bool start();
    /// For the environment variable DISPLAY.
    [[nodiscard]] QString display() const { return m_display; }

    void moveTo(const QPoint& place) const;
    void press() const;
    void release() const;
    void click(const QPoint& place) const;
    /// Steps of the wheel where the mouse is; positive shows what lies further down.
    void turnWheel(int steps) const;
    /// ASCII only.
    void type(const QString& text) const;
    void pressEnter() const;
    /// One key by its X11 symbol (0xff1b is Escape) while others are held down (0xffe9 is Alt, 0xffe3 Control).
    void strike(quint32 symbol, std::initializer_list<quint32> held = {}) const;

    /// The window of a program, as soon as it is shown.
    [[nodiscard]] std::optional<quint32> windowOf(qint64 process) const;
    /// Puts it in the corner with this size, on top, and lets it have the keyboard.
    void place(quint32 window, const QSize& size) const;
    /// What a press on the cross of its frame does.
    void askToClose(quint32 window) const;

private:
    void fake(int type, int detail, const QPoint& place = {}) const;
    void stroke(quint32 symbol) const;
    [[nodiscard]] quint32 atom(const char* name) const;
    [[nodiscard]] qint64 processOf(quint32 window) const;

    struct Keyboard;
    QProcess m_server;
    QString m_display;
    xcb_connection_t* m_connection = nullptr;
    quint32 m_root = 0;
    std::unique_ptr<Keyboard> m_keyboard;
};

}  // namespace sotto::test
