// SPDX-License-Identifier: Apache-2.0
#include "workflow/incidents.h"

namespace sotto::workflow {

Result<std::int64_t> recordIncident(Home& home, people::Incident incident) {
    SOTTO_TRY(home.need({Compartment::Identities}));
    incident.recordedUtcMs = home.clock().now().utcMs;
    SOTTO_ASSIGN(const std::int64_t number, people::Incidents(home.identities()).add(incident));
    SOTTO_TRY(
        home.audit(QStringLiteral("incident.recorded"), {{QStringLiteral("number"), static_cast<qint64>(number)}}));
    return number;
}

Result<std::vector<people::Incident>> incidents(Home& home) {
    SOTTO_TRY(home.need({Compartment::Identities}));
    return people::Incidents(home.identities()).all();
}

}  // namespace sotto::workflow
