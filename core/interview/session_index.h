// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include <QString>

#include "base/ids.h"
#include "base/result.h"
#include "interview/event.h"
#include "sealedlog/format.h"
#include "vault/vault.h"

namespace sotto::interview {

/// Where a session stands. Stored as text: open, interrupted, sealed, sent, received.
/// Open and Interrupted change into each other; from both it goes to Sealed, on to Sent and to Received, never back.
enum class SessionState { Open, Interrupted, Sealed, Sent, Received };
[[nodiscard]] QString sessionStateName(SessionState state);
[[nodiscard]] std::optional<SessionState> sessionStateFromName(const QString& name);
/// True if a session may go from one state to the other, or stay where it is.
[[nodiscard]] bool mayBecome(SessionState from, SessionState to);

/// The vault's row about a session log: derived, can be rebuilt from the logs.
struct SessionRow {
    SessionId id;
    ParticipantId participant;
    std::string logName;  ///< file name under sessions/
    FileId logId;
    std::uint64_t number = 0;  ///< 1, 2, 3 ... on this tablet; manifests bear it
    SessionState state = SessionState::Open;
    bool practice = false;
    std::int64_t startedUtcMs = 0;
    std::optional<sealedlog::Anchor> anchor;  ///< set when the log was closed in order
    // Below: what the index adds of its own; add() does not look at it.
    int visit = 0;  ///< 1, 2, 3 ... of this participant, practice apart; stays when an earlier one is erased
    std::int64_t firstVisitUtcMs = 0;  ///< when the first of these was; stays likewise
    QString damage;  ///< what was wrong with the log before it was rewritten; the log no longer shows it
};

/// Sessions and the full-text index of notes and marks. One thread.
class SessionIndex {
public:
    explicit SessionIndex(vault::Database& sessions) : m_sessions(&sessions) {}
    [[nodiscard]] static vault::Schema schema();
    /// One above the highest that was ever given, be it that its session was erased: the lab takes a number that comes
    /// again with another hash for a roll-back.
    [[nodiscard]] Result<std::uint64_t> nextNumber() const;
    /// nextNumber() stays above this one from now on; for an index that is built anew while the outbox or the lab knows
    /// numbers of sessions that are gone. InvalidArgument above 2^63 - 2.
    [[nodiscard]] Result<> neverGiveUpTo(std::uint64_t number);
    /// InvalidArgument for a null id, number 0, or a logName that is more than a plain file name; AlreadyExists if id,
    /// logName or number is taken.
    [[nodiscard]] Result<> add(const SessionRow& row);
    /// NotFound; NotAllowed if the session can't go there (mayBecome). Without an anchor the one known stays.
    [[nodiscard]] Result<> setState(const SessionId& id, SessionState state,
                                    const std::optional<sealedlog::Anchor>& anchor = std::nullopt);
    /// The log goes on after it was stopped: what it ends with by and by is remembered elsewhere. NotFound.
    [[nodiscard]] Result<> dropAnchor(const SessionId& id);
    /// The log was rewritten: it has another file id and another head now. Of `damage` the first that is not empty
    /// stays. NotFound.
    [[nodiscard]] Result<> replaceLog(const SessionId& id, const FileId& newId, const sealedlog::Anchor& head,
                                      const QString& damage = {});
    /// Takes a session's row, its notes and their words away; its number is never given again. Within the transaction
    /// that is open, or in one of its own. NotFound. (What FTS5 still holds of the words goes with Vault::compact().)
    [[nodiscard]] Result<> erase(const SessionId& id);
    /// Sends a sealed session back to Interrupted, because what was sealed of it is no longer what it holds and nothing
    /// of it has left. The one way back. NotFound; NotAllowed unless it is sealed.
    [[nodiscard]] Result<> unseal(const SessionId& id);
    [[nodiscard]] Result<std::optional<SessionRow>> find(const SessionId& id) const;
    /// Oldest first.
    [[nodiscard]] Result<std::vector<SessionRow>> all() const;
    /// Puts the words of notes and marks into the search index, replacing what the session had there. Corrected ones
    /// are left out. NotFound. Within the transaction that is open, or in one of its own.
    [[nodiscard]] Result<> index(const SessionId& id, const std::vector<Event>& events);
    /// Sessions and offsets whose notes match, best first; every word must occur, accents do not matter, the last word
    /// may be the beginning of one. Whatever was typed is taken as words, never as a query language; nothing but
    /// punctuation finds nothing. InvalidArgument above 64 words.
    struct Hit {
        SessionId session;
        RecordedOffset offset;
        QString snippet;
    };
    [[nodiscard]] Result<std::vector<Hit>> search(const QString& words, int limit = 50) const;

private:
    vault::Database* m_sessions;
};

}  // namespace sotto::interview
