// SPDX-License-Identifier: Apache-2.0
#include "workflow/inspect.h"

#include <QJsonArray>

#include "commandline/key_files.h"
#include "commands.h"
#include "unlocking.h"

namespace sotto::app {

namespace {

/// What there is to say beside the state.
QString remarks(const QJsonObject& session) {
    QString text;
    if (!session[u"listed"].toBool()) text += QStringLiteral(", not listed yet");
    if (session.contains(u"sealing")) text += QStringLiteral(", may have been sealed before a rebuild");
    return text;
}

QString readable(const QJsonObject& home) {
    QString text = QStringLiteral("integrity: %1\n").arg(home[u"integrity"].toString());
    for (const QJsonValue& value : home[u"sessions"].toArray()) {
        const QJsonObject session = value.toObject();
        text += QStringLiteral("%1  %2%7  %3 (%4)  %5 events  %6 s recorded\n")
                    .arg(session[u"id"].toString(), session[u"state"].toString(), session[u"participant"].toString(),
                         session[u"role"].toString())
                    .arg(session[u"events"].toInt())
                    .arg(session[u"recording"].toObject()[u"duration_ms"].toDouble() / 1000.0, 0, 'f', 1)
                    .arg(remarks(session));
    }
    return text.trimmed();
}

Result<QJsonObject> inspect(const Arguments& arguments) {
    PosixFileSystem files;
    const SystemClock clock;
    SOTTO_ASSIGN(const auto passphrase, readPassphrase(files, arguments.path(QStringLiteral("passphrase-file"))));
    return workflow::inspectHome(files, arguments.path(QStringLiteral("home")), passphrase.view(), clock, {},
                                 personOf(arguments));
}

int runInspect(const Arguments& arguments) {
    const auto home = inspect(arguments);
    if (!home) return report(home.error());
    if (!arguments.isSet(QStringLiteral("json"))) {
        say(readable(*home));
    } else if (const int code = printJson(*home); code != 0) {
        return code;
    }
    const bool damaged = (*home)[u"integrity"].toString() == u"damaged";
    return static_cast<int>(damaged ? ExitCode::Damaged : ExitCode::Ok);
}

}  // namespace

Command inspectCommand() {
    return {QStringLiteral("inspect"),
            QStringLiteral("show what a home holds; reads only, never repairs"),
            {},
            unlockOptions({jsonOption()}),
            QStringLiteral("Exit code 4, after printing, if anything in the home is damaged."),
            runInspect};
}

}  // namespace sotto::app
