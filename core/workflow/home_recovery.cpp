// SPDX-License-Identifier: Apache-2.0
#include "workflow/home_recovery.h"

#include <algorithm>
#include <set>

#include "base/log.h"
#include "consent/consent.h"
#include "interview/session_index.h"
#include "interview/session_log.h"
#include "interview/speakers.h"
#include "package/manifest.h"
#include "people/groups.h"
#include "people/people.h"
#include "sync/outbox.h"
#include "vault/audit.h"
#include "workflow/contact_erasure.h"
#include "workflow/deliver.h"
#include "workflow/forget.h"
#include "workflow/nominate.h"
#include "workflow/rebuild.h"
#include "workflow/screening.h"
#include "workflow/tidy_home.h"
#include "workflow/withdrawal.h"

namespace sotto::workflow {

namespace {

/// What can't be taken in stays where it is for `rescue` and keeps nobody from the other sessions. Only what holds
/// nothing at all gets out of the way, under another name, so that it is not reported as damage for ever.
Result<> passOver(FileSystem& files, const Path& path, const Error& error) {
    if (!isUnfinishedLog(files, path, error)) {
        qCWarning(logWorkflow) << "a session log stays unlisted:" << errorName(error.code);
        return {};
    }
    Path aside = path;
    aside += ".unfinished";
    return files.rename(path, aside);
}

/// A session log that the vault does not know: made just before a crash, or the vault is a new one.
struct Unlisted {
    std::string name;
    interview::SessionRecords session;
};

/// What the session's packages say, if it was sealed: its number, 0 if that is unreadable, and how far the one that is
/// furthest behind has come.
struct Sealed {
    std::uint64_t number = 0;
    sync::PackageState state = sync::PackageState::Queued;
};

/// What taking in one log brought about.
struct Adopted {
    bool isNewPerson = false;
    bool isOtherwise = false;  ///< pseudonym or number are not those that it had before
};

Result<std::optional<Sealed>> sealedBefore(Home& home, const SessionId& session) {
    std::optional<Sealed> sealed;
    if (!home.holds(Compartment::Outbox)) return sealed;
    SOTTO_ASSIGN(const auto items, sync::Outbox(home.outbox(), home.files(), home.layout().outboxFolder()).items());
    for (const sync::OutboxItem& item : items) {
        if (item.session != session) continue;
        const auto manifest = package::openManifest(viewOf(item.signedManifest));
        if (!sealed) sealed = Sealed{0, item.state};
        if (manifest) sealed->number = manifest->sequence;
        sealed->state = std::min(sealed->state, item.state);
    }
    return sealed;
}

/// The opening has all of a participant but pair and research code, which are drawn anew; and the pseudonym, should
/// somebody else have it by now.
Result<> adoptParticipant(Home& home, people::Participant participant, const Instant& at, Adopted& done) {
    people::Participants participants(home.sessions());
    SOTTO_ASSIGN(const auto everybody, participants.all());
    const auto knows = [&](const auto& fits) { return std::any_of(everybody.begin(), everybody.end(), fits); };
    if (knows([&](const people::Participant& one) { return one.id == participant.id; })) return {};
    if (knows([&](const people::Participant& one) { return one.pseudonym == participant.pseudonym; })) {
        SOTTO_ASSIGN(participant.pseudonym, participants.freshPseudonym());
        done.isOtherwise = true;
    }
    SOTTO_ASSIGN(participant.researchCode, participants.freshResearchCode());
    SOTTO_TRY(participants.add(participant, at));
    done.isNewPerson = true;
    return {};
}

/// The same for a group, whose name may be taken by now as well; and for all its members.
Result<> adoptGroup(Home& home, const Unlisted& unlisted, Adopted& done) {
    const interview::Opening& opening = unlisted.session.opening;
    people::Groups groups(home.sessions());
    SOTTO_ASSIGN(const auto all, groups.all());
    const auto knows = [&](const auto& fits) { return std::any_of(all.begin(), all.end(), fits); };
    people::Group group{opening.participant, opening.pseudonym, opening.role, {}, {}};
    const bool isNew = !knows([&](const people::Group& one) { return one.id == group.id; });
    if (isNew && knows([&](const people::Group& one) { return one.name == group.name; })) {
        SOTTO_ASSIGN(group.name, people::Participants(home.sessions()).freshPseudonym());
        done.isOtherwise = true;
    }
    SOTTO_ASSIGN(group.researchCode, people::Participants(home.sessions()).freshResearchCode());
    if (isNew) SOTTO_TRY(groups.add(group, opening.at));
    const auto everybody = interview::everybodyIn(*opening.group, unlisted.session.events);
    for (const auto& [member, evidence] : everybody) {
        if (const auto* there = opening.group->find(member)) {
            const people::Participant person{there->participant, there->role, there->pseudonym, {}, {}};
            SOTTO_TRY(adoptParticipant(home, person, opening.at, done));
        }
        const auto id = ParticipantId::fromString(member);
        if (!id) continue;
        SOTTO_TRY(groups.takePart(opening.session, *id));
        if (isNew) SOTTO_TRY(groups.join(group.id, *id));
    }
    return {};
}

interview::SessionState stateOf(sync::PackageState packages) {
    switch (packages) {
        case sync::PackageState::Queued:
            return interview::SessionState::Sealed;
        case sync::PackageState::Sent:
            return interview::SessionState::Sent;
        default:
            return interview::SessionState::Received;
    }
}

/// The number that its packages bear, or a new one.
Result<std::uint64_t> numberFor(const interview::SessionIndex& index, const std::optional<Sealed>& sealed,
                                Adopted& done) {
    if (!sealed) return index.nextNumber();
    SOTTO_ASSIGN(const auto rows, index.all());
    const bool isTaken = std::any_of(rows.begin(), rows.end(),
                                     [&](const interview::SessionRow& row) { return row.number == sealed->number; });
    if (sealed->number != 0 && !isTaken) return sealed->number;
    done.isOtherwise = true;
    return index.nextNumber();
}

Result<interview::SessionRow> rowFor(Home& home, const interview::SessionIndex& index, const Unlisted& unlisted,
                                     Adopted& done) {
    const interview::Opening& opening = unlisted.session.opening;
    interview::SessionRow row;
    row.id = opening.session;
    row.participant = opening.participant;
    row.logName = unlisted.name;
    row.logId = unlisted.session.log.fileId();
    row.practice = opening.practice;
    row.startedUtcMs = opening.at.utcMs;
    if (unlisted.session.log.isFinal()) row.anchor = unlisted.session.log.head();
    SOTTO_ASSIGN(const auto sealed, sealedBefore(home, row.id));
    if (sealed) row.state = stateOf(sealed->state);
    SOTTO_ASSIGN(row.number, numberFor(index, sealed, done));
    return row;
}

Result<Adopted> adopt(Home& home, const Unlisted& unlisted) {
    Adopted done;
    SOTTO_ASSIGN(auto transaction, vault::Transaction::begin(home.sessions()));
    interview::SessionIndex index(home.sessions());
    const interview::Opening& opening = unlisted.session.opening;
    if (opening.group) {
        SOTTO_TRY(adoptGroup(home, unlisted, done));
    } else {
        const people::Participant person{opening.participant, opening.role, opening.pseudonym, {}, {}};
        SOTTO_TRY(adoptParticipant(home, person, opening.at, done));
    }
    SOTTO_ASSIGN(const auto row, rowFor(home, index, unlisted, done));
    SOTTO_TRY(index.add(row));
    if (row.state >= interview::SessionState::Sealed) SOTTO_TRY(index.index(row.id, unlisted.session.events));
    SOTTO_TRY(transaction.commit());
    return done;
}

/// Nothing for a log that does not open, or whose session is listed under another log.
Result<std::optional<Unlisted>> readUnlisted(Home& home, const std::string& name) {
    const Path path = home.layout().sessionLog(name);
    auto session = interview::readSession(home.files(), path, home.keyring().identities(Compartment::Sessions));
    if (!session) {
        SOTTO_TRY(passOver(home.files(), path, session.error()));
        return std::nullopt;
    }
    SOTTO_ASSIGN(const auto known, interview::SessionIndex(home.sessions()).find(session->opening.session));
    if (known) {
        qCWarning(logWorkflow) << "a second log of a known session stays unlisted";
        return std::nullopt;
    }
    return Unlisted{name, *std::move(session)};
}

/// Names of the session logs that the vault does not list.
Result<std::vector<std::string>> unlistedNames(Home& home) {
    SOTTO_ASSIGN(const auto rows, interview::SessionIndex(home.sessions()).all());
    std::set<std::string> known;
    for (const auto& row : rows)
        known.insert(row.logName);
    // Logs that an unfinished erasure is about to take must not come back.
    SOTTO_ASSIGN(const auto erasures, Erasures(home.sessions()).unfinished());
    for (const Erasure& erasure : erasures) {
        for (const Erasure::Log& log : erasure.logs)
            known.insert(log.name);
    }
    std::vector<std::string> names;
    SOTTO_ASSIGN(const auto entries, home.files().list(home.layout().sessionFolder()));
    for (const DirectoryEntry& entry : entries) {
        const bool isLog = Path(entry.name).extension() == ".session";
        if (!entry.isDirectory && isLog && !known.contains(entry.name)) names.push_back(entry.name);
    }
    return names;
}

/// In the order in which they were held, so that their numbers rise as they did.
Result<> adoptUnlisted(Home& home, HomeRecovery& done) {
    SOTTO_ASSIGN(const auto names, unlistedNames(home));
    std::vector<std::pair<std::int64_t, std::string>> inOrder;
    for (const std::string& name : names) {
        SOTTO_ASSIGN(const auto unlisted, readUnlisted(home, name));
        if (unlisted) inOrder.emplace_back(unlisted->session.opening.at.utcMs, name);
    }
    std::sort(inOrder.begin(), inOrder.end());
    for (const auto& [start, name] : inOrder) {
        SOTTO_ASSIGN(const auto unlisted, readUnlisted(home, name));
        if (!unlisted) continue;
        const auto adopted = adopt(home, *unlisted);
        if (!adopted && isAboutTheDisk(adopted.error())) return Failure(adopted.error());
        if (!adopted) {
            // One session must not keep people from all the others.
            qCWarning(logWorkflow) << "a session log was not taken in:" << errorName(adopted.error().code);
            ++done.sessionsLeftOut;
            continue;
        }
        ++done.sessionsAdopted;
        if (adopted->isNewPerson) ++done.participantsAdopted;
        if (adopted->isOtherwise) ++done.adoptedOtherwise;
    }
    return {};
}

Result<> recoverSessions(Home& home, HomeRecovery& done) {
    SOTTO_TRY(adoptUnlisted(home, done));
    interview::SessionIndex index(home.sessions());
    SOTTO_ASSIGN(const auto all, index.all());
    for (const auto& row : all) {
        // One that was closed in order has its anchor and only waits for sealing.
        if (row.state != interview::SessionState::Open || row.anchor) continue;
        SOTTO_TRY(index.setState(row.id, interview::SessionState::Interrupted));
        ++done.sessionsInterrupted;
    }
    return {};
}

/// "<package id>.age", or ".part" of it. Whatever else somebody put into the folder is not ours to drop.
bool isPackageFile(const std::string& name) {
    const QString text = QString::fromStdString(name);
    const QString suffix = text.mid(32);
    return PackageId::fromString(text.left(32)) && (suffix == u".age" || suffix == u".age.part");
}

/// Packages that were sealed to a file but never reached the queue: their session is not marked sealed and will be
/// sealed anew.
Result<> dropHalfSealed(Home& home, HomeRecovery& done) {
    const sync::Outbox outbox(home.outbox(), home.files(), home.layout().outboxFolder());
    SOTTO_ASSIGN(const auto items, outbox.items());
    std::set<std::string> known;
    for (const auto& item : items)
        known.insert(item.id.toString().toStdString() + ".age");
    SOTTO_ASSIGN(const auto entries, home.files().list(home.layout().outboxFolder()));
    for (const DirectoryEntry& entry : entries) {
        if (entry.isDirectory || !isPackageFile(entry.name) || known.contains(entry.name)) continue;
        SOTTO_TRY(home.files().remove(home.layout().outboxFolder() / entry.name));
        ++done.packagesDropped;
    }
    return {};
}

}  // namespace

bool isAboutTheDisk(const Error& error) {
    return error.code == ErrorCode::NoSpace || error.code == ErrorCode::IoFailed ||
           error.code == ErrorCode::PermissionDenied || error.code == ErrorCode::HandlePoisoned;
}

bool isUnfinishedLog(FileSystem& files, const Path& log, const Error& error) {
    if (error.code == ErrorCode::NotFound) return true;
    const auto file = files.open(log, OpenMode::Read);
    if (!file) return false;
    const auto size = (*file)->size();
    return size && *size <= sealedlog::kRecordsStart;
}

namespace {

/// Folders that are empty get lost when a home is copied by some tools.
Result<> makeFolders(Home& home) {
    SOTTO_TRY(home.files().createDirectories(home.layout().sessionFolder()));
    return home.files().createDirectories(home.layout().outboxFolder());
}

Result<> reconcileIdentities(Home& home, HomeRecovery& done) {
    if (const auto removed = removePersonsToErase(home); !removed) {
        if (removed.error().code == ErrorCode::HandlePoisoned) return removed;
        // Better nothing finished today than a consent brought back of somebody who is to be forgotten.
        qCWarning(logWorkflow) << "somebody could not be forgotten yet:" << errorName(removed.error().code);
        return {};
    }
    SOTTO_ASSIGN(const auto people, people::reconcile(home.sessions(), home.identities()));
    done.enrolmentsUndone = people.removed;
    done.enrolmentsFinished = people.confirmed;
    if (people.nameless > 0) qCWarning(logWorkflow) << "participants without an identity:" << people.nameless;
    SOTTO_ASSIGN(done.consentsFinished, consent::reconcileEvidence(home.sessions(), home.identities()));
    return {};
}

/// What takes long or needs room. None of it keeps anybody from their data: it is tried again at the next unlock.
Result<> finishWhatWasBegun(Home& home, HomeRecovery& done) {
    const bool holdsAll = std::all_of(keyring::kCompartments.begin(), keyring::kCompartments.end(),
                                      [&](Compartment compartment) { return home.holds(compartment); });
    if (holdsAll) {
        SOTTO_ASSIGN(done.erasuresFinished, finishErasures(home));
        SOTTO_ASSIGN(const int wiped, finishScreenings(home));
        done.erasuresFinished += wiped;
        SOTTO_TRY(forgetUnanswered(home));
        SOTTO_TRY(finishWithdrawals(home));
        SOTTO_TRY(finishRebuild(home, done));
    }
    SOTTO_ASSIGN(done.rotationsFinished, finishRotations(home));
    SOTTO_TRY(eraseContactsOfTheDone(home));
    for (const Compartment compartment : keyring::kCompartments) {
        if (home.holds(compartment) && home.vault(compartment).wantsCompaction()) {
            SOTTO_TRY(compactVault(home, compartment));
        }
    }
    return {};
}

/// Only to be told; what can't be read is found elsewhere.
void checkClock(Home& home, HomeRecovery& done) {
    constexpr std::int64_t kTolerance = 60'000;  // clocks are corrected by the network
    const Compartment trail = home.holds(Compartment::Sessions) ? Compartment::Sessions : Compartment::Outbox;
    const auto last = vault::AuditTrail(home.vault(trail)).last();
    if (!last || !*last) return;
    if ((*last)->at.utcMs > home.clock().now().utcMs + kTolerance) done.clockSetBackFromUtcMs = (*last)->at.utcMs;
}

}  // namespace

Result<> recoverHome(Home& home, HomeRecovery& done) {
    const bool holdsSessions = home.holds(Compartment::Sessions);
    const bool holdsIdentities = home.holds(Compartment::Identities);
    const bool holdsOutbox = home.holds(Compartment::Outbox);
    SOTTO_TRY(makeFolders(home));
    if (holdsSessions && holdsIdentities && holdsOutbox) {
        // First, so that nothing below brings back what was being erased. What can't be removed today keeps nobody
        // from the rest; finishWhatWasBegun() tries it again and says why.
        const auto resumed = resumeErasures(home);
        if (!resumed && resumed.error().code == ErrorCode::HandlePoisoned) return Failure(resumed.error());
    }
    if (holdsSessions) SOTTO_TRY(recoverSessions(home, done));
    if (holdsSessions && holdsIdentities) SOTTO_TRY(reconcileIdentities(home, done));
    if (holdsOutbox) SOTTO_TRY(dropHalfSealed(home, done));
    SOTTO_TRY(updateSessionStates(home));
    if (const Result<> finished = finishWhatWasBegun(home, done); !finished) {
        if (finished.error().code == ErrorCode::HandlePoisoned) return finished;
        done.unfinished = finished.error();
        qCWarning(logWorkflow) << "left for the next unlock:" << errorName(finished.error().code);
    }
    checkClock(home, done);
    tidyHome(home);
    home.renewBallast();
    return {};
}

}  // namespace sotto::workflow
