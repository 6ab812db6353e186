// SPDX-License-Identifier: Apache-2.0
#include "person_view_model.h"

#include <QDateTime>
#include <QLocale>

#include "capture.h"
#include "error_text.h"
#include "people_list_model.h"
#include "settings_view_model.h"
#include "vault_thread.h"
#include "workflow/screening.h"

namespace sotto::app {

using workflow::Compartment;
using workflow::NextStep;

namespace {

constexpr qsizetype kShownContacts = 3;

QString whenText(std::int64_t utcMs) {
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(utcMs), QLocale::ShortFormat);
}

Result<> readPair(workflow::Home& home, const people::Participant& self,
                  std::vector<std::pair<QString, study::LocalText>>& others) {
    if (!self.pair) return {};
    SOTTO_ASSIGN(const auto members, people::Participants(home.sessions()).membersOf(*self.pair));
    for (const auto& member : members) {
        if (member.id == self.id) continue;
        const study::Role* role = home.study().pack.role(member.role);
        others.emplace_back(member.pseudonym, role != nullptr ? role->name : study::LocalText{});
    }
    return {};
}

}  // namespace

PersonViewModel::PersonViewModel(VaultThread& vault, SettingsViewModel& settings, Capture& capture,
                                 const ParticipantId& participant, QObject* parent)
    : QObject(parent),
      m_vault(&vault),
      m_settings(&settings),
      m_capture(&capture),
      m_participant(participant),
      m_nominate(vault, settings, participant) {
    connect(&settings, &SettingsViewModel::languageChanged, this, &PersonViewModel::changed);
    refresh();
}

Result<PersonViewModel::Loaded> PersonViewModel::load(workflow::Home& home, const ParticipantId& participant) {
    Loaded loaded;
    SOTTO_ASSIGN(loaded.person, workflow::overviewOf(home, participant));
    const people::Participant& self = loaded.person.participant;
    if (const study::Role* role = home.study().pack.role(self.role)) loaded.roleName = role->name;
    loaded.names = home.study().pack.policy.nominationBy(self.role) != nullptr;
    SOTTO_TRY(readPair(home, self, loaded.others));
    loaded.readsIdentities = home.holds(Compartment::Identities);
    if (loaded.readsIdentities) {
        SOTTO_ASSIGN(const auto identity, people::Identities(home.identities()).find(participant));
        if (identity) {
            loaded.name = identity->name;
            SOTTO_ASSIGN(loaded.card, people::Contacts(home.identities()).card(participant));
        }
    }
    if (loaded.person.latest) {
        SOTTO_ASSIGN(loaded.notes, workflow::lateNotes(home, *loaded.person.latest));
    }
    return loaded;
}

void PersonViewModel::refresh() {
    change([](workflow::Home&) -> Result<> { return {}; });
}

void PersonViewModel::change(std::function<Result<>(workflow::Home&)> action) {
    m_vault->run(
        this,
        [action = std::move(action), participant = m_participant](Tablet& tablet) -> Result<Loaded> {
            SOTTO_ASSIGN(auto* home, tablet.home());
            SOTTO_TRY(action(*home));
            return load(*home, participant);
        },
        [this](Result<Loaded> loaded) {
            if (!loaded) return setError(errorText(loaded.error()));
            m_loaded = *std::move(loaded);
            m_error.clear();
            // The device may take seconds to deliver: it listens from now on, and nothing of it is kept.
            const NextStep next = m_loaded->person.next;
            if (next == NextStep::BeginInterview || next == NextStep::GoOn) m_capture->arm(m_settings->microphone());
            emit changed();
        });
}

QString PersonViewModel::pseudonym() const {
    return m_loaded ? m_loaded->person.participant.pseudonym : QString();
}

QString PersonViewModel::roleName() const {
    return m_loaded ? inLanguage(m_loaded->roleName, m_settings->language()) : QString();
}

