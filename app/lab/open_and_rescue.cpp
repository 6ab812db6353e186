// SPDX-License-Identifier: Apache-2.0
#include "commandline/key_files.h"
#include "commands.h"
#include "package/seal.h"
#include "withdrawals.h"
#include "workflow/rescue.h"

namespace sotto::lab {

namespace {

using app::Arguments;
using app::ExitCode;

Result<std::vector<crypto::age::Identity>> keysFor(FileSystem& files, const Arguments& arguments) {
    const Path folder = arguments.path(QStringLiteral("keys"));
    SOTTO_ASSIGN(auto identities, app::readIdentities(files, folder));
    if (identities.empty()) return fail(ErrorCode::WrongKey, folder.string() + " holds no .agekey file");
    return identities;
}

Result<> refuseExisting(FileSystem& files, const Path& out) {
    SOTTO_ASSIGN(const bool exists, files.exists(out));
    if (exists) return fail(ErrorCode::AlreadyExists, out.string() + " is there already; name a folder that is not");
    return {};
}

Result<> open(const Arguments& arguments) {
    PosixFileSystem files;
    const Path out = arguments.path(QStringLiteral("out"));
    SOTTO_TRY(refuseExisting(files, out));
    SOTTO_ASSIGN(const auto identities, keysFor(files, arguments));
    const Path file = arguments.positional().at(0).toStdString();
    SOTTO_TRY(noteCopy(files, arguments, QStringLiteral("open"), file, out));
    return package::openPackage(files, file, identities, out);
}

int runOpen(const Arguments& arguments) {
    if (const auto done = open(arguments); !done) return app::report(done.error());
    app::say(
        QStringLiteral("opened to %1; every file matches its manifest").arg(arguments.required(QStringLiteral("out"))));
    return static_cast<int>(ExitCode::Ok);
}

Result<std::vector<workflow::Rescued>> rescue(const Arguments& arguments) {
    PosixFileSystem files;
    const Path out = arguments.path(QStringLiteral("out"));
    SOTTO_TRY(refuseExisting(files, out));
    SOTTO_ASSIGN(const auto identities, keysFor(files, arguments));
    SOTTO_ASSIGN(auto all, workflow::rescue(files, arguments.positional().at(0).toStdString(), identities, out));
    if (!arguments.isSet(QStringLiteral("desk"))) {
        app::say(QStringLiteral("What is rescued is in no list of copies; --desk DIR notes it."));
    }
    for (const workflow::Rescued& rescued : all) {
        const auto session = SessionId::fromString(QString::fromStdString(rescued.log.stem().string()));
        if (rescued.opened && session) SOTTO_TRY(noteRescue(files, arguments, *session, rescued.folder));
    }
    return all;
}

void sayWhatBecameOf(const workflow::Rescued& rescued) {
    const QString log = QString::fromStdString(rescued.log.filename().string());
    const QString note = QString::fromStdString(rescued.note);
    if (!rescued.opened) {
        app::say(QStringLiteral("%1: not opened. %2").arg(log, note));
        return;
    }
    app::say(QStringLiteral("%1 -> %2 %3").arg(log, QString::fromStdString(rescued.folder.string()), note));
}

/// Some logs of a home belong to other keys (names and consent): that alone is no failure as long as one opened.
int exitCodeFor(const std::vector<workflow::Rescued>& all) {
    bool opened = false;
    bool damaged = false;
    bool failed = false;
    bool wrongKey = false;
    for (const auto& rescued : all) {
        opened = opened || rescued.opened;
        damaged = damaged || rescued.damaged;
        wrongKey = wrongKey || rescued.wrongKey;
        failed = failed || (!rescued.opened && !rescued.wrongKey && !rescued.damaged && !rescued.unfinished);
    }
    if (damaged) return static_cast<int>(ExitCode::Damaged);
    if (failed) return static_cast<int>(ExitCode::Failed);
    if (opened) return static_cast<int>(ExitCode::Ok);
    return static_cast<int>(wrongKey ? ExitCode::WrongKey : ExitCode::Failed);
}

int runRescue(const Arguments& arguments) {
    const auto all = rescue(arguments);
    if (!all) return app::report(all.error());
    for (const auto& rescued : *all)
        sayWhatBecameOf(rescued);
    const int code = exitCodeFor(*all);
    if (code != static_cast<int>(ExitCode::WrongKey)) return code;
    return app::report(
        {ErrorCode::WrongKey, "none of the keys given opens " + arguments.positional().at(0).toStdString()});
}

}  // namespace

app::Command openCommand() {
    return {
        QStringLiteral("open"),
        QStringLiteral("decrypt one package and check every file in it"),
        {QStringLiteral("FILE.age")},
        copyOptions(
            {{QStringLiteral("keys"), QStringLiteral("DIR"), QStringLiteral("folder with .agekey files"), true},
             {QStringLiteral("out"), QStringLiteral("DIR"), QStringLiteral("folder to write; must not exist"), true}}),
        QStringLiteral("The stock tools do the same: age -d -i content.agekey FILE.age | tar x"),
        runOpen};
}

app::Command rescueCommand() {
    return {
        QStringLiteral("rescue"),
        QStringLiteral("turn sealed logs back into interviews, without any passphrase"),
        {QStringLiteral("LOG|HOME")},
        copyOptions(
            {{QStringLiteral("keys"), QStringLiteral("DIR"), QStringLiteral("folder with .agekey files"), true},
             {QStringLiteral("out"), QStringLiteral("DIR"), QStringLiteral("folder to write; must not exist"), true}}),
        QStringLiteral(
            "Reads only. Works on a log that was broken off or damaged: whatever verifies is given back, and exit\n"
            "code 4 says that something is missing. Logs for which no key is here are named and passed over."),
        runRescue};
}

}  // namespace sotto::lab
