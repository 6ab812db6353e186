// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "people/incidents.h"
#include "workflow/home.h"

namespace sotto::workflow {

/// Writes an incident down as of now, and leaves an audit entry with its number and no words. Needs the identities
/// (NotAllowed); other errors as people::Incidents::add(). Gives its number.
[[nodiscard]] Result<std::int64_t> recordIncident(Home& home, people::Incident incident);

/// Oldest first; needs the identities.
[[nodiscard]] Result<std::vector<people::Incident>> incidents(Home& home);

}  // namespace sotto::workflow
