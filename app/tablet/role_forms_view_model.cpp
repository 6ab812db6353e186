// SPDX-License-Identifier: Apache-2.0
#include "role_forms_view_model.h"

#include <algorithm>

#include "consent/consent.h"
#include "error_text.h"
#include "people_list_model.h"
#include "report_copy.h"
#include "settings_view_model.h"
#include "vault_thread.h"

namespace sotto::app {

using Stage = workflow::RoleFormState::Stage;

namespace {

/// A private form is never asked by the interviewer, whatever the study says of it otherwise.
bool isFilledInAlone(const workflow::RoleFormState& state) {
    return state.asked.by == study::FilledBy::Participant || state.form.isPrivate;
}

}  // namespace

RoleFormsViewModel::RoleFormsViewModel(VaultThread& vault, SettingsViewModel& settings,
                                       const ParticipantId& participant, QObject* parent)
    : QObject(parent), m_vault(&vault), m_settings(&settings), m_participant(participant) {
    connect(&settings, &SettingsViewModel::languageChanged, this, &RoleFormsViewModel::changed);
    refresh();
}

void RoleFormsViewModel::refresh() {
    m_vault->run(
        this,
        [participant = m_participant](Tablet& tablet) -> Result<Loaded> {
            SOTTO_ASSIGN(auto* home, tablet.home());
            Loaded loaded;
            SOTTO_ASSIGN(loaded.states, workflow::roleForms(*home, participant));
            SOTTO_ASSIGN(const auto consent, consent::consentInForce(home->sessions(), participant));
            // Nothing is asked of somebody who did not agree to take part.
            if (!consent || !consent->takesPart) return Loaded{};
            loaded.wantsReport =
                consent->allows(study::Permission::ReceiveReport) && home->holds(workflow::Compartment::Identities);
            SOTTO_ASSIGN(const auto progress, people::FilledForms(home->sessions()).progress(participant));
            loaded.gaveAddress = std::ranges::any_of(progress, [](const people::FormProgress& one) {
                return one.form == kReportCopyForm && one.isFinished;
            });
            return loaded;
        },
        [this](Result<Loaded> loaded) {
            m_error = loaded ? QString() : errorText(loaded.error());
            if (loaded) m_loaded = *std::move(loaded);
            emit changed();
        });
}

QString RoleFormsViewModel::textOf(const workflow::RoleFormState& state) const {
    const bool byParticipant = isFilledInAlone(state);
    switch (state.stage) {
        case Stage::Done:
            return tr("Filled in");
        case Stage::Begun:
            return byParticipant ? tr("Begun. They can go on alone.") : tr("Begun. You can go on asking.");
        case Stage::NotBegun:
            break;
    }
    if (byParticipant) {
        return state.asked.moment == study::FormMoment::Before  ? tr("Before the interview, filled in alone")
               : state.asked.moment == study::FormMoment::After ? tr("After the interview, filled in alone")
                                                                : tr("At any time, filled in alone");
    }
    return state.asked.moment == study::FormMoment::Before  ? tr("Before the interview, asked by you")
           : state.asked.moment == study::FormMoment::After ? tr("After the interview, asked by you")
                                                            : tr("At any time, asked by you");
}

QVariantList RoleFormsViewModel::rows() const {
    QVariantList list;
    const QString language = m_settings->language();
    const auto add = [&list](const QString& id, const QString& title, const QString& text, bool done, bool alone,
                             bool opens) {
        list.append(QVariantMap{{QStringLiteral("id"), id},
                                {QStringLiteral("title"), title},
                                {QStringLiteral("text"), text},
                                {QStringLiteral("done"), done},
                                {QStringLiteral("byParticipant"), alone},
                                {QStringLiteral("opens"), opens}});
    };
    for (const workflow::RoleFormState& state : m_loaded.states) {
        add(state.form.id, inLanguage(state.form.title, language), textOf(state), state.stage == Stage::Done,
            isFilledInAlone(state), state.stage != Stage::Done || state.form.kept != study::Kept::Apart);
    }
    if (m_loaded.wantsReport) {
        add(kReportCopyForm, inLanguage(reportCopyForm().title, language),
            m_loaded.gaveAddress ? tr("Address given, kept apart") : tr("They would like the report: where to?"),
            m_loaded.gaveAddress, true, !m_loaded.gaveAddress);
    }
    return list;
}

void RoleFormsViewModel::open(const QString& form) {
    for (const QVariant& row : rows()) {
        const QVariantMap fields = row.toMap();
        if (fields[QStringLiteral("id")].toString() != form || !fields[QStringLiteral("opens")].toBool()) continue;
        return fields[QStringLiteral("byParticipant")].toBool() ? emit handOverWanted(form) : emit askingWanted(form);
    }
}

}  // namespace sotto::app
