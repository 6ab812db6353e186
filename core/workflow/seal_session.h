// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "interview/session_index.h"
#include "sync/outbox.h"
#include "workflow/home.h"

namespace sotto::workflow {

/// What one sealing put into the outbox.
struct SealReport {
    SessionId session;
    std::vector<sync::OutboxItem> packages;
    bool researchWithheld = false;  ///< the participant's consent keeps this session out of the research data
    std::int64_t recordedMs = 0;
};

/// Finishes the log of an ended or interrupted session if need be, seals its packages into the outbox and marks it
/// sealed. May be repeated after a failure or a crash: nothing is sealed twice. A damaged log is sealed with what
/// verifies, and its manifest says so. What was to be erased of it goes first. Busy for a session that is still being
/// recorded; NotAllowed for one that is sealed already, and while its person has not decided (withdrawal.h).
[[nodiscard]] Result<SealReport> sealSession(Home& home, const SessionId& session);

/// Seals one package of the queue anew from its session's log, for one whose file is damaged or gone: another id and
/// other bytes, the same session and sequence. Nothing, and no entry in the queue any more, for a research package that
/// consent keeps back by now. NotAllowed unless the package is still queued, or while something of its session is being
/// erased and its log may still hold it. The caller makes sure that its manifest is in no store: a lab takes what came
/// first for the session and refuses the second.
[[nodiscard]] Result<std::optional<sync::OutboxItem>> resealPackage(Home& home, const PackageId& package);
/// The same for an erasure that has rewritten the log and comes to its end with this.
[[nodiscard]] Result<std::optional<sync::OutboxItem>> resealErased(Home& home, const PackageId& package);

/// Sessions that ended or were interrupted and are not sealed yet, oldest first.
[[nodiscard]] Result<std::vector<interview::SessionRow>> unsealedSessions(Home& home);

}  // namespace sotto::workflow
