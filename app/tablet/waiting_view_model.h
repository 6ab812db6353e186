// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <vector>

#include <QObject>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>

#include "base/ids.h"
#include "people/nominations.h"
#include "study/study_pack.h"

namespace sotto::workflow {
class Home;
}

namespace sotto::app {

class SettingsViewModel;
class VaultThread;

/// Empty places: people who were named and have not answered. Kept away from the page of whoever named them. GUI
/// thread.
class WaitingViewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the app")
    Q_PROPERTY(bool loading READ isLoading NOTIFY changed FINAL)
    Q_PROPERTY(QVariantList waiting READ waiting NOTIFY changed FINAL)
    Q_PROPERTY(bool busy READ isBusy NOTIFY changed FINAL)
    Q_PROPERTY(QString error READ error NOTIFY changed FINAL)

public:
    WaitingViewModel(VaultThread& vault, SettingsViewModel& settings, QObject* parent = nullptr);

    [[nodiscard]] bool isLoading() const { return m_isLoading; }
    /// Each: id, role, named (bool), name, reach, maySay, forgotten (when they will be), tries. Name and way to reach
    /// them are there only after reveal().
    [[nodiscard]] QVariantList waiting() const;
    [[nodiscard]] bool isBusy() const { return m_isBusy; }
    [[nodiscard]] QString error() const { return m_error; }

    /// Shows the name, or hides it again.
    Q_INVOKABLE void reveal(const QString& id);
    /// `kind`: call, message, met, no-answer.
    Q_INVOKABLE void addTry(const QString& id, const QString& kind);
    /// They agree; `name` if none was left. Leads to their page.
    Q_INVOKABLE void accept(const QString& id, const QString& name);
    /// They would rather not: erased.
    Q_INVOKABLE void decline(const QString& id);

signals:
    void changed();
    void personChosen(const sotto::ParticipantId& participant);

private:
    struct Loaded {
        std::vector<people::Nomination> waiting;
        std::vector<study::Role> roles;
        std::optional<ParticipantId> enrolled;
    };
    using Action = std::function<Result<std::optional<ParticipantId>>(workflow::Home&)>;
    void run(Action action);
    [[nodiscard]] QString roleName(const QString& role) const;

    VaultThread* m_vault;
    SettingsViewModel* m_settings;
    Loaded m_loaded;
    QString m_revealed;
    QString m_error;
    bool m_isLoading = true;
    bool m_isBusy = false;
};

}  // namespace sotto::app
