// SPDX-License-Identifier: Apache-2.0
#include "group_view_model.h"

#include <algorithm>

#include "capture.h"
#include "error_text.h"
#include "groups_view_model.h"
#include "people_list_model.h"
#include "settings_view_model.h"
#include "vault_thread.h"

namespace sotto::app {

using interview::GroupSound;
using interview::SessionState;

GroupViewModel::GroupViewModel(VaultThread& vault, SettingsViewModel& settings, Capture& capture,
                               const ParticipantId& group, QObject* parent)
    : QObject(parent), m_vault(&vault), m_settings(&settings), m_capture(&capture), m_group(group) {
    connect(&settings, &SettingsViewModel::languageChanged, this, &GroupViewModel::changed);
    refresh();
}

Result<GroupViewModel::Loaded> GroupViewModel::load(workflow::Home& home, const ParticipantId& group) {
    Loaded loaded;
    SOTTO_ASSIGN(loaded.plan, workflow::planGroup(home, group));
    SOTTO_ASSIGN(loaded.overview, workflow::groupOverview(home, group));
    SOTTO_ASSIGN(loaded.candidates, people::Participants(home.sessions()).all());
    const auto& inIt = loaded.plan.group.members;
    std::erase_if(loaded.candidates, [&](const people::Participant& one) {
        return !workflow::speaksInGroups(loaded.plan.study->pack, one.role) ||
               std::find(inIt.begin(), inIt.end(), one.id) != inIt.end();
    });
    return loaded;
}

void GroupViewModel::refresh() {
    change([](workflow::Home&) -> Result<> { return {}; });
}

void GroupViewModel::change(std::function<Result<>(workflow::Home&)> action) {
    m_vault->run(
        this,
        [action = std::move(action), group = m_group](Tablet& tablet) -> Result<Loaded> {
            SOTTO_ASSIGN(auto* home, tablet.home());
            SOTTO_TRY(action(*home));
            return load(*home, group);
        },
        [this](Result<Loaded> loaded) {
            m_error = loaded ? QString() : errorText(loaded.error());
            if (loaded) return take(*std::move(loaded));
            emit changed();
        });
}

void GroupViewModel::take(Loaded loaded) {
    m_loaded = std::move(loaded);
    // The device may take seconds to deliver: it listens from now on, and nothing of it is kept.
    if (next() == Next::Begin || next() == Next::GoOn) m_capture->arm(m_settings->microphone());
    emit changed();
}

QString GroupViewModel::name() const {
    return m_loaded ? m_loaded->plan.group.name : QString();
}

QString GroupViewModel::stateText() const {
    return m_loaded ? groupStateText(m_loaded->overview) : QString();
}

QString GroupViewModel::tone() const {
    return m_loaded ? groupTone(m_loaded->overview) : QString();
}

QString GroupViewModel::roleName(const QString& role) const {
    const study::Role* known = m_loaded->plan.study->pack.role(role);
    return known == nullptr ? QString() : inLanguage(known->name, m_settings->language());
}

bool GroupViewModel::isHere(const workflow::MemberPlan& member) const {
    return !member.obstacle && m_away.count(member.participant.id) == 0;
}

QVariantList GroupViewModel::members() const {
    QVariantList list;
    if (!m_loaded) return list;
    for (const workflow::MemberPlan& member : m_loaded->plan.members) {
        list.append(QVariantMap{{QStringLiteral("participant"), member.participant.id.toString()},
                                {QStringLiteral("pseudonym"), member.participant.pseudonym},
                                {QStringLiteral("roleName"), roleName(member.participant.role)},
                                {QStringLiteral("text"), memberText(member)},
                                {QStringLiteral("tone"), memberTone(member)},
                                {QStringLiteral("ready"), !member.obstacle.has_value()},
                                {QStringLiteral("here"), isHere(member)}});
    }
    return list;
}

QVariantList GroupViewModel::candidates() const {
    QVariantList list;
    if (!m_loaded) return list;
    for (const people::Participant& one : m_loaded->candidates) {
        list.append(QVariantMap{{QStringLiteral("participant"), one.id.toString()},
                                {QStringLiteral("pseudonym"), one.pseudonym},
                                {QStringLiteral("text"), roleName(one.role)}});
    }
    return list;
}

QString GroupViewModel::missingText() const {
    if (!m_loaded) return {};
    QStringList missing;
    for (const workflow::MemberPlan& member : m_loaded->plan.members) {
        if (!member.consent) missing += member.participant.pseudonym;
    }
    return missing.isEmpty() ? QString() : tr("Still to sign: %1").arg(missing.join(QStringLiteral(", ")));
}

QString GroupViewModel::refusalText() const {
    if (!m_loaded) return {};
    QStringList refusing;
    for (const workflow::MemberPlan& member : m_loaded->plan.members) {
        if (isHere(member) && !member.agreesToSound) refusing += member.participant.pseudonym;
    }
    return refusing.isEmpty() ? QString()
                              : tr("Would rather not be recorded: %1").arg(refusing.join(QStringLiteral(", ")));
}

workflow::GroupChoice GroupViewModel::choice() const {
    workflow::GroupChoice choice;
    for (const workflow::MemberPlan& member : m_loaded->plan.members) {
        if (isHere(member)) choice.there.push_back(member.participant.id);
    }
    choice.sound = m_isNotesOnly ? GroupSound::NotesOnly : GroupSound::Recorded;
    return choice;
}

bool GroupViewModel::mayBegin() const {
    return m_loaded && workflow::partiesOf(m_loaded->plan, choice()).has_value();
}

GroupViewModel::Next GroupViewModel::next() const {
    if (!m_loaded) return Next::Nothing;
    const workflow::GroupOverview& overview = m_loaded->overview;
    if (overview.open) return overview.open->anchor ? Next::WrapUp : Next::GoOn;
    if (!overview.latest) return Next::Begin;
    return overview.latest->state == SessionState::Sealed ? Next::Send : Next::Begin;
}

bool GroupViewModel::canTakeNext() const {
    return next() == Next::Begin ? mayBegin() : next() != Next::Nothing;
}

bool GroupViewModel::canListen() const {
    return m_loaded && m_loaded->overview.latest && !m_loaded->overview.open;
}

void GroupViewModel::setHere(const QString& participant, bool here) {
    const auto id = ParticipantId::fromString(participant);
    if (!id) return;
    here ? static_cast<void>(m_away.erase(*id)) : static_cast<void>(m_away.insert(*id));
    emit changed();
}

void GroupViewModel::setNotesOnly(bool notesOnly) {
    m_isNotesOnly = notesOnly;
    emit changed();
}

void GroupViewModel::hearApart() {
    if (!m_loaded) return;
    for (const workflow::MemberPlan& member : m_loaded->plan.members) {
        if (!member.agreesToSound) m_away.insert(member.participant.id);
    }
    m_isNotesOnly = false;
    emit changed();
}

void GroupViewModel::openMember(const QString& participant) {
    if (!m_loaded) return;
    for (const workflow::MemberPlan& member : m_loaded->plan.members) {
        if (member.participant.id.toString() != participant) continue;
        return member.consent ? emit personWanted(member.participant.id) : emit consentWanted(member.participant.id);
    }
}

void GroupViewModel::add(const QString& participant) {
    const auto id = ParticipantId::fromString(participant);
    if (id) change([group = m_group, id = *id](workflow::Home& home) { return workflow::addToGroup(home, group, id); });
}

void GroupViewModel::remove(const QString& participant) {
    const auto id = ParticipantId::fromString(participant);
    if (!id) return;
    change([group = m_group, id = *id](workflow::Home& home) { return workflow::removeFromGroup(home, group, id); });
}

void GroupViewModel::takeNextStep() {
    if (!canTakeNext()) return;
    switch (next()) {
        case Next::Begin:
            return emit interviewWanted(choice());
        case Next::GoOn:
            return emit goOnWanted(m_loaded->overview.open->id);
        case Next::WrapUp:
            return emit wrapUpWanted(m_loaded->overview.open->id);
        case Next::Send:
            return emit sendingWanted();
        case Next::Nothing:
            return;
    }
}

void GroupViewModel::beginAgain() {
    if (canBeginAgain()) emit interviewWanted(choice());
}

void GroupViewModel::listen() {
    if (canListen()) emit listeningWanted(m_loaded->overview.latest->id);
}

}  // namespace sotto::app
