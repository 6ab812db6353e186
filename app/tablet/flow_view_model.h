// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>

#include "study/study_pack.h"
#include "workflow/study_flow.h"

namespace sotto::app {

class SettingsViewModel;
class VaultThread;

/// Where the study stands: planned against actual, and the counts of the flow diagram, role by role. Counts only:
/// nobody is to be recognised in them. GUI thread.
class FlowViewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the app")
    Q_PROPERTY(bool loading READ isLoading NOTIFY changed FINAL)
    Q_PROPERTY(QVariantList roles READ roles NOTIFY changed FINAL)
    Q_PROPERTY(QString error READ error NOTIFY changed FINAL)

public:
    FlowViewModel(VaultThread& vault, SettingsViewModel& settings, QObject* parent = nullptr);

    [[nodiscard]] bool isLoading() const { return m_isLoading; }
    /// Each: name, interviewed, planned (-1 if the study plans none), lines: list of {text, value, detail}.
    [[nodiscard]] QVariantList roles() const;
    [[nodiscard]] QString error() const { return m_error; }

signals:
    void changed();

private:
    struct Loaded {
        std::vector<workflow::RoleFlow> flows;
        std::vector<study::Role> roles;
        std::vector<study::Screening> screenings;
    };
    [[nodiscard]] QVariantList linesOf(const workflow::RoleFlow& flow) const;
    /// "age: 2, not the right time: 1"
    [[nodiscard]] QString reasonsOf(const workflow::RoleFlow& flow) const;

    SettingsViewModel* m_settings;
    Loaded m_loaded;
    QString m_error;
    bool m_isLoading = true;
};

}  // namespace sotto::app
