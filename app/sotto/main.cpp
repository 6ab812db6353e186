// SPDX-License-Identifier: Apache-2.0
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

}  // namespace

/// Without a command the app opens; with one it works without a display.
int main(int argc, char** argv) {
    if (const auto hardened = sotto::crypto::hardenProcess(); !hardened) return sotto::app::report(hardened.error());
    const sotto::app::Program program(
        QStringLiteral("sotto"),
        QStringLiteral("field interviews, encrypted from the first byte. Without a command the app opens."),
        {sotto::app::rehearseCommand(), sotto::app::inspectCommand()});
    if (argc > 1) {
        QCoreApplication application(argc, argv);
        nameApplication();
        return program.run(QCoreApplication::arguments().mid(1));
    }
    QGuiApplication application(argc, argv);
    nameApplication();
    return sotto::app::openWindow();
}
