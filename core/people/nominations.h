// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <vector>

#include <QString>

#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"
#include "people/contacts.h"
#include "study/study_policy.h"
#include "vault/vault.h"

namespace sotto::people {

using NominationId = Id<struct NominationTag>;

[[nodiscard]] QString nominationWayName(study::NominationWay way);
[[nodiscard]] std::optional<study::NominationWay> nominationWayFromName(const QString& name);
[[nodiscard]] QString maySayName(study::MaySay what);
[[nodiscard]] std::optional<study::MaySay> maySayFromName(const QString& name);

/// An empty place in a pair: somebody was named by a participant and has not answered. They take no part in anything,
/// so they are not enrolled.
struct Nomination {
    NominationId id;
    ParticipantId nominator;
    QString role;
    study::NominationWay way = study::NominationWay::PassesOn;
    QString name;                       ///< Permits only; somebody who hands on an invitation leaves none
    QString reach;                      ///< Permits only: a number, a safe way, safe hours
    std::vector<study::MaySay> maySay;  ///< Permits only: what they may be told of where their name comes from
    std::int64_t madeUtcMs = 0;
    std::int64_t forgetUtcMs = 0;     ///< unanswered by then it is erased
    std::vector<ContactEntry> tries;  ///< oldest first, without notes
};

/// All that the nominator's page may show: that somebody of that role was named, and when. Stays the same whatever
/// comes of it.
struct NamedSomebody {
    QString role;
    study::NominationWay way = study::NominationWay::PassesOn;
    std::int64_t utcMs = 0;
};

/// Nominations in the identities vault; they go with the nominator's name (a trigger). One thread; durable on return.
class Nominations {
public:
    explicit Nominations(vault::Database& identities) : m_identities(&identities) {}
    [[nodiscard]] static vault::Schema schema();

    /// InvalidArgument if a name or a way to reach them is missing although contact is permitted, or is given although
    /// the nominator passes the invitation on; NotFound for a nominator without an identity.
    [[nodiscard]] Result<> add(const Nomination& nomination);
    /// Those that wait for an answer, oldest first.
    [[nodiscard]] Result<std::vector<Nomination>> waiting() const;
    /// NotFound if it was answered, or erased.
    [[nodiscard]] Result<Nomination> find(const NominationId& id) const;
    [[nodiscard]] Result<std::vector<NamedSomebody>> namedBy(const ParticipantId& nominator) const;
    [[nodiscard]] Result<> addTry(const NominationId& id, ContactKind kind, const Instant& at);
    /// Answered, or out of time. NotFound. Old pages of the vault keep it until it is compacted: the caller's to do.
    [[nodiscard]] Result<> remove(const NominationId& id);

private:
    vault::Database* m_identities;
};

}  // namespace sotto::people
