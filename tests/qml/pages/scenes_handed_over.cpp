// SPDX-License-Identifier: Apache-2.0
// The participant's turn: every kind of question of the practice study.
#include "scenes.h"
#include "tablet/participant_view_model.h"
#include "tablet/role_forms_view_model.h"

namespace sotto::test {

using Screen = app::TabletApp::Screen;

bool Scenes::handedOver(const Visit& visit) {
    using Kind = app::FormViewModel::Kind;
    m_tablet.app->goHome();
    if (!m_tablet.loaded() || !m_tablet.enrol(QStringLiteral("caregiver")) || !m_tablet.consent()) return false;
    m_tablet.settle();
    m_tablet.page<app::PersonViewModel>()->forms()->open(QStringLiteral("context"));
    if (!m_tablet.isOn(Screen::HandOver)) return false;
    auto* turn = m_tablet.page<app::ParticipantViewModel>();
    if (!QTest::qWaitFor([&] { return turn->task()->form() != nullptr; }, 5000)) return false;
    stop(QStringLiteral("60-hand-over"), visit);
    if (!turn->choosePin(QStringLiteral("2468"))) return false;
    turn->handOver();
    turn->chooseLanguage(m_tablet.app->settings()->language());
    auto* form = turn->task()->form();
    stop(QStringLiteral("61-form-intro"), visit);
    form->start();
    form->choose(QStringLiteral("other"));
    stop(QStringLiteral("62-form-single-other"), visit);
    form->write(QStringLiteral("x"));
    for (form->next(); form->step() == app::FormViewModel::Step::Item; form->next()) {
        if (form->kind() == Kind::Date) stop(QStringLiteral("63-form-date"), visit);
        if (form->kind() == Kind::Number) {
            form->write(QStringLiteral("1000"));
            stop(QStringLiteral("64-form-number-fault"), visit);
            form->write(QStringLiteral("0"));
        }
        if (form->kind() == Kind::Parts) stop(QStringLiteral("65-form-parts"), visit);
    }
    stop(QStringLiteral("66-form-end"), visit);
    turn->askBack();
    stop(QStringLiteral("67-hand-over-return"), visit);
    turn->comeBack(QStringLiteral("2468"));
    if (!m_tablet.isOn(Screen::Person) || !m_tablet.personLoaded()) return false;
    stop(QStringLiteral("68-person-with-forms"), visit);
    return true;
}

}  // namespace sotto::test
