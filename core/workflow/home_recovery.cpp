// SPDX-License-Identifier: Apache-2.0
#include "workflow/home_recovery.h"

#include <set>

#include "base/log.h"
#include "consent/consent.h"
#include "interview/session_index.h"
#include "interview/session_log.h"
#include "people/people.h"
#include "sync/outbox.h"

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

/// A log that the vault does not know was created just before a crash: its opening says all that the row needs. True
/// if it was taken in.
Result<bool> adoptLog(Home& home, interview::SessionIndex& index, const std::string& name) {
    const Path path = home.layout().sessionLog(name);
    const auto identities = home.keyring().identities(keyring::Compartment::Sessions);
    const auto session = interview::readSession(home.files(), path, identities);
    if (!session) {
        SOTTO_TRY(passOver(home.files(), path, session.error()));
        return false;
    }
    SOTTO_ASSIGN(const auto known, index.find(session->opening.session));
    if (known) {
        qCWarning(logWorkflow) << "a second log of a known session stays unlisted";
        return false;
    }
    interview::SessionRow row;
    row.id = session->opening.session;
    row.participant = session->opening.participant;
    row.logName = name;
    row.logId = session->log.fileId();
    SOTTO_ASSIGN(row.number, index.nextNumber());
    row.state = interview::SessionState::Open;
    row.practice = session->opening.practice;
    row.startedUtcMs = session->opening.at.utcMs;
    SOTTO_TRY(index.add(row));
    return true;
}

Result<> recoverSessions(Home& home, HomeRecovery& done) {
    interview::SessionIndex index(home.sessions());
    SOTTO_ASSIGN(const auto rows, index.all());
    std::set<std::string> known;
    for (const auto& row : rows)
        known.insert(row.logName);
    SOTTO_ASSIGN(const auto entries, home.files().list(home.layout().sessionFolder()));
    for (const DirectoryEntry& entry : entries) {
        const bool isLog = Path(entry.name).extension() == ".session";
        if (entry.isDirectory || !isLog || known.contains(entry.name)) continue;
        SOTTO_ASSIGN(const bool adopted, adoptLog(home, index, entry.name));
        if (adopted) ++done.sessionsAdopted;
    }
    SOTTO_ASSIGN(const auto all, index.all());
    for (const auto& row : all) {
        if (row.state != interview::SessionState::Open) continue;
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

bool isUnfinishedLog(FileSystem& files, const Path& log, const Error& error) {
    if (error.code == ErrorCode::NotFound) return true;
    const auto file = files.open(log, OpenMode::Read);
    if (!file) return false;
    const auto size = (*file)->size();
    return size && *size <= sealedlog::kRecordsStart;
}

Result<> recoverHome(Home& home, HomeRecovery& done) {
    SOTTO_ASSIGN(const auto people, people::reconcile(home.sessions(), home.identities()));
    done.enrolmentsUndone = people.removed;
    done.enrolmentsFinished = people.confirmed;
    if (people.nameless > 0) qCWarning(logWorkflow) << "participants without an identity:" << people.nameless;
    SOTTO_ASSIGN(done.consentsFinished, consent::reconcileEvidence(home.sessions(), home.identities()));
    SOTTO_TRY(recoverSessions(home, done));
    SOTTO_TRY(dropHalfSealed(home, done));
    home.renewBallast();
    return {};
}

}  // namespace sotto::workflow
