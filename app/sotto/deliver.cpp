// SPDX-License-Identifier: Apache-2.0
#include <QJsonObject>

#include "commands.h"
#include "delivery.h"
#include "sync/store.h"
#include "unlocking.h"

namespace sotto::app {

namespace {

Result<workflow::DeliveryReport> deliver(const Arguments& arguments) {
    PosixFileSystem files;
    // Told before the home is touched: a stick that is not plugged in is what goes wrong most.
    SOTTO_ASSIGN(const auto store, sync::openFolderStore(files, arguments.path(QStringLiteral("store"))));
    SOTTO_ASSIGN(const auto unlocked, unlockHome(arguments));
    SOTTO_ASSIGN(const auto delivered, workflow::deliver(*unlocked->home, *store));
    SOTTO_TRY(unlocked->home->writeAnchors());
    return delivered;
}

int runDeliver(const Arguments& arguments) {
    const auto delivered = deliver(arguments);
    if (!delivered) return report(delivered.error());
    sayTroubles(*delivered);
    if (arguments.isSet(QStringLiteral("json"))) {
        return printJson({{QStringLiteral("sent"), delivered->sent},
                          {QStringLiteral("bytes"), static_cast<qint64>(delivered->bytes)},
                          {QStringLiteral("receipts"), delivered->receipts},
                          {QStringLiteral("refused_receipts"), delivered->refusedReceipts},
                          {QStringLiteral("resealed"), delivered->resealed},
                          {QStringLiteral("orders"), delivered->ordersSent},
                          {QStringLiteral("deletions"), delivered->deletions}});
    }
    say(QStringLiteral("Sent to %1: %2 package(s), %3 bytes. Receipts taken: %4.")
            .arg(arguments.required(QStringLiteral("store")))
            .arg(delivered->sent)
            .arg(delivered->bytes)
            .arg(delivered->receipts));
    return static_cast<int>(ExitCode::Ok);
}

}  // namespace

void sayTroubles(const workflow::DeliveryReport& delivered) {
    if (delivered.resealed > 0) {
        say(QStringLiteral("%1 package(s) whose file was damaged or gone were sealed anew from their interview.")
                .arg(delivered.resealed));
    }
    if (delivered.ordersSent > 0) {
        say(QStringLiteral("%1 order(s) to remove what was taken back went to the lab.").arg(delivered.ordersSent));
    }
    if (delivered.deletions > 0) {
        say(QStringLiteral("The lab has removed what was taken back: %1 signed receipt(s).").arg(delivered.deletions));
    }
    if (delivered.refusedReceipts > 0) {
        say(QStringLiteral("%1 receipt(s) in the store do not verify and were ignored.")
                .arg(delivered.refusedReceipts));
    }
}

Command deliverCommand() {
    return {QStringLiteral("deliver"),
            QStringLiteral("send the sealed packages that wait, and take the lab's receipts"),
            {},
            unlockOptions({{QStringLiteral("store"), QStringLiteral("DIR"),
                            QStringLiteral("folder that they are sent to; it must be there"), true},
                           jsonOption()}),
            QStringLiteral("All that a research assistant needs: the outbox is enough, nothing of an interview opens.\n"
                           "What the store holds already is not sent again."),
            runDeliver};
}

}  // namespace sotto::app
