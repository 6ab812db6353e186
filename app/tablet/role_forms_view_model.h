// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include <QObject>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>

#include "base/ids.h"
#include "workflow/answering.h"

namespace sotto::app {

class SettingsViewModel;
class VaultThread;

/// The forms of one participant's role and how far they are: never what was answered. GUI thread.
class RoleFormsViewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the app")
    Q_PROPERTY(QVariantList rows READ rows NOTIFY changed FINAL)
    Q_PROPERTY(QString error READ error NOTIFY changed FINAL)

public:
    RoleFormsViewModel(VaultThread& vault, SettingsViewModel& settings, const ParticipantId& participant,
                       QObject* parent = nullptr);

    /// Each: id, title, text (when and by whom, how far), done, byParticipant, opens (a sheet kept apart that was
    /// filled in can't be found again).
    [[nodiscard]] QVariantList rows() const;
    [[nodiscard]] QString error() const { return m_error; }
    /// Opens the form: for the interviewer to ask, or to hand the tablet over.
    Q_INVOKABLE void open(const QString& form);
    Q_INVOKABLE void refresh();

signals:
    void changed();
    /// The interviewer asks and enters the answers.
    void askingWanted(const QString& form);
    /// The participant fills it in alone.
    void handOverWanted(const QString& form);

private:
    struct Loaded {
        std::vector<workflow::RoleFormState> states;
        bool wantsReport = false;
        bool gaveAddress = false;
    };
    [[nodiscard]] QString textOf(const workflow::RoleFormState& state) const;

    VaultThread* m_vault;
    SettingsViewModel* m_settings;
    ParticipantId m_participant;
    Loaded m_loaded;
    QString m_error;
};

}  // namespace sotto::app
