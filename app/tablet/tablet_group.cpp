// SPDX-License-Identifier: Apache-2.0
// Where groups lead: the second half of TabletApp.
#include "group_view_model.h"
#include "interview_view_model.h"
#include "tablet_app.h"

namespace sotto::app {

void TabletApp::showGroup(const ParticipantId& group) {
    auto* page = new GroupViewModel(m_vault, m_settings, m_capture, group);
    connect(page, &GroupViewModel::consentWanted, this,
            [this, group](const ParticipantId& participant) { showConsent(participant, group); });
    connect(page, &GroupViewModel::personWanted, this, &TabletApp::showPerson);
    connect(page, &GroupViewModel::interviewWanted, this,
            [this, group](const workflow::GroupChoice& choice) { showInterview(group, {}, choice); });
    connect(page, &GroupViewModel::goOnWanted, this,
            [this, group](const SessionId& session) { showInterview(group, session); });
    connect(page, &GroupViewModel::wrapUpWanted, this,
            [this, group](const SessionId& session) { showWrapUp(session, group); });
    connect(page, &GroupViewModel::listeningWanted, this,
            [this, group](const SessionId& session) { showPlayback(session, group); });
    connect(page, &GroupViewModel::sendingWanted, this, &TabletApp::openOutbox);
    show(Screen::Group, page);
}

}  // namespace sotto::app
