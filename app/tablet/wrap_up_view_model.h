// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include <QObject>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>

#include "base/ids.h"
#include "interview_view.h"
#include "role_forms_view_model.h"
#include "sound_view_model.h"
#include "span_view_model.h"

namespace sotto::app {

class SettingsViewModel;
class Tablet;
class VaultThread;

/// Wrap-up: how far each question got, what the marks mean, the memo, what is taken back, compensation, and sealing.
/// The session's log stays open until it is sealed, so the interview can go on from here, today or another day. GUI
/// thread.
class WrapUpViewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the app")
    Q_PROPERTY(State state READ state NOTIFY changed FINAL)
    Q_PROPERTY(bool hasAudio READ hasAudio NOTIFY changed FINAL)
    Q_PROPERTY(QString durationText READ durationText NOTIFY changed FINAL)
    Q_PROPERTY(QVariantList coverage READ coverage NOTIFY changed FINAL)
    Q_PROPERTY(QVariantList marks READ marks NOTIFY changed FINAL)
    Q_PROPERTY(QVariantList spans READ spans NOTIFY changed FINAL)
    Q_PROPERTY(QVariantList support READ support NOTIFY changed FINAL)
    Q_PROPERTY(QVariantList codes READ codes NOTIFY changed FINAL)
    Q_PROPERTY(sotto::app::SoundViewModel* sound READ sound NOTIFY soundChanged FINAL)
    Q_PROPERTY(sotto::app::SpanViewModel* span READ span NOTIFY soundChanged FINAL)
    Q_PROPERTY(int playingMark READ playingMark NOTIFY played FINAL)
    Q_PROPERTY(sotto::app::RoleFormsViewModel* forms READ forms CONSTANT FINAL)
    Q_PROPERTY(QString error READ error NOTIFY changed FINAL)

public:
    enum class State { Opening, Open, Sealing, Sealed, Failed };
    Q_ENUM(State)

    WrapUpViewModel(VaultThread& vault, SettingsViewModel& settings, std::shared_ptr<recording::SoundDevices> sound,
                    const SessionId& session, QObject* parent = nullptr);
    ~WrapUpViewModel() override;

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] bool hasAudio() const { return m_view && m_view->hasAudio && m_durationMs > 0; }
    [[nodiscard]] QString durationText() const;
    /// Each: section, id, text, coverage (not-reached, asked, nothing, declined, volunteered).
    [[nodiscard]] QVariantList coverage() const;
    /// Each: number, at, place (0 to 1), kind (mark), text, summary (codes and links, joined), codes (each: number,
    /// id), links (each: number, text).
    [[nodiscard]] QVariantList marks() const;
    /// What is taken back; each: number, text.
    [[nodiscard]] QVariantList spans() const;
    /// What was done for pause and support in this session, to be reminded of; each: when ("14:05"), text.
    [[nodiscard]] QVariantList support() const;
    /// Each: id, name.
    [[nodiscard]] QVariantList codes() const;
    /// What was recorded so far, to be heard; null without sound, and once sealing begins.
    [[nodiscard]] SoundViewModel* sound() const { return m_player.get(); }
    /// A stretch on its way to be taken back; null as sound().
    [[nodiscard]] SpanViewModel* span() const { return m_draft.get(); }
    /// The number of the mark that is being played; 0 for none.
    [[nodiscard]] int playingMark() const { return m_playingMark; }
    /// The forms of their role; set before the page is shown.
    [[nodiscard]] RoleFormsViewModel* forms() const { return m_forms; }
    void setForms(RoleFormsViewModel* forms) { m_forms = forms; }
    [[nodiscard]] QString error() const { return m_error; }

    /// nothing, declined or volunteered.
    Q_INVOKABLE void answer(const QString& question, const QString& kind);
    /// Plays 20 s around a mark; a second touch stops it.
    Q_INVOKABLE void play(int mark);
    Q_INVOKABLE void describe(int mark, const QString& text);
    /// Gives a mark a code; a code that it has is taken away.
    Q_INVOKABLE void code(int mark, const QString& code);
    /// Links two codes at a mark: the first has to do with the second.
    Q_INVOKABLE void link(int mark, const QString& from, const QString& to);
    Q_INVOKABLE void unlink(int link) { correct(link); }
    Q_INVOKABLE void memo(const QString& text);
    /// Gives a stretch back, before sealing.
    Q_INVOKABLE void giveBack(int span) { correct(span); }
    Q_INVOKABLE void compensate(const QString& text);
    Q_INVOKABLE void goOn() { emit interviewWanted(); }
    /// Ends the session for good: what was taken back is destroyed, the rest is sealed for the lab.
    Q_INVOKABLE void seal();
    Q_INVOKABLE void finish() { emit finished(); }

signals:
    void changed();
    void played();
    void soundChanged();
    void interviewWanted();
    void finished();

private:
    struct Opened;
    using Action = std::function<Result<>(Tablet&, workflow::LiveSession&)>;
    void open();
    void opened(Result<Opened> opened);
    void hear(SoundViewModel::Source source);
    void dropSound();
    void perform(Action action);
    void correct(int number);
    void commitAt(const interview::Event& event, std::int64_t offsetMs);
    [[nodiscard]] const interview::Event* eventOf(int number) const;
    [[nodiscard]] QString codeName(const QString& id) const;
    void playedToItsEnd();
    void setState(State state);
    void setError(const QString& error);

    VaultThread* m_vault;
    SettingsViewModel* m_settings;
    std::shared_ptr<recording::SoundDevices> m_sound;
    SessionId m_session;
    State m_state = State::Opening;
    std::optional<InterviewView> m_view;
    std::vector<interview::Event> m_events;
    std::int64_t m_durationMs = 0;
    std::unique_ptr<SoundViewModel> m_player;
    std::unique_ptr<SpanViewModel> m_draft;  ///< goes before the sound
    int m_playingMark = 0;
    RoleFormsViewModel* m_forms = nullptr;
    QString m_error;
};

/// "12:34", or "1:02:03".
[[nodiscard]] QString timeText(std::int64_t ms);
/// The milliseconds of "12:34", "1:02:03" or "45"; nothing for anything else.
[[nodiscard]] std::optional<std::int64_t> timeFromText(const QString& text);

}  // namespace sotto::app
