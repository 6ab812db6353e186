// SPDX-License-Identifier: Apache-2.0
#include "workflow/erasure_removal.h"

#include "consent/consent.h"
#include "people/people.h"
#include "sync/outbox.h"
#include "workflow/erasure_rewrite.h"
#include "workflow/seal_session.h"
#include "workflow/withdrawal_order.h"

namespace sotto::workflow {

namespace {

sync::Outbox outboxOf(Home& home) {
    return {home.outbox(), home.files(), home.layout().outboxFolder()};
}

Result<std::vector<sync::OutboxItem>> packagesOf(Home& home, const SessionId& session) {
    SOTTO_ASSIGN(auto items, outboxOf(home).items());
    std::erase_if(items, [&](const sync::OutboxItem& item) { return item.session != session; });
    return items;
}

Result<> unlessGone(Result<> removed) {
    if (!removed && removed.error().code == ErrorCode::NotFound) return {};
    return removed;
}

/// The log and whatever a crash or a quarantine left beside it: "<log>.tail-1", "<log>.rewrite".
Result<> removeLog(Home& home, const std::string& name) {
    SOTTO_ASSIGN(const auto entries, home.files().list(home.layout().sessionFolder()));
    for (const DirectoryEntry& entry : entries) {
        if (entry.isDirectory || !entry.name.starts_with(name)) continue;
        SOTTO_TRY(unlessGone(home.files().remove(home.layout().sessionLog(entry.name))));
    }
    return home.files().syncDirectory(home.layout().sessionFolder());
}

/// What has left, or may have, keeps its place in the queue, because the lab's receipts belong to it; what has not is
/// sealed anew from the log, and no longer holds what was erased.
Result<> sealQueuedAnew(Home& home, const SessionId& session) {
    SOTTO_ASSIGN(const auto packages, packagesOf(home, session));
    for (const sync::OutboxItem& item : packages) {
        if (!item.mayHaveLeft()) SOTTO_TRY(resealErased(home, item.id));
    }
    return {};
}

Result<> removeOf(Home& home, const Erasure& erasure, const Erasure::Log& log) {
    sync::Outbox outbox = outboxOf(home);
    const bool keepsQueue = !takesLogs(erasure.kind) && !erasure.packagesLeft.isEmpty();
    if (keepsQueue) {
        // What is theirs in the identity package, the store has of the whole package alone.
        SOTTO_TRY(outbox.eraseSentContent(log.session, erasure.kind == ErasureKind::Member));
    } else {
        SOTTO_TRY(outbox.eraseSession(log.session));
    }
    if (takesLogs(erasure.kind)) return removeLog(home, log.name);
    SOTTO_TRY(rewriteLog(home, erasure, log));
    return keepsQueue ? sealQueuedAnew(home, log.session) : Result<>();
}

}  // namespace

bool takesLogs(ErasureKind kind) {
    return kind == ErasureKind::Session || kind == ErasureKind::Participant;
}
Result<bool> nameWhatLeft(Home& home, const SessionId& session, Erasure& erasure) {
    SOTTO_ASSIGN(const auto packages, packagesOf(home, session));
    const auto before = erasure.packagesLeft.size();
    for (const sync::OutboxItem& item : packages) {
        if (!item.mayHaveLeft()) continue;
        const ByteView digest(item.sha256);
        const QJsonObject left{{QStringLiteral("id"), item.id.toString()},
                               {QStringLiteral("sha256"), QString::fromLatin1(byteArrayOf(digest).toHex())},
                               {QStringLiteral("session"), session.toString()},
                               {QStringLiteral("kind"), package::packageKindName(item.kind)}};
        if (!erasure.packagesLeft.contains(left)) erasure.packagesLeft.append(left);
    }
    return erasure.packagesLeft.size() > before;
}
Result<> removeParticipant(Home& home, const ParticipantId& participant) {
    SOTTO_TRY(consent::eraseConsents(&home.sessions(), &home.identities(), participant));
    SOTTO_TRY(unlessGone(people::Identities(home.identities()).remove(participant)));
    return unlessGone(people::Participants(home.sessions()).erase(participant));
}

Result<> removeErased(Home& home, Erasure& erasure) {
    // First, because nothing that a file can do stands in its way.
    if (erasure.participant) SOTTO_TRY(removeParticipant(home, *erasure.participant));
    Erasures journal(home.sessions());
    bool moreLeft = false;
    for (const Erasure::Log& log : erasure.logs) {
        SOTTO_ASSIGN(const bool more, nameWhatLeft(home, log.session, erasure));
        moreLeft = moreLeft || more;
    }
    if (moreLeft) SOTTO_TRY(journal.setPackagesLeft(erasure.id, erasure.packagesLeft));
    // Before the queue forgets them.
    if (erasure.reachesLab) SOTTO_TRY(orderBack(home, erasure));
    for (const Erasure::Log& log : erasure.logs)
        SOTTO_TRY(removeOf(home, erasure, log));
    return journal.setStage(erasure.id, ErasureStage::Turning);
}
}  // namespace sotto::workflow
