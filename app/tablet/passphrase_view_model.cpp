// SPDX-License-Identifier: Apache-2.0
#include "passphrase_view_model.h"

#include <algorithm>
#include <array>

#include "assets/assets.h"
#include "error_text.h"
#include "keyring/passphrase.h"
#include "keyring/strength.h"
#include "secret_text.h"
#include "settings_view_model.h"
#include "vault_thread.h"
#include "workflow/persons.h"

namespace sotto::app {

namespace {

std::array<keyring::WordList, 2> wordLists() {
    return {assets::words(assets::WordLanguage::French), assets::words(assets::WordLanguage::English)};
}

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

PassphraseViewModel::~PassphraseViewModel() {
    dropSecret(m_shownWords);
}

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
    const bool isFrench = m_settings->language() == u"fr";
    goTo(Step::Words);
    m_passphrase = keyring::generatePassphrase(
        assets::words(isFrench ? assets::WordLanguage::French : assets::WordLanguage::English), keyring::kUsualWords);
    m_shownWords = showSecret(m_passphrase);
    emit changed();
}

void PassphraseViewModel::makeOwn() {
    m_isStrongEnough = false;
    m_strengthText.clear();
    m_passphrase.wipe();
    goTo(Step::Own);
}

void PassphraseViewModel::judge(QString typed) {
    const auto secret = takeSecret(typed);
    const auto lists = wordLists();
    const auto strength = keyring::passphraseStrength(secret.view(), lists);
    m_isStrongEnough = !secret.isEmpty() && strength.level != keyring::StrengthLevel::TooWeak;
    switch (strength.level) {
        case keyring::StrengthLevel::TooWeak:
            m_strengthText = tr("Too easy to guess. Add words that do not belong together.");
            break;
        case keyring::StrengthLevel::Weak:
            m_strengthText = tr("Accepted, but weaker than four random words.");
            break;
        case keyring::StrengthLevel::Fair:
            m_strengthText = tr("Fair: weaker than five random words.");
            break;
        case keyring::StrengthLevel::Strong:
            m_strengthText = tr("Strong: as good as five random words.");
            break;
    }
    if (secret.isEmpty()) m_strengthText.clear();
    emit changed();
}

void PassphraseViewModel::acceptWords() {
    if (m_step == Step::Words) goTo(Step::Confirm);
}

void PassphraseViewModel::acceptOwn(QString typed) {
    auto secret = takeSecret(typed);
    const auto lists = wordLists();
    if (m_step != Step::Own) return;
    if (!keyring::checkOwnPassphrase(secret.view(), lists))
        return setError(tr("Too easy to guess. Add words that do not belong together."));
    m_passphrase = std::move(secret);
    goTo(Step::Confirm);
}

void PassphraseViewModel::confirm(QString typed) {
    const auto secret = takeSecret(typed);
    if (m_isBusy || m_step != Step::Confirm) return;
    if (!crypto::equalConstantTime(secret.view(), m_passphrase.view()))
        return setError(tr("That is not the same. Look at what you wrote down, or go back for another one."));
    m_isBusy = true;
    setError({});
    auto wanted = std::make_shared<crypto::SecureBytes>(std::move(m_passphrase));
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
    m_passphrase.wipe();
    goTo(Step::Rest);
}

void PassphraseViewModel::goTo(Step step) {
    m_step = step;
    m_error.clear();
    dropSecret(m_shownWords);
    emit changed();
}

void PassphraseViewModel::setError(const QString& error) {
    m_error = error;
    emit changed();
}

}  // namespace sotto::app
