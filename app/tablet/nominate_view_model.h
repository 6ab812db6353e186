// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>

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

/// Whom a participant names for the other places of their pair, as far as their own page may show it: that somebody was
/// named, and nothing of what came of it. GUI thread.
class NominateViewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the app")
    Q_PROPERTY(bool offered READ isOffered NOTIFY changed FINAL)
    Q_PROPERTY(QVariantList places READ places NOTIFY changed FINAL)
    Q_PROPERTY(QVariantList ways READ ways NOTIFY changed FINAL)
    Q_PROPERTY(QVariantList maySay READ maySay NOTIFY changed FINAL)
    Q_PROPERTY(QStringList named READ named NOTIFY changed FINAL)
    Q_PROPERTY(int forgetAfterDays READ forgetAfterDays NOTIFY changed FINAL)
    Q_PROPERTY(QString error READ error NOTIFY changed FINAL)

public:
    NominateViewModel(VaultThread& vault, SettingsViewModel& settings, const ParticipantId& participant,
                      QObject* parent = nullptr);

    /// The study lets this role name somebody, and whoever is unlocked may write it down.
    [[nodiscard]] bool isOffered() const { return m_loaded.policy.has_value(); }
    /// Roles of which somebody may still be named; each: value, text.
    [[nodiscard]] QVariantList places() const;
    /// Each: value (passes-on, permits), text, detail.
    [[nodiscard]] QVariantList ways() const;
    /// What may be told of where the name comes from; each: value, text.
    [[nodiscard]] QVariantList maySay() const;
    /// "Caregiver: named on 23.11.26, contact permitted".
    [[nodiscard]] QStringList named() const;
    [[nodiscard]] int forgetAfterDays() const { return m_loaded.policy ? m_loaded.policy->forgetAfterDays : 0; }
    [[nodiscard]] QString error() const { return m_error; }

    /// Name, number and what may be said count only if contact is permitted.
    Q_INVOKABLE void nominate(const QString& role, const QString& way, const QString& name, const QString& reach,
                              const QStringList& maySay);

signals:
    void changed();
    void kept();

private:
    struct Loaded {
        std::optional<study::Nomination> policy;
        std::map<QString, int> places;
        std::vector<people::NamedSomebody> named;
        std::vector<study::Role> roles;
    };
    [[nodiscard]] static Result<Loaded> load(workflow::Home& home, const ParticipantId& participant);
    [[nodiscard]] QString roleName(const QString& role) const;

    VaultThread* m_vault;
    SettingsViewModel* m_settings;
    ParticipantId m_participant;
    Loaded m_loaded;
    QString m_error;
};

}  // namespace sotto::app
