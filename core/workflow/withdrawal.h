// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "sync/withdrawals.h"
#include "workflow/home.h"
#include "workflow/rotation.h"

/// Taking part back: at any time, by one call, without a reason. What was chosen is on the disk before anything else
/// happens, and from that moment nothing of this person begins, is heard, is sealed against their wish or leaves. What
/// a crash or an error breaks off goes on at the next unlock (README.md, "Taking back").
namespace sotto::workflow {

/// What somebody wants. Numbers are stored.
enum class Wish {
    Stop = 1,        ///< no more; what was told up to here stays, is sealed and used as agreed
    Erase = 2,       ///< no more, and all of it goes: interviews, answers, name, consent
    EraseAudio = 3,  ///< no more, and the sound goes; notes and events stay
    Later = 4,       ///< no more for now; locked until they decide. Nothing is sent, heard or erased before
    GoOn = 5,        ///< after all: as if nothing had been taken back
};

/// What is kept of it. Of somebody who had everything erased no more than this line, without a name or an id of theirs.
struct Withdrawal {
    QString id;
    std::optional<ParticipantId> participant;  ///< nothing once everything is erased
    Wish wish = Wish::Stop;
    std::int64_t utcMs = 0;
    std::optional<std::int64_t>
        untilUtcMs;       ///< Later: nobody asks before; afterwards it stays locked and they are asked
    QString erasure;      ///< the tombstone, and the first order to the lab; empty if there is none
    bool isDone = false;  ///< everything that the wish asks of this tablet has been done
};

/// The table in the sessions vault. One thread; within the transaction that is open, or its own.
class Withdrawals {
public:
    explicit Withdrawals(vault::Database& sessions) : m_sessions(&sessions) {}
    [[nodiscard]] static vault::Schema schema();
    /// One for each participant: an earlier wish gives way.
    [[nodiscard]] Result<> put(const Withdrawal& withdrawal);
    [[nodiscard]] Result<> setDone(const QString& id);
    [[nodiscard]] Result<> remove(const QString& id);
    [[nodiscard]] Result<std::optional<Withdrawal>> of(const ParticipantId& participant) const;
    /// Oldest first.
    [[nodiscard]] Result<std::vector<Withdrawal>> all() const;
    /// Everything of this person is erased: from here on their line says so without them.
    [[nodiscard]] Result<> forget(const ParticipantId& participant, const QString& erasure);
    [[nodiscard]] Result<> nameErasure(const ParticipantId& participant, const QString& erasure);

private:
    vault::Database* m_sessions;
};

struct WithdrawalReport {
    Wish wish = Wish::Stop;
    bool isDone = false;   ///< false: it is in force, and the rest is done at the next unlock; see `unfinished`
    int packagesSent = 0;  ///< packages that had left before and that the lab is told to remove
    std::optional<Error> unfinished;
};

/// Needs the sessions (NotAllowed); NotFound. `untilUtcMs` goes with Later (InvalidArgument without, or in the past).
/// GoOn is refused (NotAllowed) for whoever has not stopped or waited. While an interview runs, one of this person's
/// included, erasing waits until it is closed: the caller ends it first. An error means that nothing was changed.
[[nodiscard]] Result<WithdrawalReport> withdraw(Home& home, const ParticipantId& participant, Wish wish,
                                                std::optional<std::int64_t> untilUtcMs = {},
                                                const OnProgress& progress = {});

/// What stands in the home when somebody takes back: to be said before they choose.
struct WithdrawalOutlook {
    std::optional<Withdrawal> current;
    int interviews = 0;
    int packagesSent = 0;   ///< have left, or may have: the lab is told
    bool isInPair = false;  ///< the other's interview stays
    int groupSessions = 0;  ///< what they said in them goes, as far as it was marked; the others' stays
};
[[nodiscard]] Result<WithdrawalOutlook> outlookOf(Home& home, const ParticipantId& participant);

/// Whose copy of the consent bears this code. Nothing if nobody's does: the code only helps, and nobody needs it.
[[nodiscard]] Result<std::optional<ParticipantId>> participantOfCode(Home& home, const QString& typed);

/// Takes up what was broken off. Run at unlock, and when an interview ended. Returns how many are unfinished still.
[[nodiscard]] Result<int> finishWithdrawals(Home& home);

/// Gates. ConsentMissing if this person has taken back, in whatever way.
[[nodiscard]] Result<> refuseIfTakenBack(Home& home, const ParticipantId& participant);
/// NotAllowed if nothing of this session may leave for now: undecided, or to be erased.
[[nodiscard]] Result<> refuseIfHeld(Home& home, const ParticipantId& participant, const SessionId& session);

/// What was taken back on this tablet, newest first, with the lab's word where it is there. Orders are known to those
/// alone who hold the outbox.
struct TakenBack {
    Withdrawal withdrawal;
    bool isOrdered = false;  ///< something had left, and the lab is told
    bool isSent = false;     ///< the order has been in a store
    std::optional<package::DeletionReceipt> receipt;
};
[[nodiscard]] Result<std::vector<TakenBack>> takenBack(Home& home);

}  // namespace sotto::workflow
