// SPDX-License-Identifier: Apache-2.0
// The microphone and who else is there.
#include "interview/around.h"
#include "workflow/live_session.h"

namespace sotto::workflow {

Result<> LiveSession::checkThosePresent() const {
    if (interview::mayRecordThosePresent(m_events.standing())) return {};
    return fail(ErrorCode::ConsentMissing, "somebody is there who did not agree to being recorded");
}

/// Before the event is written: whoever comes in is not heard even for the time that a write takes.
Result<> LiveSession::stopForThosePresent(const interview::Event& event) {
    using interview::EventKind;
    if (event.kind != EventKind::Present && event.kind != EventKind::Correct) return {};
    if (!isRecording()) return {};
    LiveEvents after = m_events;
    after.add(event);
    if (interview::mayRecordThosePresent(after.standing())) return {};
    return stopRecording(recording::SegmentEnding::Pause, EventKind::Pause);
}

}  // namespace sotto::workflow
