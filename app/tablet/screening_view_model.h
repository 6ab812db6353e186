// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>

#include <QObject>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>

#include "base/ids.h"
#include "form_view_model.h"
#include "workflow/screening.h"

namespace sotto::app {

class SettingsViewModel;
class VaultThread;

/// Screening somebody, by telephone or together: asks first whether one may ask, then the forms, then says in kind
/// words what comes of it. No score is ever shown. An answer that asks for support opens the sheet at once, and nothing
/// ends before it was said what was done. GUI thread.
class ScreeningViewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the app")
    Q_PROPERTY(Step step READ step NOTIFY changed FINAL)
    Q_PROPERTY(QString pseudonym READ pseudonym NOTIFY changed FINAL)
    Q_PROPERTY(QString language READ language NOTIFY changed FINAL)
    Q_PROPERTY(QVariantList languages READ languages NOTIFY changed FINAL)
    Q_PROPERTY(QString askFirst READ askFirst NOTIFY changed FINAL)
    Q_PROPERTY(QString words READ words NOTIFY changed FINAL)
    Q_PROPERTY(QString reason READ reason NOTIFY changed FINAL)
    Q_PROPERTY(QString approver READ approver NOTIFY changed FINAL)
    Q_PROPERTY(QString progress READ progress NOTIFY changed FINAL)
    Q_PROPERTY(sotto::app::FormViewModel* form READ form NOTIFY formChanged FINAL)
    Q_PROPERTY(QVariantList alerts READ alerts NOTIFY changed FINAL)
    Q_PROPERTY(bool supported READ isSupported NOTIFY changed FINAL)
    Q_PROPERTY(bool busy READ isBusy NOTIFY changed FINAL)
    Q_PROPERTY(QString error READ error NOTIFY changed FINAL)

public:
    /// Ask: may one ask. Form: a form is asked. Missing: an answer that decides was passed over. Fits and NotNow: what
    /// to say, still to be confirmed. Wiped: nothing is left but the count.
    enum class Step { Loading, Ask, Form, Missing, Fits, NotNow, Wiped };
    Q_ENUM(Step)

    ScreeningViewModel(VaultThread& vault, SettingsViewModel& settings, const ParticipantId& participant,
                       QObject* parent = nullptr);

    [[nodiscard]] Step step() const { return m_step; }
    [[nodiscard]] QString pseudonym() const { return m_person ? m_person->pseudonym : QString(); }
    [[nodiscard]] QString language() const { return m_language; }
    /// Each: code, name.
    [[nodiscard]] QVariantList languages() const;
    /// Read aloud before anything is asked.
    [[nodiscard]] QString askFirst() const;
    /// Said to the person at the end.
    [[nodiscard]] QString words() const;
    /// Coarse, for the team; only of NotNow.
    [[nodiscard]] QString reason() const;
    /// Who may approve an exception; empty if nobody may, or if there is nothing to except.
    [[nodiscard]] QString approver() const;
    /// "Part 2 of 3".
    [[nodiscard]] QString progress() const;
    [[nodiscard]] FormViewModel* form() const { return m_form; }
    /// What was set off; each: index, when, done (bool), action.
    [[nodiscard]] QVariantList alerts() const;
    /// No alert waits for what was done.
    [[nodiscard]] bool isSupported() const;
    [[nodiscard]] bool isBusy() const { return m_isBusy; }
    [[nodiscard]] QString error() const { return m_error; }

    Q_INVOKABLE void chooseLanguage(const QString& code);
    /// They said yes. `how`: telephone, in-person.
    Q_INVOKABLE void agree(const QString& how);
    /// They would rather not: counted, and wiped.
    Q_INVOKABLE void decline();
    /// What was done about one of alerts(): lines-given, stayed, on-call, emergency, not-wanted.
    Q_INVOKABLE void answerAlert(int index, const QString& action);
    /// Opens pause and support at the heading that this alert points at.
    Q_INVOKABLE void openSupport(int index);
    /// The team lets this person pass over what does not fit; `name` is who approved it.
    Q_INVOKABLE void approve(const QString& name);
    /// From Missing back to the first form.
    Q_INVOKABLE void lookAgain();
    /// What was said is done: they go on to consent, or are wiped.
    Q_INVOKABLE void settle();
    /// Leaves; what was answered stays for another call.
    Q_INVOKABLE void leave();

signals:
    void changed();
    void formChanged();
    /// Opens pause and support at a heading of the protocol.
    void supportWanted(const QString& heading);
    /// Back to the person.
    void finished();
    /// They are not in this home any more.
    void gone();

private:
    struct Loaded {
        people::Participant person;
        workflow::ScreeningView view;
    };
    [[nodiscard]] static Result<Loaded> load(workflow::Home& home, const ParticipantId& participant);
    [[nodiscard]] const study::Screening* screening() const { return m_view ? m_view->screening : nullptr; }
    [[nodiscard]] QString local(const study::LocalText& text) const;
    [[nodiscard]] std::size_t formIndex() const;
    void change(std::function<Result<>(workflow::Home&, const people::Participant&)> action,
                const std::function<void()>& then);
    void take(Loaded loaded);
    void reload(const std::function<void()>& then);
    void begin();
    /// Makes the view-model of a form and shows it.
    void showForm(std::size_t index);
    void dropForm();
    /// After a form: the next one, or what comes of it all.
    void goOn();
    void judge();
    void save(const study::Form& form, const QString& item, const std::optional<study::Answer>& answer,
              const std::function<void(const Result<QStringList>&)>& then);
    void wipe(std::function<Result<>(workflow::Home&, const people::Participant&)> how);
    void show(Step step);
    void setError(const Error& error);

    VaultThread* m_vault;
    SettingsViewModel* m_settings;
    ParticipantId m_participant;
    std::optional<people::Participant> m_person;
    std::optional<workflow::ScreeningView> m_view;
    Step m_step = Step::Loading;
    FormViewModel* m_form = nullptr;
    std::size_t m_index = 0;
    QString m_language;
    bool m_isBusy = false;
    QString m_error;
};

}  // namespace sotto::app
