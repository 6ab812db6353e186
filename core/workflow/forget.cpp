// SPDX-License-Identifier: Apache-2.0
#include "workflow/forget.h"

#include <algorithm>

#include <QJsonObject>

#include "consent/consent.h"
#include "interview/session_index.h"
#include "people/groups.h"
#include "people/people.h"
#include "sealedlog/log_reader.h"
#include "sync/outbox.h"
#include "vault/audit.h"
#include "workflow/erasure_rewrite.h"
#include "workflow/late_notes.h"
#include "workflow/member_erasure.h"
#include "workflow/seal_session.h"

namespace sotto::workflow {

namespace {

constexpr std::array kAll{Compartment::Sessions, Compartment::Identities, Compartment::Outbox};

sync::Outbox outboxOf(Home& home) {
    return {home.outbox(), home.files(), home.layout().outboxFolder()};
}

bool takesLogs(ErasureKind kind) {
    return kind == ErasureKind::Session || kind == ErasureKind::Participant;
}

// ---- The transaction after which it is gone for whoever looks

Result<std::vector<sync::OutboxItem>> packagesOf(Home& home, const SessionId& session) {
    SOTTO_ASSIGN(auto items, outboxOf(home).items());
    std::erase_if(items, [&](const sync::OutboxItem& item) { return item.session != session; });
    return items;
}

/// Names those packages of a session that have left by now, or may have. True if there are more than before.
Result<bool> nameWhatLeft(Home& home, const SessionId& session, Erasure& erasure) {
    SOTTO_ASSIGN(const auto packages, packagesOf(home, session));
    const auto before = erasure.packagesLeft.size();
    for (const sync::OutboxItem& item : packages) {
        if (!item.mayHaveLeft()) continue;
        const ByteView digest(item.sha256);
        const QJsonObject left{{QStringLiteral("id"), item.id.toString()},
                               {QStringLiteral("sha256"), QString::fromLatin1(byteArrayOf(digest).toHex())}};
        if (!erasure.packagesLeft.contains(left)) erasure.packagesLeft.append(left);
    }
    return erasure.packagesLeft.size() > before;
}

/// Adds a session to the plan.
Result<> plan(Home& home, const interview::SessionRow& row, Erasure& erasure) {
    erasure.logs.push_back(
        {row.id, row.logName, row.logId, row.anchor ? row.anchor : home.keyring().anchor(row.logId)});
    ++erasure.sessions;
    SOTTO_TRY(nameWhatLeft(home, row.id, erasure));
    return {};
}

bool concerns(const Erasure& erasure, const SessionId& session) {
    return std::any_of(erasure.logs.begin(), erasure.logs.end(),
                       [&](const Erasure::Log& log) { return log.session == session; });
}

/// What an erasure that is stuck was to take out of these logs goes with them.
Result<> takeOver(Home& home, const Erasure& erasure) {
    Erasures journal(home.sessions());
    SOTTO_ASSIGN(const auto begun, journal.removing());
    for (const Erasure& older : begun) {
        if (takesLogs(older.kind)) continue;
        const bool isCovered = std::all_of(older.logs.begin(), older.logs.end(),
                                           [&](const Erasure::Log& log) { return concerns(erasure, log.session); });
        if (isCovered) SOTTO_TRY(journal.setStage(older.id, ErasureStage::Turning));
    }
    return {};
}

/// Takes the rows of the plan out of the sessions vault, within the transaction that is open.
Result<> dropRows(Home& home, const Erasure& erasure) {
    interview::SessionIndex index(home.sessions());
    std::vector<QString> ids;
    for (const Erasure::Log& log : erasure.logs) {
        ids.push_back(log.session.toString());
        SOTTO_TRY(eraseLateNotes(home.sessions(), log.session));
        SOTTO_TRY(people::Groups(home.sessions()).forget(log.session));
        SOTTO_TRY(index.erase(log.session));
    }
    if (erasure.participant) {
        SOTTO_TRY(people::Groups(home.sessions()).forgetMember(*erasure.participant));
        ids.push_back(erasure.participant->toString());
        SOTTO_TRY(consent::eraseConsents(&home.sessions(), nullptr, *erasure.participant));
        SOTTO_TRY(people::Participants(home.sessions()).erase(*erasure.participant));
    }
    SOTTO_TRY(takeOver(home, erasure));
    SOTTO_TRY(vault::AuditTrail(home.sessions()).redact(home.clock().now(), home.keyring().personId(), ids));
    return {};
}

/// A sealed session whose packages are still all here will be sealed anew, without what was erased.
Result<> reopenForSealing(Home& home, const Erasure& erasure) {
    interview::SessionIndex index(home.sessions());
    for (const Erasure::Log& log : erasure.logs) {
        SOTTO_ASSIGN(const auto row, index.find(log.session));
        if (!row || row->state != interview::SessionState::Sealed || !erasure.packagesLeft.isEmpty()) continue;
        SOTTO_TRY(index.unseal(log.session));
    }
    return {};
}

/// Within the transaction that is open.
Result<> enter(Home& home, const Erasure& erasure) {
    SOTTO_TRY(Erasures(home.sessions()).add(erasure));
    SOTTO_TRY(dropMember(home, erasure));
    SOTTO_TRY(takesLogs(erasure.kind) ? dropRows(home, erasure) : reopenForSealing(home, erasure));
    SOTTO_TRY(home.audit(QStringLiteral("erased"), {{QStringLiteral("erasure"), erasure.id},
                                                    {QStringLiteral("kind"), static_cast<int>(erasure.kind)},
                                                    {QStringLiteral("sessions"), erasure.sessions}}));
    return {};
}

/// What belongs together is gone at one moment.
Result<> begin(Home& home, const std::vector<Erasure>& erasures) {
    SOTTO_ASSIGN(auto transaction, vault::Transaction::begin(home.sessions()));
    for (const Erasure& erasure : erasures)
        SOTTO_TRY(enter(home, erasure));
    return transaction.commit();
}

// ---- Removing, each step safe to repeat

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

/// In both vaults, be it that the plan's transaction took it out of one: whoever lacks the outbox may have compared the
/// two in the meantime.
Result<> removePerson(Home& home, const ParticipantId& participant) {
    SOTTO_TRY(consent::eraseConsents(&home.sessions(), &home.identities(), participant));
    SOTTO_TRY(unlessGone(people::Identities(home.identities()).remove(participant)));
    return unlessGone(people::Participants(home.sessions()).erase(participant));
}

Result<> remove(Home& home, Erasure& erasure) {
    // First, because nothing that a file can do stands in its way.
    if (erasure.participant) SOTTO_TRY(removePerson(home, *erasure.participant));
    Erasures journal(home.sessions());
    bool moreLeft = false;
    for (const Erasure::Log& log : erasure.logs) {
        SOTTO_ASSIGN(const bool more, nameWhatLeft(home, log.session, erasure));
        moreLeft = moreLeft || more;
    }
    if (moreLeft) SOTTO_TRY(journal.setPackagesLeft(erasure.id, erasure.packagesLeft));
    for (const Erasure::Log& log : erasure.logs)
        SOTTO_TRY(removeOf(home, erasure, log));
    return journal.setStage(erasure.id, ErasureStage::Turning);
}

/// For every erasure whose content is removed. Returns how many were finished.
Result<int> turnKeys(Home& home, const OnProgress& progress) {
    SOTTO_ASSIGN(auto removed, Erasures(home.sessions()).unfinished());
    std::erase_if(removed, [](const Erasure& erasure) { return erasure.stage != ErasureStage::Turning; });
    if (removed.empty()) return 0;
    SOTTO_TRY(rotate(home, kAll, progress));
    for (const Erasure& erasure : removed)
        SOTTO_TRY(Erasures(home.sessions()).setStage(erasure.id, ErasureStage::Done));
    return static_cast<int>(removed.size());
}

Result<> run(Home& home, std::vector<Erasure>& erasures, const OnProgress& progress) {
    SOTTO_TRY(begin(home, erasures));
    for (Erasure& erasure : erasures)
        SOTTO_TRY(remove(home, erasure));
    SOTTO_TRY(turnKeys(home, progress));
    return {};
}

/// The report is that of the last one, with what had left of all.
Result<ErasureReport> carryOut(Home& home, std::vector<Erasure> erasures, const OnProgress& progress) {
    // The room kept in reserve is for this as well: a home on a full disk must still be able to forget.
    home.releaseBallast();
    const Result<> done = run(home, erasures, progress);
    home.renewBallast();
    SOTTO_TRY(done);
    ErasureReport report;
    report.tombstone = erasures.back().id;
    for (const Erasure& erasure : erasures) {
        report.sessions += erasure.sessions;
        for (const QJsonValue& package : erasure.packagesLeft)
            report.packagesLeft.append(package);
    }
    return report;
}

Result<Erasure> newErasure(Home& home, ErasureKind kind) {
    SOTTO_TRY(home.need({Compartment::Sessions, Compartment::Identities, Compartment::Outbox}));
    SOTTO_TRY(home.refuseDuringInterview());
    Erasure erasure;
    erasure.id = FileId::random().toString();
    erasure.kind = kind;
    erasure.utcMs = home.clock().now().utcMs;
    return erasure;
}

Result<ErasureReport> eraseOf(Home& home, ErasureKind kind, const SessionId& session,
                              const std::vector<ErasedSpan>& spans, const OnProgress& progress) {
    SOTTO_ASSIGN(Erasure erasure, newErasure(home, kind));
    erasure.spans = spans;
    // One after the other: of two that are under way nobody could tell which log the plan was made for.
    if (!takesLogs(kind)) SOTTO_TRY(finishRemovingFrom(home, session));
    SOTTO_ASSIGN(const auto row, interview::SessionIndex(home.sessions()).find(session));
    if (!row) return fail(ErrorCode::NotFound, "there is no such session in this home");
    // What can't be rewritten must not be begun: it could never be finished.
    if (!takesLogs(kind)) {
        SOTTO_TRY(sealedlog::openHeader(home.files(), home.layout().sessionLog(row->logName),
                                        home.keyring().identities(Compartment::Sessions)));
    }
    SOTTO_TRY(plan(home, *row, erasure));
    return carryOut(home, {erasure}, progress);
}

/// One member out of a session in which others spoke too; the whole of it if nobody else is left who could agree to it.
Result<Erasure> newMemberErasure(Home& home, const SessionId& session, const ParticipantId& participant) {
    SOTTO_ASSIGN(Erasure erasure, newErasure(home, ErasureKind::Member));
    SOTTO_TRY(finishRemovingFrom(home, session));
    SOTTO_ASSIGN(const auto row, interview::SessionIndex(home.sessions()).find(session));
    if (!row) return fail(ErrorCode::NotFound, "there is no such session in this home");
    SOTTO_TRY(planMember(home, session, participant, erasure));
    SOTTO_ASSIGN(const auto members, people::Groups(home.sessions()).membersOf(session));
    if (members.size() == 1) {
        erasure.kind = ErasureKind::Session;
        erasure.member.reset();
        erasure.pseudonym.clear();
    } else {
        SOTTO_TRY(sealedlog::openHeader(home.files(), home.layout().sessionLog(row->logName),
                                        home.keyring().identities(Compartment::Sessions)));
    }
    SOTTO_TRY(plan(home, *row, erasure));
    return erasure;
}

}  // namespace

Result<ErasureReport> eraseSession(Home& home, const SessionId& session, const OnProgress& progress) {
    return eraseOf(home, ErasureKind::Session, session, {}, progress);
}

Result<ErasureReport> eraseAudio(Home& home, const SessionId& session, const OnProgress& progress) {
    return eraseOf(home, ErasureKind::Audio, session, {}, progress);
}

Result<ErasureReport> eraseSpans(Home& home, const SessionId& session, const std::vector<ErasedSpan>& spans,
                                 const OnProgress& progress) {
    const bool isWrong = std::any_of(
        spans.begin(), spans.end(), [](const ErasedSpan& span) { return span.fromMs < 0 || span.toMs <= span.fromMs; });
    if (spans.empty() || isWrong) return fail(ErrorCode::InvalidArgument, "a span to erase ends after it begins");
    return eraseOf(home, ErasureKind::Spans, session, spans, progress);
}

Result<ErasureReport> eraseMember(Home& home, const SessionId& session, const ParticipantId& participant,
                                  const OnProgress& progress) {
    SOTTO_ASSIGN(const Erasure erasure, newMemberErasure(home, session, participant));
    return carryOut(home, {erasure}, progress);
}

Result<ErasureReport> eraseParticipant(Home& home, const ParticipantId& participant, const OnProgress& progress) {
    SOTTO_ASSIGN(Erasure erasure, newErasure(home, ErasureKind::Participant));
    SOTTO_ASSIGN(const auto known, people::Participants(home.sessions()).find(participant));
    if (!known) return fail(ErrorCode::NotFound, "there is no such participant in this home");
    erasure.participant = participant;
    SOTTO_ASSIGN(const auto rows, interview::SessionIndex(home.sessions()).all());
    for (const interview::SessionRow& row : rows) {
        if (row.participant == participant) SOTTO_TRY(plan(home, row, erasure));
    }
    std::vector<Erasure> erasures;
    SOTTO_ASSIGN(const auto shared, people::Groups(home.sessions()).sessionsOf(participant));
    for (const SessionId& session : shared) {
        SOTTO_ASSIGN(auto part, newMemberErasure(home, session, participant));
        erasures.push_back(std::move(part));
    }
    erasures.push_back(std::move(erasure));
    return carryOut(home, std::move(erasures), progress);
}

Result<> finishRemovingFrom(Home& home, const SessionId& session) {
    SOTTO_ASSIGN(auto begun, Erasures(home.sessions()).removing());
    for (Erasure& erasure : begun) {
        if (concerns(erasure, session)) SOTTO_TRY(remove(home, erasure));
    }
    return {};
}

Result<> removePersonsToErase(Home& home) {
    SOTTO_ASSIGN(const auto begun, Erasures(home.sessions()).removing());
    for (const Erasure& erasure : begun) {
        if (erasure.participant) SOTTO_TRY(removePerson(home, *erasure.participant));
    }
    return {};
}

Result<int> resumeErasures(Home& home) {
    SOTTO_ASSIGN(auto unfinished, Erasures(home.sessions()).unfinished());
    Result<> first;
    for (Erasure& erasure : unfinished) {
        if (erasure.stage != ErasureStage::Removing) continue;
        // One that is stuck must not keep the others from being finished.
        if (Result<> removed = remove(home, erasure); !removed && first) first = std::move(removed);
    }
    if (!first) return Failure(first.error());
    return static_cast<int>(unfinished.size());
}

Result<int> finishErasures(Home& home, const OnProgress& progress) {
    const auto resumed = resumeErasures(home);
    SOTTO_ASSIGN(const int finished, turnKeys(home, progress));
    if (!resumed) return Failure(resumed.error());
    return finished;
}

}  // namespace sotto::workflow
