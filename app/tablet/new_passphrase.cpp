// SPDX-License-Identifier: Apache-2.0
#include "new_passphrase.h"

#include <array>

#include "assets/assets.h"
#include "keyring/passphrase.h"
#include "keyring/strength.h"
#include "secret_text.h"

namespace sotto::app {

namespace {

std::array<keyring::WordList, 2> wordLists() {
    return {assets::words(assets::WordLanguage::French), assets::words(assets::WordLanguage::English)};
}

}  // namespace

NewPassphrase::~NewPassphrase() {
    dropSecret(m_shownWords);
}

void NewPassphrase::draw(const QString& language) {
    const auto words = language == u"fr" ? assets::WordLanguage::French : assets::WordLanguage::English;
    m_secret = keyring::generatePassphrase(assets::words(words), keyring::kUsualWords);
    dropSecret(m_shownWords);
    m_shownWords = showSecret(m_secret);
}

void NewPassphrase::beginOwn() {
    forget();
    m_isStrongEnough = false;
    m_strengthText.clear();
}

void NewPassphrase::judge(QString& typed) {
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
}

QString NewPassphrase::acceptOwn(QString& typed) {
    auto secret = takeSecret(typed);
    const auto lists = wordLists();
    if (!keyring::checkOwnPassphrase(secret.view(), lists)) {
        return tr("Too easy to guess. Add words that do not belong together.");
    }
    m_secret = std::move(secret);
    return {};
}

QString NewPassphrase::confirm(QString& typed) const {
    const auto secret = takeSecret(typed);
    if (crypto::equalConstantTime(secret.view(), m_secret.view())) return {};
    return tr("That is not the same. Look at what you wrote down, or go back for another one.");
}

void NewPassphrase::hideWords() {
    dropSecret(m_shownWords);
}

void NewPassphrase::forget() {
    dropSecret(m_shownWords);
    m_secret.wipe();
}

}  // namespace sotto::app
