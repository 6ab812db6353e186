// SPDX-License-Identifier: Apache-2.0
#include "tablet_app.h"

#include <QDateTime>
#include <QLocale>

#include "error_text.h"
#include "first_start_view_model.h"
#include "home_view_model.h"
#include "interview_view_model.h"
#include "outbox_view_model.h"
#include "person_view_model.h"
#include "playback_view_model.h"
#include "role_forms_view_model.h"
#include "tablet_view_model.h"
#include "unlock_view_model.h"
#include "wrap_up_view_model.h"

namespace sotto::app {

namespace {

constexpr int kMinuteMs = 60'000;

}  // namespace

TabletApp::TabletApp(const TabletOptions& options, Devices devices, const QString& settingsFile, QObject* parent)
    : QObject(parent),
      m_devices(std::move(devices)),
      m_settings(settingsFile),
      m_vault(std::make_unique<Tablet>(options)),
      m_support(options, m_settings, m_vault),
      m_visit(m_vault, m_settings, *options.clock),
      m_capture(m_vault, m_devices.sound),
      m_device(m_devices),
      m_groups(m_vault, m_settings) {
    connect(&m_copiesOwed, &CopiesOwedViewModel::chosen, this, &TabletApp::showCopy);
    connect(&m_groups, &GroupsViewModel::chosen, this, &TabletApp::showGroup);
    connect(&m_autoLock, &QTimer::timeout, this, &TabletApp::lock);
    connect(&m_settings, &SettingsViewModel::changed, this, &TabletApp::touched);
    m_vault.run(
        this, [](Tablet& tablet) { return keyring::Keyring::exists(tablet.files(), tablet.options().home); },
        [this](const Result<bool>& exists) {
            if (!exists) say(errorText(exists.error()));
            if (exists && !*exists) return showFirstStart();
            showUnlock();
        });
}

TabletApp::~TabletApp() {
    m_capture.disarm();
    delete m_page;
}

void TabletApp::show(Screen screen, QObject* page) {
    if (m_isHandedOver && screen != Screen::HandOver && screen != Screen::Unlock) return delete page;
    QObject* const before = m_page;
    if (m_devices.keepAwake && m_screen == Screen::Interview && screen != Screen::Interview)
        m_devices.keepAwake->release();
    m_screen = screen;
    m_page = page;
    m_page->setParent(this);
    m_support.setUnlocked(isUnlocked());
    touched();
    emit screenChanged();
    // After the screen itself, whose end was asked for by the signal.
    if (before != nullptr) before->deleteLater();
}

void TabletApp::showFirstStart() {
    auto* page = new FirstStartViewModel(m_vault, m_settings);
    connect(page, &FirstStartViewModel::created, this, &TabletApp::goHome);
    show(Screen::FirstStart, page);
}

void TabletApp::showUnlock() {
    m_support.read();
    m_groups.forget();
    m_support.setParticipant({});
    auto* page = new UnlockViewModel(m_vault);
    connect(page, &UnlockViewModel::unlocked, this, [this](const workflow::HomeRecovery& recovery) {
        goHome();
        sayWhatWasMended(recovery);
    });
    show(Screen::Unlock, page);
}

void TabletApp::goHome() {
    m_capture.disarm();
    m_support.read();
    m_groups.refresh();
    m_support.setParticipant({});
    m_visit.setParticipant({});
    m_copiesOwed.refresh();
    auto* page = new HomeViewModel(m_vault, m_settings);
    connect(page, &HomeViewModel::personChosen, this, &TabletApp::showPerson);
    show(Screen::Home, page);
}

void TabletApp::showPerson(const ParticipantId& participant) {
    if (m_groups.isGroup(participant)) return showGroup(participant);
    m_support.setParticipant(participant);
    m_visit.setParticipant(participant);
    m_person = participant;
    auto* page = new PersonViewModel(m_vault, m_settings, m_capture, participant);
    connect(page, &PersonViewModel::screeningWanted, this, [this, participant] { showScreening(participant); });
    connect(page, &PersonViewModel::gone, this, &TabletApp::goHome);
    page->setForms(formsOf(participant, page, [this, participant] { showPerson(participant); }));
    connect(page, &PersonViewModel::consentWanted, this, [this, participant] { showConsent(participant); });
    connect(page, &PersonViewModel::copyWanted, this, [this, participant] { showCopy(participant); });
    connect(page, &PersonViewModel::interviewWanted, this, [this, participant] { askThenShowInterview(participant); });
    connect(page, &PersonViewModel::goOnWanted, this,
            [this, participant](const SessionId& session) { showInterview(participant, session); });
    connect(page, &PersonViewModel::wrapUpWanted, this,
            [this, participant](const SessionId& session) { showWrapUp(session, participant); });
    connect(page, &PersonViewModel::withdrawalWanted, this, &TabletApp::openWithdrawal);
    connect(page, &PersonViewModel::sendingWanted, this, &TabletApp::openOutbox);
    connect(page, &PersonViewModel::listeningWanted, this,
            [this, participant](const SessionId& session) { showPlayback(session, participant); });
    show(Screen::Person, page);
}

void TabletApp::showInterview(const ParticipantId& participant, const std::optional<SessionId>& resumed,
                              const std::optional<workflow::GroupChoice>& group) {
    m_person = participant;
    auto* page = new InterviewViewModel(m_vault, m_settings, m_capture, participant, resumed, nullptr, group);
    connect(page, &InterviewViewModel::abandoned, this, [this, participant] { showPerson(participant); });
    connect(page, &InterviewViewModel::ended, this,
            [this, participant](const SessionId& session) { showWrapUp(session, participant); });
    connect(page, &InterviewViewModel::coverChanged, this, [this, page] { m_support.setUnlocked(!page->isCovered()); });
    if (m_devices.keepAwake) m_devices.keepAwake->hold();
    show(Screen::Interview, page);
}

void TabletApp::showWrapUp(const SessionId& session, const ParticipantId& participant) {
    m_capture.disarm();
    auto* page = new WrapUpViewModel(m_vault, m_settings, m_devices.sound, session);
    page->setForms(formsOf(participant, page, [this, session, participant] { showWrapUp(session, participant); }));
    connect(page, &WrapUpViewModel::interviewWanted, this,
            [this, participant, session] { showInterview(participant, session); });
    connect(page, &WrapUpViewModel::finished, this, [this, participant] { showPerson(participant); });
    show(Screen::WrapUp, page);
}

void TabletApp::showPlayback(const SessionId& session, const ParticipantId& participant) {
    auto* page = new PlaybackViewModel(m_vault, m_settings, m_devices.sound, session);
    connect(page, &PlaybackViewModel::finished, this, [this, participant] { showPerson(participant); });
    show(Screen::Playback, page);
}

void TabletApp::openOutbox() {
    show(Screen::Outbox, new OutboxViewModel(m_vault, m_settings));
}

void TabletApp::openSettings() {
    show(Screen::Settings, new TabletViewModel(m_vault, m_settings, m_capture, m_devices));
}

void TabletApp::lock() {
    auto* interview = qobject_cast<InterviewViewModel*>(m_page);
    if (interview != nullptr && interview->hasBegun()) return interview->lock();
    if (m_screen <= Screen::Unlock) return;
    m_capture.disarm();
    flushForm();
    setHandedOver(false);
    m_pin = {};
    m_vault.run(
        this,
        [](Tablet& tablet) -> Result<> {
            // A wrap-up that is left open goes on later: it waits in the session's log.
            tablet.takeLive(nullptr);
            return tablet.lock();
        },
        [this](const Result<>& locked) {
            if (!locked) say(errorText(locked.error()));
        });
    showUnlock();
}

bool TabletApp::mayClose() const {
    const auto* interview = qobject_cast<InterviewViewModel*>(m_page);
    if (m_isHandedOver) return false;
    return interview == nullptr || !interview->hasBegun();
}

void TabletApp::touched() {
    const bool locksItself = isUnlocked() && m_screen != Screen::Interview;
    if (!locksItself) return m_autoLock.stop();
    m_autoLock.start(m_settings.autoLockMinutes() * kMinuteMs);
}

void TabletApp::say(const QString& message) {
    m_message = message;
    emit messageChanged();
}

void TabletApp::dismissMessage() {
    say({});
}

void TabletApp::sayWhatWasMended(const workflow::HomeRecovery& recovery) {
    QStringList sentences;
    if (recovery.sessionsInterrupted > 0) {
        sentences += tr("%n interview(s) had been broken off. What was recorded is there.", nullptr,
                        recovery.sessionsInterrupted);
    }
    if (recovery.unfinished) sentences += tr("An erasure is not finished yet. Sotto tries again at the next unlock.");
    if (recovery.clockSetBackFromUtcMs) {
        const QDateTime last = QDateTime::fromMSecsSinceEpoch(*recovery.clockSetBackFromUtcMs);
        sentences += tr("The tablet's clock was set back: the newest entry here is from %1. Check date and time in the "
                        "tablet's settings. The order of everything is kept.")
                         .arg(QLocale().toString(last, QLocale::ShortFormat));
    }
    if (!sentences.isEmpty()) say(sentences.join(u' '));
}

}  // namespace sotto::app
