// SPDX-License-Identifier: Apache-2.0
#include "passphrase_view_model.h"

#include <algorithm>

#include "error_text.h"
#include "secret_text.h"
#include "settings_view_model.h"
#include "vault_thread.h"
#include "workflow/persons.h"

namespace sotto::app {

namespace {

/// Somebody who finds the tablet unlocked must not lock its owner out.
Result<> checkCurrent(Tablet& tablet, ByteView passphrase) {
    SOTTO_ASSIGN(auto* home, tablet.home());
    const auto people = home->keyring().persons();
    const auto self = std::find_if(people.begin(), people.end(), [home](const keyring::Person& person) {
        return person.id == home->keyring().personId();
    });
    const QString name = self == people.end() ? QString() : self->name;
    SOTTO_TRY(home->refuseDuringInterview());
    SOTTO_ASSIGN(const auto opened, keyring::Keyring::unlock(tablet.files(), tablet.options().home, passphrase,
                                                             tablet.clock(), tablet.options().unlockOptions, name));
    if (opened.personId() != home->keyring().personId()) return fail(ErrorCode::WrongPassphrase, "somebody else's");
    return {};
}

Result<> change(Tablet& tablet, ByteView passphrase) {
    SOTTO_ASSIGN(auto* home, tablet.home());
    SOTTO_ASSIGN(const auto options, tablet.options().keyOptions());
    SOTTO_TRY(workflow::changePassphrase(*home, passphrase, options));
    return home->writeAnchors();
}

}  // namespace

PassphraseViewModel::PassphraseViewModel(VaultThread& vault, SettingsViewModel& settings, QObject* parent)
    : QObject(parent), m_vault(&vault), m_settings(&settings) {}

void PassphraseViewModel::begin() {
    goTo(Step::Current);
}

void PassphraseViewModel::enterCurrent(QString typed) {
    auto secret = std::make_shared<crypto::SecureBytes>(takeSecret(typed));
    if (m_isBusy || m_step != Step::Current) return;
    m_isBusy = true;
    setError({});
    m_vault->run(
        this, [secret](Tablet& tablet) { return checkCurrent(tablet, secret->view()); },
        [this](const Result<>& checked) {
            m_isBusy = false;
            if (m_step != Step::Current) return;
            if (!checked) return setError(errorText(checked.error()));
            drawWords();
        });
}

void PassphraseViewModel::drawWords() {
    goTo(Step::Words);
    m_passphrase.draw(m_settings->language());
    emit changed();
}

void PassphraseViewModel::makeOwn() {
    m_passphrase.beginOwn();
    goTo(Step::Own);
}

void PassphraseViewModel::judge(QString typed) {
    m_passphrase.judge(typed);
    emit changed();
}

void PassphraseViewModel::acceptWords() {
    if (m_step == Step::Words) goTo(Step::Confirm);
}

void PassphraseViewModel::acceptOwn(QString typed) {
    if (m_step != Step::Own) return dropSecret(typed);
    const QString wrong = m_passphrase.acceptOwn(typed);
    if (!wrong.isEmpty()) return setError(wrong);
    goTo(Step::Confirm);
}

void PassphraseViewModel::confirm(QString typed) {
    if (m_isBusy || m_step != Step::Confirm) return dropSecret(typed);
    const QString wrong = m_passphrase.confirm(typed);
    if (!wrong.isEmpty()) return setError(wrong);
    m_isBusy = true;
    setError({});
    auto wanted = std::make_shared<crypto::SecureBytes>(m_passphrase.copy());
    m_passphrase.forget();
    m_vault->run(
        this, [wanted](Tablet& tablet) { return change(tablet, wanted->view()); },
        [this](const Result<>& done) {
            m_isBusy = false;
            goTo(done ? Step::Changed : Step::Rest);
            if (done) return;
            // Which one is on the disk after a failed write nobody knows.
            setError(
                done.error().code == ErrorCode::NotAllowed
                    ? errorText(done.error())
                    : tr("%1 Keep both passphrases: one of the two opens the tablet.").arg(errorText(done.error())));
        });
}

void PassphraseViewModel::cancel() {
    if (m_isBusy && m_step == Step::Confirm) return;
    m_passphrase.forget();
    goTo(Step::Rest);
}

void PassphraseViewModel::goTo(Step step) {
    m_step = step;
    m_error.clear();
    m_passphrase.hideWords();
    emit changed();
}

void PassphraseViewModel::setError(const QString& error) {
    m_error = error;
    emit changed();
}

}  // namespace sotto::app
