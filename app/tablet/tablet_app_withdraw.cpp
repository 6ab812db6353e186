// SPDX-License-Identifier: Apache-2.0
// Where taking back leads from and to.
#include "tablet_app.h"
#include "withdraw_view_model.h"

namespace sotto::app {

void TabletApp::openWithdrawal() {
    const bool isAboutSomebody = m_screen == Screen::Person || m_screen == Screen::Interview;
    showWithdrawal(isAboutSomebody ? m_person : std::nullopt);
}

void TabletApp::showWithdrawal(const std::optional<ParticipantId>& participant) {
    auto* page = new WithdrawViewModel(m_vault, m_settings, participant);
    connect(page, &WithdrawViewModel::homeWanted, this, &TabletApp::goHome);
    connect(page, &WithdrawViewModel::personWanted, this, [this](const ParticipantId& person) { showPerson(person); });
    connect(page, &WithdrawViewModel::interviewWanted, this,
            [this](const ParticipantId& person, const SessionId& session) { showInterview(person, session); });
    show(Screen::Withdraw, page);
}

}  // namespace sotto::app
