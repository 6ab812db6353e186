// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include <QString>

#include "base/ids.h"
#include "base/result.h"
#include "vault/vault.h"

namespace sotto::people {

/// One visit at somebody's home, seen from the interviewer who goes there alone.
struct HomeVisit {
    std::int64_t number = 0;  ///< given by HomeVisits; 0 before
    ParticipantId participant;
    bool goes = false;  ///< go or no-go, decided before the door
    std::int64_t decidedUtcMs = 0;
    std::int64_t expectedEndUtcMs = 0;         ///< by when the interviewer is out again; 0 for a no-go
    std::optional<std::int64_t> endedUtcMs{};  ///< out again and safe; nothing while it lasts
    QString debrief{};                         ///< afterwards: how it was; may be empty
    [[nodiscard]] bool isUnderWay() const { return goes && !endedUtcMs; }
};

/// Home visits, with the contacts in the identities vault: they tell where somebody lives and when. They go with the
/// identity (a trigger). Durable on return. One thread.
class HomeVisits {
public:
    explicit HomeVisits(vault::Database& identities) : m_identities(&identities) {}
    [[nodiscard]] static vault::Schema schema();
    /// Go or no-go; answers its number. InvalidArgument for an end that lies before the decision; NotAllowed while
    /// another visit is under way; NotFound for somebody without an identity.
    [[nodiscard]] Result<std::int64_t> decide(const HomeVisit& visit);
    /// A later end. NotFound unless it is under way; InvalidArgument for an earlier one than now.
    [[nodiscard]] Result<> prolong(std::int64_t number, std::int64_t expectedEndUtcMs, std::int64_t nowUtcMs);
    /// Out again. NotFound unless it is under way.
    [[nodiscard]] Result<> end(std::int64_t number, std::int64_t utcMs);
    /// What there is to say afterwards. InvalidArgument for more than 10,000 characters; NotFound.
    [[nodiscard]] Result<> debrief(std::int64_t number, const QString& text);
    /// At most one.
    [[nodiscard]] Result<std::optional<HomeVisit>> underWay() const;
    /// Oldest first.
    [[nodiscard]] Result<std::vector<HomeVisit>> of(const ParticipantId& participant) const;

private:
    [[nodiscard]] Result<> change(vault::Statement& update) const;
    vault::Database* m_identities;
};

}  // namespace sotto::people
