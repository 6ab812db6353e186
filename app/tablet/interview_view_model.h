// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>

#include "around_view_model.h"
#include "base/ids.h"
#include "interview_view.h"
#include "session_pin.h"
#include "unlock_view_model.h"

namespace sotto::app {

class Capture;
class SettingsViewModel;
class Tablet;
class VaultThread;

/// The interview while it runs: where one is in the guide, what the recording does, marks, notes, codes, the cover.
/// Each verb commits its event before the screen shows it as done. Moving to a question is asking it. GUI thread.
class InterviewViewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the app")
    Q_PROPERTY(State state READ state NOTIFY stateChanged FINAL)
    Q_PROPERTY(bool hasAudio READ hasAudio NOTIFY changed FINAL)
    Q_PROPERTY(bool canRecord READ canRecord NOTIFY alarmChanged FINAL)
    Q_PROPERTY(bool hasBegun READ hasBegun NOTIFY changed FINAL)
    Q_PROPERTY(bool recordingNow READ isRecordingNow NOTIFY ticked FINAL)
    Q_PROPERTY(bool resumed READ isResumed CONSTANT FINAL)
    // ---- the guide
    Q_PROPERTY(QString question READ question NOTIFY changed FINAL)
    Q_PROPERTY(QString questionId READ questionId NOTIFY changed FINAL)
    Q_PROPERTY(QString coverage READ coverage NOTIFY changed FINAL)
    Q_PROPERTY(QVariantList probes READ probes NOTIFY changed FINAL)
    Q_PROPERTY(QString sectionTitle READ sectionTitle NOTIFY changed FINAL)
    Q_PROPERTY(QString sectionInstructions READ sectionInstructions NOTIFY changed FINAL)
    Q_PROPERTY(QVariantList sections READ sections NOTIFY changed FINAL)
    Q_PROPERTY(bool hasNext READ hasNext NOTIFY changed FINAL)
    Q_PROPERTY(bool hasPrevious READ hasPrevious NOTIFY changed FINAL)
    Q_PROPERTY(QVariantList codes READ codes NOTIFY changed FINAL)
    Q_PROPERTY(QString undoText READ undoText NOTIFY changed FINAL)
    Q_PROPERTY(int marks READ marks NOTIFY changed FINAL)
    Q_PROPERTY(int notes READ notes NOTIFY changed FINAL)
    Q_PROPERTY(QString error READ error NOTIFY changed FINAL)
    Q_PROPERTY(sotto::app::AroundViewModel* around READ around CONSTANT FINAL)
    // ---- ten times a second
    Q_PROPERTY(QString elapsedText READ elapsedText NOTIFY ticked FINAL)
    Q_PROPERTY(QString plannedText READ plannedText NOTIFY changed FINAL)
    Q_PROPERTY(double level READ level NOTIFY ticked FINAL)
    Q_PROPERTY(bool clipping READ isClipping NOTIFY ticked FINAL)
    Q_PROPERTY(Alarm alarm READ alarm NOTIFY alarmChanged FINAL)
    // ---- in a group
    Q_PROPERTY(bool group READ isGroup NOTIFY changed FINAL)
    Q_PROPERTY(QVariantList members READ members NOTIFY changed FINAL)
    Q_PROPERTY(bool severalSpeak READ isSeveral NOTIFY changed FINAL)
    // ---- the cover
    Q_PROPERTY(bool covered READ isCovered NOTIFY coverChanged FINAL)
    Q_PROPERTY(bool pinSet READ isPinSet NOTIFY coverChanged FINAL)
    Q_PROPERTY(int pinTriesLeft READ pinTriesLeft NOTIFY coverChanged FINAL)
    Q_PROPERTY(bool locked READ isLocked NOTIFY coverChanged FINAL)
    Q_PROPERTY(bool needsPassphrase READ needsPassphrase NOTIFY coverChanged FINAL)
    Q_PROPERTY(sotto::app::UnlockViewModel* unlocking READ unlocking CONSTANT FINAL)

public:
    enum class State { Opening, Ready, Recording, Paused, OffRecord, NotesOnly, Ending, Failed };
    Q_ENUM(State)
    /// What is wrong with the sound, the worst first.
    enum class Alarm {
        None,
        NoMicrophone,
        MicrophoneRefused,  ///< there, and not to be opened
        MicrophoneGone,
        MicrophoneDead,
        RecordingFailed,
        Clipping,
        Quiet
    };
    Q_ENUM(Alarm)

