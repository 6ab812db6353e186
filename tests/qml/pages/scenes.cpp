// SPDX-License-Identifier: Apache-2.0
#include "scenes.h"

#include <tuple>

#include "base/check.h"
#include "tablet/group_view_model.h"
#include "tablet/withdraw_view_model.h"

namespace sotto::test {

using Screen = app::TabletApp::Screen;

namespace {

void collect(QQuickItem* item, const QString& name, QQuickItem*& found) {
    if (found != nullptr || !item->isVisible()) return;
    if (item->objectName() == name) {
        found = item;
        return;
    }
    for (QQuickItem* child : item->childItems())
        collect(child, name, found);
}

}  // namespace

Scenes::Scenes() {
    m_engine.addImportPath(QStringLiteral("qrc:/qt/qml"));
    m_translation = std::make_unique<app::Translation>(*m_tablet.app->settings(), m_engine);
    m_engine.setInitialProperties({{QStringLiteral("app"), QVariant::fromValue(m_tablet.app.get())}});
    m_engine.load(QUrl(QStringLiteral("qrc:/qt/qml/Sotto/Pages/Main.qml")));
    SOTTO_CHECK(!m_engine.rootObjects().isEmpty());
    m_window = qobject_cast<QQuickWindow*>(m_engine.rootObjects().constFirst());
    SOTTO_CHECK(m_window != nullptr);
}

QQuickItem* Scenes::item(const QString& name) const {
    QQuickItem* found = nullptr;
    collect(m_window->contentItem(), name, found);
    return found;
}

bool Scenes::press(const QString& name) {
    QQuickItem* target = nullptr;
    if (!QTest::qWaitFor([&] { return (target = item(name)) != nullptr && target->isEnabled(); }, 5000)) return false;
    return QMetaObject::invokeMethod(target, "clicked");
}

void Scenes::closeSheet() {
    QTest::keyClick(m_window, Qt::Key_Escape);
    QTest::qWait(400);
}

void Scenes::stop(const QString& scene, const Visit& visit) {
    m_where = scene;
    m_tablet.settle();
    QTest::qWait(300);  // a sheet comes up in this time
    visit(scene);
}

bool Scenes::walk(const Visit& visit) {
    return firstStart(visit) && people(visit) && consent(visit) && interview(visit) && afterwards(visit) &&
           group(visit) && handedOver(visit);
}

bool Scenes::firstStart(const Visit& visit) {
    if (!m_tablet.isOn(Screen::FirstStart)) return false;
    const QString language = m_tablet.app->settings()->language();
    auto* start = m_tablet.page<app::FirstStartViewModel>();
    stop(QStringLiteral("01-language"), visit);
    start->chooseLanguage(language);
    stop(QStringLiteral("02-person"), visit);
    start->enterName(QStringLiteral("Léa"));
    m_tablet.passphrase = start->generatedWords();
    stop(QStringLiteral("03-words"), visit);
    start->makeOwn(true);
    start->judge(QStringLiteral("abc"));
    stop(QStringLiteral("04-own-passphrase"), visit);
    start->makeOwn(false);
    m_tablet.passphrase = start->generatedWords();
    start->acceptWords();
    start->confirm(QStringLiteral("something else"));
    stop(QStringLiteral("05-confirm-wrong"), visit);
    start->confirm(QString(m_tablet.passphrase));
    stop(QStringLiteral("06-study"), visit);
    start->takePracticeStudy();
    if (!QTest::qWaitFor([&] { return start->step() == app::FirstStartViewModel::Step::Trust; }, 20'000)) return false;
    stop(QStringLiteral("07-trust"), visit);
    start->create();
    return m_tablet.isOn(Screen::Home) && m_tablet.loaded();
}

bool Scenes::people(const Visit& visit) {
    stop(QStringLiteral("08-home-empty"), visit);
    if (!press(QStringLiteral("add"))) return false;
    stop(QStringLiteral("09-new-person"), visit);
    closeSheet();
    m_tablet.app->support()->setOpen(true);
    stop(QStringLiteral("10-support"), visit);
    m_tablet.app->support()->setOpen(false);
    QTest::qWait(400);
    m_tablet.app->lock();
    if (!m_tablet.isOn(Screen::Unlock)) return false;
    stop(QStringLiteral("11-unlock"), visit);
    m_tablet.page<app::UnlockViewModel>()->unlock({}, QStringLiteral("wrong words entirely"));
    stop(QStringLiteral("12-unlock-wrong"), visit);
    if (!m_tablet.unlock() || !m_tablet.enrol(QStringLiteral("caregiver"))) return false;
    m_tablet.app->goHome();
    if (!m_tablet.loaded() || !m_tablet.enrol()) return false;
    stop(QStringLiteral("13-person-new"), visit);
    if (!press(QStringLiteral("contact"))) return false;
    stop(QStringLiteral("14-contacts"), visit);
    closeSheet();
    return beforeTheMeeting(visit);
}

/// On paper and by voice, and back to the glass.
bool Scenes::otherConsent(app::ConsentViewModel& form, const Visit& visit) {
    using Step = app::ConsentViewModel::Step;
    form.askManner();
    stop(QStringLiteral("15-consent-manner"), visit);
    for (const auto& [kind, last, scene] : {std::tuple{"paper", Step::Picture, "15-consent-picture"},
                                            std::tuple{"oral", Step::Statement, "15-consent-statement"}}) {
        form.chooseManner(QLatin1String(kind));
        m_tablet.settle();
        for (int i = 0; i < 40 && form.step() != last; ++i) {
            if (form.step() == Step::Item) form.answerItem(true);
            form.next();
        }
        if (form.step() != last) return false;
        stop(QLatin1String(scene), visit);
        form.askManner();
    }
    form.chooseManner(QStringLiteral("glass"));
    return form.step() == Step::Read;
}

bool Scenes::consent(const Visit& visit) {
    using Step = app::ConsentViewModel::Step;
    m_tablet.page<app::PersonViewModel>()->takeNextStep();
    if (!m_tablet.isOn(Screen::Consent)) return false;
    auto* form = m_tablet.page<app::ConsentViewModel>();
    if (!QTest::qWaitFor([&] { return form->step() == Step::Language; }, 5000)) return false;
    stop(QStringLiteral("15-consent-language"), visit);
    form->chooseLanguage(m_tablet.app->settings()->language());
    if (!otherConsent(*form, visit)) return false;
    stop(QStringLiteral("16-consent-read"), visit);
    while (form->step() == Step::Read)
        form->next();
    stop(QStringLiteral("17-consent-item"), visit);
    while (form->step() == Step::Item) {
        form->answerItem(true);
        form->next();
    }
    stop(QStringLiteral("18-consent-summary"), visit);
    form->next();
    const QVariantList stroke{QPointF(100, 200), QPointF(300, 100), QPointF(500, 250), QPointF(700, 120)};
    form->keepParticipantStrokes({QVariant(stroke)});
    form->setMark(true);
    form->next();
    stop(QStringLiteral("19-consent-witness"), visit);
    form->back();
    form->setMark(false);
    stop(QStringLiteral("19-consent-sign"), visit);
    form->next();
    form->keepInterviewerStrokes({QVariant(stroke)});
    stop(QStringLiteral("20-consent-interviewer"), visit);
    form->sign();
    if (!QTest::qWaitFor([&] { return form->step() == Step::Done; }, 5000)) return false;
    stop(QStringLiteral("21-consent-done"), visit);
    m_tablet.app->goHome();
    if (!m_tablet.loaded()) return false;
    stop(QStringLiteral("21-home-copy-owed"), visit);
    m_tablet.app->copiesOwed()->open(0);
    if (!m_tablet.isOn(Screen::Copy)) return false;
    stop(QStringLiteral("21-copy"), visit);
    m_tablet.page<app::CopyViewModel>()->doWithout();
    m_tablet.settle();
    stop(QStringLiteral("21-no-copy"), visit);
    m_tablet.page<app::CopyViewModel>()->finish();
    if (!m_tablet.isOn(Screen::Person) || !m_tablet.personLoaded()) return false;
    stop(QStringLiteral("22-person-consented"), visit);
    if (!press(QStringLiteral("homeVisit"))) return false;
    stop(QStringLiteral("22-home-visit"), visit);
    closeSheet();
    return true;
}

bool Scenes::interview(const Visit& visit) {
    using State = app::InterviewViewModel::State;
    auto* interview = m_tablet.beginInterview();
    if (interview == nullptr || interview->state() != State::Ready) return false;
    interview->around()->sayEarshot(true);
    interview->around()->addPerson(QStringLiteral("interpreter"), true, true);
    stop(QStringLiteral("23-interview-ready"), visit);
    if (!press(QStringLiteral("people")) || !press(QStringLiteral("add-other"))) return false;
    stop(QStringLiteral("23-who-is-here"), visit);
    closeSheet();
    interview->record();
    if (!QTest::qWaitFor([&] { return interview->state() == State::Recording; }, 5000)) return false;
    interview->mark();
    stop(QStringLiteral("24-interview-recording"), visit);
    for (const auto& [key, scene] : {std::pair{"guide", "25-interview-guide"}, std::pair{"note", "26-interview-note"},
                                     std::pair{"more", "27-interview-more"}}) {
        if (!press(QLatin1String(key))) return false;
        stop(QLatin1String(scene), visit);
        closeSheet();
    }
    if (!QTest::qWaitFor([&] { return m_tablet.app->vault().live().positionMs > 500; }, 5000)) return false;
    interview->someoneCame();
    stop(QStringLiteral("28-cover"), visit);
    if (!interview->choosePin(QStringLiteral("1234")) || !interview->uncover(QStringLiteral("1234"))) return false;
    stop(QStringLiteral("28-somebody-came-in"), visit);
    interview->around()->keepAll();
    QTest::qWait(400);
    stop(QStringLiteral("28-interview-off-record"), visit);
    interview->pause();
    stop(QStringLiteral("28-interview-paused"), visit);
    m_tablet.app->lock();
    m_tablet.app->support()->openAt(QStringLiteral("danger"));
    m_tablet.app->support()->tick(1);
    stop(QStringLiteral("29-support-locked"), visit);
    m_tablet.app->support()->setOpen(false);
    QTest::qWait(400);
    interview->uncoverWithPassphrase(QStringLiteral("wrong words entirely"));
    stop(QStringLiteral("29-locked-interview"), visit);
    interview->uncoverWithPassphrase(m_tablet.passphrase);
    if (!QTest::qWaitFor([&] { return !interview->isCovered(); }, 5000)) return false;
    m_tablet.sound->control()->isPlugged = false;
    if (!QTest::qWaitFor([&] { return interview->alarm() != app::InterviewViewModel::Alarm::None; }, 5000))
        return false;
    stop(QStringLiteral("30-interview-alarm"), visit);
    m_tablet.sound->control()->isPlugged = true;
    interview->end();
    return m_tablet.isOn(Screen::WrapUp);
}

/// Undecided, and on after all: the interview is there as before.
bool Scenes::takingBack(const Visit& visit) {
    using State = app::WithdrawViewModel::State;
    const auto isAt = [this](State state) {
        return m_tablet.isOn(Screen::Withdraw) &&
               QTest::qWaitFor([&] { return m_tablet.page<app::WithdrawViewModel>()->state() == state; }, 20'000);
    };
    m_tablet.app->openWithdrawal();
    if (!isAt(State::Choosing)) return false;
    stop(QStringLiteral("70-withdraw"), visit);
    if (!press(QStringLiteral("wishLater"))) return false;
    stop(QStringLiteral("71-withdraw-later"), visit);
    closeSheet();
    m_tablet.page<app::WithdrawViewModel>()->decideLater(7);
    if (!isAt(State::Done)) return false;
    stop(QStringLiteral("72-withdraw-done"), visit);
    m_tablet.page<app::WithdrawViewModel>()->leave();
    if (!m_tablet.isOn(Screen::Person) || !m_tablet.personLoaded()) return false;
    m_tablet.app->openWithdrawal();
    if (!isAt(State::Choosing)) return false;
    m_tablet.page<app::WithdrawViewModel>()->goOn();
    if (!isAt(State::Done)) return false;
    m_tablet.page<app::WithdrawViewModel>()->leave();
    return m_tablet.isOn(Screen::Person) && m_tablet.personLoaded();
}

bool Scenes::afterwards(const Visit& visit) {
    auto* wrapUp = m_tablet.page<app::WrapUpViewModel>();
    if (!QTest::qWaitFor([&] { return wrapUp->state() == app::WrapUpViewModel::State::Open; }, 5000)) return false;
    stop(QStringLiteral("31-wrap-up"), visit);
    wrapUp->seal();
    if (!QTest::qWaitFor([&] { return wrapUp->state() == app::WrapUpViewModel::State::Sealed; }, 20'000)) return false;
    stop(QStringLiteral("32-sealed"), visit);
    wrapUp->finish();
    if (!m_tablet.isOn(Screen::Person) || !m_tablet.personLoaded()) return false;
    stop(QStringLiteral("33-person-sealed"), visit);
    if (!takingBack(visit)) return false;
    m_tablet.page<app::PersonViewModel>()->listen();
    if (!m_tablet.isOn(Screen::Playback)) return false;
    stop(QStringLiteral("34-reason"), visit);
    m_tablet.page<app::PlaybackViewModel>()->giveReason(QStringLiteral("check"));
    if (!QTest::qWaitFor([&] { return m_tablet.page<app::PlaybackViewModel>()->isOpen(); }, 5000)) return false;
    stop(QStringLiteral("35-playback"), visit);
    m_tablet.app->openOutbox();
    stop(QStringLiteral("36-outbox"), visit);
    m_tablet.app->openSettings();
    stop(QStringLiteral("37-settings"), visit);
    if (!press(QStringLiteral("records")) || !m_tablet.isOn(Screen::Records)) return false;
    stop(QStringLiteral("37-records"), visit);
    if (!press(QStringLiteral("showSheet"))) return false;
    stop(QStringLiteral("37-records-page"), visit);
    if (!press(QStringLiteral("newIncident"))) return false;
    stop(QStringLiteral("37-records-incident"), visit);
    closeSheet();
    m_tablet.app->goHome();
    if (!m_tablet.loaded()) return false;
    stop(QStringLiteral("38-home"), visit);
    m_tablet.app->openWithdrawal();
    if (!m_tablet.isOn(Screen::Withdraw)) return false;
    m_tablet.settle();
    m_tablet.page<app::WithdrawViewModel>()->findByCode(QStringLiteral("ABCD2345"));
    stop(QStringLiteral("73-withdraw-search"), visit);
    m_tablet.app->goHome();
    return m_tablet.isOn(Screen::Home) && m_tablet.loaded();
}

bool Scenes::group(const Visit& visit) {
    for (int i = 0; i < 2; ++i) {
        if (!m_tablet.enrol(QStringLiteral("circle")) || !m_tablet.consent()) return false;
        m_tablet.app->goHome();
        if (!m_tablet.loaded()) return false;
    }
    m_tablet.settle();
    if (!press(QStringLiteral("newGroup"))) return false;
    stop(QStringLiteral("39-new-group"), visit);
    closeSheet();
    QStringList members;
    for (const QVariant& one : m_tablet.app->groups()->candidates())
        members += one.toMap()[QStringLiteral("participant")].toString();
    m_tablet.app->groups()->create(QStringLiteral("Érable"), members);
    if (!m_tablet.isOn(Screen::Group)) return false;
    auto* page = m_tablet.page<app::GroupViewModel>();
    if (!QTest::qWaitFor([&] { return page->canTakeNext(); }, 5000)) return false;
    stop(QStringLiteral("40-group"), visit);
    page->takeNextStep();
    if (!m_tablet.isOn(Screen::Interview)) return false;
    auto* interview = m_tablet.page<app::InterviewViewModel>();
    if (!QTest::qWaitFor([&] { return interview->canRecord(); }, 5000)) return false;
    interview->record();
    if (!QTest::qWaitFor([&] { return interview->state() == app::InterviewViewModel::State::Recording; }, 5000))
        return false;
    interview->speaksAt(1);
    stop(QStringLiteral("41-group-interview"), visit);
    if (!press(QStringLiteral("whoIsHere"))) return false;
    stop(QStringLiteral("42-who-is-here"), visit);
    closeSheet();
    return true;
}

}  // namespace sotto::test
