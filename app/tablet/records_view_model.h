// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <vector>

#include <QObject>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>

#include "people/incidents.h"
#include "study/study_pack.h"
#include "vault/audit.h"
#include "workflow/export_approval.h"

namespace sotto::app {

class SettingsViewModel;
class VaultThread;

/// The records that an ethics board asks for: the page on what is kept and where, the approval of a community before
/// anything leaves for research, confidentiality incidents, the audit trail. GUI thread.
class RecordsViewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the app")
    Q_PROPERTY(bool loading READ isLoading NOTIFY changed FINAL)
    Q_PROPERTY(QString sheetTitle READ sheetTitle NOTIFY changed FINAL)
    Q_PROPERTY(QString sheetAbout READ sheetAbout NOTIFY changed FINAL)
    Q_PROPERTY(QVariantList sheet READ sheet NOTIFY changed FINAL)
    Q_PROPERTY(QString custodian READ custodian NOTIFY changed FINAL)
    Q_PROPERTY(QString approval READ approval NOTIFY changed FINAL)
    Q_PROPERTY(bool mayRecord READ mayRecord NOTIFY changed FINAL)
    Q_PROPERTY(QVariantList incidents READ incidents NOTIFY changed FINAL)
    Q_PROPERTY(QVariantList entries READ entries NOTIFY changed FINAL)
    Q_PROPERTY(bool hasMore READ hasMore NOTIFY changed FINAL)
    Q_PROPERTY(bool trailDamaged READ isTrailDamaged NOTIFY changed FINAL)
    Q_PROPERTY(QString error READ error NOTIFY changed FINAL)

public:
    RecordsViewModel(VaultThread& vault, SettingsViewModel& settings, QObject* parent = nullptr);

    [[nodiscard]] bool isLoading() const { return !m_loaded; }
    /// The ethics sheet in the language of the screen.
    [[nodiscard]] QString sheetTitle() const;
    [[nodiscard]] QString sheetAbout() const;
    /// Each: title, lines.
    [[nodiscard]] QVariantList sheet() const;
    /// Who approves before anything leaves for research; empty if the study asks nobody.
    [[nodiscard]] QString custodian() const;
    /// Who approved and when, in words; empty while nothing is approved.
    [[nodiscard]] QString approval() const;
    /// Whether this person holds the names, without which no incident is read or written.
    [[nodiscard]] bool mayRecord() const { return m_loaded && m_loaded->holdsIdentities; }
    /// Newest first; each: title, happened, data, told, done.
    [[nodiscard]] QVariantList incidents() const;
    /// As much of the audit trail as was asked for, newest first; each: when, who, text.
    [[nodiscard]] QVariantList entries() const;
    [[nodiscard]] bool hasMore() const { return m_loaded && m_shown < m_loaded->entries.size(); }
    /// The trail was changed by somebody, or damaged.
    [[nodiscard]] bool isTrailDamaged() const { return m_loaded && m_loaded->isDamaged; }
    [[nodiscard]] QString error() const { return m_error; }

    Q_INVOKABLE void showMore();
    Q_INVOKABLE void approve(const QString& approvedBy);
    Q_INVOKABLE void withdrawApproval();
    /// `found` as 2026-11-23. What is wrong is told by error(), and recorded() does not come.
    Q_INVOKABLE void recordIncident(const QString& found, const QString& happened, const QString& data,
                                    const QString& told, const QString& done);
    /// The day on which the records were read, as recordIncident() wants it.
    Q_INVOKABLE [[nodiscard]] QString today() const;

signals:
    void changed();
    void recorded();

private:
    struct Loaded {
        study::StudyPack pack;
        std::optional<workflow::ExportApproval> approval;
        bool holdsIdentities = false;
        std::vector<people::Incident> incidents;
        std::vector<vault::AuditEntry> entries;  ///< of both trails, newest first
        std::map<PersonId, QString> names;
        bool isDamaged = false;
        QDate today;
    };
    [[nodiscard]] static Result<Loaded> load(workflow::Home& home);
    [[nodiscard]] static Result<> loadTrail(workflow::Home& home, Loaded& loaded);
    void refresh();
    /// Runs a change, then shows what came of it.
    void change(std::function<Result<>(workflow::Home&)> job, const std::function<void()>& done = {});
    void setError(const QString& error);

    VaultThread* m_vault;
    SettingsViewModel* m_settings;
    std::optional<Loaded> m_loaded;
    std::size_t m_shown = 0;
    QString m_error;
};

}  // namespace sotto::app
