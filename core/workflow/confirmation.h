// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "consent/consent.h"
#include "workflow/home.h"
#include "workflow/live_session.h"

/// Consent is asked again where time has passed: one touch, "still fine" or stop. Nobody has to remember what was
/// signed weeks ago, or before a long pause.
namespace sotto::workflow {

enum class ToConfirm {
    Nothing,
    Visit,  ///< another visit, or the first one on another day than the signature
    Pause,  ///< recording has stood still for longer than the study allows without asking
};

/// Before an interview with this participant begins. ConsentMissing without a consent.
[[nodiscard]] Result<ToConfirm> confirmationBefore(Home& home, const ParticipantId& participant);

/// Before recording goes on, after the events of a session that stand. `afterMinutes` as in the study's visits; 0:
/// never.
[[nodiscard]] ToConfirm confirmationAfter(const std::vector<interview::Event>& events, int afterMinutes,
                                          const Instant& now);

/// The event that says so: `fine` or a stop; at a visit, or after a pause.
[[nodiscard]] interview::Event confirmedEvent(bool fine, ToConfirm when);

}  // namespace sotto::workflow
