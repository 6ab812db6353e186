// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <memory>

#include <QObject>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>

#include "workflow/deliver.h"

namespace sotto::app {

class SettingsViewModel;
class VaultThread;

/// The outbox: each package and where it stands in plain words; where it goes; sending, with progress, and stopping.
/// GUI thread.
class OutboxViewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the app")
    Q_PROPERTY(bool loading READ isLoading NOTIFY changed FINAL)
    Q_PROPERTY(QVariantList packages READ packages NOTIFY changed FINAL)
    Q_PROPERTY(int waiting READ waiting NOTIFY changed FINAL)
    Q_PROPERTY(QString storeFolder READ storeFolder NOTIFY changed FINAL)
    Q_PROPERTY(bool sending READ isSending NOTIFY changed FINAL)
    Q_PROPERTY(double progress READ progress NOTIFY progressed FINAL)
    Q_PROPERTY(QString progressText READ progressText NOTIFY progressed FINAL)
    Q_PROPERTY(QString result READ result NOTIFY changed FINAL)
    Q_PROPERTY(QString error READ error NOTIFY changed FINAL)

public:
    OutboxViewModel(VaultThread& vault, SettingsViewModel& settings, QObject* parent = nullptr);
    ~OutboxViewModel() override;

    [[nodiscard]] bool isLoading() const { return m_isLoading; }
    /// Each: what, size, stateText, tone; what is queued comes first.
    [[nodiscard]] QVariantList packages() const;
    /// Packages that the next sending would take along.
    [[nodiscard]] int waiting() const;
    /// Empty if none was chosen.
    [[nodiscard]] QString storeFolder() const { return m_storeFolder; }
    [[nodiscard]] bool isSending() const { return m_cancelled != nullptr; }
    [[nodiscard]] double progress() const;
    [[nodiscard]] QString progressText() const;
    /// What the last sending did.
    [[nodiscard]] QString result() const { return m_result; }
    [[nodiscard]] QString error() const { return m_error; }

    Q_INVOKABLE void chooseStoreFolder(const QString& path);
    Q_INVOKABLE void send();
    /// At the next part; what was sent stays sent.
    Q_INVOKABLE void cancel();

signals:
    void changed();
    void progressed();

private:
    struct Loaded {
        std::vector<workflow::OutboxEntry> entries;
        QString storeFolder;
        bool isExportHeld = false;
    };
    [[nodiscard]] static Result<Loaded> load(workflow::Home& home);
    /// Waits for the approval of the community that the study names.
    [[nodiscard]] bool isHeld(const workflow::OutboxEntry& entry) const;
    void refresh();
    void loaded(Result<Loaded> loaded);
    void sent(const Result<workflow::DeliveryReport>& report);
    void setError(const QString& error);

    VaultThread* m_vault;
    SettingsViewModel* m_settings;
    std::vector<workflow::OutboxEntry> m_entries;
    QString m_storeFolder;
    bool m_isExportHeld = false;
    std::shared_ptr<std::atomic<bool>> m_cancelled;  ///< there while sending
    workflow::DeliveryProgress m_progress;
    bool m_isLoading = true;
    QString m_result;
    QString m_error;
};

}  // namespace sotto::app
