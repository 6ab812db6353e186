// SPDX-License-Identifier: Apache-2.0
// Where what comes before the meeting leads: screening, empty places, the counts of the study.
#include "flow_view_model.h"
#include "screening_view_model.h"
#include "tablet_app.h"
#include "waiting_view_model.h"

namespace sotto::app {

void TabletApp::showScreening(const ParticipantId& participant) {
    auto* page = new ScreeningViewModel(m_vault, m_settings, participant);
    connect(page, &ScreeningViewModel::supportWanted, this,
            [this](const QString& heading) { m_support.openAt(heading); });
    connect(page, &ScreeningViewModel::finished, this, [this, participant] { showPerson(participant); });
    connect(page, &ScreeningViewModel::gone, this, &TabletApp::goHome);
    show(Screen::Screening, page);
}

void TabletApp::openWaiting() {
    auto* page = new WaitingViewModel(m_vault, m_settings);
    connect(page, &WaitingViewModel::personChosen, this, &TabletApp::showPerson);
    show(Screen::Waiting, page);
}

void TabletApp::openFlow() {
    show(Screen::Flow, new FlowViewModel(m_vault, m_settings));
}

}  // namespace sotto::app
