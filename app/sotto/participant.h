// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "people/people.h"
#include "workflow/home.h"

namespace sotto::app {

/// Whoever bears this pseudonym, in whatever case. NotFound, with a sentence.
[[nodiscard]] inline Result<ParticipantId> participantNamed(workflow::Home& home, const QString& pseudonym) {
    SOTTO_TRY(home.need({workflow::Compartment::Sessions}));
    SOTTO_ASSIGN(const auto all, people::Participants(home.sessions()).all());
    for (const people::Participant& participant : all) {
        if (participant.pseudonym.compare(pseudonym.trimmed(), Qt::CaseInsensitive) == 0) return participant.id;
    }
    return fail(ErrorCode::NotFound,
                "nobody in this home has that pseudonym; `sotto inspect` shows those who gave an interview");
}

}  // namespace sotto::app
