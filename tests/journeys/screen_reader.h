// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include <QDBusConnection>
#include <QList>
#include <QProcess>
#include <QProcessEnvironment>
#include <QRect>
#include <QString>
#include <QTemporaryDir>

namespace sotto::test {

/// Something on the screen, as it is told to somebody who does not see it.
struct Thing {
    enum Role { Other, Button, Choice, Field, Dialog, Scroll, Words };
    Role role = Other;
    QString name;
    QString description;
    QRect place;  ///< on the screen
    bool isEnabled = false;
    bool isChecked = false;
    bool hasFocus = false;
    qsizetype dialog = -1;  ///< index of the dialog that it is in; -1: of the page
    qsizetype scroll = -1;  ///< index of what scrolls it
    int depth = 0;

    [[nodiscard]] bool isPressable() const { return role == Button || role == Choice || role == Field; }
};

/// Reads programs over AT-SPI, by the protocol that Orca speaks, on buses of the test's own. Other than a screen reader
/// it never acts through that protocol. One thread.
class ScreenReader {
public:
    ScreenReader();
    ~ScreenReader();
    ScreenReader(const ScreenReader&) = delete;
    ScreenReader& operator=(const ScreenReader&) = delete;

    /// Starts the buses, in this environment (which has a DISPLAY).
    [[nodiscard]] bool start(const QProcessEnvironment& environment);
    /// What a program needs in its environment to be read.
    void addTo(QProcessEnvironment& environment) const;

    /// All that a program shows, from the back to the front. Empty if it does not answer (yet).
    [[nodiscard]] QList<Thing> look(qint64 process);

private:
    [[nodiscard]] QString serviceOf(qint64 process);

    QProcess m_bus;
    QString m_address;
    std::optional<QDBusConnection> m_connection;
};

/// For a failure's message: one line for each thing.
[[nodiscard]] QString described(const QList<Thing>& things);

}  // namespace sotto::test
