// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>

#include <QObject>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>

#include "base/ids.h"
#include "nominate_view_model.h"
#include "people/contacts.h"
#include "role_forms_view_model.h"
#include "workflow/late_notes.h"
#include "workflow/overview.h"

namespace sotto::app {

class Capture;
class SettingsViewModel;
class VaultThread;

/// One person: role, pair, contacts, appointment, where they stand, and the one next step. The name is shown on request
/// only: somebody may be looking over the shoulder. GUI thread.
class PersonViewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the app")
    Q_PROPERTY(bool loading READ isLoading NOTIFY changed FINAL)
    Q_PROPERTY(QString pseudonym READ pseudonym NOTIFY changed FINAL)
    Q_PROPERTY(QString roleName READ roleName NOTIFY changed FINAL)
    Q_PROPERTY(QString pairText READ pairText NOTIFY changed FINAL)
    Q_PROPERTY(QString stateText READ stateText NOTIFY changed FINAL)
    Q_PROPERTY(QString tone READ tone NOTIFY changed FINAL)
    Q_PROPERTY(QString nextText READ nextText NOTIFY changed FINAL)
    Q_PROPERTY(bool canBeginAgain READ canBeginAgain NOTIFY changed FINAL)
    Q_PROPERTY(bool canListen READ canListen NOTIFY changed FINAL)
    Q_PROPERTY(bool takesPart READ takesPart NOTIFY changed FINAL)
    Q_PROPERTY(QString nextHint READ nextHint NOTIFY changed FINAL)
    Q_PROPERTY(sotto::app::NominateViewModel* nominate READ nominate CONSTANT FINAL)
    Q_PROPERTY(bool mayDecline READ mayDecline NOTIFY changed FINAL)
    Q_PROPERTY(bool wiping READ isWiping NOTIFY changed FINAL)
    Q_PROPERTY(QString name READ name NOTIFY changed FINAL)
    Q_PROPERTY(bool readsIdentities READ readsIdentities NOTIFY changed FINAL)
    Q_PROPERTY(QString safeWays READ safeWays NOTIFY changed FINAL)
    Q_PROPERTY(QString safeHours READ safeHours NOTIFY changed FINAL)
    Q_PROPERTY(QString appointmentText READ appointmentText NOTIFY changed FINAL)
    Q_PROPERTY(QString missedText READ missedText NOTIFY changed FINAL)
    Q_PROPERTY(QVariantList appointments READ appointments NOTIFY changed FINAL)
    Q_PROPERTY(QVariantList contacts READ contacts NOTIFY changed FINAL)
    Q_PROPERTY(QVariantList lateNotes READ lateNotes NOTIFY changed FINAL)
    Q_PROPERTY(sotto::app::RoleFormsViewModel* forms READ forms CONSTANT FINAL)
    Q_PROPERTY(QString error READ error NOTIFY changed FINAL)

public:
    PersonViewModel(VaultThread& vault, SettingsViewModel& settings, Capture& capture, const ParticipantId& participant,
                    QObject* parent = nullptr);

