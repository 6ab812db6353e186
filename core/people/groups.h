// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include <QString>

#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"
#include "vault/vault.h"

namespace sotto::people {

/// Several people who speak in one session. A value.
struct Group {
    /// Its own, and nobody's: a session names the group by it where that of one person names the participant, so that
    /// what is done with everything of one person never takes the session of the others along.
    ParticipantId id;
    QString name;                        ///< a neutral word; unique in the home
    QString role;                        ///< whose guide is walked
    QString researchCode;                ///< of what was said by nobody in particular
    std::vector<ParticipantId> members;  ///< in the order in which they came in
};

/// The longest name, in characters.
inline constexpr qsizetype kMaxGroupName = 40;

/// Groups, and who took part in which of their sessions, in the sessions vault. How many a group may have and who may
/// be in one the study says: see workflow/groups.h. One thread; holds a pointer to the vault it was given. What changes
/// something does so within the transaction that is open, or in one of its own, and is durable on return.
class Groups {
public:
    explicit Groups(vault::Database& sessions) : m_sessions(&sessions) {}
    [[nodiscard]] static vault::Schema schema();

    /// A blank name is drawn at random. InvalidArgument for an empty role or a name that is too long; AlreadyExists if
    /// a group bears the name.
    [[nodiscard]] Result<Group> create(const QString& name, const QString& role, const Instant& at);
    /// The same with everything given: a session log told of a group that the vault does not know.
    [[nodiscard]] Result<> add(const Group& group, const Instant& at);
    [[nodiscard]] Result<std::optional<Group>> find(const ParticipantId& id) const;
    /// In the order in which they were made.
    [[nodiscard]] Result<std::vector<Group>> all() const;
    /// NotFound; AlreadyExists for somebody who is in it.
    [[nodiscard]] Result<> join(const ParticipantId& group, const ParticipantId& member);
    /// What the sessions that were held remember of them stays. NotFound.
    [[nodiscard]] Result<> leave(const ParticipantId& group, const ParticipantId& member);
    /// Takes the group away; its members stay who they are. NotFound.
    [[nodiscard]] Result<> erase(const ParticipantId& group);

    // ---- Who took part in which session; derived, the logs say it too
    /// Once more is no error.
    [[nodiscard]] Result<> takePart(const SessionId& session, const ParticipantId& member);
    [[nodiscard]] Result<std::vector<ParticipantId>> membersOf(const SessionId& session) const;
    [[nodiscard]] Result<std::vector<SessionId>> sessionsOf(const ParticipantId& member) const;
    /// One who is to be forgotten, or the whole session; nothing there is no error.
    [[nodiscard]] Result<> forget(const SessionId& session, const std::optional<ParticipantId>& member = std::nullopt);
    /// Out of every group.
    [[nodiscard]] Result<> forgetMember(const ParticipantId& member);

private:
    vault::Database* m_sessions;
};

}  // namespace sotto::people
