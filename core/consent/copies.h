// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "base/ids.h"
#include "base/result.h"
#include "vault/vault.h"

// Whether participants have their copy of what they signed. In the sessions vault, without a place or a name.
namespace sotto::consent {

/// Owed: to be given later; whoever said nothing is owed theirs. Given. NotWanted: they would rather have none, since a
/// copy at home can be found by others.
enum class CopyState { Owed, Given, NotWanted };
[[nodiscard]] QString copyStateName(CopyState state);

struct Copy {
    EvidenceId evidence;
    ParticipantId participant;
    CopyState state = CopyState::Owed;
    std::int64_t utcMs = 0;  ///< of the last change
};

/// Durable on return, within the transaction that is open or one of its own.
[[nodiscard]] Result<> setCopy(vault::Database& sessions, const Copy& copy);
/// Of the consent signed last; nothing for one from before there were copies.
[[nodiscard]] Result<std::optional<Copy>> copyOf(vault::Database& sessions, const ParticipantId& participant);
/// Everybody to whom a copy is owed, the longest waiting first. Only what was signed last counts.
[[nodiscard]] Result<std::vector<Copy>> copiesOwed(vault::Database& sessions);

}  // namespace sotto::consent
