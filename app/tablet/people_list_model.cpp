// SPDX-License-Identifier: Apache-2.0
#include "people_list_model.h"

#include <algorithm>

#include <QCoreApplication>

namespace sotto::app {

namespace {

using workflow::NextStep;
using workflow::PersonOverview;
using workflow::PersonState;

constexpr std::size_t kFirst = 20;
constexpr std::size_t kMore = 50;

QString say(const char* text) {
    return QCoreApplication::translate("Person", text);
}

/// Those who wait for something first, then pairs together, then in the order of enrolment.
bool isMoreUrgent(const PersonOverview& a, const PersonOverview& b) {
    const auto rank = [](const PersonOverview& person) {
        switch (person.state) {
            case PersonState::InInterview:
            case PersonState::BrokenOff:
            case PersonState::WaitingForWrapUp:
                return 0;
            case PersonState::Appointment:
                return 1;
            case PersonState::Contacted:
            case PersonState::Screening:
            case PersonState::Fits:
            case PersonState::Consented:
                return 2;
            case PersonState::Sealed:
                return 3;
            default:
                return 4;
        }
    };
    return rank(a) < rank(b);
}

}  // namespace

QString stateText(PersonState state) {
    switch (state) {
        case PersonState::TookBack:
            return say(QT_TRANSLATE_NOOP("Person", "Takes part no more"));
        case PersonState::Undecided:
            return say(QT_TRANSLATE_NOOP("Person", "Locked, not decided yet"));
        case PersonState::InInterview:
            return say(QT_TRANSLATE_NOOP("Person", "In the interview"));
        case PersonState::BrokenOff:
            return say(QT_TRANSLATE_NOOP("Person", "Interview broken off"));
        case PersonState::WaitingForWrapUp:
            return say(QT_TRANSLATE_NOOP("Person", "To be wrapped up"));
        case PersonState::Appointment:
            return say(QT_TRANSLATE_NOOP("Person", "Appointment made"));
        case PersonState::Sealed:
            return say(QT_TRANSLATE_NOOP("Person", "Sealed, not sent yet"));
        case PersonState::Sent:
            return say(QT_TRANSLATE_NOOP("Person", "Sent to the lab"));
        case PersonState::Received:
            return say(QT_TRANSLATE_NOOP("Person", "Received by the lab"));
        case PersonState::Consented:
            return say(QT_TRANSLATE_NOOP("Person", "Consent given"));
        case PersonState::Declined:
            return say(QT_TRANSLATE_NOOP("Person", "Does not take part"));
        case PersonState::Screening:
            return say(QT_TRANSLATE_NOOP("Person", "Screening begun"));
        case PersonState::Fits:
            return say(QT_TRANSLATE_NOOP("Person", "The study suits them"));
        case PersonState::Contacted:
            return say(QT_TRANSLATE_NOOP("Person", "New"));
    }
    return {};
}

QString stateTone(PersonState state) {
    switch (state) {
        case PersonState::BrokenOff:
        case PersonState::WaitingForWrapUp:
            return QStringLiteral("warning");
        case PersonState::InInterview:
            return QStringLiteral("recording");
        case PersonState::Received:
            return QStringLiteral("good");
        case PersonState::Appointment:
        case PersonState::Fits:
        case PersonState::Consented:
        case PersonState::Sealed:
        case PersonState::Sent:
            return QStringLiteral("accent");
        default:
            return {};
    }
}

QString nextText(NextStep next) {
    switch (next) {
        case NextStep::Screen:
            return say(QT_TRANSLATE_NOOP("Person", "See whether the study suits them"));
        case NextStep::TakeConsent:
            return say(QT_TRANSLATE_NOOP("Person", "Take consent"));
        case NextStep::BeginInterview:
            return say(QT_TRANSLATE_NOOP("Person", "Begin the interview"));
        case NextStep::GoOn:
            return say(QT_TRANSLATE_NOOP("Person", "Go on with the interview"));
        case NextStep::WrapUp:
            return say(QT_TRANSLATE_NOOP("Person", "Wrap up"));
        case NextStep::Send:
            return say(QT_TRANSLATE_NOOP("Person", "Send to the lab"));
        case NextStep::WaitForReceipt:
            return say(QT_TRANSLATE_NOOP("Person", "Waiting for the lab"));
        case NextStep::Decide:
            return say(QT_TRANSLATE_NOOP("Person", "Ask what they decided"));
        case NextStep::Nothing:
            return {};
    }
    return {};
}

QString inLanguage(const study::LocalText& text, const QString& language) {
    const auto found = text.find(language);
    if (found != text.end()) return found->second;
    return text.empty() ? QString() : text.begin()->second;
}

PeopleListModel::PeopleListModel(QObject* parent) : QAbstractListModel(parent), m_limit(kFirst) {}

void PeopleListModel::set(std::vector<PersonOverview> people, const std::vector<study::Role>& roles,
                          const QString& language) {
    m_roleNames.clear();
    for (const study::Role& role : roles)
        m_roleNames[role.id] = inLanguage(role.name, language);
    std::stable_sort(people.begin(), people.end(), isMoreUrgent);
    m_all = std::move(people);
    filter(m_filter);
}

void PeopleListModel::filter(const QString& words) {
    m_filter = words.trimmed();
    beginResetModel();
    m_matching.clear();
    std::copy_if(m_all.begin(), m_all.end(), std::back_inserter(m_matching), [this](const PersonOverview& person) {
        return m_filter.isEmpty() || person.participant.pseudonym.contains(m_filter, Qt::CaseInsensitive) ||
               m_roleNames[person.participant.role].contains(m_filter, Qt::CaseInsensitive);
    });
    endResetModel();
}

void PeopleListModel::showMore() {
    const int shown = rowCount();
    const auto limit = m_limit + kMore;
    const int more = static_cast<int>(std::min(limit, m_matching.size())) - shown;
    if (more <= 0) return;
    beginInsertRows({}, shown, shown + more - 1);
    m_limit = limit;
    endInsertRows();
}

int PeopleListModel::hidden() const {
    return static_cast<int>(m_matching.size()) - rowCount();
}

const PersonOverview* PeopleListModel::find(const QString& participant) const {
    const auto found = std::find_if(m_all.begin(), m_all.end(), [&participant](const PersonOverview& person) {
        return person.participant.id.toString() == participant;
    });
    return found == m_all.end() ? nullptr : &*found;
}

int PeopleListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(std::min(m_limit, m_matching.size()));
}

QVariant PeopleListModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const PersonOverview& person = m_matching[static_cast<std::size_t>(index.row())];
    switch (role) {
        case Participant:
            return person.participant.id.toString();
        case Pseudonym:
            return person.participant.pseudonym;
        case RoleName: {
            const auto name = m_roleNames.find(person.participant.role);
            return name == m_roleNames.end() ? person.participant.role : name->second;
        }
        case StateText:
            return stateText(person.state);
        case Tone:
            return stateTone(person.state);
        case NextText:
            return nextText(person.next);
        case IsPaired:
            return person.participant.pair.has_value();
        default:
            return {};
    }
}

QHash<int, QByteArray> PeopleListModel::roleNames() const {
    return {{Participant, "participant"}, {Pseudonym, "pseudonym"}, {RoleName, "roleName"},
            {StateText, "stateText"},     {Tone, "tone"},           {NextText, "nextText"},
            {IsPaired, "isPaired"}};
}

}  // namespace sotto::app
