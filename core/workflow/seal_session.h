// SPDX-License-Identifier: Apache-2.0
#pragma once

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
/// verifies, and its manifest says so. Busy for a session that is still being recorded; NotAllowed for one that is
/// sealed already.
[[nodiscard]] Result<SealReport> sealSession(Home& home, const SessionId& session);

/// Sessions that ended or were interrupted and are not sealed yet, oldest first.
[[nodiscard]] Result<std::vector<interview::SessionRow>> unsealedSessions(Home& home);

struct DeliveryReport {
    int sent = 0;
    std::uint64_t bytes = 0;
    int receipts = 0;
    int refusedReceipts = 0;
};
/// Collects receipts, sends what is queued, and brings the sessions' states up to date, also after an error of the
/// store: what was sent before it is sent.
[[nodiscard]] Result<DeliveryReport> deliver(Home& home, sync::Store& store);

}  // namespace sotto::workflow
