// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <vector>

#include <QString>

#include "workflow/home.h"

namespace sotto::workflow {

/// The counts of the flow diagram for one role: those who are in this home and those of whom only the tally is left.
/// Everybody is in `contacted` once, and in at most one of the counts at which the way ends.
struct RoleFlow {
    QString role;
    std::optional<int> planned;
    int waiting = 0;   ///< named by somebody, and no answer yet
    int noAnswer = 0;  ///< named, and did not answer in time; not among the contacted
    int contacted = 0;
    int screened = 0;                ///< to the end
    int fits = 0;                    ///< of these
    int notNow = 0;                  ///< of these: not the right fit now
    std::map<QString, int> reasons;  ///< of notNow, by coarse reason
    int declined = 0;                ///< would rather not be asked, or not take part
    int consented = 0;               ///< ever, those who took it back too
    int interviewed = 0;             ///< with at least one real interview that is over
    int tookBack = 0;
};

/// In the order of the study. Needs the sessions (NotAllowed); `waiting` is known to whoever holds the identities too.
[[nodiscard]] Result<std::vector<RoleFlow>> studyFlow(Home& home);

}  // namespace sotto::workflow
