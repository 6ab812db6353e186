// SPDX-License-Identifier: Apache-2.0
#include "waiting_view_model.h"

#include <algorithm>

#include <QDateTime>
#include <QLocale>

#include "error_text.h"
#include "people_list_model.h"
#include "settings_view_model.h"
#include "vault_thread.h"
#include "workflow/nominate.h"

namespace sotto::app {

using people::NominationId;
using study::MaySay;

namespace {

QString dayText(std::int64_t utcMs) {
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(utcMs).date(), QLocale::ShortFormat);
}

}  // namespace

WaitingViewModel::WaitingViewModel(VaultThread& vault, SettingsViewModel& settings, QObject* parent)
    : QObject(parent), m_vault(&vault), m_settings(&settings) {
    run([](workflow::Home&) -> Result<std::optional<ParticipantId>> { return std::nullopt; });
}

void WaitingViewModel::run(Action action) {
    m_isBusy = true;
    emit changed();
    m_vault->run(
        this,
        [action = std::move(action)](Tablet& tablet) -> Result<Loaded> {
            SOTTO_ASSIGN(auto* home, tablet.home());
            SOTTO_TRY(home->need({workflow::Compartment::Sessions, workflow::Compartment::Identities}));
            Loaded loaded;
            SOTTO_ASSIGN(loaded.enrolled, action(*home));
            loaded.roles = home->study().pack.roles;
            SOTTO_ASSIGN(loaded.waiting, people::Nominations(home->identities()).waiting());
            return loaded;
        },
        [this](Result<Loaded> loaded) {
            m_isBusy = false;
            m_isLoading = false;
            m_error = loaded ? QString() : errorText(loaded.error());
            if (loaded) m_loaded = *std::move(loaded);
            emit changed();
            if (m_error.isEmpty() && m_loaded.enrolled) emit personChosen(*m_loaded.enrolled);
        });
}

QString WaitingViewModel::roleName(const QString& role) const {
    const auto found = std::find_if(m_loaded.roles.begin(), m_loaded.roles.end(),
                                    [&](const study::Role& one) { return one.id == role; });
    return found == m_loaded.roles.end() ? role : inLanguage(found->name, m_settings->language());
}

QVariantList WaitingViewModel::waiting() const {
    QVariantList list;
    for (const people::Nomination& one : m_loaded.waiting) {
        QStringList say;
        for (const MaySay what : one.maySay) {
            say += what == MaySay::Name         ? tr("who named them")
                   : what == MaySay::StudyTopic ? tr("what the study is about")
                                                : tr("nothing else than that there is a study");
        }
        const bool isRevealed = one.id.toString() == m_revealed;
        list.append(QVariantMap{
            {QStringLiteral("id"), one.id.toString()},
            {QStringLiteral("role"), roleName(one.role)},
            {QStringLiteral("named"), !one.name.isEmpty()},
            {QStringLiteral("name"), isRevealed ? one.name : QString()},
            {QStringLiteral("reach"), isRevealed ? one.reach : QString()},
            {QStringLiteral("maySay"), say.isEmpty() ? QString() : tr("May be told: %1").arg(say.join(u", "))},
            {QStringLiteral("forgotten"),
             tr("Named on %1; erased on %2 without an answer").arg(dayText(one.madeUtcMs), dayText(one.forgetUtcMs))},
            {QStringLiteral("tries"),
             one.tries.empty() ? QString()
                               : tr("%n try(ies), the last on %1", nullptr, static_cast<int>(one.tries.size()))
                                     .arg(dayText(one.tries.back().utcMs))}});
    }
    return list;
}

void WaitingViewModel::reveal(const QString& id) {
    m_revealed = m_revealed == id ? QString() : id;
    emit changed();
}

void WaitingViewModel::addTry(const QString& id, const QString& kind) {
    const auto known = NominationId::fromString(id);
    const auto how = people::contactKindFromName(kind);
    if (!known || !how) return;
    run([id = *known, how = *how](workflow::Home& home) -> Result<std::optional<ParticipantId>> {
        SOTTO_TRY(people::Nominations(home.identities()).addTry(id, how, home.clock().now()));
        return std::nullopt;
    });
}

void WaitingViewModel::accept(const QString& id, const QString& name) {
    const auto known = NominationId::fromString(id);
    if (!known || m_isBusy) return;
    run([id = *known, name](workflow::Home& home) -> Result<std::optional<ParticipantId>> {
        SOTTO_ASSIGN(const auto enrolled, workflow::acceptNomination(home, id, name));
        return enrolled.id;
    });
}

void WaitingViewModel::decline(const QString& id) {
    const auto known = NominationId::fromString(id);
    if (!known || m_isBusy) return;
    run([id = *known](workflow::Home& home) -> Result<std::optional<ParticipantId>> {
        SOTTO_TRY(workflow::declineNomination(home, id));
        return std::nullopt;
    });
}

}  // namespace sotto::app
