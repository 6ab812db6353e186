// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include <QObject>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>

#include "base/ids.h"
#include "workflow/groups.h"
#include "workflow/overview.h"

namespace sotto::app {

class SettingsViewModel;
class VaultThread;

/// The groups of the home screen: each with how many are in it and who still has to sign; and a new one of people who
/// are there. Always there; what it holds of a home is dropped with forget(). GUI thread.
class GroupsViewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the app")
    Q_PROPERTY(bool available READ isAvailable NOTIFY changed FINAL)
    Q_PROPERTY(QVariantList groups READ groups NOTIFY changed FINAL)
    Q_PROPERTY(QVariantList candidates READ candidates NOTIFY changed FINAL)
    Q_PROPERTY(int most READ most NOTIFY changed FINAL)
    Q_PROPERTY(QString error READ error NOTIFY changed FINAL)

public:
    GroupsViewModel(VaultThread& vault, SettingsViewModel& settings, QObject* parent = nullptr);

    /// The study holds groups, and whoever unlocked reads the sessions.
    [[nodiscard]] bool isAvailable() const { return m_loaded && m_loaded->isAvailable; }
    /// Each: id, name, members (a sentence), stateText, tone.
    [[nodiscard]] QVariantList groups() const;
    /// Who may be in a new one; each: participant, pseudonym, text.
    [[nodiscard]] QVariantList candidates() const;
    [[nodiscard]] int most() const { return m_loaded ? m_loaded->most : 0; }
    [[nodiscard]] QString error() const { return m_error; }
    [[nodiscard]] bool isGroup(const ParticipantId& id) const;

    /// Reads them again; whenever the home screen comes.
    Q_INVOKABLE void refresh();
    /// A blank name is drawn. `members`: participant ids.
    Q_INVOKABLE void create(const QString& name, const QStringList& members);
    Q_INVOKABLE void open(const QString& group);
    /// The home was locked.
    void forget();

signals:
    void changed();
    void chosen(const sotto::ParticipantId& group);

private:
    struct Loaded {
        bool isAvailable = false;
        int most = 0;
        std::vector<workflow::GroupOverview> groups;
        std::vector<people::Participant> candidates;
        std::vector<study::Role> roles;
    };
    [[nodiscard]] static Result<Loaded> load(workflow::Home& home);

    VaultThread* m_vault;
    SettingsViewModel* m_settings;
    std::optional<Loaded> m_loaded;
    QString m_error;
};

/// What a group's member has still to do, in words, and its tone; the same on both pages.
[[nodiscard]] QString memberText(const workflow::MemberPlan& member);
[[nodiscard]] QString memberTone(const workflow::MemberPlan& member);
[[nodiscard]] QString groupStateText(const workflow::GroupOverview& group);
[[nodiscard]] QString groupTone(const workflow::GroupOverview& group);

}  // namespace sotto::app
