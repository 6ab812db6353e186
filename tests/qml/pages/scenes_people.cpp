// SPDX-License-Identifier: Apache-2.0
// The screens before a meeting: somebody is named, agrees, and is asked whether the study suits them.
#include "scenes.h"
#include "tablet/form_view_model.h"
#include "tablet/screening_view_model.h"
#include "tablet/waiting_view_model.h"

namespace sotto::test {

using Screen = app::TabletApp::Screen;
using Step = app::ScreeningViewModel::Step;

bool Scenes::beforeTheMeeting(const Visit& visit) {
    const QString pseudonym = m_tablet.page<app::PersonViewModel>()->pseudonym();
    if (!press(QStringLiteral("nominate"))) return false;
    stop(QStringLiteral("14a-name-somebody"), visit);
    closeSheet();
    auto* nominate = m_tablet.page<app::PersonViewModel>()->nominate();
    nominate->nominate(QStringLiteral("friend"), QStringLiteral("permits"), QStringLiteral("Alex Tremblay"),
                       QStringLiteral("514 555-0199"), {QStringLiteral("study-topic")});
    if (!QTest::qWaitFor([&] { return !nominate->named().isEmpty(); }, 5000)) return false;
    m_tablet.app->openWaiting();
    auto* waiting = m_tablet.page<app::WaitingViewModel>();
    if (!QTest::qWaitFor([&] { return !waiting->waiting().isEmpty(); }, 5000)) return false;
    const QString place = waiting->waiting().constFirst().toMap()[QStringLiteral("id")].toString();
    waiting->reveal(place);
    stop(QStringLiteral("14b-waiting"), visit);
    waiting->accept(place, {});
    if (!m_tablet.isOn(Screen::Person) || !m_tablet.personLoaded() || !screening(visit)) return false;
    m_tablet.app->openFlow();
    stop(QStringLiteral("14f-flow"), visit);
    m_tablet.app->goHome();
    if (!m_tablet.loaded()) return false;
    auto* people = m_tablet.page<app::HomeViewModel>()->people();
    people->filter(pseudonym);
    m_tablet.page<app::HomeViewModel>()->open(
        people->data(people->index(0), app::PeopleListModel::Participant).toString());
    return m_tablet.isOn(Screen::Person) && m_tablet.personLoaded();
}

/// From the page of somebody who is to be asked, until they are erased.
bool Scenes::screening(const Visit& visit) {
    m_tablet.page<app::PersonViewModel>()->takeNextStep();
    if (!m_tablet.isOn(Screen::Screening)) return false;
    auto* screening = m_tablet.page<app::ScreeningViewModel>();
    const auto at = [&](Step step) {
        return QTest::qWaitFor([&] { return screening->step() == step && !screening->isBusy(); }, 20'000);
    };
    if (!at(Step::Ask)) return false;
    stop(QStringLiteral("14c-screening-ask"), visit);
    screening->agree(QStringLiteral("telephone"));
    if (!at(Step::Form)) return false;
    screening->form()->start();
    while (screening->form()->step() == app::FormViewModel::Step::Item && screening->form()->index() < 1)
        screening->form()->next();
    stop(QStringLiteral("14d-screening-question"), visit);
    screening->decline();
    if (!at(Step::Wiped)) return false;
    stop(QStringLiteral("14e-screening-erased"), visit);
    screening->leave();
    return m_tablet.isOn(Screen::Home) && m_tablet.loaded();
}

}  // namespace sotto::test
