// SPDX-License-Identifier: Apache-2.0
// The screens of consent: giving it, confirming it, taking a copy home.
#include "confirm_view_model.h"
#include "consent_view_model.h"
#include "copy_view_model.h"
#include "tablet_app.h"
#include "workflow/confirmation.h"

namespace sotto::app {

void TabletApp::showConsent(const ParticipantId& participant, const std::optional<ParticipantId>& group) {
    m_capture.disarm();  // the statement of an oral consent has the microphone to itself
    auto* page = new ConsentViewModel(m_vault, m_settings, m_devices, participant);
    connect(page, &ConsentViewModel::finished, this, [this, back = group.value_or(participant)] { showPerson(back); });
    show(Screen::Consent, page);
}

void TabletApp::showCopy(const ParticipantId& participant) {
    auto* page = new CopyViewModel(m_vault, m_devices.press, participant);
    connect(page, &CopyViewModel::finished, this, [this, participant] { showPerson(participant); });
    show(Screen::Copy, page);
}

void TabletApp::askThenShowInterview(const ParticipantId& participant) {
    m_vault.run(
        m_page,
        [participant](Tablet& tablet) -> Result<workflow::ToConfirm> {
            SOTTO_ASSIGN(auto* home, tablet.home());
            return workflow::confirmationBefore(*home, participant);
        },
        [this, participant](const Result<workflow::ToConfirm>& asked) {
            // Without a consent the interview's own page says what is missing.
            if (!asked || *asked == workflow::ToConfirm::Nothing) return showInterview(participant, {});
            auto* page = new ConfirmViewModel(m_vault, participant);
            connect(page, &ConfirmViewModel::confirmed, this, [this, participant] { showInterview(participant, {}); });
            connect(page, &ConfirmViewModel::left, this, [this, participant] { showPerson(participant); });
            show(Screen::Confirm, page);
        });
}

}  // namespace sotto::app
