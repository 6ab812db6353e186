// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "workflow/erasures.h"
#include "workflow/home.h"

/// What forgetting one member of a group needs besides what every erasure does (forget.h, README.md).
namespace sotto::workflow {

/// A plan for `member`, whose pseudonym goes into it: the participant may be gone when it is carried out. NotFound if
/// they were not in that session.
[[nodiscard]] Result<> planMember(Home& home, const SessionId& session, const ParticipantId& member, Erasure& erasure);

/// Within the transaction that is open: from here on the index knows nothing of what they said.
[[nodiscard]] Result<> dropMember(Home& home, const Erasure& erasure);

}  // namespace sotto::workflow
