// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "deident/research_tables.h"
#include "people/groups.h"

namespace sotto::deident {

/// Somebody of the group who agreed to sharing, both on that day and now.
struct GroupShare {
    people::Participant participant;
    consent::ConsentState consent;             ///< of that day
    const study::ConsentForm* form = nullptr;  ///< that was signed
};

/// What one session of a group gives to the de-identified data set.
struct GroupInput {
    const study::StudyPack& pack;  ///< that the session was held under
    const people::Group& group;
    const interview::Opening& opening;
    const std::vector<interview::Event>& events;
    std::int64_t recordedMs = 0;
    int visit = 1;
    int dayOffset = 0;
    std::vector<GroupShare> sharing;
};

/// As researchTables(), with a line in `sessions` for each member who shares. What was coded, marked or answered while
/// one of them spoke bears their research code; what belongs to nobody in particular, and how far the guide was walked,
/// bears the group's. Whoever does not share is left out with what goes with their words; and then what can't be told
/// apart is left out as well, for it may be theirs. ConsentMissing if nobody shares; otherwise as researchTables().
[[nodiscard]] Result<std::vector<ResearchTable>> groupTables(const GroupInput& input);

}  // namespace sotto::deident
