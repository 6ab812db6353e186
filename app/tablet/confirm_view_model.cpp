// SPDX-License-Identifier: Apache-2.0
#include "confirm_view_model.h"

#include "error_text.h"
#include "vault_thread.h"

namespace sotto::app {

void ConfirmViewModel::stillFine() {
    m_vault->run(
        this,
        [participant = m_participant](Tablet& tablet) {
            tablet.confirmNextInterview(participant);
            return true;
        },
        [this](bool) { emit confirmed(); });
}

void ConfirmViewModel::stop() {
    m_vault->run(
        this,
        [participant = m_participant](Tablet& tablet) -> Result<> {
            SOTTO_ASSIGN(auto* home, tablet.home());
            return home->audit(QStringLiteral("consent.not-confirmed"),
                               {{QStringLiteral("participant"), participant.toString()}});
        },
        [this](const Result<>& noted) {
            if (noted) return emit left();
            m_error = errorText(noted.error());
            emit changed();
        });
}

}  // namespace sotto::app
