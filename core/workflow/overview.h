// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "people/people.h"
#include "workflow/home.h"

/// What the home screen shows: everybody who takes part, where each stands and what comes next; without names. Computed
/// anew at each call from one query per vault, however many people there are. Changes nothing.
namespace sotto::workflow {

/// Where somebody stands; the first that holds, in this order.
enum class PersonState {
    TookBack,          ///< takes part no more; what they let stay is kept
    Undecided,         ///< has stopped and decides later; everything is locked
    InInterview,       ///< an interview runs just now
    BrokenOff,         ///< an interview was broken off
    WaitingForWrapUp,  ///< the conversation is over; wrap-up or sealing is still to be done
    Appointment,       ///< a day was agreed on, and no interview began since that was agreed
    Sealed,            ///< of all interviews the one that is furthest behind is sealed ...
    Sent,              ///< ... sent ...
    Received,          ///< ... received
    Consented,
    Declined,   ///< the consent in force says no
    Screening,  ///< agreed to be asked; it is not settled yet
    Fits,       ///< the study suits them
    Contacted,  ///< enrolled, and nothing more
};

enum class NextStep {
    Screen,  ///< begin, or go on
    TakeConsent,
    BeginInterview,
    GoOn,    ///< LiveSession::resume() of `open`
    WrapUp,  ///< of `open`: resume() if it was not ended yet, then sealSession()
    Send,
    WaitForReceipt,
    Decide,  ///< the day is here on which somebody undecided wanted to be asked
    Nothing,
};

struct PersonOverview {
    people::Participant participant;
    PersonState state = PersonState::Contacted;
    NextStep next = NextStep::TakeConsent;
    int sessions = 0;
    int practiceSessions = 0;         ///< of these
    bool takesPart = false;           ///< by the consent in force
    std::optional<study::Fit> fit;    ///< of the screening, once they agreed to it
    bool needsScreening = false;      ///< before anything else
    std::optional<SessionId> open;    ///< that runs, is broken off or waits for its wrap-up, the first such
    std::optional<SessionId> latest;  ///< the session begun last
    std::optional<std::int64_t> lastStartedUtcMs;  ///< of that one
    std::optional<std::int64_t> decideUtcMs;       ///< of somebody undecided
    std::optional<std::int64_t> appointmentUtcMs;  ///< of one that is still to come or was missed
};

struct RoleCount {
    QString role;
    int people = 0;
    int takePart = 0;     ///< by the consent in force
    int interviewed = 0;  ///< with at least one real interview that is over
    std::optional<int> planned;
};

struct Overview {
    std::vector<PersonOverview> people;  ///< in the order in which they were enrolled
    std::vector<RoleCount> roles;        ///< in the order of the study
    int waitingToBeSent = 0;             ///< sessions sealed and not sent
};

/// Needs the sessions (NotAllowed); appointments are known to those alone who hold the identities as well.
[[nodiscard]] Result<Overview> overview(Home& home);

/// The same for one; NotFound.
[[nodiscard]] Result<PersonOverview> overviewOf(Home& home, const ParticipantId& participant);

}  // namespace sotto::workflow
