// SPDX-License-Identifier: Apache-2.0
// What keeps a home in order over the years: keys turned, a lost index made again, a newer study.
#include <QJsonArray>

#include "commandline/key_files.h"
#include "commands.h"
#include "unlocking.h"
#include "workflow/rebuild.h"
#include "workflow/rotation.h"
#include "workflow/seal_session.h"
#include "workflow/study_update.h"

namespace sotto::app {

namespace {

using workflow::Compartment;

constexpr std::uint64_t kMaxSignedPack = 64U << 20;

QString compartmentOption() {
    return QStringLiteral("compartment");
}

Result<> rotate(const Arguments& arguments) {
    SOTTO_ASSIGN(const auto unlocked, unlockHome(arguments));
    std::vector<Compartment> chosen;
    if (const auto name = arguments.value(compartmentOption())) {
        chosen.push_back(*workflow::compartmentFromName(*name));
    } else {
        for (const Compartment compartment : keyring::kCompartments) {
            if (unlocked->home->holds(compartment)) chosen.push_back(compartment);
        }
    }
    SOTTO_TRY(workflow::rotate(*unlocked->home, chosen, sayLogs()));
    for (const Compartment compartment : chosen)
        say(QStringLiteral("New keys: %1.").arg(workflow::compartmentName(compartment)));
    return unlocked->home->writeAnchors();
}

int runRotate(const Arguments& arguments) {
    const auto name = arguments.value(compartmentOption());
    if (name && !workflow::compartmentFromName(*name)) {
        return refuseUsage({ErrorCode::InvalidArgument, "--compartment takes sessions, identities or outbox"});
    }
    if (const auto done = rotate(arguments); !done) return report(done.error());
    return static_cast<int>(ExitCode::Ok);
}

/// Nothing in the home says any more which lab it trusts: people have to.
Result<std::optional<study::SignedPack>> studyGiven(FileSystem& files, const Arguments& arguments) {
    const auto path = arguments.value(QStringLiteral("study"));
    if (!path) return std::nullopt;
    SOTTO_ASSIGN(const Bytes bytes, readFile(files, path->toStdString(), kMaxSignedPack));
    SOTTO_ASSIGN(auto pack, study::openSignedPack(bytes, std::nullopt));
    say(QStringLiteral("The study '%1' is vouched for by the lab key with the words: %2.")
            .arg(pack.pack.id, study::fingerprintWords(pack.keys.signing, QStringLiteral("en"))));
    return std::optional(std::move(pack));
}

Result<workflow::RebuildReport> rebuild(const Arguments& arguments) {
    PosixFileSystem files;
    const SystemClock clock;
    SOTTO_ASSIGN(const auto study, studyGiven(files, arguments));
    SOTTO_ASSIGN(const auto passphrase, readPassphrase(files, arguments.path(QStringLiteral("passphrase-file"))));
    return workflow::rebuildHome(files, arguments.path(QStringLiteral("home")), passphrase.view(), clock, study, {},
                                 personOf(arguments));
}

int runRebuild(const Arguments& arguments) {
    const auto done = rebuild(arguments);
    if (!done) return report(done.error());
    QStringList rebuilt;
    for (const Compartment compartment : done->rebuilt)
        rebuilt += workflow::compartmentName(compartment);
    if (arguments.isSet(QStringLiteral("json"))) {
        return printJson({{QStringLiteral("rebuilt"), QJsonArray::fromStringList(rebuilt)},
                          {QStringLiteral("sessions"), done->sessions},
                          {QStringLiteral("participants"), done->participants},
                          {QStringLiteral("consents"), done->consents},
                          {QStringLiteral("held_back"), done->heldBack}});
    }
    say(QStringLiteral("%1. Taken in from their logs: %2 interview(s), %3 participant(s), %4 consent(s).")
            .arg(rebuilt.isEmpty() ? QStringLiteral("An earlier rebuild is finished")
                                   : QStringLiteral("Made again: ") + rebuilt.join(QStringLiteral(", ")))
            .arg(done->sessions)
            .arg(done->participants)
            .arg(done->consents));
    if (done->heldBack > 0) {
        say(QStringLiteral("%1 interview(s) may have been sealed and sent before; nothing here knows any more. They are"
                           " not sealed by themselves: ask the lab, and `sotto seal SESSION` those that it lacks.")
                .arg(done->heldBack));
    }
    return static_cast<int>(ExitCode::Ok);
}

Result<> seal(const Arguments& arguments, const SessionId& session) {
    SOTTO_ASSIGN(const auto unlocked, unlockHome(arguments));
    SOTTO_ASSIGN(const auto sealed, workflow::sealSession(*unlocked->home, session));
    say(QStringLiteral("Sealed: %1 package(s). They wait in the home: `sotto deliver` sends them.")
            .arg(sealed.packages.size()));
    return unlocked->home->writeAnchors();
}

int runSeal(const Arguments& arguments) {
    const auto session = SessionId::fromString(arguments.positional().at(0));
    if (!session)
        return refuseUsage({ErrorCode::InvalidArgument, "a session's id has 32 hex digits; see `sotto inspect`"});
    if (const auto done = seal(arguments, *session); !done) return report(done.error());
    return static_cast<int>(ExitCode::Ok);
}

Result<> updateStudy(const Arguments& arguments) {
    PosixFileSystem files;
    SOTTO_ASSIGN(const Bytes bytes, readFile(files, arguments.positional().at(0).toStdString(), kMaxSignedPack));
    SOTTO_ASSIGN(const auto unlocked, unlockHome(arguments));
    const int before = unlocked->home->study().pack.version;
    SOTTO_TRY(workflow::updateStudy(*unlocked->home, bytes, sayLogs()));
    const study::StudyPack& pack = unlocked->home->study().pack;
    say(QStringLiteral("The study '%1' went from version %2 to version %3; earlier interviews keep theirs.")
            .arg(pack.id)
            .arg(before)
            .arg(pack.version));
    return unlocked->home->writeAnchors();
}

int runStudyUpdate(const Arguments& arguments) {
    if (const auto done = updateStudy(arguments); !done) return report(done.error());
    return static_cast<int>(ExitCode::Ok);
}

}  // namespace

Command rotateCommand() {
    return {QStringLiteral("rotate"),
            QStringLiteral("change the keys of this tablet, after a copy of its files may have got away"),
            {},
            unlockOptions({{compartmentOption(), QStringLiteral("NAME"),
                            QStringLiteral("sessions, identities or outbox; default: all that you hold"), false}}),
            QStringLiteral("Safe to break off: the next unlock goes on with it."),
            runRotate};
}

Command rebuildCommand() {
    return {QStringLiteral("rebuild"),
            QStringLiteral("make a lost or damaged vault again, from the interviews' own logs"),
            {},
            unlockOptions({{QStringLiteral("study"), QStringLiteral("FILE"),
                            QStringLiteral("the .sottostudy, if no vault holds it any more"), false},
                           jsonOption()}),
            QStringLiteral(
                "For somebody who is let into everything. A damaged vault is kept aside as NAME.lost-1. Names that\n"
                "were in a lost identities vault are gone from this tablet; the lab has those that were sealed."),
            runRebuild};
}

Command sealCommand() {
    return {QStringLiteral("seal"),
            QStringLiteral("seal one interview that is over or was broken off"),
            {QStringLiteral("SESSION")},
            unlockOptions(),
            QStringLiteral(
                "Interviews are sealed when they end. After a rebuild nobody here may know whether one was: such ones "
                "wait\n"
                "for this command. Should the lab have it already, it keeps what came first and refuses the second."),
            runSeal};
}

Command studyUpdateCommand() {
    return {QStringLiteral("study update"),
            QStringLiteral("take in a newer version of the study, signed by the same lab"),
            {QStringLiteral("FILE.sottostudy")},
            unlockOptions(),
            QStringLiteral("Interviews that were held before keep the version that they were held under."),
            runStudyUpdate};
}

}  // namespace sotto::app
