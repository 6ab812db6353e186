// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "consent/consent.h"
#include "people/people.h"
#include "workflow/home.h"

namespace sotto::workflow {

/// What an interview would be, were it begun now: for the screen before it begins. A value.
struct SessionPlan {
    consent::ConsentState consent;                   ///< in force
    std::shared_ptr<const study::SignedPack> study;  ///< in force
    const study::Guide* guide = nullptr;             ///< of `study`, in the language of the consent
    bool hasAudio = false;                           ///< the consent allows it
};

/// Reads only. ConsentMissing without a consent, if the participant does not take part by it, or if another version of
/// the form is in force by now (needsNewConsent()); NotFound if the study has no guide for them; NotAllowed for a
/// person without the sessions, or while the role's screening is not done, or said that the study is not the right fit
/// now.
[[nodiscard]] Result<SessionPlan> planSession(Home& home, const people::Participant& participant);

/// ConsentMissing if this participant has not consented yet, or has taken back (withdrawal.h).
[[nodiscard]] Result<consent::ConsentState> consentToTakePart(Home& home, const ParticipantId& participant);

}  // namespace sotto::workflow
