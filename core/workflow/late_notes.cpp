// SPDX-License-Identifier: Apache-2.0
#include "workflow/late_notes.h"

namespace sotto::workflow {

Result<std::int64_t> addLateNote(Home&, const SessionId&, const QString&) {
    return fail(ErrorCode::Unsupported, "not built yet");
}

Result<> removeLateNote(Home&, std::int64_t) {
    return fail(ErrorCode::Unsupported, "not built yet");
}

Result<std::vector<LateNote>> lateNotes(Home&, const SessionId&) {
    return fail(ErrorCode::Unsupported, "not built yet");
}

Result<std::vector<FoundNote>> searchNotes(Home&, const QString&, int) {
    return fail(ErrorCode::Unsupported, "not built yet");
}

}  // namespace sotto::workflow
