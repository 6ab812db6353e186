// SPDX-License-Identifier: Apache-2.0
#include "workflow/session_plan.h"

#include "workflow/screening.h"
#include "workflow/signed_consent.h"
#include "workflow/withdrawal.h"

namespace sotto::workflow {

Result<consent::ConsentState> consentToTakePart(Home& home, const ParticipantId& participant) {
    SOTTO_TRY(refuseIfTakenBack(home, participant));
    SOTTO_ASSIGN(auto consent, consent::consentInForce(home.sessions(), participant));
    if (!consent) {
        return fail(ErrorCode::ConsentMissing,
                    "this participant has not consented yet; take consent before the interview");
    }
    return *std::move(consent);
}

Result<SessionPlan> planSession(Home& home, const people::Participant& participant) {
    SOTTO_TRY(home.need({Compartment::Sessions}));
    SOTTO_TRY(needScreened(home, participant));
    SessionPlan plan;
    SOTTO_ASSIGN(plan.consent, consentToTakePart(home, participant.id));
    if (!plan.consent.takesPart) {
        return fail(ErrorCode::ConsentMissing, "the consent in force does not allow an interview");
    }
    SOTTO_ASSIGN(const bool isOutdated, needsNewConsent(home, participant.role, plan.consent));
    if (isOutdated) {
        return fail(ErrorCode::ConsentMissing, "another version of the consent form is in force; take consent again");
    }
    SOTTO_ASSIGN(plan.study, home.studyOf(QString::fromStdString(toHex(home.study().hash))));
    plan.guide = plan.study->pack.guide(participant.role, plan.consent.language);
    if (plan.guide == nullptr) {
        return fail(ErrorCode::NotFound, "the study has no guide for this role in this language");
    }
    plan.hasAudio = plan.consent.allows(study::Permission::RecordAudio);
    return plan;
}

}  // namespace sotto::workflow