QString PersonViewModel::pairText() const {
    if (!m_loaded || m_loaded->others.empty() || m_loaded->names) return {};
    QStringList names;
    for (const auto& [pseudonym, role] : m_loaded->others)
        names.append(tr("%1 (%2)").arg(pseudonym, inLanguage(role, m_settings->language())));
    return tr("Together with %1").arg(names.join(QStringLiteral(", ")));
}

QString PersonViewModel::stateText() const {
    return m_loaded ? app::stateText(m_loaded->person.state) : QString();
}

QString PersonViewModel::tone() const {
    return m_loaded ? stateTone(m_loaded->person.state) : QString();
}

QString PersonViewModel::nextText() const {
    if (!m_loaded || m_loaded->person.next == NextStep::WaitForReceipt) return {};
    return app::nextText(m_loaded->person.next);
}

QString PersonViewModel::nextHint() const {
    if (!m_loaded) return {};
    const bool hasBegun = m_loaded->person.state == workflow::PersonState::Screening;
    switch (m_loaded->person.next) {
        case NextStep::Screen:
            return hasBegun ? tr("Some answers are still to come.")
                            : tr("A few questions first, by telephone or together. Their answers are erased if the "
                                 "study is not the right fit now.");
        case NextStep::TakeConsent:
            return m_loaded->person.fit ? tr("The study suits them. Consent comes next, when you meet.") : QString();
        default:
            return {};
    }
}

bool PersonViewModel::mayDecline() const {
    return m_loaded && m_loaded->readsIdentities && !m_loaded->person.takesPart && m_loaded->person.sessions == 0;
}

bool PersonViewModel::canBeginAgain() const {
    if (!m_loaded || !m_loaded->person.takesPart) return false;
    return m_loaded->person.next == NextStep::Send || m_loaded->person.next == NextStep::WaitForReceipt ||
           m_loaded->person.next == NextStep::Nothing;
}

bool PersonViewModel::canListen() const {
    const bool isTakenBack = m_loaded && (m_loaded->person.state == workflow::PersonState::TookBack ||
                                          m_loaded->person.state == workflow::PersonState::Undecided);
    return m_loaded && m_loaded->person.latest && !m_loaded->person.open && !isTakenBack;
}

QString PersonViewModel::appointmentText() const {
    if (!m_loaded || !m_loaded->card.appointment) return {};
    const people::Appointment& appointment = *m_loaded->card.appointment;
    const QString when = whenText(appointment.utcMs);
    return appointment.place.isEmpty() ? when : tr("%1, %2").arg(when, appointment.place);
}

QString PersonViewModel::missedText() const {
    const int missed = m_loaded ? m_loaded->card.missed() : 0;
    return missed > 0 ? tr("Did not come (%n time(s))", nullptr, missed) : QString();
}

QVariantList PersonViewModel::appointments() const {
    QVariantList list;
    if (!m_loaded) return list;
    const auto& history = m_loaded->card.appointments;
    for (auto entry = history.rbegin(); entry != history.rend(); ++entry) {
        const QString day = whenText(entry->appointmentUtcMs);
        QString text;
        switch (entry->what) {
            case people::AppointmentChange::Made:
                text = tr("Appointment made for %1").arg(day);
                break;
            case people::AppointmentChange::Moved:
                text = tr("Moved to %1").arg(day);
                break;
            case people::AppointmentChange::Cancelled:
                text = tr("The appointment of %1 was called off").arg(day);
                break;
            case people::AppointmentChange::Missed:
                text = tr("Did not come on %1").arg(day);
                break;
        }
        list.append(QVariantMap{{QStringLiteral("when"), whenText(entry->utcMs)}, {QStringLiteral("text"), text}});
    }
    return list;
}

QVariantList PersonViewModel::contacts() const {
    QVariantList list;
    if (!m_loaded) return list;
    const auto& log = m_loaded->card.log;
    for (auto entry = log.rbegin(); entry != log.rend() && list.size() < kShownContacts; ++entry) {
        list.append(QVariantMap{{QStringLiteral("when"), whenText(entry->utcMs)},
                                {QStringLiteral("kind"), people::contactKindName(entry->kind)},
                                {QStringLiteral("note"), entry->note}});
    }
    return list;
}

