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

/// A log that the vault does not know was created just before a crash: its opening says all that the row needs.
Result<> adoptLog(Home& home, interview::SessionIndex& index, const std::string& name) {
    const auto identities = home.keyring().identities(keyring::Compartment::Sessions);
    const auto session = interview::readSession(home.files(), home.layout().sessionLog(name), identities);
    if (!session) {
        // Not even an opening: the crash came before anything was acknowledged, or the file is foreign. It stays
        // where it is for `rescue`; only the count is logged.
        qCWarning(logWorkflow) << "a session log without a readable opening stays unlisted:"
                               << errorName(session.error().code);
        return {};
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
    return index.add(row);
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
        SOTTO_TRY(adoptLog(home, index, entry.name));
        ++done.sessionsAdopted;
    }
    SOTTO_ASSIGN(const auto all, index.all());
    for (const auto& row : all) {
        if (row.state != interview::SessionState::Open) continue;
        SOTTO_TRY(index.setState(row.id, interview::SessionState::Interrupted));
        ++done.sessionsInterrupted;
    }
    return {};
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
        if (entry.isDirectory || known.contains(entry.name)) continue;
        SOTTO_TRY(home.files().remove(home.layout().outboxFolder() / entry.name));
        ++done.packagesDropped;
    }
    return {};
}

Result<> renewBallast(Home& home) {
    SOTTO_ASSIGN(const bool exists, home.files().exists(home.layout().ballast()));
    if (exists) return {};
    SOTTO_ASSIGN(const auto file, home.files().open(home.layout().ballast(), OpenMode::CreateNew));
    if (const auto reserved = file->reserve(8U << 20); !reserved) {
        // A full disk is no reason to keep people from their data; the app warns of low storage by itself.
        qCWarning(logWorkflow) << "no room for the ballast file:" << errorName(reserved.error().code);
        return home.files().remove(home.layout().ballast());
    }
    return {};
}

}  // namespace

Result<> recoverHome(Home& home, HomeRecovery& done) {
    SOTTO_ASSIGN(const auto people, people::reconcile(home.sessions(), home.identities()));
    done.enrolmentsUndone = people.removed;
    done.enrolmentsFinished = people.confirmed;
    SOTTO_ASSIGN(done.consentsFinished, consent::reconcileEvidence(home.sessions(), home.identities()));
    SOTTO_TRY(recoverSessions(home, done));
    SOTTO_TRY(dropHalfSealed(home, done));
    return renewBallast(home);
}

}  // namespace sotto::workflow
