// SPDX-License-Identifier: Apache-2.0
#include "copy_view_model.h"

#include "consent/code.h"
#include "error_text.h"
#include "vault_thread.h"
#include "workflow/participant_copy.h"

namespace sotto::app {

namespace {

using State = CopyViewModel::State;

State stateOf(const std::optional<consent::Copy>& copy) {
    if (!copy) return State::None;
    switch (copy->state) {
        case consent::CopyState::Owed:
            return State::Owed;
        case consent::CopyState::Given:
            return State::Given;
        case consent::CopyState::NotWanted:
            return State::NotWanted;
    }
    return State::None;
}

}  // namespace

CopyViewModel::CopyViewModel(VaultThread& vault, std::shared_ptr<const consent::Press> press,
                             const ParticipantId& participant, QObject* parent)
    : QObject(parent), m_vault(&vault), m_press(std::move(press)), m_participant(participant) {
    m_vault->run(
        this,
        [participant](Tablet& tablet) -> Result<Loaded> {
            SOTTO_ASSIGN(auto* home, tablet.home());
            SOTTO_ASSIGN(const auto copy, consent::copyOf(home->sessions(), participant));
            SOTTO_ASSIGN(const auto code, workflow::codeOf(*home, participant));
            return Loaded{stateOf(copy), code.isEmpty() ? code : consent::shownCode(code), {}};
        },
        [this](Result<Loaded> loaded) { show(std::move(loaded)); });
}

void CopyViewModel::show(Result<Loaded> loaded) {
    m_isBusy = false;
    m_error = loaded ? QString() : errorText(loaded.error());
    if (loaded) {
        m_state = loaded->state;
        if (!loaded->code.isEmpty()) m_code = loaded->code;
        if (!loaded->savedAs.isEmpty()) m_savedAs = loaded->savedAs;
    }
    emit changed();
}

void CopyViewModel::save(const QString& folder, bool small) {
    if (m_isBusy || !m_press || folder.trimmed().isEmpty()) return;
    m_isBusy = true;
    emit changed();
    m_vault->run(
        this,
        [participant = m_participant, press = m_press, folder = Path(folder.trimmed().toStdString()),
         small](Tablet& tablet) -> Result<Loaded> {
            SOTTO_ASSIGN(auto* home, tablet.home());
            SOTTO_ASSIGN(const Path saved,
                         workflow::saveCopy(*home, participant, *press, folder,
                                            small ? consent::PageSize::A5 : consent::PageSize::Letter));
            return Loaded{State::Given, {}, QString::fromStdString(saved.filename().string())};
        },
        [this](Result<Loaded> loaded) { show(std::move(loaded)); });
}

void CopyViewModel::set(consent::CopyState state) {
    if (m_isBusy) return;
    m_vault->run(
        this,
        [participant = m_participant, state](Tablet& tablet) -> Result<Loaded> {
            SOTTO_ASSIGN(auto* home, tablet.home());
            SOTTO_TRY(workflow::noteCopy(*home, participant, state));
            SOTTO_ASSIGN(const auto copy, consent::copyOf(home->sessions(), participant));
            return Loaded{stateOf(copy), {}, {}};
        },
        [this](Result<Loaded> loaded) { show(std::move(loaded)); });
}

void CopyViewModel::handedOver() {
    set(consent::CopyState::Given);
}

void CopyViewModel::later() {
    set(consent::CopyState::Owed);
}

void CopyViewModel::doWithout() {
    set(consent::CopyState::NotWanted);
}

}  // namespace sotto::app