QVariantList PersonViewModel::lateNotes() const {
    QVariantList list;
    if (!m_loaded) return list;
    for (const workflow::LateNote& note : m_loaded->notes) {
        list.append(QVariantMap{{QStringLiteral("when"), whenText(note.utcMs)},
                                {QStringLiteral("text"), note.text},
                                {QStringLiteral("leaves"), note.state != workflow::LateNoteState::NotSentYet}});
    }
    return list;
}

void PersonViewModel::takeNextStep() {
    if (!m_loaded) return;
    const workflow::PersonOverview& person = m_loaded->person;
    switch (person.next) {
        case NextStep::Screen:
            return emit screeningWanted();
        case NextStep::TakeConsent:
            return emit consentWanted();
        case NextStep::BeginInterview:
            return emit interviewWanted();
        case NextStep::GoOn:
            return person.open ? emit goOnWanted(*person.open) : void();
        case NextStep::WrapUp:
            return person.open ? emit wrapUpWanted(*person.open) : void();
        case NextStep::Send:
            return emit sendingWanted();
        case NextStep::Decide:
            return emit withdrawalWanted();
        case NextStep::WaitForReceipt:
        case NextStep::Nothing:
            return;
    }
}

void PersonViewModel::listen() {
    if (canListen()) emit listeningWanted(*m_loaded->person.latest);
}

void PersonViewModel::showName(bool shown) {
    m_isNameShown = shown && m_loaded;
    emit changed();
}

void PersonViewModel::addContact(const QString& kind, const QString& note) {
    const auto known = people::contactKindFromName(kind);
    if (!known) return;
    change([kind = *known, note = note.trimmed(), id = m_participant](workflow::Home& home) {
        return people::Contacts(home.identities()).add(id, {home.clock().now().utcMs, kind, note});
    });
}

void PersonViewModel::setSafeContact(const QString& ways, const QString& hours) {
    change([ways = ways.trimmed(), hours = hours.trimmed(), id = m_participant](workflow::Home& home) {
        return people::Contacts(home.identities()).setSafeContact(id, ways, hours);
    });
}

void PersonViewModel::setAppointment(const QString& date, const QString& time, const QString& place) {
    const QDateTime when(QDate::fromString(date.trimmed(), Qt::ISODate),
                         QTime::fromString(time.trimmed(), QStringLiteral("H:mm")));
    if (!when.isValid()) return setError(tr("Enter the day as 2026-11-30 and the time as 14:30."));
    const std::int64_t utcMs = when.toMSecsSinceEpoch();
    change([utcMs, place = place.trimmed(), id = m_participant](workflow::Home& home) {
        return people::Contacts(home.identities()).setAppointment(id, {utcMs, place, home.clock().now().utcMs});
    });
}

void PersonViewModel::dropAppointment(const QString& why) {
    const auto change = people::appointmentChangeFromName(why);
    if (!change) return;
    this->change([why = *change, id = m_participant](workflow::Home& home) {
        return people::Contacts(home.identities()).dropAppointment(id, why, home.clock().now().utcMs);
    });
}

void PersonViewModel::decline() {
    if (!mayDecline() || m_isWiping) return;
    m_isWiping = true;
    emit changed();
    m_vault->run(
        this,
        [person = m_loaded->person.participant](Tablet& tablet) -> Result<> {
            SOTTO_ASSIGN(auto* home, tablet.home());
            return workflow::wipeWhoDeclined(*home, person);
        },
        [this](const Result<>& wiped) {
            m_isWiping = false;
            if (!wiped) return setError(errorText(wiped.error()));
            emit gone();
        });
}

void PersonViewModel::addLateNote(const QString& text) {
    if (!m_loaded || !m_loaded->person.latest || text.trimmed().isEmpty()) return;
    change([session = *m_loaded->person.latest, text = text.trimmed()](workflow::Home& home) -> Result<> {
        SOTTO_TRY(workflow::addLateNote(home, session, text));
        return {};
    });
}

void PersonViewModel::setError(const QString& error) {
    m_error = error;
    emit changed();
}

}  // namespace sotto::app
