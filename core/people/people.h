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

/// People who take part: what the sessions vault knows of them, their names in the identities vault, and the order of
/// writes that keeps the two in step. Nothing here is thread-safe: use it on the thread of the vaults.

/// Somebody who takes part, as the sessions vault knows them: no name.
struct Participant {
    ParticipantId id;
    QString role;
    QString pseudonym;           ///< random, pronounceable, unique in the home, not derived from anything ("Mira-42")
    QString researchCode;        ///< another random code, the only one that a research package bears ("K7MX4PQD")
    std::optional<PairId> pair;  ///< with the others of the dyad or triad, one of each role
};

/// The identity behind a participant; only in the identities vault.
struct IdentityRecord {
    ParticipantId id;
    QString name;
    bool confirmed = false;  ///< the sessions vault has the participant too
};

/// Participants and pairs in the sessions vault. One thread; holds a pointer to the vault it was given.
class Participants {
public:
    explicit Participants(vault::Database& sessions) : m_sessions(&sessions) {}
    [[nodiscard]] static vault::Schema schema();
    /// Durable on return. InvalidArgument for a null id or an empty field; AlreadyExists if id, pseudonym or code is
    /// taken, or if the pair has somebody of that role.
    [[nodiscard]] Result<> add(const Participant& participant, const Instant& at);
    [[nodiscard]] Result<std::optional<Participant>> find(const ParticipantId& id) const;
    /// Makes somebody a member of a pair, who was in none. NotFound; NotAllowed if they are in one; AlreadyExists if it
    /// has somebody of that role.
    [[nodiscard]] Result<> joinPair(const ParticipantId& id, const PairId& pair);
    /// Takes the participant's row away, within the transaction that is open or one of its own; others of the pair
    /// stay. NotFound. The name (Identities::remove), the consents and the sessions are the caller's to erase.
    [[nodiscard]] Result<> erase(const ParticipantId& id);
    /// In the order in which they were enrolled.
    [[nodiscard]] Result<std::vector<Participant>> all() const;
    [[nodiscard]] Result<std::vector<Participant>> membersOf(const PairId& pair) const;
    /// A pseudonym that nobody here bears yet.
    [[nodiscard]] Result<QString> freshPseudonym() const;
    [[nodiscard]] Result<QString> freshResearchCode() const;

private:
    vault::Database* m_sessions;
};

/// Names in the identities vault.
class Identities {
public:
    explicit Identities(vault::Database& identities) : m_identities(&identities) {}
    [[nodiscard]] static vault::Schema schema();
    /// Written before the sessions vault, unconfirmed. Durable on return. InvalidArgument for a blank name.
    [[nodiscard]] Result<> add(const ParticipantId& id, const QString& name, const Instant& at);
    [[nodiscard]] Result<> confirm(const ParticipantId& id);
    [[nodiscard]] Result<std::optional<IdentityRecord>> find(const ParticipantId& id) const;
    [[nodiscard]] Result<std::vector<IdentityRecord>> all() const;
    /// Takes the name away, within the transaction that is open or one of its own. NotFound if there is none; so is
    /// confirm().
    [[nodiscard]] Result<> remove(const ParticipantId& id);

private:
    vault::Database* m_identities;
};

/// Enrols somebody in both vaults so that a crash in between leaves nothing half: identity first (unconfirmed), then
/// the participant, then the confirmation. `pair` joins an existing or new pair. On success both are durable.
/// AlreadyExists if the pair has somebody of that role; InvalidArgument for an empty role or a blank name. After a
/// failure of the disk the identity may stay unconfirmed: the next reconcile() settles it.
[[nodiscard]] Result<Participant> enrol(vault::Database& sessions, vault::Database& identities, const QString& role,
                                        const QString& name, std::optional<PairId> pair, const Instant& at);

/// What reconcile() found and did.
struct Reconciliation {
    int removed = 0;    ///< identities whose participant was never written
    int confirmed = 0;  ///< identities whose confirmation was cut off
    int nameless = 0;   ///< participants without any identity; only an identities vault set back leaves such. Kept.
};
/// Run at unlock with both vaults freshly opened: finishes or undoes enrolments that a crash broke off. Safe to repeat.
[[nodiscard]] Result<Reconciliation> reconcile(vault::Database& sessions, vault::Database& identities);

}  // namespace sotto::people