    InterviewViewModel(VaultThread& vault, SettingsViewModel& settings, Capture& capture,
                       const ParticipantId& participant, const std::optional<SessionId>& resumed,
                       QObject* parent = nullptr, const std::optional<workflow::GroupChoice>& group = std::nullopt);

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] bool hasAudio() const { return m_view && m_view->hasAudio; }
    /// Who else is there, who could overhear, which visit it is.
    [[nodiscard]] AroundViewModel* around() { return &m_around; }
    /// The consent allows it, so does everybody who is there, and there is a microphone.
    [[nodiscard]] bool canRecord() const;
    /// There is a session; before, the page can be left without a trace.
    [[nodiscard]] bool hasBegun() const { return m_hasBegun; }
    /// Sound is being kept this very moment: not while the microphone is gone.
    [[nodiscard]] bool isRecordingNow() const;
    [[nodiscard]] bool isResumed() const { return m_resumed.has_value(); }
    [[nodiscard]] QString question() const;
    [[nodiscard]] QString questionId() const;
    /// not-reached, asked, nothing, declined or volunteered, of the question shown.
    [[nodiscard]] QString coverage() const;
    /// Of the question shown; each: id, text, asked.
    [[nodiscard]] QVariantList probes() const;
    [[nodiscard]] QString sectionTitle() const;
    [[nodiscard]] QString sectionInstructions() const;
    /// Each: id, title, planned (minutes), spent (minutes), reached, total, current, questions (each: id, text,
    /// coverage).
    [[nodiscard]] QVariantList sections() const;
    [[nodiscard]] bool hasNext() const { return neighbour(1) != nullptr; }
    [[nodiscard]] bool hasPrevious() const { return neighbour(-1) != nullptr; }
    /// Of live coding, in their fixed places; empty where the study does not code live. Each: id, name, color.
    [[nodiscard]] QVariantList codes() const;
    /// What undo takes back; empty if there is nothing.
    [[nodiscard]] QString undoText() const;
    [[nodiscard]] int marks() const { return m_view ? m_view->marks : 0; }
    [[nodiscard]] int notes() const { return m_view ? m_view->notes : 0; }
    [[nodiscard]] QString error() const { return m_error; }
    [[nodiscard]] QString elapsedText() const;
    [[nodiscard]] QString plannedText() const;
    [[nodiscard]] double level() const;
    [[nodiscard]] bool isClipping() const;
    [[nodiscard]] Alarm alarm() const { return m_alarm; }
    [[nodiscard]] bool isGroup() const { return m_view && m_view->isGroup; }
    /// In fixed places. Each: participant, pseudonym, key (1 to 15), there, speaking, spoken (as a time).
    [[nodiscard]] QVariantList members() const;
    /// Several at once, or nobody in particular, were touched last.
    [[nodiscard]] bool isSeveral() const;
    [[nodiscard]] bool isCovered() const { return m_isCovered; }
    [[nodiscard]] bool isPinSet() const { return m_pin.isSet(); }
    [[nodiscard]] int pinTriesLeft() const { return m_pin.triesLeft(); }
    [[nodiscard]] bool isLocked() const { return m_isLocked; }
    /// The digits don't lead back: locked, or too many tries.
    [[nodiscard]] bool needsPassphrase() const { return m_isLocked || (isPinSet() && pinTriesLeft() == 0); }
    /// The passphrase for the way back: error and countdown.
    [[nodiscard]] UnlockViewModel* unlocking() { return &m_unlocking; }

    /// Begins the session, or goes on in it. Nothing is on the disk before.
    Q_INVOKABLE void record();
    /// Begins the session without recording: notes only, or until there is a microphone.
    Q_INVOKABLE void beginWithNotes();
    Q_INVOKABLE void pause();
    Q_INVOKABLE void goOffRecord();
    Q_INVOKABLE void next();
    Q_INVOKABLE void previous();
    Q_INVOKABLE void ask(const QString& question);
    Q_INVOKABLE void askProbe(const QString& probe);
    /// nothing, declined or volunteered: how the question shown was met.
    Q_INVOKABLE void answer(const QString& kind);
    Q_INVOKABLE void mark();
    Q_INVOKABLE void note(const QString& text);
    Q_INVOKABLE void code(const QString& id);
    /// Gives the code saved last a dimension: valence, reciprocity, source.
    Q_INVOKABLE void refineCode(const QString& dimension, const QString& value);
    Q_INVOKABLE void link(const QString& from, const QString& to);
    Q_INVOKABLE void undo();
    /// From here on this member of the group speaks; empty: several, or nobody in particular.
    Q_INVOKABLE void speaks(const QString& member);
    /// The one at this place of the row, from 1.
    Q_INVOKABLE void speaksAt(int place);
    /// A member comes in, late or again, or goes.
    Q_INVOKABLE void comes(const QString& member);
    Q_INVOKABLE void goes(const QString& member);
    /// The conversation is over: stops, and leads to the wrap-up.
    Q_INVOKABLE void end();
    /// Back to the person before it begins, or from a session that could not be opened.
    Q_INVOKABLE void leave();
    /// Hides everything but that it records; left by the session PIN.
    Q_INVOKABLE void cover();
    /// Somebody came in: covers at once and goes off the record; on the way back, what was said just before is proposed
    /// to be taken back.
    Q_INVOKABLE void someoneCame();
    Q_INVOKABLE bool choosePin(QString typed);
    Q_INVOKABLE bool uncover(QString typed);
    /// If needsPassphrase().
    Q_INVOKABLE void uncoverWithPassphrase(QString typed);
    /// One touch: covers, and wipes the keys of the home; the recording goes on with the key of its own log. Left by
    /// the passphrase alone.
    Q_INVOKABLE void lock();

