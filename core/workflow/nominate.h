// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "people/nominations.h"
#include "people/people.h"
#include "workflow/forget.h"
#include "workflow/home.h"

/// Empty places in a pair: somebody is named by a participant, within what the study lays down, and is enrolled only
/// when they agree. Whoever does not agree, or does not answer in time, is erased from all pages of the vault; a line
/// of the tally stays. The nominator's page shows the same whatever comes of it.
namespace sotto::workflow {

/// What somebody is about to enter.
struct NewNomination {
    ParticipantId nominator;
    QString role;
    study::NominationWay way = study::NominationWay::PassesOn;
    QString name;
    QString reach;
    std::vector<study::MaySay> maySay;
};

/// What a participant may still name: role -> how many. Counts those who were named, whatever came of it.
[[nodiscard]] Result<std::map<QString, int>> placesLeft(Home& home, const people::Participant& nominator);

/// NotAllowed if the study provides for no such nomination, way or word, or if all places of the role were named. Joins
/// the nominator to a pair now, so that an answer changes nothing there. Needs all three compartments.
[[nodiscard]] Result<people::NominationId> nominate(Home& home, const NewNomination& wanted);
/// They agree: an empty place becomes a participant of the pair, reached as the nominator said. `name` if none was
/// left. NotFound; InvalidArgument without any name. A further one of a role that the pair has already stands alone.
[[nodiscard]] Result<people::Participant> acceptNomination(Home& home, const people::NominationId& id,
                                                           const QString& name = {});
/// They would rather not.
[[nodiscard]] Result<> declineNomination(Home& home, const people::NominationId& id, const OnProgress& progress = {});
/// Erases those that nobody answered in time. Run at unlock by whoever holds all three. Returns how many.
[[nodiscard]] Result<int> forgetUnanswered(Home& home, const OnProgress& progress = {});

}  // namespace sotto::workflow
