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

/// Where a session stands. Stored as text.
enum class SessionState { Open, Interrupted, Sealed, Sent, Received };
[[nodiscard]] QString sessionStateName(SessionState state);

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
};

/// Sessions and the full-text index of notes and marks. One thread.
class SessionIndex {
public:
    explicit SessionIndex(vault::Database& sessions) : m_sessions(&sessions) {}
    [[nodiscard]] static vault::Schema schema();
    [[nodiscard]] Result<std::uint64_t> nextNumber() const;
    [[nodiscard]] Result<> add(const SessionRow& row);
    [[nodiscard]] Result<> setState(const SessionId& id, SessionState state,
                                    const std::optional<sealedlog::Anchor>& anchor = std::nullopt);
    [[nodiscard]] Result<std::optional<SessionRow>> find(const SessionId& id) const;
    /// Oldest first.
    [[nodiscard]] Result<std::vector<SessionRow>> all() const;
    /// Puts the words of notes and marks into the search index, replacing what the session had there.
    [[nodiscard]] Result<> index(const SessionId& id, const std::vector<Event>& events);
    /// Sessions and offsets whose notes match; every word must occur, accents do not matter, the last word may be the
    /// beginning of one.
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
