// SPDX-License-Identifier: Apache-2.0
#include <csignal>
#include <memory>
#include <string_view>

#include <QGuiApplication>

#include "commands.h"
#include "crypto/process.h"

namespace {

/// Paper needs fonts, and fonts need Qt's GUI application; everything else at the lab does without one.
std::unique_ptr<QCoreApplication> applicationFor(int& argc, char** argv) {
    const bool needsFonts = argc > 2 && std::string_view(argv[1]) == "study" && std::string_view(argv[2]) == "forms";
    if (!needsFonts) return std::make_unique<QCoreApplication>(argc, argv);
    qputenv("QT_QPA_PLATFORM", "offscreen");
    return std::make_unique<QGuiApplication>(argc, argv);
}

}  // namespace

int main(int argc, char** argv) {
    const auto application = applicationFor(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("sotto-lab"));
    QCoreApplication::setApplicationVersion(QStringLiteral(SOTTO_VERSION));
    // A reader that closes our output must not end a recording; a failed write is noticed where it counts.
    std::signal(SIGPIPE, SIG_IGN);
    if (const auto hardened = sotto::crypto::hardenProcess(); !hardened) return sotto::app::report(hardened.error());
    const sotto::app::Program program(
        QStringLiteral("sotto-lab"), QStringLiteral("the lab's side of Sotto: keys, studies, and opening what arrives"),
        {sotto::lab::keygenCommand(), sotto::lab::studyCheckCommand(), sotto::lab::studyFormsCommand(),
         sotto::lab::studySignCommand(), sotto::lab::studySheetCommand(), sotto::lab::enrolCommand(),
         sotto::lab::receiveCommand(), sotto::lab::withdrawListCommand(), sotto::lab::openCommand(),
         sotto::lab::rescueCommand(), sotto::lab::rekeyCommand(), sotto::lab::unsealCommand()});
    return program.run(QCoreApplication::arguments().mid(1));
}
