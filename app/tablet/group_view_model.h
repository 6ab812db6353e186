// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <set>

#include <QObject>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>

#include "base/ids.h"
#include "workflow/groups.h"

namespace sotto::app {

class Capture;
class SettingsViewModel;
class VaultThread;

/// One group before and after its session: who is in it, who has signed and who still has to, who is here today, and
/// what is done if somebody would rather not be recorded. GUI thread.
class GroupViewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the app")
    Q_PROPERTY(bool loading READ isLoading NOTIFY changed FINAL)
    Q_PROPERTY(QString name READ name NOTIFY changed FINAL)
    Q_PROPERTY(QString stateText READ stateText NOTIFY changed FINAL)
    Q_PROPERTY(QString tone READ tone NOTIFY changed FINAL)
    Q_PROPERTY(QVariantList members READ members NOTIFY changed FINAL)
    Q_PROPERTY(QVariantList candidates READ candidates NOTIFY changed FINAL)
    Q_PROPERTY(QString missingText READ missingText NOTIFY changed FINAL)
    Q_PROPERTY(QString refusalText READ refusalText NOTIFY changed FINAL)
    Q_PROPERTY(bool mayBeNotesOnly READ mayBeNotesOnly NOTIFY changed FINAL)
    Q_PROPERTY(bool notesOnly READ isNotesOnly NOTIFY changed FINAL)
    Q_PROPERTY(bool mayHearApart READ mayHearApart NOTIFY changed FINAL)
    Q_PROPERTY(Next next READ next NOTIFY changed FINAL)
    Q_PROPERTY(bool canTakeNext READ canTakeNext NOTIFY changed FINAL)
    Q_PROPERTY(bool canBeginAgain READ canBeginAgain NOTIFY changed FINAL)
    Q_PROPERTY(bool canListen READ canListen NOTIFY changed FINAL)
    Q_PROPERTY(QString error READ error NOTIFY changed FINAL)

public:
    enum class Next { Nothing, Begin, GoOn, WrapUp, Send };
    Q_ENUM(Next)

    GroupViewModel(VaultThread& vault, SettingsViewModel& settings, Capture& capture, const ParticipantId& group,
                   QObject* parent = nullptr);

    [[nodiscard]] bool isLoading() const { return !m_loaded; }
    [[nodiscard]] QString name() const;
    [[nodiscard]] QString stateText() const;
    [[nodiscard]] QString tone() const;
    /// Each: participant, pseudonym, roleName, text, tone, here (is to be there now), ready (may be there).
    [[nodiscard]] QVariantList members() const;
    /// Who could come into it still; each: participant, pseudonym, text.
    [[nodiscard]] QVariantList candidates() const;
    /// Who has to sign yet; empty for nobody.
    [[nodiscard]] QString missingText() const;
    /// Who of those here would rather not be recorded; empty for nobody.
    [[nodiscard]] QString refusalText() const;
    [[nodiscard]] bool mayBeNotesOnly() const { return m_loaded && m_loaded->plan.mayBeNotesOnly; }
    [[nodiscard]] bool mayHearApart() const { return m_loaded && m_loaded->plan.mayHearApart; }
    [[nodiscard]] bool isNotesOnly() const { return m_isNotesOnly; }
    [[nodiscard]] Next next() const;
    /// Beginning needs two people here, and a way that each of them agreed to.
    [[nodiscard]] bool canTakeNext() const;
    [[nodiscard]] bool canBeginAgain() const { return next() == Next::Send && mayBegin(); }
    [[nodiscard]] bool canListen() const;
    [[nodiscard]] QString error() const { return m_error; }

    Q_INVOKABLE void setHere(const QString& participant, bool here);
    /// For everybody, because somebody would rather not be recorded.
    Q_INVOKABLE void setNotesOnly(bool notesOnly);
    /// Whoever would rather not be recorded comes to a session of their own: not here now.
    Q_INVOKABLE void hearApart();
    /// To their consent if they have still to sign, otherwise to their page.
    Q_INVOKABLE void openMember(const QString& participant);
    Q_INVOKABLE void add(const QString& participant);
    Q_INVOKABLE void remove(const QString& participant);
    Q_INVOKABLE void takeNextStep();
    Q_INVOKABLE void beginAgain();
    Q_INVOKABLE void listen();
    Q_INVOKABLE void refresh();

signals:
    void changed();
    void consentWanted(const sotto::ParticipantId& participant);
    void personWanted(const sotto::ParticipantId& participant);
    void interviewWanted(const sotto::workflow::GroupChoice& choice);
    void goOnWanted(const sotto::SessionId& session);
    void wrapUpWanted(const sotto::SessionId& session);
    void listeningWanted(const sotto::SessionId& session);
    void sendingWanted();

private:
    struct Loaded {
        workflow::GroupPlan plan;
        workflow::GroupOverview overview;
        std::vector<people::Participant> candidates;
    };
    [[nodiscard]] static Result<Loaded> load(workflow::Home& home, const ParticipantId& group);
    void change(std::function<Result<>(workflow::Home&)> action);
    void take(Loaded loaded);
    [[nodiscard]] QString roleName(const QString& role) const;
    [[nodiscard]] workflow::GroupChoice choice() const;
    [[nodiscard]] bool mayBegin() const;
    [[nodiscard]] bool isHere(const workflow::MemberPlan& member) const;

    VaultThread* m_vault;
    SettingsViewModel* m_settings;
    Capture* m_capture;
    ParticipantId m_group;
    std::optional<Loaded> m_loaded;
    std::set<ParticipantId> m_away;  ///< everybody who may be there is, until somebody says otherwise
    bool m_isNotesOnly = false;
    QString m_error;
};

}  // namespace sotto::app
