// SPDX-License-Identifier: Apache-2.0
#include "records_view_model.h"

#include <algorithm>

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include "audit_text.h"
#include "error_text.h"
#include "settings_view_model.h"
#include "study/ethics_sheet.h"
#include "vault_thread.h"
#include "workflow/incidents.h"

namespace sotto::app {

namespace {

using workflow::Compartment;

constexpr std::size_t kPage = 30;

QString shortTime(std::int64_t utcMs) {
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(utcMs), QLocale::ShortFormat);
}

}  // namespace

RecordsViewModel::RecordsViewModel(VaultThread& vault, SettingsViewModel& settings, QObject* parent)
    : QObject(parent), m_vault(&vault), m_settings(&settings), m_shown(kPage) {
    connect(&settings, &SettingsViewModel::languageChanged, this, &RecordsViewModel::changed);
    refresh();
}

Result<> RecordsViewModel::loadTrail(workflow::Home& home, Loaded& loaded) {
    for (const Compartment compartment : {Compartment::Sessions, Compartment::Outbox}) {
        if (!home.holds(compartment)) continue;
        const vault::AuditTrail trail(home.vault(compartment));
        SOTTO_ASSIGN(auto entries, trail.entries());
        if (!trail.verify()) loaded.isDamaged = true;
        Instant before;
        for (vault::AuditEntry& entry : entries) {
            if (entry.isRedacted) entry.at = before;  // when it was is forgotten; its place is not
            before = entry.at;
            loaded.entries.push_back(std::move(entry));
        }
    }
    std::reverse(loaded.entries.begin(), loaded.entries.end());
    std::stable_sort(loaded.entries.begin(), loaded.entries.end(),
                     [](const auto& one, const auto& other) { return one.at.utcMs > other.at.utcMs; });
    return {};
}

Result<RecordsViewModel::Loaded> RecordsViewModel::load(workflow::Home& home) {
    Loaded loaded;
    loaded.pack = home.study().pack;
    loaded.today = QDateTime::fromMSecsSinceEpoch(home.clock().now().utcMs).date();
    if (home.holds(Compartment::Outbox)) {
        SOTTO_ASSIGN(loaded.approval, workflow::exportApproval(home));
    }
    loaded.holdsIdentities = home.holds(Compartment::Identities);
    if (loaded.holdsIdentities) {
        SOTTO_ASSIGN(loaded.incidents, workflow::incidents(home));
    }
    for (const keyring::Person& person : home.keyring().persons())
        loaded.names[person.id] = person.name;
    SOTTO_TRY(loadTrail(home, loaded));
    return loaded;
}

void RecordsViewModel::refresh() {
    m_vault->run(
        this,
        [](Tablet& tablet) -> Result<Loaded> {
            SOTTO_ASSIGN(auto* home, tablet.home());
            return load(*home);
        },
        [this](Result<Loaded> loaded) {
            if (!loaded) return setError(errorText(loaded.error()));
            m_loaded = *std::move(loaded);
            emit changed();
        });
}

QString RecordsViewModel::sheetTitle() const {
    if (!m_loaded) return {};
    return study::ethicsSheet(m_loaded->pack, m_settings->language(), {}).title;
}

QString RecordsViewModel::sheetAbout() const {
    if (!m_loaded) return {};
    return study::ethicsSheet(m_loaded->pack, m_settings->language(), QCoreApplication::applicationVersion()).about;
}

QVariantList RecordsViewModel::sheet() const {
    QVariantList parts;
    if (!m_loaded) return parts;
    for (const study::SheetPart& part : study::ethicsSheet(m_loaded->pack, m_settings->language(), {}).parts) {
        parts.append(QVariantMap{{QStringLiteral("title"), part.title}, {QStringLiteral("lines"), part.lines}});
    }
    return parts;
}

QString RecordsViewModel::custodian() const {
    if (!m_loaded || !m_loaded->pack.policy.custodian || !m_loaded->pack.policy.custodian->approvesExport) return {};
    return m_loaded->pack.policy.custodian->name;
}

QString RecordsViewModel::approval() const {
    if (!m_loaded || !m_loaded->approval) return {};
    return tr("Approved: %1. Written down on %2.")
        .arg(m_loaded->approval->approvedBy, shortTime(m_loaded->approval->utcMs));
}

QVariantList RecordsViewModel::incidents() const {
    QVariantList list;
    if (!m_loaded) return list;
    for (auto incident = m_loaded->incidents.rbegin(); incident != m_loaded->incidents.rend(); ++incident) {
        list.append(
            QVariantMap{{QStringLiteral("title"),
                         tr("Incident %1, found on %2").arg(incident->number).arg(QLocale().toString(incident->found))},
                        {QStringLiteral("happened"), incident->happened},
                        {QStringLiteral("data"), incident->data},
                        {QStringLiteral("told"), incident->told},
                        {QStringLiteral("done"), incident->done}});
    }
    return list;
}

QVariantList RecordsViewModel::entries() const {
    QVariantList list;
    if (!m_loaded) return list;
    for (std::size_t i = 0; i < std::min(m_shown, m_loaded->entries.size()); ++i) {
        const vault::AuditEntry& entry = m_loaded->entries[i];
        const auto name = m_loaded->names.find(entry.person);
        list.append(QVariantMap{
            {QStringLiteral("when"), entry.isRedacted ? QString() : shortTime(entry.at.utcMs)},
            {QStringLiteral("who"), entry.isRedacted || name == m_loaded->names.end() ? QString() : name->second},
            {QStringLiteral("text"), auditText(entry)}});
    }
    return list;
}

void RecordsViewModel::showMore() {
    m_shown += kPage;
    emit changed();
}

void RecordsViewModel::change(std::function<Result<>(workflow::Home&)> job, const std::function<void()>& done) {
    setError({});
    m_vault->run(
        this,
        [job = std::move(job)](Tablet& tablet) -> Result<> {
            SOTTO_ASSIGN(auto* home, tablet.home());
            return job(*home);
        },
        [this, done](const Result<>& changed) {
            if (!changed) return setError(errorText(changed.error()));
            if (done) done();
            refresh();
        });
}

void RecordsViewModel::approve(const QString& approvedBy) {
    change([approvedBy](workflow::Home& home) { return workflow::approveExport(home, approvedBy); });
}

void RecordsViewModel::withdrawApproval() {
    change([](workflow::Home& home) { return workflow::withdrawExportApproval(home); });
}

void RecordsViewModel::recordIncident(const QString& found, const QString& happened, const QString& data,
                                      const QString& told, const QString& done) {
    people::Incident incident;
    incident.found = QDate::fromString(found.trimmed(), Qt::ISODate);
    incident.happened = happened.trimmed();
    incident.data = data.trimmed();
    incident.told = told.trimmed();
    incident.done = done.trimmed();
    if (!incident.found.isValid()) return setError(tr("Write the day like this: %1.").arg(today()));
    if (incident.happened.isEmpty() || incident.data.isEmpty())
        return setError(tr("Say at least what happened, and which information it is about."));
    change(
        [incident](workflow::Home& home) -> Result<> {
            SOTTO_TRY(workflow::recordIncident(home, incident));
            return {};
        },
        [this] { emit recorded(); });
}

QString RecordsViewModel::today() const {
    return m_loaded ? m_loaded->today.toString(Qt::ISODate) : QString();
}

void RecordsViewModel::setError(const QString& error) {
    m_error = error;
    emit changed();
}

}  // namespace sotto::app
