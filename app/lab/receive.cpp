// SPDX-License-Identifier: Apache-2.0
#include "commandline/key_files.h"
#include "commands.h"
#include "sync/lab_desk.h"
#include "sync/lab_withdrawals.h"
#include "sync/store.h"
#include "tablets.h"
#include "withdrawals.h"

namespace sotto::lab {

namespace {

using app::Arguments;
using app::ExitCode;
using Outcome = sync::Received::Outcome;

struct Reception {
    std::vector<sync::Received> packages;
    std::vector<sync::HonouredOrder> withdrawals;
};

Result<Reception> receive(const Arguments& arguments, int& badCertificates) {
    PosixFileSystem files;
    const SystemClock clock;
    const Path store = arguments.positional().at(0).toStdString();
    SOTTO_ASSIGN(const bool exists, files.exists(store));
    if (!exists) return fail(ErrorCode::NotFound, "there is no store at " + store.string());
    sync::LabDeskKeys keys;
    SOTTO_ASSIGN(keys.identities, app::readIdentities(files, arguments.path(QStringLiteral("keys"))));
    SOTTO_ASSIGN(keys.signing, app::readSigningKey(files, arguments.path(QStringLiteral("keys"))));
    if (!keys.signing) app::say(QStringLiteral("No lab-signing.key here: no receipts are written."));
    SOTTO_ASSIGN(auto tablets, readTablets(files, arguments.path(QStringLiteral("keys"))));
    if (!tablets) {
        app::say(
            QStringLiteral("No tablet is enrolled yet: packages of any tablet are taken. `sotto-lab enrol` changes "
                           "that."));
    } else {
        badCertificates = static_cast<int>(tablets->refused.size());
        for (const QString& sentence : tablets->refused)
            app::say(QStringLiteral("a certificate counts for nothing: %1").arg(sentence));
        keys.tablets = std::move(tablets->devices);
    }
    SOTTO_ASSIGN(const auto folder, sync::openFolderStore(files, store));
    Reception reception;
    SOTTO_ASSIGN(reception.packages, sync::receive(files, *folder, keys, arguments.path(QStringLiteral("out")), clock,
                                                   &reception.withdrawals));
    return reception;
}

QString sentenceFor(const sync::Received& received) {
    QString what = QStringLiteral("%1/%2").arg(received.manifest.session.toString(),
                                               package::packageKindName(received.manifest.kind));
    if (received.apart) what += QStringLiteral(" of an UNKNOWN TABLET, filed apart");
    const QString opened = received.apart       ? QStringLiteral("kept sealed, no receipt")
                           : received.opened    ? QStringLiteral("opened")
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

/// Each unknown tablet once, with what it takes to enrol it.
void nameUnknownTablets(const std::vector<sync::Received>& all) {
    std::set<crypto::VerifyKey> named;
    for (const auto& received : all) {
        const crypto::VerifyKey& device = received.manifest.device;
        if (!received.apart || !named.insert(device).second) continue;
        app::say(QStringLiteral("unknown tablet %1\n%2").arg(package::hexText(device), wordsOf(device)));
    }
    if (named.empty()) return;
    app::say(
        QStringLiteral("If the words are those that `sotto tablet` shows on one of yours, enrol it with `sotto-lab "
                       "enrol`, and receive again."));
}

int runReceive(const Arguments& arguments) {
    int badCertificates = 0;
    const auto reception = receive(arguments, badCertificates);
    if (!reception) return app::report(reception.error());
    const bool orderRefused = sayWithdrawals(reception->withdrawals, false);
    bool refused = badCertificates > 0 || orderRefused;
    const auto* all = &reception->packages;
    for (const auto& received : *all) {
        app::say(sentenceFor(received));
        refused = refused || received.outcome == Outcome::Refused;
    }
    nameUnknownTablets(*all);
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
            "it writes receipts into the store. Safe to repeat. Once a tablet is enrolled, packages of\n"
            "others go to DIR/unknown-tablets, sealed. What a tablet was asked to take back is removed first, is not\n"
            "taken again, and is answered by a signed deletion receipt; copies that people made are named, for them "
            "to\n"
            "delete. Exit code 4 if a package, an order or a certificate was refused."),
        runReceive};
}

}  // namespace sotto::lab
