// SPDX-License-Identifier: Apache-2.0
#include <QJsonArray>

#include "commands.h"
#include "participant.h"
#include "unlocking.h"
#include "workflow/forget.h"

namespace sotto::app {

namespace {

QString sessionOption() {
    return QStringLiteral("session");
}

QString participantOption() {
    return QStringLiteral("participant");
}

QString audioOption() {
    return QStringLiteral("audio-only");
}

Result<> checkOptions(const Arguments& arguments) {
    if (arguments.isSet(sessionOption()) == arguments.isSet(participantOption())) {
        return fail(ErrorCode::InvalidArgument, "give one of --session ID and --participant PSEUDONYM");
    }
    if (arguments.isSet(audioOption()) && !arguments.isSet(sessionOption())) {
        return fail(ErrorCode::InvalidArgument,
                    "--audio-only goes with --session; erase the sound of one interview after the other");
    }
    return {};
}

Result<workflow::ErasureReport> eraseIn(workflow::Home& home, const Arguments& arguments) {
    if (const auto pseudonym = arguments.value(participantOption())) {
        SOTTO_ASSIGN(const ParticipantId participant, participantNamed(home, *pseudonym));
        return workflow::eraseParticipant(home, participant, sayLogs());
    }
    const auto session = SessionId::fromString(arguments.required(sessionOption()));
    if (!session) return fail(ErrorCode::NotFound, "that is not a session's id; `sotto inspect` shows them");
    return arguments.isSet(audioOption()) ? workflow::eraseAudio(home, *session, sayLogs())
                                          : workflow::eraseSession(home, *session, sayLogs());
}

Result<workflow::ErasureReport> erase(const Arguments& arguments) {
    SOTTO_ASSIGN(const auto unlocked, unlockHome(arguments));
    SOTTO_ASSIGN(auto erased, eraseIn(*unlocked->home, arguments));
    SOTTO_TRY(unlocked->home->writeAnchors());
    return erased;
}

int runErase(const Arguments& arguments) {
    if (const auto given = checkOptions(arguments); !given) return refuseUsage(given.error());
    const auto erased = erase(arguments);
    if (!erased) return report(erased.error());
    if (arguments.isSet(QStringLiteral("json"))) {
        return printJson({{QStringLiteral("tombstone"), erased->tombstone},
                          {QStringLiteral("sessions"), erased->sessions},
                          {QStringLiteral("packages_left"), erased->packagesLeft}});
    }
    say(QStringLiteral("Erased on this tablet: %1 interview(s)%2. Tombstone %3.")
            .arg(erased->sessions)
            .arg(arguments.isSet(audioOption()) ? QStringLiteral(", the sound alone") : QString(), erased->tombstone));
    for (const QJsonValue& package : erased->packagesLeft)
        say(QStringLiteral("Package %1 had left before; `sotto withdraw` would have told the lab.")
                .arg(package[u"id"].toString()));
    return static_cast<int>(ExitCode::Ok);
}

}  // namespace

Command eraseCommand() {
    return {
        QStringLiteral("erase"),
        QStringLiteral("forget an interview, a participant, or the sound of an interview, for good"),
        {},
        unlockOptions(
            {{sessionOption(), QStringLiteral("ID"), QStringLiteral("the interview, as `inspect` shows it"), false},
             {participantOption(), QStringLiteral("PSEUDONYM"),
              QStringLiteral("somebody with all their interviews, name and consent"), false},
             {audioOption(), QString(), QStringLiteral("the sound of the session; notes stay"), false},
             jsonOption()}),
        QStringLiteral(
            "Does not ask and can't be undone. The keys of this tablet are changed, so that old copies of its\n"
            "files open with none of them. What has left the tablet is not reached: it is listed (see `withdraw`)."),
        runErase};
}

}  // namespace sotto::app