signals:
    void changed();
    void stateChanged();
    void ticked();
    void alarmChanged();
    void coverChanged();
    void ended(const sotto::SessionId& session);
    void abandoned();

private:
    using Action = std::function<Result<>(Tablet&)>;
    void open();
    void opened(Result<InterviewView> view);
    /// Does something with the session on the vault thread and shows what came of it; `then` only after success.
    void perform(Action action, std::function<void()> then = {});
    void failed(const Error& error);
    /// Something said in the session, once it has begun.
    void tell(std::function<Result<>(workflow::LiveSession&)> event);
    void commit(interview::Event event);
    void begin(bool withSound, State state);
    void sayAround(interview::Event event);
    void takeBack(std::int64_t fromMs, std::int64_t toMs);
    void update(InterviewView view);
    void setState(State state);
    void setError(const Error& error);
    void tick();
    void cameBack();
    void uncoverNow();
    [[nodiscard]] QString shownText(const QString& text) const;
    [[nodiscard]] Alarm alarmNow() const;
    void listenForQuiet();
    [[nodiscard]] const study::Question* shown() const;
    [[nodiscard]] const study::Section* shownSection() const;
    [[nodiscard]] const study::Question* neighbour(int step) const;
    [[nodiscard]] interview::Coverage coverageOf(const QString& question) const;

    VaultThread* m_vault;
    SettingsViewModel* m_settings;
    Capture* m_capture;
    ParticipantId m_participant;
    std::optional<SessionId> m_resumed;
    std::optional<workflow::GroupChoice> m_group;  ///< how a group's session is to begin
    std::optional<InterviewView> m_view;
    QString m_shown;  ///< question id
    State m_state = State::Opening;
    bool m_hasBegun = false;
    int m_underWay = 0;  ///< verbs that the vault thread has not answered yet
    Alarm m_alarm = Alarm::None;
    bool m_recordingFailed = false;
    QElapsedTimer m_quietFor;  ///< runs while nothing but a quiet room is heard
    SessionPin m_pin;
    bool m_isCovered = false;
    bool m_isLocked = false;
    UnlockViewModel m_unlocking;
    AroundViewModel m_around;
    QTimer m_tenth;
    QString m_error;
};

}  // namespace sotto::app
