// SPDX-License-Identifier: Apache-2.0
#include "home_visit_view_model.h"

#include <QDateTime>
#include <QLocale>

#include "error_text.h"
#include "settings_view_model.h"
#include "vault_thread.h"

namespace sotto::app {

using people::HomeVisit;
using people::HomeVisits;

/// What the vault knows of it.
struct HomeVisitViewModel::Known {
    std::optional<HomeVisit> running;
    std::vector<HomeVisit> here;
};

namespace {

constexpr int kLookMs = 10'000;
constexpr std::int64_t kMinuteMs = 60'000;
constexpr int kSnoozeMinutes = 15;

QString timeOf(std::int64_t utcMs) {
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(utcMs).time(), QLocale::ShortFormat);
}

QString dayOf(std::int64_t utcMs) {
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(utcMs), QLocale::ShortFormat);
}

}  // namespace

HomeVisitViewModel::HomeVisitViewModel(VaultThread& vault, const SettingsViewModel& settings, const Clock& clock,
                                       QObject* parent)
    : QObject(parent), m_vault(&vault), m_clock(&clock) {
    connect(&settings, &SettingsViewModel::languageChanged, this, [this] { setParticipant(m_participant); });
    connect(&m_timer, &QTimer::timeout, this, &HomeVisitViewModel::look);
}

bool HomeVisitViewModel::isOverdue() const {
    return m_running && now() >= m_running->expectedEndUtcMs && now() >= m_quietUntilUtcMs;
}

QString HomeVisitViewModel::endText() const {
    return m_running ? timeOf(m_running->expectedEndUtcMs) : QString();
}

void HomeVisitViewModel::look() {
    if (isOverdue() == m_wasOverdue) return;
    m_wasOverdue = isOverdue();
    emit changed();
}

void HomeVisitViewModel::setParticipant(const std::optional<ParticipantId>& participant) {
    m_participant = participant;
    change([](HomeVisits&, std::int64_t) { return Result<>(); });
}

void HomeVisitViewModel::change(Change change) {
    m_vault->run(
        this,
        [change = std::move(change), participant = m_participant, at = now()](Tablet& tablet) -> Result<Known> {
            SOTTO_ASSIGN(auto* home, tablet.home());
            SOTTO_TRY(home->need({workflow::Compartment::Identities}));
            HomeVisits visits(home->identities());
            SOTTO_TRY(change(visits, at));
            Known known;
            SOTTO_ASSIGN(known.running, visits.underWay());
            if (!participant) return known;
            SOTTO_ASSIGN(known.here, visits.of(*participant));
            return known;
        },
        [this](Result<Known> known) {
            if (known) return know(*std::move(known));
            // Locked, or an assistant's tablet: what is in memory still reminds.
            const bool isClosed =
                known.error().code == ErrorCode::Locked || known.error().code == ErrorCode::NotAllowed;
            m_isAvailable = m_isAvailable && !isClosed;
            m_error = isClosed ? QString() : errorText(known.error());
            emit changed();
        });
}

void HomeVisitViewModel::know(Known known) {
    m_isAvailable = m_participant.has_value();
    m_error.clear();
    if (!known.running || !m_running || known.running->number != m_running->number) m_quietUntilUtcMs = 0;
    m_running = std::move(known.running);
    m_undebriefed.reset();
    m_lastText.clear();
    if (!known.here.empty()) {
        const HomeVisit& last = known.here.back();
        if (last.endedUtcMs && last.debrief.isEmpty()) m_undebriefed = last.number;
        m_lastText = !last.goes ? tr("%1: decided not to go").arg(dayOf(last.decidedUtcMs))
                     : last.isUnderWay()
                         ? tr("Since %1").arg(timeOf(last.decidedUtcMs))
                         : tr("%1: out again at %2").arg(dayOf(last.decidedUtcMs), timeOf(*last.endedUtcMs));
    }
    if (m_running) m_timer.start(kLookMs);
    if (!m_running) m_timer.stop();
    m_wasOverdue = isOverdue();
    emit changed();
}

void HomeVisitViewModel::go(int minutes) {
    if (!m_participant || minutes <= 0) return;
    HomeVisit visit;
    visit.participant = *m_participant;
    visit.goes = true;
    visit.decidedUtcMs = now();
    visit.expectedEndUtcMs = now() + minutes * kMinuteMs;
    change([visit](HomeVisits& visits, std::int64_t) -> Result<> {
        SOTTO_TRY(visits.decide(visit));
        return {};
    });
}

void HomeVisitViewModel::noGo() {
    if (!m_participant) return;
    HomeVisit visit;
    visit.participant = *m_participant;
    visit.decidedUtcMs = now();
    change([visit](HomeVisits& visits, std::int64_t) -> Result<> {
        SOTTO_TRY(visits.decide(visit));
        return {};
    });
}

void HomeVisitViewModel::prolong(int minutes) {
    if (!m_running || minutes <= 0) return;
    change([number = m_running->number, minutes](HomeVisits& visits, std::int64_t at) {
        return visits.prolong(number, at + minutes * kMinuteMs, at);
    });
}

void HomeVisitViewModel::end() {
    if (!m_running) return;
    change([number = m_running->number](HomeVisits& visits, std::int64_t at) { return visits.end(number, at); });
}

void HomeVisitViewModel::debrief(const QString& text) {
    if (!m_undebriefed || text.trimmed().isEmpty()) return;
    change([number = *m_undebriefed, text](HomeVisits& visits, std::int64_t) { return visits.debrief(number, text); });
}

void HomeVisitViewModel::snooze() {
    m_quietUntilUtcMs = now() + kSnoozeMinutes * kMinuteMs;
    m_wasOverdue = isOverdue();
    emit changed();
}

}  // namespace sotto::app
