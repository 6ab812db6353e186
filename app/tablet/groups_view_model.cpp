// SPDX-License-Identifier: Apache-2.0
#include "groups_view_model.h"

#include <algorithm>

#include "error_text.h"
#include "people_list_model.h"
#include "settings_view_model.h"
#include "vault_thread.h"

namespace sotto::app {

using interview::SessionState;
using workflow::Compartment;

namespace {

int toSign(const workflow::GroupOverview& group) {
    return static_cast<int>(std::count_if(group.members.begin(), group.members.end(),
                                          [](const auto& member) { return member.obstacle.has_value(); }));
}

}  // namespace

QString memberText(const workflow::MemberPlan& member) {
    if (!member.consent) return GroupsViewModel::tr("Still to sign");
    if (!member.consent->takesPart) return GroupsViewModel::tr("Would rather not take part");
    if (member.obstacle) return GroupsViewModel::tr("Can't take part now");
    return member.agreesToSound ? GroupsViewModel::tr("Signed") : GroupsViewModel::tr("Signed, without recording");
}

QString memberTone(const workflow::MemberPlan& member) {
    if (member.obstacle) return member.consent ? QStringLiteral("warning") : QString();
    return member.agreesToSound ? QStringLiteral("good") : QStringLiteral("accent");
}

QString groupStateText(const workflow::GroupOverview& group) {
    if (group.open) {
        return group.open->anchor ? GroupsViewModel::tr("To be wrapped up") : GroupsViewModel::tr("Broken off");
    }
    if (group.latest) {
        if (group.latest->state == SessionState::Sealed) return GroupsViewModel::tr("Sealed");
        return group.latest->state == SessionState::Sent ? GroupsViewModel::tr("Sent") : GroupsViewModel::tr("Arrived");
    }
    const int missing = toSign(group);
    return missing == 0 ? GroupsViewModel::tr("Everybody has signed")
                        : GroupsViewModel::tr("%n still to sign", nullptr, missing);
}

QString groupTone(const workflow::GroupOverview& group) {
    if (group.open) return QStringLiteral("warning");
    if (group.latest) return QStringLiteral("accent");
    return toSign(group) == 0 ? QStringLiteral("good") : QString();
}

GroupsViewModel::GroupsViewModel(VaultThread& vault, SettingsViewModel& settings, QObject* parent)
    : QObject(parent), m_vault(&vault), m_settings(&settings) {
    connect(&settings, &SettingsViewModel::languageChanged, this, &GroupsViewModel::changed);
}

Result<GroupsViewModel::Loaded> GroupsViewModel::load(workflow::Home& home) {
    Loaded loaded;
    const study::StudyPack& pack = home.study().pack;
    loaded.isAvailable = home.holds(Compartment::Sessions) && workflow::hasGroups(pack);
    if (!loaded.isAvailable) return loaded;
    loaded.most = pack.policy.group->most;
    loaded.roles = pack.roles;
    SOTTO_ASSIGN(loaded.groups, workflow::groupOverviews(home));
    SOTTO_ASSIGN(auto everybody, people::Participants(home.sessions()).all());
    std::erase_if(everybody, [&](const auto& one) { return !workflow::speaksInGroups(pack, one.role); });
    loaded.candidates = std::move(everybody);
    return loaded;
}

void GroupsViewModel::refresh() {
    m_vault->run(
        this,
        [](Tablet& tablet) -> Result<Loaded> {
            SOTTO_ASSIGN(auto* home, tablet.home());
            return load(*home);
        },
        [this](Result<Loaded> loaded) {
            // Locked meanwhile: there is nothing to show.
            if (!loaded && loaded.error().code == ErrorCode::Locked) return;
            m_error = loaded ? QString() : errorText(loaded.error());
            if (loaded) m_loaded = *std::move(loaded);
            emit changed();
        });
}

void GroupsViewModel::forget() {
    m_loaded.reset();
    m_error.clear();
    emit changed();
}

bool GroupsViewModel::isGroup(const ParticipantId& id) const {
    return m_loaded && std::any_of(m_loaded->groups.begin(), m_loaded->groups.end(),
                                   [&](const auto& group) { return group.group.id == id; });
}

QVariantList GroupsViewModel::groups() const {
    QVariantList list;
    if (!m_loaded) return list;
    for (const workflow::GroupOverview& group : m_loaded->groups) {
        list.append(QVariantMap{
            {QStringLiteral("id"), group.group.id.toString()},
            {QStringLiteral("name"), group.group.name},
            {QStringLiteral("members"), tr("%n member(s)", nullptr, static_cast<int>(group.members.size()))},
            {QStringLiteral("stateText"), groupStateText(group)},
            {QStringLiteral("tone"), groupTone(group)}});
    }
    return list;
}

QVariantList GroupsViewModel::candidates() const {
    QVariantList list;
    if (!m_loaded) return list;
    for (const people::Participant& one : m_loaded->candidates) {
        const auto role = std::find_if(m_loaded->roles.begin(), m_loaded->roles.end(),
                                       [&](const study::Role& known) { return known.id == one.role; });
        const QString name = role == m_loaded->roles.end() ? QString() : inLanguage(role->name, m_settings->language());
        list.append(QVariantMap{{QStringLiteral("participant"), one.id.toString()},
                                {QStringLiteral("pseudonym"), one.pseudonym},
                                {QStringLiteral("text"), name}});
    }
    return list;
}

void GroupsViewModel::create(const QString& name, const QStringList& members) {
    std::vector<ParticipantId> ids;
    for (const QString& member : members) {
        if (const auto id = ParticipantId::fromString(member)) ids.push_back(*id);
    }
    using Made = std::pair<ParticipantId, Loaded>;
    m_vault->run(
        this,
        [name, ids](Tablet& tablet) -> Result<Made> {
            SOTTO_ASSIGN(auto* home, tablet.home());
            SOTTO_ASSIGN(const auto group, workflow::makeGroup(*home, name, ids));
            SOTTO_ASSIGN(auto loaded, load(*home));
            return Made{group.id, std::move(loaded)};
        },
        [this](Result<Made> made) {
            if (!made) {
                m_error = made.error().code == ErrorCode::AlreadyExists ? tr("A group of that name is there already.")
                                                                        : errorText(made.error());
                return emit changed();
            }
            m_loaded = std::move(made->second);
            m_error.clear();
            emit changed();
            emit chosen(made->first);
        });
}

void GroupsViewModel::open(const QString& group) {
    if (const auto id = ParticipantId::fromString(group)) emit chosen(*id);
}

}  // namespace sotto::app
