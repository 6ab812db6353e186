// SPDX-License-Identifier: Apache-2.0
#include "withdrawals.h"

#include <QDateTime>

#include "base/clock.h"
#include "commands.h"
#include "package/tree.h"

namespace sotto::lab {

namespace {

using app::Arguments;
using app::ExitCode;
using Outcome = sync::HonouredOrder::Outcome;

QString dayOf(std::int64_t utcMs) {
    return QDateTime::fromMSecsSinceEpoch(utcMs, Qt::UTC).toString(QStringLiteral("yyyy-MM-dd HH:mm 'UTC'"));
}

QString sentenceFor(const package::DeletionReceipt::Line& line) {
    switch (line.what) {
        case package::Deletion::Removed:
            return QStringLiteral("removed");
        case package::Deletion::NotHere:
            return QStringLiteral("was not here, and will not be taken");
        case package::Deletion::AudioOnly:
            return QStringLiteral("sound and sealed file removed; notes and events stay");
    }
    return {};
}

void sayOrder(const sync::HonouredOrder& order) {
    app::say(QStringLiteral("withdrawal %1 (%2), asked %3: carried out%4")
                 .arg(order.order.id.toString(), package::withdrawnPartName(order.order.part),
                      dayOf(order.order.atUtcMs),
                      order.isSigned ? QString() : QStringLiteral("; its receipt waits for lab-signing.key")));
    for (const auto& line : order.packages)
        app::say(QStringLiteral("  package %1: %2").arg(line.package.toString(), sentenceFor(line)));
    if (!order.note.isEmpty()) app::say(QStringLiteral("  ") + order.note);
    for (const sync::Export& made : order.copies) {
        app::say(QStringLiteral("  COPY to delete by hand: %1 (%2, %3%4)")
                     .arg(made.where, made.how, dayOf(made.atUtcMs),
                          made.whom.isEmpty() ? QString() : QStringLiteral(", for %1").arg(made.whom)));
    }
}

Result<> note(FileSystem& files, const Arguments& arguments, const Path& desk, sync::Export made, const Path& where) {
    std::error_code ignored;  // then the path is noted as it was given
    made.where = QString::fromStdString(std::filesystem::absolute(where, ignored).lexically_normal().string());
    made.whom = arguments.value(QStringLiteral("for")).value_or(QString());
    made.atUtcMs = SystemClock().now().utcMs;
    return sync::noteExport(files, desk, made);
}

int runList(const Arguments& arguments) {
    PosixFileSystem files;
    const auto orders = sync::withdrawalsAt(files, arguments.path(QStringLiteral("out")));
    if (!orders) return app::report(orders.error());
    if (orders->empty()) app::say(QStringLiteral("Nobody has taken anything back at this desk."));
    static_cast<void>(sayWithdrawals(*orders, true));  // what is in the list was carried out
    return static_cast<int>(ExitCode::Ok);
}

}  // namespace

bool sayWithdrawals(const std::vector<sync::HonouredOrder>& orders, bool all) {
    bool refused = false;
    for (const sync::HonouredOrder& order : orders) {
        switch (order.outcome) {
            case Outcome::Done:
                if (all || order.isNew || !order.copies.empty()) sayOrder(order);
                break;
            case Outcome::Unknown:
                app::say(QStringLiteral("withdrawal %1: %2").arg(order.order.id.toString(), order.note));
                break;
            case Outcome::Refused:
                refused = true;
                app::say(QStringLiteral("withdrawal %1: REFUSED (%2)").arg(order.order.id.toString(), order.note));
                break;
        }
    }
    return refused;
}

Result<> noteCopy(FileSystem& files, const Arguments& arguments, const QString& how, const Path& file,
                  const Path& where) {
    std::optional<Path> desk;
    if (arguments.isSet(QStringLiteral("desk"))) {
        desk = arguments.path(QStringLiteral("desk"));
    } else {
        SOTTO_ASSIGN(desk, sync::deskOf(files, file));
    }
    if (!desk) {
        // `unseal` opens any age file, be it none of ours: it has nothing to say about those.
        if (how == u"unseal") return {};
        app::say(
            QStringLiteral("This copy is in no list: the file lies in no folder of `sotto-lab receive`. Should its "
                           "person take back, nobody will be told of it; --desk DIR notes it."));
        return {};
    }
    sync::Export made;
    made.how = how;
    SOTTO_ASSIGN(const auto digest, package::digestOf(files, file));
    made.sha256 = digest.sha256;
    return note(files, arguments, *desk, std::move(made), where);
}

Result<> noteRescue(FileSystem& files, const Arguments& arguments, const SessionId& session, const Path& where) {
    if (!arguments.isSet(QStringLiteral("desk"))) return {};
    sync::Export made;
    made.how = QStringLiteral("rescue");
    made.session = session;
    return note(files, arguments, arguments.path(QStringLiteral("desk")), std::move(made), where);
}

std::vector<app::Option> copyOptions(std::vector<app::Option> others) {
    others.push_back({QStringLiteral("for"), QStringLiteral("WHOM"),
                      QStringLiteral("for whom the copy is made; noted, should it have to be deleted one day"), false});
    others.push_back({QStringLiteral("desk"), QStringLiteral("DIR"),
                      QStringLiteral("the folder of `receive` whose list the copy enters, if the file lies elsewhere"),
                      false});
    return others;
}

app::Command withdrawListCommand() {
    return {
        QStringLiteral("withdraw-list"),
        QStringLiteral("show what was taken back at this desk, and the copies to delete by hand"),
        {},
        {{QStringLiteral("out"), QStringLiteral("DIR"), QStringLiteral("where sessions are filed"), true}},
        QStringLiteral("`receive` has removed what lies in DIR. Copies are those that `open`, `unseal` and `rescue` "
                       "have noted;\nbackups and what was sent on by other means this program does not know."),
        runList};
}

}  // namespace sotto::lab
