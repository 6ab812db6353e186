// SPDX-License-Identifier: Apache-2.0
// The cover and the lock of an interview that runs, and the ways back: the second half of InterviewViewModel.
#include "interview_view_model.h"
#include "vault_thread.h"

namespace sotto::app {

void InterviewViewModel::cover() {
    m_isCovered = true;
    emit coverChanged();
}

void InterviewViewModel::someoneCame() {
    // The place is known before the recording stops; what the last moment adds is silence for whoever listens.
    const bool wasRecording = m_state == State::Recording;
    if (wasRecording) goOffRecord();
    interview::Event cameIn;
    cameIn.kind = interview::EventKind::CameIn;
    commit(cameIn);
    if (wasRecording) m_around.cameIn(m_vault->live().positionMs);
    cover();
}

void InterviewViewModel::sayAround(interview::Event event) {
    perform(
        [event = std::move(event)](Tablet& tablet) -> Result<> {
            SOTTO_ASSIGN(auto* live, tablet.liveSession());
            return live->commit(event);
        },
        [this] {
            // Somebody who did not agree to it stopped the recording.
            if (m_state == State::Recording && !m_around.mayRecord()) setState(State::Paused);
        });
}

void InterviewViewModel::takeBack(std::int64_t fromMs, std::int64_t toMs) {
    interview::Event event;
    event.kind = interview::EventKind::OffRecordSpan;
    event.until = RecordedOffset{toMs};
    tell([event, fromMs](workflow::LiveSession& live) { return live.commitAt(event, {fromMs}); });
}

bool InterviewViewModel::choosePin(QString typed) {
    const bool chosen = !m_isLocked && !m_pin.isSet() && m_pin.choose(typed);
    emit coverChanged();
    return chosen;
}

bool InterviewViewModel::uncover(QString typed) {
    const bool matches = !m_isLocked && m_pin.matches(typed);
    if (matches) uncoverNow();
    emit coverChanged();
    return matches;
}

void InterviewViewModel::uncoverWithPassphrase(QString typed) {
    if (m_isCovered && needsPassphrase()) m_unlocking.unlock({}, std::move(typed));
}

void InterviewViewModel::lock() {
    m_isLocked = true;
    m_isCovered = true;
    m_error.clear();
    m_vault->run(
        this, [](Tablet& tablet) { return tablet.lock(); },
        [this](const Result<>& locked) {
            if (!locked) setError(locked.error());
        });
    emit changed();
    emit coverChanged();
}

void InterviewViewModel::cameBack() {
    m_isLocked = false;
    m_pin.giveTriesBack();
    uncoverNow();
}

void InterviewViewModel::uncoverNow() {
    m_isCovered = false;
    emit coverChanged();
}

}  // namespace sotto::app
