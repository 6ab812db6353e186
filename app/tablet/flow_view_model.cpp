// SPDX-License-Identifier: Apache-2.0
#include "flow_view_model.h"

#include <algorithm>

#include "error_text.h"
#include "people_list_model.h"
#include "settings_view_model.h"
#include "vault_thread.h"

namespace sotto::app {

FlowViewModel::FlowViewModel(VaultThread& vault, SettingsViewModel& settings, QObject* parent)
    : QObject(parent), m_settings(&settings) {
    vault.run(
        this,
        [](Tablet& tablet) -> Result<Loaded> {
            SOTTO_ASSIGN(auto* home, tablet.home());
            const study::StudyPack& pack = home->study().pack;
            Loaded loaded{{}, pack.roles, pack.screenings};
            SOTTO_ASSIGN(loaded.flows, workflow::studyFlow(*home));
            return loaded;
        },
        [this](Result<Loaded> loaded) {
            m_isLoading = false;
            m_error = loaded ? QString() : errorText(loaded.error());
            if (loaded) m_loaded = *std::move(loaded);
            emit changed();
        });
}

QString FlowViewModel::reasonsOf(const workflow::RoleFlow& flow) const {
    const auto screening = std::find_if(m_loaded.screenings.begin(), m_loaded.screenings.end(),
                                        [&](const study::Screening& one) { return one.role == flow.role; });
    QStringList words;
    for (const auto& [reason, count] : flow.reasons) {
        QString name = reason;
        if (screening != m_loaded.screenings.end()) {
            const auto known = screening->reasons.find(reason);
            if (known != screening->reasons.end()) name = inLanguage(known->second, m_settings->language());
        }
        words += tr("%1: %2").arg(name).arg(count);
    }
    return words.join(u", ");
}

QVariantList FlowViewModel::linesOf(const workflow::RoleFlow& flow) const {
    QVariantList lines;
    const auto add = [&](const QString& text, int value, const QString& detail = {}) {
        lines.append(QVariantMap{
            {QStringLiteral("text"), text}, {QStringLiteral("value"), value}, {QStringLiteral("detail"), detail}});
    };
    const auto addIfAny = [&](const QString& text, int value, const QString& detail = {}) {
        if (value > 0) add(text, value, detail);
    };
    addIfAny(tr("Named, no answer yet"), flow.waiting);
    addIfAny(tr("Named, did not answer"), flow.noAnswer);
    add(tr("Contacted"), flow.contacted);
    const bool isScreened = std::any_of(m_loaded.screenings.begin(), m_loaded.screenings.end(),
                                        [&](const study::Screening& one) { return one.role == flow.role; });
    if (isScreened || flow.screened > 0) {
        add(tr("Screened"), flow.screened);
        add(tr("Not the right fit now"), flow.notNow, reasonsOf(flow));
    }
    add(tr("Would rather not take part"), flow.declined);
    add(tr("Consented"), flow.consented);
    add(tr("Interviewed"), flow.interviewed);
    add(tr("Took it back"), flow.tookBack);
    return lines;
}

QVariantList FlowViewModel::roles() const {
    QVariantList list;
    for (const workflow::RoleFlow& flow : m_loaded.flows) {
        const auto role = std::find_if(m_loaded.roles.begin(), m_loaded.roles.end(),
                                       [&](const study::Role& one) { return one.id == flow.role; });
        const QString name = role == m_loaded.roles.end() ? flow.role : inLanguage(role->name, m_settings->language());
        list.append(QVariantMap{{QStringLiteral("name"), name},
                                {QStringLiteral("interviewed"), flow.interviewed},
                                {QStringLiteral("planned"), flow.planned.value_or(-1)},
                                {QStringLiteral("lines"), linesOf(flow)}});
    }
    return list;
}

}  // namespace sotto::app
