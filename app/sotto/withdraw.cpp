// SPDX-License-Identifier: Apache-2.0
#include <QDateTime>
#include <QTimeZone>

#include "commands.h"
#include "participant.h"
#include "unlocking.h"
#include "workflow/withdrawal.h"

namespace sotto::app {

namespace {

using workflow::Wish;

QString untilOption() {
    return QStringLiteral("until");
}

std::optional<Wish> wishOf(const QString& name) {
    if (name == u"stop") return Wish::Stop;
    if (name == u"erase") return Wish::Erase;
    if (name == u"erase-audio") return Wish::EraseAudio;
    if (name == u"later") return Wish::Later;
    if (name == u"go-on") return Wish::GoOn;
    return std::nullopt;
}

/// The end of that day, here.
Result<std::optional<std::int64_t>> untilOf(const Arguments& arguments) {
    const auto text = arguments.value(untilOption());
    if (!text) return std::optional<std::int64_t>();
    const QDate day = QDate::fromString(*text, Qt::ISODate);
    if (!day.isValid()) return fail(ErrorCode::InvalidArgument, "--until takes a day like 2026-12-24");
    return std::optional<std::int64_t>(day.endOfDay().toMSecsSinceEpoch());
}

Result<workflow::WithdrawalReport> withdraw(const Arguments& arguments) {
    const auto wish = wishOf(arguments.required(QStringLiteral("what")));
    if (!wish) {
        return fail(ErrorCode::InvalidArgument, "--what is one of stop, erase, erase-audio, later, go-on");
    }
    SOTTO_ASSIGN(const auto until, untilOf(arguments));
    SOTTO_ASSIGN(const auto unlocked, unlockHome(arguments));
    workflow::Home& home = *unlocked->home;
    SOTTO_ASSIGN(const ParticipantId participant,
                 participantNamed(home, arguments.required(QStringLiteral("participant"))));
    SOTTO_ASSIGN(auto report, workflow::withdraw(home, participant, *wish, until, sayLogs()));
    SOTTO_TRY(home.writeAnchors());
    return report;
}

int runWithdraw(const Arguments& arguments) {
    const auto done = withdraw(arguments);
    if (!done) return report(done.error());
    if (arguments.isSet(QStringLiteral("json"))) {
        return printJson(
            {{QStringLiteral("done"), done->isDone}, {QStringLiteral("packages_sent"), done->packagesSent}});
    }
    if (!done->isDone) {
        say(QStringLiteral(
            "It is in force: nothing of this person goes on or leaves. The rest is done at the next unlock "
            "of somebody who has been let into everything."));
        if (done->unfinished) return report(*done->unfinished);
    }
    say(QStringLiteral("Done on this tablet."));
    if (done->packagesSent > 0) {
        say(QStringLiteral(
                "%1 package(s) had left before: an order to remove what was taken back goes to the lab with the "
                "next `sotto deliver`.")
                .arg(done->packagesSent));
    }
    return static_cast<int>(ExitCode::Ok);
}

}  // namespace

Command withdrawCommand() {
    return {QStringLiteral("withdraw"),
            QStringLiteral("somebody takes taking part back: stop, erase, or decide later"),
            {},
            unlockOptions({{QStringLiteral("participant"), QStringLiteral("PSEUDONYM"), QStringLiteral("who"), true},
                           {QStringLiteral("what"), QStringLiteral("WISH"),
                            QStringLiteral("stop, erase, erase-audio, later, go-on"), true},
                           {untilOption(), QStringLiteral("DAY"),
                            QStringLiteral("with `later`: nobody asks before, and nothing leaves"), false},
                           jsonOption()}),
            QStringLiteral(
                "Does not ask and needs no reason. Erasing can't be undone. Unlike `erase`, it reaches the lab:\n"
                "a signed order goes out with the next delivery, and the lab answers with a signed receipt."),
            runWithdraw};
}

}  // namespace sotto::app
