// SPDX-License-Identifier: Apache-2.0
#include "commandline/key_files.h"
#include "commands.h"
#include "sync/lab_desk.h"
#include "sync/store.h"

namespace sotto::lab {

namespace {

using app::Arguments;
using app::ExitCode;
using Outcome = sync::Received::Outcome;

Result<std::vector<sync::Received>> receive(const Arguments& arguments) {
    PosixFileSystem files;
    const SystemClock clock;
    const Path store = arguments.positional().at(0).toStdString();
    SOTTO_ASSIGN(const bool exists, files.exists(store));
    if (!exists) return fail(ErrorCode::NotFound, "there is no store at " + store.string());
    sync::LabDeskKeys keys;
    SOTTO_ASSIGN(keys.identities, app::readIdentities(files, arguments.path(QStringLiteral("keys"))));
    SOTTO_ASSIGN(keys.signing, app::readSigningKey(files, arguments.path(QStringLiteral("keys"))));
    if (!keys.signing) app::say(QStringLiteral("No lab-signing.key here: no receipts are written."));
    SOTTO_ASSIGN(const auto folder, sync::openFolderStore(files, store));
    return sync::receive(files, *folder, keys, arguments.path(QStringLiteral("out")), clock);
}

QString sentenceFor(const sync::Received& received) {
    const QString what = QStringLiteral("%1/%2").arg(received.manifest.session.toString(),
                                                     package::packageKindName(received.manifest.kind));
    const QString opened = received.opened      ? QStringLiteral("opened")
                           : received.couldOpen ? QStringLiteral("not opened")
                                                : QStringLiteral("stored; its key is not here");
    const QString note = received.note.isEmpty() ? QString() : QStringLiteral(" (%1)").arg(received.note);
    switch (received.outcome) {
        case Outcome::New:
            return QStringLiteral("%1: arrived whole, %2%3").arg(what, opened, note);
        case Outcome::Known:
            return QStringLiteral("%1: known, %2%3").arg(what, opened, note);
        case Outcome::Incomplete:
            return QStringLiteral("%1: not complete yet%2").arg(what, note);
        case Outcome::Refused:
            return QStringLiteral("%1: REFUSED%2").arg(what, note);
    }
    return {};
}

int runReceive(const Arguments& arguments) {
    const auto all = receive(arguments);
    if (!all) return app::report(all.error());
    bool refused = false;
    for (const auto& received : *all) {
        app::say(sentenceFor(received));
        refused = refused || received.outcome == Outcome::Refused;
    }
    if (all->empty()) app::say(QStringLiteral("The store holds no package."));
    return static_cast<int>(refused ? ExitCode::Damaged : ExitCode::Ok);
}

}  // namespace

app::Command receiveCommand() {
    return {
        QStringLiteral("receive"),
        QStringLiteral("fetch, verify, file and open what tablets have sent"),
        {QStringLiteral("STORE")},
        {{QStringLiteral("keys"), QStringLiteral("DIR"),
          QStringLiteral("folder with the keys of this desk; any part of them"), true},
         {QStringLiteral("out"), QStringLiteral("DIR"), QStringLiteral("where sessions are filed"), true}},
        QStringLiteral(
            "Files DIR/<session>/content.age and so on, opened beside it where a key is here. With lab-signing.key\n"
            "it writes receipts into the store. Safe to repeat. Exit code 4 if a package was refused."),
        runReceive};
}

}  // namespace sotto::lab
