// SPDX-License-Identifier: Apache-2.0
#include "first_start_view_model.h"

#include "error_text.h"
#include "people_list_model.h"
#include "settings_view_model.h"
#include "studies/study_choice.h"
#include "vault_thread.h"

namespace sotto::app {

namespace {

constexpr std::uint64_t kMaxSignedPack = 64U << 20;

Result<std::unique_ptr<workflow::Home>> makeHome(Tablet& tablet, ByteView passphrase, const study::SignedPack& study,
                                                 const QString& person) {
    SOTTO_ASSIGN(const auto options, tablet.options().keyOptions());
    return workflow::Home::create(tablet.files(), tablet.options().home, passphrase, study, tablet.clock(), options,
                                  person);
}

/// What is wrong with a file that was to be a study, and what to do.
QString studyFileText(const Error& error) {
    switch (error.code) {
        case ErrorCode::NotFound:
            return FirstStartViewModel::tr(
                "There is no file at this place. Check where it is, or plug the stick in again.");
        case ErrorCode::ParseFailed:
            return FirstStartViewModel::tr(
                "This file is not a study, or only a part of one. Ask the lab for the file that ends in .sottostudy.");
        case ErrorCode::NewerVersion:
            return FirstStartViewModel::tr("This study needs a newer Sotto. Update Sotto, then open it again.");
        case ErrorCode::PermissionDenied:
        case ErrorCode::IoFailed:
            return FirstStartViewModel::tr("This file cannot be read. Copy it to the tablet and open the copy.");
        default:
            return errorText(error);
    }
}

}  // namespace

FirstStartViewModel::FirstStartViewModel(VaultThread& vault, SettingsViewModel& settings, QObject* parent)
    : QObject(parent), m_vault(&vault), m_settings(&settings) {}

QString FirstStartViewModel::studyTitle() const {
    return m_study ? inLanguage(m_study->pack.title, m_settings->language()) : QString();
}

QString FirstStartViewModel::fingerprint() const {
    return m_study ? study::fingerprintWords(m_study->keys.signing, m_settings->language()) : QString();
}

void FirstStartViewModel::chooseLanguage(const QString& language) {
    m_settings->setLanguage(language);
    goTo(Step::Person);
}

void FirstStartViewModel::enterName(const QString& name) {
    m_personName = name.trimmed();
    if (m_personName.isEmpty()) return setError(tr("Enter a name or initials: it tells people on this tablet apart."));
    drawWords();
    goTo(Step::Passphrase);
}

void FirstStartViewModel::drawWords() {
    m_passphrase.draw(m_settings->language());
    m_isOwn = false;
    emit changed();
}

void FirstStartViewModel::makeOwn(bool own) {
    if (!own) return drawWords();
    m_isOwn = true;
    m_passphrase.beginOwn();
    setError({});
}

void FirstStartViewModel::judge(QString typed) {
    m_passphrase.judge(typed);
    emit changed();
}

void FirstStartViewModel::acceptWords() {
    goTo(Step::Confirm);
}

void FirstStartViewModel::acceptOwn(QString typed) {
    const QString wrong = m_passphrase.acceptOwn(typed);
    if (!wrong.isEmpty()) return setError(wrong);
    goTo(Step::Confirm);
}

void FirstStartViewModel::confirm(QString typed) {
    const QString wrong = m_passphrase.confirm(typed);
    if (!wrong.isEmpty()) return setError(wrong);
    goTo(Step::Study);
}

void FirstStartViewModel::takePracticeStudy() {
    if (m_isBusy) return;
    setBusy(true);
    m_vault->run(
        this,
        [](Tablet& tablet) {
            return studyForNewHome(tablet.files(), {std::nullopt, std::nullopt, tablet.options().home});
        },
        [this](Result<study::SignedPack> study) { studyRead(std::move(study)); });
}

void FirstStartViewModel::importStudy(const QString& path) {
    if (m_isBusy) return;
    setBusy(true);
    m_vault->run(
        this,
        [path](Tablet& tablet) -> Result<study::SignedPack> {
            SOTTO_ASSIGN(const Bytes bytes, readFile(tablet.files(), path.trimmed().toStdString(), kMaxSignedPack));
            return study::openSignedPack(bytes, std::nullopt);
        },
        [this](Result<study::SignedPack> study) { studyRead(std::move(study)); });
}

void FirstStartViewModel::studyRead(Result<study::SignedPack> study) {
    m_isBusy = false;
    if (!study) return setError(studyFileText(study.error()));
    m_study = std::make_shared<study::SignedPack>(*std::move(study));
    goTo(Step::Trust);
}

void FirstStartViewModel::create() {
    if (m_isBusy || !m_study || m_passphrase.isEmpty()) return;
    setBusy(true);
    auto passphrase = std::make_shared<crypto::SecureBytes>(m_passphrase.copy());
    m_vault->run(
        this,
        [passphrase, study = m_study, person = m_personName](Tablet& tablet) -> Result<> {
            SOTTO_ASSIGN(auto home, makeHome(tablet, passphrase->view(), *study, person));
            tablet.take(std::move(home));
            return {};
        },
        [this](Result<> made) {
            setBusy(false);
            if (!made) return setError(errorText(made.error()));
            m_passphrase.forget();
            emit created();
        });
}

void FirstStartViewModel::back() {
    if (m_isBusy || m_step == Step::Language) return;
    // A passphrase that was confirmed is not shown again: a new one is drawn instead.
    const auto previous = static_cast<Step>(static_cast<int>(m_step) - 1);
    const Step target = m_step == Step::Study ? Step::Passphrase : previous;
    if (target == Step::Passphrase) drawWords();
    goTo(target);
}

void FirstStartViewModel::goTo(Step step) {
    if (step != Step::Passphrase) m_passphrase.hideWords();
    m_step = step;
    m_error.clear();
    emit changed();
}

void FirstStartViewModel::setError(const QString& error) {
    m_error = error;
    emit changed();
}

void FirstStartViewModel::setBusy(bool busy) {
    m_isBusy = busy;
    m_error.clear();
    emit changed();
}

}  // namespace sotto::app
