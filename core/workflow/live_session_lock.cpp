// SPDX-License-Identifier: Apache-2.0
// An interview that goes on while its home is locked.
#include "base/check.h"
#include "workflow/home_files.h"
#include "workflow/live_session.h"

namespace sotto::workflow {

void LiveSession::detach() {
    if (!m_home) return;
    m_mayRecordLocked = checkAudioConsent().has_value();
    // What fails here fails again at the next second's sync, where it is told.
    if (m_log->sync()) anchor();
    if (!m_isClosed) m_home->endInterview();
    m_home = nullptr;
}

Result<> LiveSession::attach(Home& home) {
    SOTTO_CHECK(m_home == nullptr);
    SOTTO_TRY(home.need({Compartment::Sessions}));
    SOTTO_ASSIGN(const auto row, interview::SessionIndex(home.sessions()).find(id()));
    if (!row || row->logId != m_log->fileId()) {
        return fail(ErrorCode::Damaged, "the home does not know the interview that is running");
    }
    m_home = &home;
    if (!m_isClosed) home.beginInterview();
    anchor();
    return {};
}

Result<> LiveSession::needHome() const {
    if (m_home) return {};
    return fail(ErrorCode::Locked, "the home is locked; the interview goes on");
}

void LiveSession::releaseBallast() {
    workflow::releaseBallast(*m_files, m_layout);
}

void LiveSession::renewBallast() {
    workflow::renewBallast(*m_files, m_layout);
}

}  // namespace sotto::workflow
