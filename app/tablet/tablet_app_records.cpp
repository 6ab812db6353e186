// SPDX-License-Identifier: Apache-2.0
#include "records_view_model.h"
#include "tablet_app.h"

namespace sotto::app {

void TabletApp::openRecords() {
    if (!isUnlocked()) return;
    show(Screen::Records, new RecordsViewModel(m_vault, m_settings));
}

}  // namespace sotto::app
