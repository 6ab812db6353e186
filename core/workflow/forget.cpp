// SPDX-License-Identifier: Apache-2.0
#include "workflow/forget.h"

#include <algorithm>

#include <QJsonObject>

#include "consent/consent.h"
#include "interview/session_index.h"
#include "people/groups.h"
#include "people/people.h"
#include "people/screenings.h"
#include "sealedlog/log_reader.h"
#include "vault/audit.h"
#include "workflow/erasure_removal.h"
#include "workflow/erasure_rewrite.h"
#include "workflow/late_notes.h"
#include "workflow/member_erasure.h"
#include "workflow/screening.h"
#include "workflow/seal_session.h"
#include "workflow/withdrawal.h"

namespace sotto::workflow {

namespace {

constexpr std::array kAll{Compartment::Sessions, Compartment::Identities, Compartment::Outbox};

// ---- The transaction after which it is gone for whoever looks

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

/// Who took everything back stays as a line to count, without an id.
Result<> countIfTakenBack(Home& home, const ParticipantId& participant) {
    SOTTO_ASSIGN(const auto known, people::Participants(home.sessions()).find(participant));
    SOTTO_ASSIGN(const auto withdrawal, Withdrawals(home.sessions()).of(participant));
    if (!known || !withdrawal) return {};
    return people::Screenings(home.sessions())
        .count({dayOf(home.clock().now()), known->role, people::TallyOutcome::TookBack, {}, 0});
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
        SOTTO_TRY(countIfTakenBack(home, *erasure.participant));
        SOTTO_TRY(consent::eraseConsents(&home.sessions(), nullptr, *erasure.participant));
        SOTTO_TRY(people::Participants(home.sessions()).erase(*erasure.participant));
        SOTTO_TRY(Withdrawals(home.sessions()).forget(*erasure.participant, erasure.id));
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

/// The withdrawal that this is done for knows from now on that it is under way.
Result<> tellWithdrawals(Home& home, const Erasure& erasure) {
    const interview::SessionIndex index(home.sessions());
    for (const Erasure::Log& log : erasure.logs) {
        SOTTO_ASSIGN(const auto row, index.find(log.session));
        if (row) SOTTO_TRY(Withdrawals(home.sessions()).nameErasure(row->participant, erasure.id));
    }
    return {};
}

/// Within the transaction that is open.
Result<> enter(Home& home, const Erasure& erasure) {
    SOTTO_TRY(Erasures(home.sessions()).add(erasure));
    SOTTO_TRY(dropMember(home, erasure));
    if (erasure.reachesLab && !takesLogs(erasure.kind)) SOTTO_TRY(tellWithdrawals(home, erasure));
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
        SOTTO_TRY(removeErased(home, erasure));
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

/// One after the other: of two that are under way nobody could tell which log the plan was made for. And what can't be
/// rewritten must not be begun: it could never be finished.
Result<> readyToRewrite(Home& home, const interview::SessionRow& row) {
    SOTTO_TRY(finishRemovingFrom(home, row.id));
    SOTTO_TRY(sealedlog::openHeader(home.files(), home.layout().sessionLog(row.logName),
                                    home.keyring().identities(Compartment::Sessions)));
    return {};
}

/// All sessions of somebody.
Result<> planAllOf(Home& home, const ParticipantId& participant, Erasure& erasure) {
    SOTTO_ASSIGN(const auto known, people::Participants(home.sessions()).find(participant));
    if (!known) return fail(ErrorCode::NotFound, "there is no such participant in this home");
    SOTTO_ASSIGN(auto rows, interview::SessionIndex(home.sessions()).all());
    const auto isTheirs = [&](const interview::SessionRow& row) { return row.participant == participant; };
    for (const interview::SessionRow& row : rows) {
        if (isTheirs(row) && !takesLogs(erasure.kind)) SOTTO_TRY(readyToRewrite(home, row));
    }
    SOTTO_ASSIGN(rows, interview::SessionIndex(home.sessions()).all());
    for (const interview::SessionRow& row : rows) {
        if (isTheirs(row)) SOTTO_TRY(plan(home, row, erasure));
    }
    return {};
}

Result<ErasureReport> eraseOf(Home& home, ErasureKind kind, const SessionId& session,
                              const std::vector<ErasedSpan>& spans, const OnProgress& progress) {
    SOTTO_ASSIGN(Erasure erasure, newErasure(home, kind));
    erasure.spans = spans;
    if (!takesLogs(kind)) SOTTO_TRY(finishRemovingFrom(home, session));
    SOTTO_ASSIGN(const auto row, interview::SessionIndex(home.sessions()).find(session));
    if (!row) return fail(ErrorCode::NotFound, "there is no such session in this home");
    if (!takesLogs(kind)) SOTTO_TRY(readyToRewrite(home, *row));
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

/// And what they said in the sessions of groups; first, so that the last of them tells how far all has come.
Result<ErasureReport> carryOutWithGroups(Home& home, const ParticipantId& participant, Erasure own,
                                         const OnProgress& progress) {
    std::vector<Erasure> erasures;
    SOTTO_ASSIGN(const auto shared, people::Groups(home.sessions()).sessionsOf(participant));
    for (const SessionId& session : shared) {
        SOTTO_ASSIGN(auto part, newMemberErasure(home, session, participant));
        // What the others said in it stays at the lab: only a session that goes as a whole is called back.
        part.reachesLab = own.reachesLab && takesLogs(part.kind);
        erasures.push_back(std::move(part));
    }
    erasures.push_back(std::move(own));
    return carryOut(home, std::move(erasures), progress);
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

Result<ErasureReport> eraseParticipant(Home& home, const ParticipantId& participant, const OnProgress& progress,
                                       Reach reach) {
    SOTTO_ASSIGN(Erasure erasure, newErasure(home, ErasureKind::Participant));
    erasure.participant = participant;
    erasure.reachesLab = reach == Reach::Lab;
    SOTTO_TRY(planAllOf(home, participant, erasure));
    return carryOutWithGroups(home, participant, std::move(erasure), progress);
}

Result<ErasureReport> eraseAudioOf(Home& home, const ParticipantId& participant, Reach reach,
                                   const OnProgress& progress) {
    SOTTO_ASSIGN(Erasure erasure, newErasure(home, ErasureKind::Audio));
    erasure.reachesLab = reach == Reach::Lab;
    SOTTO_TRY(planAllOf(home, participant, erasure));
    return carryOutWithGroups(home, participant, std::move(erasure), progress);
}

Result<> finishRemovingFrom(Home& home, const SessionId& session) {
    SOTTO_ASSIGN(auto begun, Erasures(home.sessions()).removing());
    for (Erasure& erasure : begun) {
        if (concerns(erasure, session)) SOTTO_TRY(removeErased(home, erasure));
    }
    return {};
}

Result<> removePersonsToErase(Home& home) {
    SOTTO_ASSIGN(const auto begun, Erasures(home.sessions()).removing());
    for (const Erasure& erasure : begun) {
        if (erasure.participant) SOTTO_TRY(removeParticipant(home, *erasure.participant));
    }
    return {};
}

Result<int> resumeErasures(Home& home) {
    SOTTO_ASSIGN(auto unfinished, Erasures(home.sessions()).unfinished());
    Result<> first;
    for (Erasure& erasure : unfinished) {
        if (erasure.stage != ErasureStage::Removing) continue;
        // One that is stuck must not keep the others from being finished.
        if (Result<> removed = removeErased(home, erasure); !removed && first) first = std::move(removed);
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
