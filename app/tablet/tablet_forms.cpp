// SPDX-License-Identifier: Apache-2.0
// Forms, asked or handed over: the part of TabletApp that leads there and back.
#include "answering_view_model.h"
#include "participant_view_model.h"
#include "report_copy.h"
#include "role_forms_view_model.h"
#include "tablet_app.h"

namespace sotto::app {

namespace {

FormChoice choiceOf(const QString& form) {
    if (form == kReportCopyForm) return {form, reportCopyForm()};
    return {form, {}};
}

}  // namespace

void TabletApp::showForm(const ParticipantId& participant, const QString& form, const std::function<void()>& after) {
    auto* page = new AnsweringViewModel(m_vault, m_settings, participant, choiceOf(form));
    connect(page, &AnsweringViewModel::finished, this, after);
    connect(page, &AnsweringViewModel::left, this, after);
    connect(page, &AnsweringViewModel::alerted, this, [this, page] { offerSupport(page->takeAlerts()); });
    show(Screen::Form, page);
}

void TabletApp::showHandOver(const ParticipantId& participant, const QString& form,
                             const std::function<void()>& after) {
    auto* page =
        new ParticipantViewModel(m_vault, m_settings, m_pin, m_devices.speech.get(), participant, choiceOf(form));
    connect(page, &ParticipantViewModel::handedOver, this, [this] {
        dismissMessage();
        setHandedOver(true);
    });
    connect(page, &ParticipantViewModel::returned, this, [this, after](const QStringList& alerts) {
        setHandedOver(false);
        after();
        offerSupport(alerts);
    });
    show(Screen::HandOver, page);
}

void TabletApp::offerSupport(const QStringList& protocolHeadings) {
    if (!protocolHeadings.isEmpty()) m_support.openAt(protocolHeadings.constFirst());
}

void TabletApp::setHandedOver(bool handedOver) {
    m_isHandedOver = handedOver;
    m_support.setForParticipant(handedOver);
    emit handedOverChanged();
}

RoleFormsViewModel* TabletApp::formsOf(const ParticipantId& participant, QObject* page,
                                       const std::function<void()>& after) {
    auto* forms = new RoleFormsViewModel(m_vault, m_settings, participant, page);
    connect(forms, &RoleFormsViewModel::askingWanted, this,
            [this, participant, after](const QString& form) { showForm(participant, form, after); });
    connect(forms, &RoleFormsViewModel::handOverWanted, this,
            [this, participant, after](const QString& form) { showHandOver(participant, form, after); });
    return forms;
}

void TabletApp::flushForm() {
    auto* asked = qobject_cast<AnsweringViewModel*>(m_page);
    if (auto* alone = qobject_cast<ParticipantViewModel*>(m_page)) asked = alone->task();
    if (asked != nullptr && asked->form() != nullptr) asked->form()->flush();
}

}  // namespace sotto::app
