// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include <QObject>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>

#include "answering_view_model.h"
#include "session_pin.h"
#include "unlock_view_model.h"

namespace sotto::workflow {
class Speech;
}

namespace sotto::app {

/// One task on the tablet that was handed over: the participant fills in one form, alone, in their language, and
/// nothing else is reachable until the interviewer comes back with the session PIN. After five wrong tries the
/// passphrase is needed. What was answered can't be read from here once they are back. GUI thread.
class ParticipantViewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the app")
    Q_PROPERTY(Step step READ step NOTIFY changed FINAL)
    Q_PROPERTY(sotto::app::AnsweringViewModel* task READ task CONSTANT FINAL)
    Q_PROPERTY(QVariantList languages READ languages NOTIFY changed FINAL)
    Q_PROPERTY(bool pinSet READ isPinSet NOTIFY changed FINAL)
    Q_PROPERTY(int triesLeft READ triesLeft NOTIFY changed FINAL)
    Q_PROPERTY(bool needsPassphrase READ needsPassphrase NOTIFY changed FINAL)
    Q_PROPERTY(bool wrongPin READ isWrongPin NOTIFY changed FINAL)
    Q_PROPERTY(sotto::app::UnlockViewModel* unlocking READ unlocking CONSTANT FINAL)
    Q_PROPERTY(bool canSpeak READ canSpeak NOTIFY changed FINAL)
    Q_PROPERTY(bool voiceMissing READ isVoiceMissing NOTIFY changed FINAL)

public:
    /// Prepare: the interviewer chooses the digits and hands the tablet over. Return: the way back is asked for.
    enum class Step { Prepare, Language, Task, Thanks, Return };
    Q_ENUM(Step)

    /// `pin` and `speech` (may be null) outlive this.
    ParticipantViewModel(VaultThread& vault, SettingsViewModel& settings, SessionPin& pin, workflow::Speech* speech,
                         const ParticipantId& participant, FormChoice choice, QObject* parent = nullptr);
    ~ParticipantViewModel() override;

    [[nodiscard]] Step step() const { return m_step; }
    [[nodiscard]] AnsweringViewModel* task() { return &m_task; }
    /// Each: code, name (in its own language).
    [[nodiscard]] QVariantList languages() const;
    [[nodiscard]] bool isPinSet() const { return m_pin->isSet(); }
    [[nodiscard]] int triesLeft() const { return m_pin->triesLeft(); }
    [[nodiscard]] bool needsPassphrase() const { return m_pin->isSet() && m_pin->triesLeft() == 0; }
    [[nodiscard]] bool isWrongPin() const { return m_isWrongPin; }
    [[nodiscard]] UnlockViewModel* unlocking() { return &m_unlocking; }
    [[nodiscard]] bool canSpeak() const;
    /// Asked to read aloud, and there is no voice for the language.
    [[nodiscard]] bool isVoiceMissing() const { return m_isVoiceMissing; }
    /// From hand-over to the way back.
    [[nodiscard]] bool isHandedOver() const { return m_step != Step::Prepare; }

    /// True if the digits can serve. They are overwritten.
    Q_INVOKABLE bool choosePin(QString typed);
    /// Once there are digits: from here on the tablet is the participant's.
    Q_INVOKABLE void handOver();
    /// Not handed over after all.
    Q_INVOKABLE void cancel();
    Q_INVOKABLE void chooseLanguage(const QString& code);
    /// Asks for the way back, from anywhere; stay() leads to where one was.
    Q_INVOKABLE void askBack();
    Q_INVOKABLE void stay();
    Q_INVOKABLE void comeBack(QString typed);
    Q_INVOKABLE void comeBackWithPassphrase(QString typed);
    /// Reads what is on the screen aloud, or stops.
    Q_INVOKABLE void readAloud();

signals:
    void changed();
    /// The tablet is in the participant's hands from now on.
    void handedOver();
    /// The interviewer is back, or never left: `alerts` are the headings of the protocol to open.
    void returned(const QStringList& alerts);

private:
    void goTo(Step step);
    void back();
    void silence();

    SettingsViewModel* m_settings;
    SessionPin* m_pin;
    workflow::Speech* m_speech;
    AnsweringViewModel m_task;
    UnlockViewModel m_unlocking;
    Step m_step = Step::Prepare;
    Step m_before = Step::Prepare;
    QString m_language;
    bool m_isWrongPin = false;
    bool m_isVoiceMissing = false;
};

}  // namespace sotto::app
