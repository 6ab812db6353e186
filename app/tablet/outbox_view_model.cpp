// SPDX-License-Identifier: Apache-2.0
#include "outbox_view_model.h"

#include <algorithm>

#include <QLocale>

#include "error_text.h"
#include "settings_view_model.h"
#include "vault_thread.h"
#include "workflow/export_approval.h"
#include "workflow/settings.h"

namespace sotto::app {

using sync::PackageState;

namespace {

QString sizeText(std::uint64_t bytes) {
    return QLocale().formattedDataSize(static_cast<qint64>(bytes), 1, QLocale::DataSizeSIFormat);
}

QString stateTone(PackageState state) {
    switch (state) {
        case PackageState::Queued:
            return QStringLiteral("warning");
        case PackageState::Sent:
            return QStringLiteral("accent");
        default:
            return QStringLiteral("good");
    }
}

}  // namespace

OutboxViewModel::OutboxViewModel(VaultThread& vault, SettingsViewModel& settings, QObject* parent)
    : QObject(parent), m_vault(&vault), m_settings(&settings) {
    connect(&settings, &SettingsViewModel::languageChanged, this, &OutboxViewModel::changed);
    refresh();
}

OutboxViewModel::~OutboxViewModel() {
    cancel();
}

Result<OutboxViewModel::Loaded> OutboxViewModel::load(workflow::Home& home) {
    Loaded loaded;
    SOTTO_ASSIGN(loaded.entries, workflow::listOutbox(home));
    SOTTO_ASSIGN(loaded.isExportHeld, workflow::isExportHeld(home));
    SOTTO_ASSIGN(const auto folder, workflow::storeFolder(home));
    if (folder) loaded.storeFolder = QString::fromStdString(folder->string());
    std::stable_sort(loaded.entries.begin(), loaded.entries.end(),
                     [](const auto& a, const auto& b) { return a.state < b.state; });
    return loaded;
}

void OutboxViewModel::refresh() {
    m_vault->run(
        this,
        [](Tablet& tablet) -> Result<Loaded> {
            SOTTO_ASSIGN(auto* home, tablet.home());
            return load(*home);
        },
        [this](Result<Loaded> result) { loaded(std::move(result)); });
}

void OutboxViewModel::loaded(Result<Loaded> loaded) {
    m_isLoading = false;
    if (!loaded) return setError(errorText(loaded.error()));
    m_entries = std::move(loaded->entries);
    m_storeFolder = loaded->storeFolder;
    m_isExportHeld = loaded->isExportHeld;
    emit changed();
}

QVariantList OutboxViewModel::packages() const {
    const auto what = [](package::PackageKind kind) {
        switch (kind) {
            case package::PackageKind::Content:
                return tr("Interview");
            case package::PackageKind::Identity:
                return tr("Consent and name");
            case package::PackageKind::Research:
                return tr("De-identified data");
        }
        return QString();
    };
    const auto state = [](PackageState value) {
        switch (value) {
            case PackageState::Queued:
                return tr("Waits to be sent");
            case PackageState::Sent:
                return tr("Sent; the lab has not confirmed it yet");
            case PackageState::Stored:
                return tr("The lab has stored it");
            case PackageState::Opened:
                return tr("The lab has opened it");
        }
        return QString();
    };
    QVariantList list;
    for (const workflow::OutboxEntry& entry : m_entries) {
        list.append(QVariantMap{{QStringLiteral("what"), what(entry.kind)},
                                {QStringLiteral("size"), sizeText(entry.size)},
                                {QStringLiteral("stateText"),
                                 isHeld(entry) ? tr("Waits for the community's approval") : state(entry.state)},
                                {QStringLiteral("tone"), stateTone(entry.state)}});
    }
    return list;
}

int OutboxViewModel::waiting() const {
    return static_cast<int>(std::count_if(m_entries.begin(), m_entries.end(), [this](const auto& entry) {
        return entry.state == PackageState::Queued && !isHeld(entry);
    }));
}

bool OutboxViewModel::isHeld(const workflow::OutboxEntry& entry) const {
    return m_isExportHeld && entry.kind == package::PackageKind::Research && entry.state == PackageState::Queued;
}

double OutboxViewModel::progress() const {
    if (m_progress.total == 0) return -1;
    return static_cast<double>(m_progress.done) / static_cast<double>(m_progress.total);
}

QString OutboxViewModel::progressText() const {
    if (m_progress.total == 0) return {};
    return tr("%1 of %2, package %3 of %4")
        .arg(sizeText(m_progress.done), sizeText(m_progress.total))
        .arg(std::min(m_progress.packagesDone + 1, m_progress.packages))
        .arg(m_progress.packages);
}

void OutboxViewModel::chooseStoreFolder(const QString& path) {
    m_vault->run(
        this,
        [path = path.trimmed()](Tablet& tablet) -> Result<Loaded> {
            SOTTO_ASSIGN(auto* home, tablet.home());
            SOTTO_TRY(workflow::setStoreFolder(*home, path.toStdString()));
            return load(*home);
        },
        [this](Result<Loaded> result) {
            if (!result) return setError(tr("Enter the whole path of a folder, beginning with a slash."));
            m_error.clear();
            loaded(std::move(result));
        });
}

void OutboxViewModel::send() {
    if (isSending()) return;
    m_cancelled = std::make_shared<std::atomic<bool>>(false);
    m_progress = {};
    m_error.clear();
    m_result.clear();
    emit changed();
    emit progressed();
    workflow::DeliveryHooks hooks;
    hooks.isCancelled = [cancelled = m_cancelled] { return cancelled->load(); };
    hooks.progress = [vault = m_vault, self = QPointer<OutboxViewModel>(this)](const workflow::DeliveryProgress& now) {
        vault->tell([self, now] {
            if (!self) return;
            self->m_progress = now;
            emit self->progressed();
        });
    };
    m_vault->run(
        this,
        [hooks](Tablet& tablet) -> Result<workflow::DeliveryReport> {
            SOTTO_ASSIGN(auto* home, tablet.home());
            SOTTO_ASSIGN(const auto store, workflow::openStore(*home));
            return workflow::deliver(*home, *store, hooks);
        },
        [this](const Result<workflow::DeliveryReport>& report) { sent(report); });
}

void OutboxViewModel::sent(const Result<workflow::DeliveryReport>& report) {
    m_cancelled.reset();
    if (report) {
        m_result = tr("%n package(s) sent.", nullptr, report->sent) + u' ' +
                   tr("%n confirmation(s) came from the lab.", nullptr, report->receipts);
    } else if (report.error().code == ErrorCode::Cancelled) {
        m_result = tr("Stopped. What was sent stays sent; the rest can be sent later.");
    } else if (report.error().code == ErrorCode::NotFound) {
        m_error = tr("The folder to send to is not there. Is the stick plugged in, or the share connected?");
    } else {
        m_error = errorText(report.error());
    }
    emit changed();
    refresh();
}

void OutboxViewModel::cancel() {
    if (m_cancelled) *m_cancelled = true;
}

void OutboxViewModel::setError(const QString& error) {
    m_error = error;
    emit changed();
}

}  // namespace sotto::app
