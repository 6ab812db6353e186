// SPDX-License-Identifier: Apache-2.0
#include "answering_view_model.h"

#include "error_text.h"
#include "people/people.h"
#include "settings_view_model.h"
#include "vault_thread.h"
#include "workflow/answering.h"

namespace sotto::app {

AnsweringViewModel::AnsweringViewModel(VaultThread& vault, SettingsViewModel& settings,
                                       const ParticipantId& participant, FormChoice choice, QObject* parent)
    : QObject(parent), m_vault(&vault), m_settings(&settings), m_participant(participant) {
    load(std::move(choice));
}

AnsweringViewModel::~AnsweringViewModel() = default;

void AnsweringViewModel::load(FormChoice choice) {
    m_vault->run(
        this,
        [participant = m_participant, choice = std::move(choice)](Tablet& tablet) -> Result<Loaded> {
            SOTTO_ASSIGN(auto* home, tablet.home());
            auto begun = choice.own ? workflow::Answering::begin(*home, participant, *choice.own)
                                    : workflow::Answering::begin(*home, participant, choice.id);
            if (!begun) return Failure(std::move(begun).error());
            SOTTO_ASSIGN(const auto known, people::Participants(home->sessions()).find(participant));
            return Loaded{std::make_shared<workflow::Answering>(*std::move(begun)),
                          known ? known->pseudonym : QString()};
        },
        [this](const Result<Loaded>& loaded) {
            if (!loaded) return setError(errorText(loaded.error()));
            show(*loaded);
        });
}

void AnsweringViewModel::show(const Loaded& loaded) {
    m_answering = loaded.answering;
    m_pseudonym = loaded.pseudonym;
    const AnswerSaver save = [this, answering = m_answering](
                                 const QString& item, const std::optional<study::Answer>& answer,
                                 const std::function<void(const Result<QStringList>&)>& then) {
        m_vault->run(
            this,
            [answering, item, answer](Tablet& tablet) -> Result<QStringList> {
                SOTTO_ASSIGN(auto* home, tablet.home());
                return answering->keep(*home, item, answer);
            },
            [then](const Result<QStringList>& alerts) { then(alerts); });
    };
    m_form = std::make_unique<FormViewModel>(m_answering->form(), m_settings->language(), m_answering->known(), save);
    connect(m_form.get(), &FormViewModel::finished, this, &AnsweringViewModel::finish);
    connect(m_form.get(), &FormViewModel::left, this, &AnsweringViewModel::left);
    connect(m_form.get(), &FormViewModel::alerted, this, [this](const QString& heading) {
        if (!m_alerts.contains(heading)) m_alerts.append(heading);
        emit alerted();
    });
    emit changed();
}

QStringList AnsweringViewModel::languages() const {
    QStringList all;
    if (!m_form) return all;
    for (const auto& [language, title] : m_form->form().title)
        all.append(language);
    return all;
}

void AnsweringViewModel::speak(const QString& language) {
    if (m_form) m_form->speak(language);
    emit changed();
}

void AnsweringViewModel::finish() {
    m_vault->run(
        this,
        [answering = m_answering](Tablet& tablet) -> Result<> {
            SOTTO_ASSIGN(auto* home, tablet.home());
            return answering->finish(*home);
        },
        [this](const Result<>& done) {
            if (!done) return setError(errorText(done.error()));
            emit finished();
        });
}

void AnsweringViewModel::setError(const QString& error) {
    m_error = error;
    emit changed();
}

}  // namespace sotto::app
