// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include <QObject>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>

#include "workflow/withdrawal.h"

namespace sotto::app {

class SettingsViewModel;
class Tablet;
class VaultThread;

/// Somebody takes taking part back: found by the code on their copy, or known from their page or from the interview
/// that runs, which stops recording the moment this screen is asked for. No reason is asked. GUI thread.
class WithdrawViewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the app")
    Q_PROPERTY(State state READ state NOTIFY changed FINAL)
    Q_PROPERTY(QString pseudonym READ pseudonym NOTIFY changed FINAL)
    Q_PROPERTY(bool fromInterview READ isFromInterview NOTIFY changed FINAL)
    Q_PROPERTY(QString currentText READ currentText NOTIFY changed FINAL)
    Q_PROPERTY(QStringList meanings READ meanings NOTIFY changed FINAL)
    Q_PROPERTY(bool canErase READ canErase NOTIFY changed FINAL)
    Q_PROPERTY(bool canGoOn READ canGoOn NOTIFY changed FINAL)
    Q_PROPERTY(bool codeUnknown READ isCodeUnknown NOTIFY changed FINAL)
    Q_PROPERTY(QVariantList takenBack READ takenBack NOTIFY changed FINAL)
    Q_PROPERTY(QString doneText READ doneText NOTIFY changed FINAL)
    Q_PROPERTY(QString error READ error NOTIFY changed FINAL)

public:
    enum class State {
        Opening,
        Finding,   ///< by code
        Choosing,  ///< what they want
        Working,
        Done,
    };
    Q_ENUM(State)

    /// Without a participant it begins with the code.
    WithdrawViewModel(VaultThread& vault, SettingsViewModel& settings, const std::optional<ParticipantId>& participant,
                      QObject* parent = nullptr);

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] QString pseudonym() const { return m_loaded ? m_loaded->pseudonym : QString(); }
    [[nodiscard]] bool isFromInterview() const { return m_loaded && m_loaded->session; }
    /// "Has not decided yet; locked since ..., until ...", or empty.
    [[nodiscard]] QString currentText() const;
    /// What taking back means here, in whole sentences, to be said before they choose.
    [[nodiscard]] QStringList meanings() const;
    /// Everything is open to whoever unlocked; otherwise only stopping and deciding later.
    [[nodiscard]] bool canErase() const { return m_loaded && m_loaded->canErase; }
    [[nodiscard]] bool canGoOn() const;
    [[nodiscard]] bool isCodeUnknown() const { return m_isCodeUnknown; }
    /// What was taken back on this tablet, newest first; each: what, when, lab.
    [[nodiscard]] QVariantList takenBack() const;
    [[nodiscard]] QString doneText() const;
    [[nodiscard]] QString error() const { return m_error; }

    Q_INVOKABLE void findByCode(const QString& code);
    Q_INVOKABLE void stop() { take(workflow::Wish::Stop, 0); }
    Q_INVOKABLE void erase() { take(workflow::Wish::Erase, 0); }
    Q_INVOKABLE void eraseSound() { take(workflow::Wish::EraseAudio, 0); }
    /// Nobody asks before so many days have passed.
    Q_INVOKABLE void decideLater(int days) { take(workflow::Wish::Later, days); }
    /// As if nothing had been taken back; in the interview, back to it.
    Q_INVOKABLE void goOn();
    /// Back to where one came from; after an erasure there is no page of theirs any more.
    Q_INVOKABLE void leave();

signals:
    void changed();
    void interviewWanted(const sotto::ParticipantId& participant, const sotto::SessionId& session);
    void personWanted(const sotto::ParticipantId& participant);
    void homeWanted();

private:
    struct Loaded {
        QString pseudonym;
        workflow::WithdrawalOutlook outlook;
        std::optional<SessionId> session;  ///< the interview that was stopped for this
        bool canErase = false;
    };
    void find();
    void open();
    void take(workflow::Wish wish, int days);
    void setState(State state);
    void setError(const Error& error);

    VaultThread* m_vault;
    SettingsViewModel* m_settings;
    std::optional<ParticipantId> m_participant;
    std::optional<Loaded> m_loaded;
    std::vector<workflow::TakenBack> m_takenBack;
    std::optional<workflow::WithdrawalReport> m_report;
    State m_state = State::Opening;
    bool m_isCodeUnknown = false;
    QString m_error;
};

}  // namespace sotto::app
