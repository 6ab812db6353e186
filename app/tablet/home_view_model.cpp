// SPDX-License-Identifier: Apache-2.0
#include "home_view_model.h"

#include "error_text.h"
#include "people/nominations.h"
#include "settings_view_model.h"
#include "vault_thread.h"

namespace sotto::app {

using workflow::Compartment;

struct HomeViewModel::Loaded {
    workflow::Overview overview;
    study::LocalText title;
    std::vector<study::Role> roles;
    bool practice = false;
    bool readsSessions = false;
    QStringList nominated;
    int waitingForAnswer = 0;
};

namespace {

/// The pair that a new person joins: that of the other, or a new one for both.
Result<people::Participant> enrolBeside(workflow::Home& home, const QString& role, const QString& name,
                                        const std::optional<ParticipantId>& other) {
    std::optional<PairId> pair;
    if (other) {
        people::Participants participants(home.sessions());
        SOTTO_ASSIGN(const auto partner, participants.find(*other));
        if (!partner) return fail(ErrorCode::NotFound, "the other person of the pair is not there");
        pair = partner->pair;
        if (!pair) {
            pair = PairId::random();
            SOTTO_TRY(participants.joinPair(*other, *pair));
        }
    }
    return people::enrol(home.sessions(), home.identities(), role, name, pair, home.clock().now());
}

}  // namespace

HomeViewModel::HomeViewModel(VaultThread& vault, SettingsViewModel& settings, QObject* parent)
    : QObject(parent), m_vault(&vault), m_settings(&settings) {
    connect(&settings, &SettingsViewModel::languageChanged, this, &HomeViewModel::refresh);
    refresh();
}

void HomeViewModel::refresh() {
    m_vault->run(
        this,
        [](Tablet& tablet) -> Result<Loaded> {
            SOTTO_ASSIGN(auto* home, tablet.home());
            const study::StudyPack& pack = home->study().pack;
            Loaded loaded{{}, pack.title, pack.roles, pack.practice, home->holds(Compartment::Sessions), {}, 0};
            if (loaded.readsSessions) {
                SOTTO_ASSIGN(loaded.overview, workflow::overview(*home));
            }
            for (const study::Nomination& nomination : pack.policy.nominations)
                loaded.nominated += nomination.of;
            if (home->holds(Compartment::Identities)) {
                SOTTO_ASSIGN(const auto waiting, people::Nominations(home->identities()).waiting());
                loaded.waitingForAnswer = static_cast<int>(waiting.size());
            }
            return loaded;
        },
        [this](Result<Loaded> result) { loaded(std::move(result)); });
}

void HomeViewModel::loaded(Result<Loaded> loaded) {
    m_isLoading = false;
    if (!loaded) return setError(loaded.error());
    m_studyTitle = inLanguage(loaded->title, m_settings->language());
    m_roles = std::move(loaded->roles);
    m_isPractice = loaded->practice;
    m_readsSessions = loaded->readsSessions;
    m_nominated = loaded->nominated;
    m_waitingForAnswer = loaded->waitingForAnswer;
    m_overview = std::move(loaded->overview);
    m_people.set(m_overview.people, m_roles, m_settings->language());
    m_error.clear();
    emit changed();
    emit listed();
}

QVariantList HomeViewModel::roles() const {
    QVariantList list;
    for (const study::Role& role : m_roles) {
        QVariantMap entry{
            {QStringLiteral("id"), role.id}, {QStringLiteral("name"), inLanguage(role.name, m_settings->language())},
            {QStringLiteral("people"), 0},   {QStringLiteral("interviewed"), 0},
            {QStringLiteral("planned"), -1}, {QStringLiteral("nominated"), m_nominated.contains(role.id)}};
        for (const workflow::RoleCount& count : m_overview.roles) {
            if (count.role != role.id) continue;
            entry[QStringLiteral("people")] = count.people;
            entry[QStringLiteral("interviewed")] = count.interviewed;
            entry[QStringLiteral("planned")] = count.planned.value_or(-1);
        }
        list.append(entry);
    }
    return list;
}

QString HomeViewModel::soFar() const {
    int interviewed = 0;
    int planned = 0;
    for (const workflow::RoleCount& role : m_overview.roles) {
        interviewed += role.interviewed;
        planned += role.planned.value_or(0);
    }
    return planned > 0 ? tr("%1 of %2 interviewed").arg(interviewed).arg(planned)
                       : tr("%n interviewed", nullptr, interviewed);
}

QVariantList HomeViewModel::pairChoices() const {
    QVariantList list;
    for (const workflow::PersonOverview& person : m_overview.people) {
        list.append(QVariantMap{{QStringLiteral("participant"), person.participant.id.toString()},
                                {QStringLiteral("role"), person.participant.role},
                                {QStringLiteral("text"), person.participant.pseudonym}});
    }
    return list;
}

void HomeViewModel::open(const QString& participant) {
    if (const auto id = ParticipantId::fromString(participant)) emit personChosen(*id);
}

void HomeViewModel::addPerson(const QString& role, const QString& name, const QString& pairWith) {
    m_vault->run(
        this,
        [role, name = name.trimmed(),
         other = ParticipantId::fromString(pairWith)](Tablet& tablet) -> Result<people::Participant> {
            SOTTO_ASSIGN(auto* home, tablet.home());
            SOTTO_TRY(home->need({Compartment::Sessions, Compartment::Identities}));
            return enrolBeside(*home, role, name, other);
        },
        [this](const Result<people::Participant>& enrolled) {
            if (!enrolled) return setError(enrolled.error());
            emit personChosen(enrolled->id);
        });
}

void HomeViewModel::showMorePeople() {
    m_people.showMore();
    emit listed();
}

void HomeViewModel::search(const QString& words) {
    m_people.filter(words);
    emit listed();
    if (words.trimmed().size() < 2) {
        m_foundNotes.clear();
        emit found();
        return;
    }
    using Hits = std::vector<std::pair<ParticipantId, QString>>;
    m_vault->run(
        this,
        [words](Tablet& tablet) -> Result<Hits> {
            SOTTO_ASSIGN(auto* home, tablet.home());
            SOTTO_ASSIGN(const auto notes, workflow::searchNotes(*home, words));
            const interview::SessionIndex index(home->sessions());
            Hits hits;
            for (const workflow::FoundNote& note : notes) {
                SOTTO_ASSIGN(const auto row, index.find(note.session));
                if (row) hits.emplace_back(row->participant, note.snippet);
            }
            return hits;
        },
        [this](const Result<Hits>& hits) {
            if (!hits) return setError(hits.error());
            m_foundNotes.clear();
            for (const auto& [participant, snippet] : *hits) {
                const auto* person = m_people.find(participant.toString());
                m_foundNotes.append(QVariantMap{
                    {QStringLiteral("participant"), participant.toString()},
                    {QStringLiteral("pseudonym"), person != nullptr ? person->participant.pseudonym : QString()},
                    {QStringLiteral("snippet"), snippet}});
            }
            emit found();
        });
}

void HomeViewModel::setError(const Error& error) {
    m_error = errorText(error);
    emit changed();
}

}  // namespace sotto::app
