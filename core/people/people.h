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

/// Somebody who takes part, as the sessions vault knows them: no name.
struct Participant {
    ParticipantId id;
    QString role;
    QString pseudonym;     ///< random, pronounceable, unique in the home, not derived from anything ("Mira-42")
    QString researchCode;  ///< another random code, the only one that a research package bears
    std::optional<PairId> pair;
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
    [[nodiscard]] Result<> add(const Participant& participant, const Instant& at);
    [[nodiscard]] Result<std::optional<Participant>> find(const ParticipantId& id) const;
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
    /// Written before the sessions vault, unconfirmed.
    [[nodiscard]] Result<> add(const ParticipantId& id, const QString& name, const Instant& at);
    [[nodiscard]] Result<> confirm(const ParticipantId& id);
    [[nodiscard]] Result<std::optional<IdentityRecord>> find(const ParticipantId& id) const;
    [[nodiscard]] Result<std::vector<IdentityRecord>> all() const;
    [[nodiscard]] Result<> remove(const ParticipantId& id);

private:
    vault::Database* m_identities;
};

/// Enrols somebody in both vaults so that a crash in between leaves nothing half: identity first (unconfirmed), then
/// the participant, then the confirmation. `pair` joins an existing or new pair.
[[nodiscard]] Result<Participant> enrol(vault::Database& sessions, vault::Database& identities, const QString& role,
                                        const QString& name, std::optional<PairId> pair, const Instant& at);

/// What reconcile() found and did.
struct Reconciliation {
    int removed = 0;    ///< identities whose participant was never written
    int confirmed = 0;  ///< identities whose confirmation was cut off
};
/// Run at unlock when both vaults are open: finishes or undoes enrolments that a crash broke off.
[[nodiscard]] Result<Reconciliation> reconcile(vault::Database& sessions, vault::Database& identities);

}  // namespace sotto::people