    [[nodiscard]] bool isLoading() const { return !m_loaded; }
    [[nodiscard]] QString pseudonym() const;
    [[nodiscard]] QString roleName() const;
    /// "with Mira-42 (caregiver)", or empty. On the page of somebody who named others it is always empty: whether they
    /// agreed is not to be seen there.
    [[nodiscard]] QString pairText() const;
    [[nodiscard]] QString stateText() const;
    [[nodiscard]] QString tone() const;
    /// The one next step, as a button says it; empty if there is nothing to do.
    [[nodiscard]] QString nextText() const;
    /// What the next step is for, in a sentence; empty where its button says enough.
    [[nodiscard]] QString nextHint() const;
    [[nodiscard]] NominateViewModel* nominate() { return &m_nominate; }
    /// They did not consent, and may be wiped because they would rather not.
    [[nodiscard]] bool mayDecline() const;
    [[nodiscard]] bool isWiping() const { return m_isWiping; }
    /// A further interview may begin besides the next step.
    [[nodiscard]] bool canBeginAgain() const;
    [[nodiscard]] bool canListen() const;
    [[nodiscard]] bool takesPart() const { return m_loaded && m_loaded->person.takesPart; }
    /// Empty until showName().
    [[nodiscard]] QString name() const { return m_isNameShown ? m_loaded->name : QString(); }
    [[nodiscard]] bool readsIdentities() const { return m_loaded && m_loaded->readsIdentities; }
    [[nodiscard]] QString safeWays() const { return m_loaded ? m_loaded->card.safeWays : QString(); }
    [[nodiscard]] QString safeHours() const { return m_loaded ? m_loaded->card.safeHours : QString(); }
    [[nodiscard]] QString appointmentText() const;
    /// "Did not come once"; empty if they always came.
    [[nodiscard]] QString missedText() const;
    /// What became of appointments, newest first; each: when, text.
    [[nodiscard]] QVariantList appointments() const;
    /// The last three, newest first; each: when, kind, note.
    [[nodiscard]] QVariantList contacts() const;
    /// Each: when, text, state.
    [[nodiscard]] QVariantList lateNotes() const;
    /// The forms of their role; set before the page is shown.
    [[nodiscard]] RoleFormsViewModel* forms() const { return m_forms; }
    void setForms(RoleFormsViewModel* forms) { m_forms = forms; }
    [[nodiscard]] QString error() const { return m_error; }

    /// Leads to what nextText() says.
    Q_INVOKABLE void takeNextStep();
    Q_INVOKABLE void takeConsentAgain() { emit consentWanted(); }
    Q_INVOKABLE void beginAgain() { emit interviewWanted(); }
    Q_INVOKABLE void listen();
    Q_INVOKABLE void showName(bool shown);
    /// `kind`: call, message, met, no-answer.
    Q_INVOKABLE void addContact(const QString& kind, const QString& note);
    Q_INVOKABLE void setSafeContact(const QString& ways, const QString& hours);
    /// Local date and time, "2026-11-22" and "14:30". Moves the one there was.
    Q_INVOKABLE void setAppointment(const QString& date, const QString& time, const QString& place);
    /// `why`: cancelled, missed.
    Q_INVOKABLE void dropAppointment(const QString& why);
    /// They would rather not: counted, and wiped.
    Q_INVOKABLE void decline();
    Q_INVOKABLE void addLateNote(const QString& text);
    Q_INVOKABLE void openCopy() { emit copyWanted(); }
    Q_INVOKABLE void refresh();

signals:
    void changed();
    void screeningWanted();
    void consentWanted();
    void copyWanted();
    void interviewWanted();
    void goOnWanted(const sotto::SessionId& session);
    void wrapUpWanted(const sotto::SessionId& session);
    void listeningWanted(const sotto::SessionId& session);
    void sendingWanted();
    /// They are not in this home any more.
    void gone();
    void withdrawalWanted();

private:
    struct Loaded {
        workflow::PersonOverview person;
        study::LocalText roleName;
        bool names = false;                                        ///< the study lets this role name others
        std::vector<std::pair<QString, study::LocalText>> others;  ///< pseudonym and role of the rest of the pair
        QString name;
        bool readsIdentities = false;
        people::ContactCard card;
        std::vector<workflow::LateNote> notes;
    };
    [[nodiscard]] static Result<Loaded> load(workflow::Home& home, const ParticipantId& participant);
    /// Does something with the home on the vault thread and reads everything again.
    void change(std::function<Result<>(workflow::Home&)> action);
    void setError(const QString& error);

    VaultThread* m_vault;
    SettingsViewModel* m_settings;
    Capture* m_capture;
    ParticipantId m_participant;
    std::optional<Loaded> m_loaded;
    NominateViewModel m_nominate;
    bool m_isNameShown = false;
    bool m_isWiping = false;
    RoleFormsViewModel* m_forms = nullptr;
    QString m_error;
};

}  // namespace sotto::app
