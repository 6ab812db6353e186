// SPDX-License-Identifier: Apache-2.0
#include "nominate_view_model.h"

#include <algorithm>

#include <QDateTime>
#include <QLocale>

#include "error_text.h"
#include "people_list_model.h"
#include "settings_view_model.h"
#include "vault_thread.h"
#include "workflow/nominate.h"

namespace sotto::app {

using study::MaySay;
using study::NominationWay;

NominateViewModel::NominateViewModel(VaultThread& vault, SettingsViewModel& settings, const ParticipantId& participant,
                                     QObject* parent)
    : QObject(parent), m_vault(&vault), m_settings(&settings), m_participant(participant) {
    m_vault->run(
        this,
        [participant](Tablet& tablet) -> Result<Loaded> {
            SOTTO_ASSIGN(auto* home, tablet.home());
            return load(*home, participant);
        },
        [this](Result<Loaded> loaded) {
            if (loaded) m_loaded = *std::move(loaded);
            emit changed();
        });
}

Result<NominateViewModel::Loaded> NominateViewModel::load(workflow::Home& home, const ParticipantId& participant) {
    Loaded loaded;
    if (!home.holds(workflow::Compartment::Sessions) || !home.holds(workflow::Compartment::Identities)) return loaded;
    SOTTO_ASSIGN(const auto self, people::Participants(home.sessions()).find(participant));
    if (!self) return loaded;
    const study::Nomination* policy = home.study().pack.policy.nominationBy(self->role);
    if (policy == nullptr) return loaded;
    loaded.policy = *policy;
    loaded.roles = home.study().pack.roles;
    SOTTO_ASSIGN(loaded.places, workflow::placesLeft(home, *self));
    SOTTO_ASSIGN(loaded.named, people::Nominations(home.identities()).namedBy(participant));
    return loaded;
}

QString NominateViewModel::roleName(const QString& role) const {
    const auto found = std::find_if(m_loaded.roles.begin(), m_loaded.roles.end(),
                                    [&](const study::Role& one) { return one.id == role; });
    return found == m_loaded.roles.end() ? role : inLanguage(found->name, m_settings->language());
}

QVariantList NominateViewModel::places() const {
    QVariantList list;
    for (const auto& [role, left] : m_loaded.places) {
        if (left == 0) continue;
        list.append(QVariantMap{{QStringLiteral("value"), role}, {QStringLiteral("text"), roleName(role)}});
    }
    return list;
}

QVariantList NominateViewModel::ways() const {
    QVariantList list;
    if (!m_loaded.policy) return list;
    for (const NominationWay way : m_loaded.policy->ways) {
        const bool passesOn = way == NominationWay::PassesOn;
        list.append(QVariantMap{
            {QStringLiteral("value"), people::nominationWayName(way)},
            {QStringLiteral("text"), passesOn ? tr("They pass the invitation on") : tr("We may make contact")},
            {QStringLiteral("detail"),
             passesOn ? tr("No name and no number is kept. The other person gets in touch, or does not.")
                      : tr("Name and number are kept apart, and erased if there is no answer.")}});
    }
    return list;
}

QVariantList NominateViewModel::maySay() const {
    QVariantList list;
    if (!m_loaded.policy) return list;
    for (const MaySay what : m_loaded.policy->maySay) {
        const QString text = what == MaySay::Name         ? tr("Who named them")
                             : what == MaySay::StudyTopic ? tr("What the study is about")
                                                          : tr("Nothing else than that there is a study");
        list.append(QVariantMap{{QStringLiteral("value"), people::maySayName(what)}, {QStringLiteral("text"), text}});
    }
    return list;
}

QStringList NominateViewModel::named() const {
    QStringList list;
    for (const people::NamedSomebody& one : m_loaded.named) {
        const QString day = QLocale().toString(QDateTime::fromMSecsSinceEpoch(one.utcMs).date(), QLocale::ShortFormat);
        const QString text = one.way == NominationWay::PassesOn ? tr("%1: an invitation was passed on, %2")
                                                                : tr("%1: contact was permitted, %2");
        list += text.arg(roleName(one.role), day);
    }
    return list;
}

void NominateViewModel::nominate(const QString& role, const QString& way, const QString& name, const QString& reach,
                                 const QStringList& maySay) {
    const auto known = people::nominationWayFromName(way);
    if (!known) return;
    workflow::NewNomination wanted{m_participant, role, *known, {}, {}, {}};
    if (*known == NominationWay::Permits) {
        wanted.name = name.trimmed();
        wanted.reach = reach.trimmed();
        for (const QString& what : maySay) {
            if (const auto one = people::maySayFromName(what)) wanted.maySay.push_back(*one);
        }
    }
    m_vault->run(
        this,
        [wanted](Tablet& tablet) -> Result<Loaded> {
            SOTTO_ASSIGN(auto* home, tablet.home());
            SOTTO_TRY(workflow::nominate(*home, wanted));
            return load(*home, wanted.nominator);
        },
        [this](Result<Loaded> loaded) {
            m_error = loaded ? QString() : errorText(loaded.error());
            if (loaded) m_loaded = *std::move(loaded);
            emit changed();
            if (m_error.isEmpty()) emit kept();
        });
}

}  // namespace sotto::app
