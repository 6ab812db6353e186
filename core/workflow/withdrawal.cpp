// SPDX-License-Identifier: Apache-2.0
#include "workflow/withdrawal.h"

#include <algorithm>

#include <QJsonObject>

#include "consent/code.h"
#include "interview/session_index.h"
#include "people/groups.h"
#include "people/people.h"
#include "sync/outbox.h"
#include "workflow/forget.h"
#include "workflow/seal_session.h"

namespace sotto::workflow {

namespace {

using interview::SessionRow;
using interview::SessionState;

bool holdsAll(const Home& home) {
    return std::all_of(keyring::kCompartments.begin(), keyring::kCompartments.end(),
                       [&](Compartment compartment) { return home.holds(compartment); });
}

sync::Outbox outboxOf(Home& home) {
    return {home.outbox(), home.files(), home.layout().outboxFolder()};
}

Result<std::vector<SessionRow>> sessionsOf(Home& home, const ParticipantId& participant) {
    SOTTO_ASSIGN(auto rows, interview::SessionIndex(home.sessions()).all());
    std::erase_if(rows, [&](const SessionRow& row) { return row.participant != participant; });
    return rows;
}

QString nameOf(Wish wish) {
    switch (wish) {
        case Wish::Stop:
            return QStringLiteral("stop");
        case Wish::Erase:
            return QStringLiteral("erase");
        case Wish::EraseAudio:
            return QStringLiteral("erase-audio");
        case Wish::Later:
            return QStringLiteral("later");
        case Wish::GoOn:
            return QStringLiteral("go-on");
    }
    return {};
}

Failure notNow() {
    return fail(ErrorCode::NotAllowed, "what was taken back is finished by somebody who has been let into everything");
}

// ---- What each wish asks of this tablet; each step may be repeated

Result<> setHolds(Home& home, const ParticipantId& participant, bool held) {
    if (!home.holds(Compartment::Outbox)) return notNow();
    sync::Outbox outbox = outboxOf(home);
    SOTTO_ASSIGN(const auto rows, sessionsOf(home, participant));
    for (const SessionRow& row : rows)
        SOTTO_TRY(held ? outbox.hold(row.id) : outbox.release(row.id));
    return {};
}

/// What is kept is sealed as it is: there is no wrap-up with somebody who has stopped.
Result<> sealKept(Home& home, const ParticipantId& participant) {
    SOTTO_ASSIGN(const auto rows, sessionsOf(home, participant));
    Result<> first;
    for (const SessionRow& row : rows) {
        if (row.state != SessionState::Open && row.state != SessionState::Interrupted) continue;
        const auto sealed = sealSession(home, row.id);
        if (!sealed && first) first = Failure(sealed.error());
    }
    return first;
}

Result<> eraseSound(Home& home, const Withdrawal& withdrawal, WithdrawalReport& report, const OnProgress& progress) {
    const ParticipantId& participant = *withdrawal.participant;
    if (withdrawal.erasure.isEmpty()) {
        SOTTO_ASSIGN(const auto rows, sessionsOf(home, participant));
        SOTTO_ASSIGN(const auto shared, people::Groups(home.sessions()).sessionsOf(participant));
        if (!rows.empty() || !shared.empty()) {
            SOTTO_ASSIGN(const auto erased, eraseAudioOf(home, participant, Reach::Lab, progress));
            report.packagesSent = static_cast<int>(erased.packagesLeft.size());
        }
    }
    SOTTO_TRY(setHolds(home, participant, false));
    return sealKept(home, participant);
}

Result<> carryOut(Home& home, const Withdrawal& withdrawal, WithdrawalReport& report, const OnProgress& progress) {
    const ParticipantId& participant = *withdrawal.participant;
    if (withdrawal.wish == Wish::Later) return setHolds(home, participant, true);
    if (!holdsAll(home)) return notNow();
    SOTTO_TRY(home.refuseDuringInterview());
    switch (withdrawal.wish) {
        case Wish::Erase: {
            // With the plan of it the line loses the person and is done.
            SOTTO_ASSIGN(const auto erased, eraseParticipant(home, participant, progress, Reach::Lab));
            report.packagesSent = static_cast<int>(erased.packagesLeft.size());
            return {};
        }
        case Wish::EraseAudio:
            return eraseSound(home, withdrawal, report, progress);
        case Wish::Stop:
            SOTTO_TRY(setHolds(home, participant, false));
            return sealKept(home, participant);
        case Wish::GoOn:
            SOTTO_TRY(setHolds(home, participant, false));
            return Withdrawals(home.sessions()).remove(withdrawal.id);
        case Wish::Later:
            break;
    }
    return {};
}

Result<> finish(Home& home, const Withdrawal& withdrawal, WithdrawalReport& report, const OnProgress& progress) {
    SOTTO_TRY(carryOut(home, withdrawal, report, progress));
    return Withdrawals(home.sessions()).setDone(withdrawal.id);
}

Result<> check(Home& home, const ParticipantId& participant, Wish wish, std::optional<std::int64_t> until) {
    SOTTO_TRY(home.need({Compartment::Sessions}));
    SOTTO_ASSIGN(const auto known, people::Participants(home.sessions()).find(participant));
    if (!known) return fail(ErrorCode::NotFound, "there is no such participant in this home");
    if ((wish == Wish::Later) != until.has_value() || (until && *until <= home.clock().now().utcMs)) {
        return fail(ErrorCode::InvalidArgument, "deciding later goes with a day that is still to come");
    }
    SOTTO_ASSIGN(const auto current, Withdrawals(home.sessions()).of(participant));
    const bool mayGoOn =
        current && (current->wish == Wish::Later || current->wish == Wish::Stop || current->wish == Wish::GoOn);
    if (wish == Wish::GoOn && !mayGoOn) {
        return fail(ErrorCode::NotAllowed, "nobody can go on with what is being erased, or was never taken back");
    }
    return {};
}

Result<Withdrawal> enter(Home& home, const ParticipantId& participant, Wish wish, std::optional<std::int64_t> until) {
    Withdrawal withdrawal;
    withdrawal.id = FileId::random().toString();
    withdrawal.participant = participant;
    withdrawal.wish = wish;
    withdrawal.utcMs = home.clock().now().utcMs;
    withdrawal.untilUtcMs = until;
    SOTTO_ASSIGN(const auto before, Withdrawals(home.sessions()).of(participant));
    // What the lab was told by an earlier wish is still to be seen.
    const bool erases = wish == Wish::Erase || wish == Wish::EraseAudio;
    if (before && !erases) withdrawal.erasure = before->erasure;
    SOTTO_ASSIGN(auto transaction, vault::Transaction::begin(home.sessions()));
    SOTTO_TRY(Withdrawals(home.sessions()).put(withdrawal));
    SOTTO_TRY(home.audit(QStringLiteral("taken-back"), {{QStringLiteral("participant"), participant.toString()},
                                                        {QStringLiteral("wish"), nameOf(wish)}}));
    SOTTO_TRY(transaction.commit());
    return withdrawal;
}

}  // namespace

Result<WithdrawalReport> withdraw(Home& home, const ParticipantId& participant, Wish wish,
                                  std::optional<std::int64_t> untilUtcMs, const OnProgress& progress) {
    SOTTO_TRY(check(home, participant, wish, untilUtcMs));
    // Somebody who stops must be able to on a full disk as well.
    home.releaseBallast();
    const auto entered = enter(home, participant, wish, untilUtcMs);
    WithdrawalReport report;
    report.wish = wish;
    if (entered) {
        const Result<> done = finish(home, *entered, report, progress);
        report.isDone = done.has_value();
        if (!done) report.unfinished = done.error();
    }
    home.renewBallast();
    if (!entered) return Failure(entered.error());
    return report;
}

Result<std::optional<ParticipantId>> participantOfCode(Home& home, const QString& typed) {
    SOTTO_TRY(home.need({Compartment::Sessions}));
    return consent::participantOfCode(home.sessions(), typed);
}

Result<int> finishWithdrawals(Home& home) {
    if (!home.holds(Compartment::Sessions)) return 0;
    SOTTO_ASSIGN(const auto all, Withdrawals(home.sessions()).all());
    int unfinished = 0;
    Result<> first;
    for (const Withdrawal& withdrawal : all) {
        if (withdrawal.isDone || !withdrawal.participant) continue;
        ++unfinished;
        if (withdrawal.wish != Wish::Later && (!holdsAll(home) || home.isInterviewing())) continue;
        if (withdrawal.wish == Wish::Later && !home.holds(Compartment::Outbox)) continue;
        WithdrawalReport report;
        const Result<> done = finish(home, withdrawal, report, {});
        if (done) --unfinished;
        // One that is stuck must not keep the others from being done.
        if (!done && first) first = done;
    }
    if (!first) return Failure(first.error());
    return unfinished;
}

Result<WithdrawalOutlook> outlookOf(Home& home, const ParticipantId& participant) {
    SOTTO_TRY(home.need({Compartment::Sessions}));
    SOTTO_ASSIGN(const auto known, people::Participants(home.sessions()).find(participant));
    if (!known) return fail(ErrorCode::NotFound, "there is no such participant in this home");
    WithdrawalOutlook outlook;
    SOTTO_ASSIGN(outlook.current, Withdrawals(home.sessions()).of(participant));
    SOTTO_ASSIGN(const auto rows, sessionsOf(home, participant));
    outlook.interviews = static_cast<int>(rows.size());
    if (known->pair) {
        SOTTO_ASSIGN(const auto members, people::Participants(home.sessions()).membersOf(*known->pair));
        outlook.isInPair = members.size() > 1;
    }
    SOTTO_ASSIGN(const auto groups, people::Groups(home.sessions()).sessionsOf(participant));
    outlook.groupSessions = static_cast<int>(groups.size());
    if (!home.holds(Compartment::Outbox)) return outlook;
    SOTTO_ASSIGN(const auto items, outboxOf(home).items());
    for (const sync::OutboxItem& item : items) {
        const bool isTheirs =
            std::any_of(rows.begin(), rows.end(), [&](const SessionRow& row) { return row.id == item.session; });
        if (isTheirs && item.mayHaveLeft()) ++outlook.packagesSent;
    }
    return outlook;
}

Result<> refuseIfTakenBack(Home& home, const ParticipantId& participant) {
    SOTTO_ASSIGN(const auto withdrawal, Withdrawals(home.sessions()).of(participant));
    if (!withdrawal || withdrawal->wish == Wish::GoOn) return {};
    return fail(ErrorCode::ConsentMissing, "this participant has taken back taking part; nothing goes on with them");
}

Result<> refuseIfHeld(Home& home, const ParticipantId& participant, const SessionId& session) {
    SOTTO_ASSIGN(const auto withdrawal, Withdrawals(home.sessions()).of(participant));
    const bool isUndecided = withdrawal && withdrawal->wish == Wish::Later;
    const bool isBeingErased = withdrawal && !withdrawal->isDone && withdrawal->erasure.isEmpty() &&
                               (withdrawal->wish == Wish::Erase || withdrawal->wish == Wish::EraseAudio);
    bool isHeld = false;
    if (!withdrawal && home.holds(Compartment::Outbox)) {
        // A sessions vault that was lost and made anew does not know of it any more; the outbox does.
        SOTTO_ASSIGN(const auto held, outboxOf(home).held());
        isHeld = held.count(session) != 0;
    }
    if (!isUndecided && !isBeingErased && !isHeld) return {};
    return fail(ErrorCode::NotAllowed, "this participant has not decided yet, or has taken it back: nothing leaves");
}

Result<std::vector<TakenBack>> takenBack(Home& home) {
    SOTTO_TRY(home.need({Compartment::Sessions}));
    SOTTO_ASSIGN(const auto all, Withdrawals(home.sessions()).all());
    std::vector<sync::SentOrder> orders;
    if (home.holds(Compartment::Outbox)) {
        SOTTO_ASSIGN(orders, sync::WithdrawalOrders(home.outbox()).all());
    }
    std::vector<TakenBack> result;
    for (auto withdrawal = all.rbegin(); withdrawal != all.rend(); ++withdrawal) {
        TakenBack one{*withdrawal, false, false, std::nullopt};
        for (const sync::SentOrder& order : orders) {
            if (withdrawal->erasure.isEmpty() || order.id.toString() != withdrawal->erasure) continue;
            one.isOrdered = true;
            one.isSent = order.isSent;
            one.receipt = order.receipt;
        }
        result.push_back(std::move(one));
    }
    return result;
}

}  // namespace sotto::workflow
