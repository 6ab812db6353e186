// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "workflow/erasures.h"
#include "workflow/home.h"

// Private to this module: what an erasure does once its plan is written down. Each step is safe to repeat.
namespace sotto::workflow {

/// The whole log goes, and not a part of it.
[[nodiscard]] bool takesLogs(ErasureKind kind);
/// Names those packages of a session that have left by now, or may have. True if there are more than before.
[[nodiscard]] Result<bool> nameWhatLeft(Home& home, const SessionId& session, Erasure& erasure);
/// Name and consents, in both vaults, be it that the plan's transaction took them out of one: whoever lacks the outbox
/// may have compared the two in the meantime.
[[nodiscard]] Result<> removeParticipant(Home& home, const ParticipantId& participant);
/// All that the plan names; orders from the lab what has left, if the erasure reaches it.
[[nodiscard]] Result<> removeErased(Home& home, Erasure& erasure);

}  // namespace sotto::workflow
