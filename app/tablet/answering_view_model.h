// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>

#include <QObject>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>

#include "base/ids.h"
#include "form_view_model.h"
#include "study/form.h"

namespace sotto::workflow {
class Answering;
}

namespace sotto::app {

class SettingsViewModel;
class VaultThread;

/// Which form: one of the study, by its id, or one that Sotto brings along.
struct FormChoice {
    QString id;
    std::optional<study::Form> own;
};

/// One form that somebody of the study fills in, on the way to the vault: reads what was answered before, and keeps
/// each answer on the vault thread. `form` is null until it is read. GUI thread.
class AnsweringViewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the app")
    Q_PROPERTY(sotto::app::FormViewModel* form READ form NOTIFY changed FINAL)
    Q_PROPERTY(QString pseudonym READ pseudonym NOTIFY changed FINAL)
    Q_PROPERTY(QString title READ title NOTIFY changed FINAL)
    Q_PROPERTY(QString error READ error NOTIFY changed FINAL)

public:
    AnsweringViewModel(VaultThread& vault, SettingsViewModel& settings, const ParticipantId& participant,
                       FormChoice choice, QObject* parent = nullptr);
    ~AnsweringViewModel() override;

    [[nodiscard]] FormViewModel* form() const { return m_form.get(); }
    [[nodiscard]] QString pseudonym() const { return m_pseudonym; }
    [[nodiscard]] QString title() const { return m_form ? m_form->title() : QString(); }
    [[nodiscard]] QString error() const { return m_error; }
    /// Languages that the form has; empty until it is read.
    [[nodiscard]] QStringList languages() const;

    /// Shows the form in another language, at the same place.
    void speak(const QString& language);
    /// What was set off since, as headings of the protocol; empty afterwards.
    [[nodiscard]] QStringList takeAlerts() { return std::exchange(m_alerts, {}); }

signals:
    void changed();
    /// Gone through to the end, and all of it kept.
    void finished();
    /// Back from the first step.
    void left();
    /// An answer set off an alert.
    void alerted();

private:
    struct Loaded {
        std::shared_ptr<workflow::Answering> answering;
        QString pseudonym;
    };
    void load(FormChoice choice);
    void show(const Loaded& loaded);
    void finish();
    void setError(const QString& error);

    VaultThread* m_vault;
    SettingsViewModel* m_settings;
    ParticipantId m_participant;
    std::shared_ptr<workflow::Answering> m_answering;  ///< used on the vault thread
    std::unique_ptr<FormViewModel> m_form;
    QString m_pseudonym;
    QStringList m_alerts;
    QString m_error;
};

}  // namespace sotto::app
