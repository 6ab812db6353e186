// SPDX-License-Identifier: Apache-2.0
#include <csignal>

#include <QFont>
#include <QGuiApplication>

#include "commandline/command.h"
#include "commands.h"
#include "crypto/process.h"
#include "window.h"

namespace {

void nameApplication() {
    QCoreApplication::setApplicationName(QStringLiteral("sotto"));
    QCoreApplication::setApplicationVersion(QStringLiteral(SOTTO_VERSION));
}

std::vector<sotto::app::Command> allCommands() {
    using namespace sotto::app;
    std::vector<Command> all{rehearseCommand(), inspectCommand(), deliverCommand(), eraseCommand(), auditCommand()};
    for (Command& command : personCommands())
        all.push_back(std::move(command));
    for (const auto& make : {passwdCommand, passphraseCommand, tabletCommand, rotateCommand, rebuildCommand,
                             sealCommand, studyUpdateCommand, withdrawCommand})
        all.push_back(make());
    return all;
}

QStringList wordsOf(int argc, char** argv) {
    QStringList words;
    for (int i = 1; i < argc; ++i)
        words.append(QString::fromLocal8Bit(argv[i]));
    return words;
}

}  // namespace

/// Without a command the app opens; with one it works without a display.
int main(int argc, char** argv) {
    // A reader that closes our output must not end a recording; a failed write is noticed where it counts.
    std::signal(SIGPIPE, SIG_IGN);
    if (const auto hardened = sotto::crypto::hardenProcess(); !hardened) return sotto::app::report(hardened.error());
    const sotto::app::Program program(
        QStringLiteral("sotto"),
        QStringLiteral("field interviews, encrypted from the first byte. Without a "
                       "command the app opens; `sotto --home DIR` opens it on that home."),
        allCommands());
    const QStringList words = wordsOf(argc, argv);
    const bool opensOnHome = words.size() == 2 && words.front() == u"--home";
    if (!words.isEmpty() && !opensOnHome) {
        QCoreApplication application(argc, argv);
        nameApplication();
        return program.run(words);
    }
    const bool hasDisplay = qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY") ||
                            qEnvironmentVariableIsSet("QT_QPA_PLATFORM");
    if (!hasDisplay) {
        sotto::app::say(QStringLiteral(
            "sotto: there is no display for the app to open on. See `sotto --help` for what works without."));
        return static_cast<int>(sotto::app::ExitCode::Failed);
    }
    QGuiApplication application(argc, argv);
    nameApplication();
    // The face of the screens: without it Qt looks through all fonts for one that nothing is written in.
    QGuiApplication::setFont(QFont(QStringLiteral("Open Sans")));
    return sotto::app::openWindow(opensOnHome ? std::optional<sotto::Path>(words.back().toStdString()) : std::nullopt);
}
