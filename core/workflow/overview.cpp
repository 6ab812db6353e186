// SPDX-License-Identifier: Apache-2.0
#include "workflow/overview.h"

namespace sotto::workflow {

Result<Overview> overview(Home&) {
    return fail(ErrorCode::Unsupported, "not built yet");
}

Result<PersonOverview> overviewOf(Home&, const ParticipantId&) {
    return fail(ErrorCode::Unsupported, "not built yet");
}

}  // namespace sotto::workflow
