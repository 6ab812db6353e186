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
    if (m_state == State::Recording) goOffRecord();
    cover();
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
