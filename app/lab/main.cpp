// SPDX-License-Identifier: Apache-2.0
#include <csignal>

#include <QCoreApplication>

#include "commands.h"
#include "crypto/process.h"

int main(int argc, char** argv) {
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("sotto-lab"));
    QCoreApplication::setApplicationVersion(QStringLiteral(SOTTO_VERSION));
    // A reader that closes our output must not end a recording; a failed write is noticed where it counts.
    std::signal(SIGPIPE, SIG_IGN);
    if (const auto hardened = sotto::crypto::hardenProcess(); !hardened) return sotto::app::report(hardened.error());
    const sotto::app::Program program(
        QStringLiteral("sotto-lab"), QStringLiteral("the lab's side of Sotto: keys, studies, and opening what arrives"),
        {sotto::lab::keygenCommand(), sotto::lab::studyCheckCommand(), sotto::lab::studySignCommand(),
         sotto::lab::studySheetCommand(), sotto::lab::enrolCommand(), sotto::lab::receiveCommand(),
         sotto::lab::withdrawListCommand(), sotto::lab::openCommand(), sotto::lab::rescueCommand(),
         sotto::lab::rekeyCommand(), sotto::lab::unsealCommand()});
    return program.run(QCoreApplication::arguments().mid(1));
}
