// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <optional>

#include <QObject>
#include <QSet>
#include <QTimer>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>

#include "base/result.h"
#include "people/form_answers.h"
#include "study/answers.h"
#include "study/form.h"

namespace sotto::app {

/// Keeps one answer (nothing: it is taken back) and then says how that went, with the ids of the alerts that it set off
/// for the first time. Whoever makes a FormViewModel says where answers go.
using AnswerSaver = std::function<void(const QString& item, const std::optional<study::Answer>& answer,
                                       const std::function<void(const Result<QStringList>&)>& then)>;

/// One form, asked one question at a time: what to show, which question comes next, whether an answer fits, and each
/// answer saved as it is given (text after a short rest in typing). For the screening, the questions before signing,
/// questionnaires, the participant's turn. Knows nothing of vaults and people. GUI thread.
///
/// Answers to a private form that were given before this object was made are used for its skip rules and never handed
/// out: answered() is true for them and there is nothing to read. After close() nothing is handed out any more.
class FormViewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the app")
    Q_PROPERTY(Step step READ step NOTIFY stepChanged FINAL)
    Q_PROPERTY(Kind kind READ kind NOTIFY stepChanged FINAL)
    Q_PROPERTY(QString title READ title NOTIFY stepChanged FINAL)
    Q_PROPERTY(QString intro READ intro NOTIFY stepChanged FINAL)
    Q_PROPERTY(QStringList tells READ tells NOTIFY stepChanged FINAL)
    Q_PROPERTY(QString credit READ credit NOTIFY stepChanged FINAL)
    Q_PROPERTY(QString heading READ heading NOTIFY stepChanged FINAL)
    Q_PROPERTY(QString text READ text NOTIFY stepChanged FINAL)
    Q_PROPERTY(int index READ index NOTIFY stepChanged FINAL)
    Q_PROPERTY(int count READ count NOTIFY changed FINAL)
    Q_PROPERTY(QVariantList options READ options NOTIFY stepChanged FINAL)
    Q_PROPERTY(QStringList chosen READ chosen NOTIFY changed FINAL)
    Q_PROPERTY(bool saysOther READ saysOther NOTIFY changed FINAL)
    Q_PROPERTY(QString words READ words NOTIFY fieldsChanged FINAL)
    Q_PROPERTY(QString unit READ unit NOTIFY stepChanged FINAL)
    Q_PROPERTY(int least READ least NOTIFY stepChanged FINAL)
    Q_PROPERTY(int most READ most NOTIFY stepChanged FINAL)
    Q_PROPERTY(QVariantList dateFields READ dateFields NOTIFY fieldsChanged FINAL)
    Q_PROPERTY(QVariantList parts READ parts NOTIFY fieldsChanged FINAL)
    Q_PROPERTY(bool declined READ isDeclined NOTIFY changed FINAL)
    Q_PROPERTY(bool mayDecline READ mayDecline NOTIFY stepChanged FINAL)
    Q_PROPERTY(bool answered READ isAnswered NOTIFY changed FINAL)
    Q_PROPERTY(bool keptHidden READ isKeptHidden NOTIFY changed FINAL)
    Q_PROPERTY(bool unexpected READ isUnexpected NOTIFY changed FINAL)
    Q_PROPERTY(bool explains READ explains CONSTANT FINAL)
    Q_PROPERTY(int unanswered READ unanswered NOTIFY changed FINAL)
    Q_PROPERTY(QString fault READ fault NOTIFY changed FINAL)
    Q_PROPERTY(QString error READ error NOTIFY changed FINAL)
    Q_PROPERTY(QString spoken READ spoken NOTIFY stepChanged FINAL)

public:
    /// Intro: title, what the form is about, what it sets off. Item: one question. End: all were passed.
    enum class Step { Intro, Item, End };
    Q_ENUM(Step)
    enum class Kind { Heading, Single, Multiple, Number, Scale, Date, Text, Parts };
    Q_ENUM(Kind)

    /// `known`: what was answered before. A form that has nothing to say beforehand begins with its first question.
    FormViewModel(study::Form form, QString language, study::Answers known, AnswerSaver save,
                  QObject* parent = nullptr);
    ~FormViewModel() override;

    [[nodiscard]] Step step() const { return m_step; }
    [[nodiscard]] Kind kind() const;
    [[nodiscard]] QString title() const;
    [[nodiscard]] QString intro() const;
    /// What the alerts of the form tell beforehand.
    [[nodiscard]] QStringList tells() const;
    [[nodiscard]] QString credit() const { return m_form.credit; }
    /// The headed section that the question is in; may be empty.
    [[nodiscard]] QString heading() const;
    [[nodiscard]] QString text() const;
    /// Of the question among those that are asked by now: 0, 1, ...
    [[nodiscard]] int index() const;
    [[nodiscard]] int count() const;
    /// Each: id, text, other. Of a scale: its steps, with the words that some of them have.
    [[nodiscard]] QVariantList options() const;
    [[nodiscard]] QStringList chosen() const;
    /// "Other, please state" is chosen.
    [[nodiscard]] bool saysOther() const;
    /// What stands in the one field of the question: a text, a number, the words of "other".
    [[nodiscard]] QString words() const;
    [[nodiscard]] QString unit() const;
    [[nodiscard]] int least() const;
    [[nodiscard]] int most() const;
    /// Each: id (year, month, day), value. As many as the precision asks for.
    [[nodiscard]] QVariantList dateFields() const;
    /// Each: id, text, value.
    [[nodiscard]] QVariantList parts() const;
    [[nodiscard]] bool isDeclined() const;
    [[nodiscard]] bool mayDecline() const;
    [[nodiscard]] bool isAnswered() const;
    /// Answered before, in a private form: not shown again.
    [[nodiscard]] bool isKeptHidden() const;
    /// Answered otherwise than a comprehension question expects: explain further. Never blocks.
    [[nodiscard]] bool isUnexpected() const;
    /// The form has questions that expect an answer.
    [[nodiscard]] bool explains() const;
    /// Questions that are asked and have neither an answer nor "I would rather not say".
    [[nodiscard]] int unanswered() const;
    /// What is wrong with what stands in the field, in the language of the screen; nothing of it is saved.
    [[nodiscard]] QString fault() const { return m_fault; }
    /// Why an answer could not be saved.
    [[nodiscard]] QString error() const { return m_error; }
    /// The question and its options, as they are read aloud.
    [[nodiscard]] QString spoken() const;

    /// From the intro to the first question without an answer.
    Q_INVOKABLE void start();
    /// To the next question that is asked, or to the end. Stays where an answer is needed, or what was typed does not
    /// fit.
    Q_INVOKABLE void next();
    /// To the question before; from the first one to the intro, and from there out (left()). What was typed and does
    /// not fit is left behind.
    Q_INVOKABLE void back();
    /// From the end to the first question without an answer.
    Q_INVOKABLE void lookAgain();
    /// Single and scale: this one. Multiple: this one as well, or no longer.
    Q_INVOKABLE void choose(const QString& option);
    /// What stands in the one field.
    Q_INVOKABLE void write(const QString& words);
    /// One of the boxes of a question with several parts.
    Q_INVOKABLE void writePart(const QString& part, const QString& words);
    /// `field`: year, month or day.
    Q_INVOKABLE void writeDate(const QString& field, const QString& digits);
    /// "I would rather not say"; a second time takes it back.
    Q_INVOKABLE void decline();
    /// At the end: finished() once everything is saved. Leads to a question that needs an answer instead.
    Q_INVOKABLE void finish();

    // For the program, not for pages.
    [[nodiscard]] const study::Form& form() const { return m_form; }
    /// What was answered; nothing after close().
    [[nodiscard]] const study::Answers& answers() const { return m_answered.answers; }
    /// Ids of comprehension questions that were answered otherwise than expected, asked ones only, even if changed
    /// afterwards.
    [[nodiscard]] QStringList answeredUnexpectedly() const { return m_everUnexpected; }
    /// Saves what is being typed. For whoever leaves the page.
    void flush();
    /// Forgets everything that was answered; nothing can be read or answered from here on.
    void close();
    /// Another language of the same form, at the same place.
    void speak(const QString& language);

signals:
    void stepChanged();
    void changed();
    /// What stands in the fields is another text than was typed: another question, or an answer that was taken back.
    void fieldsChanged();
    /// Back from the very first step.
    void left();
    void finished();
    /// An answer set off an alert, by its heading of the protocol.
    void alerted(const QString& protocolHeading);

private:
    [[nodiscard]] const study::FormItem* item() const;
    [[nodiscard]] QString local(const study::LocalText& text) const;
    [[nodiscard]] bool hasIntro() const;
    [[nodiscard]] bool isAsked(std::size_t index) const;
    [[nodiscard]] bool hasAnswer(const study::FormItem& item) const;
    /// The answer of an item or part, as far as it may be shown; null if there is none.
    [[nodiscard]] const study::Answer* shownAnswer(const QString& id) const;
    /// The first question that is asked and for which `wanted` holds; nothing if there is none.
    [[nodiscard]] std::optional<std::size_t> firstAsked(
        const std::function<bool(const study::FormItem&)>& wanted) const;
    void goTo(Step step, std::size_t item = 0);
    /// Puts the answer into the fields.
    void fillFields();
    /// Takes an answer in, and saves it now or, while somebody types, a little later. What does not fit is only named.
    void take(const QString& id, const std::optional<study::Answer>& answer, bool isTyped);
    void drop(const QString& id);
    void save(const QString& id);
    void saved(const QString& id, const Result<QStringList>& alerts);
    void takeChoice(bool isTyped);
    [[nodiscard]] bool mayLeaveItem();
    [[nodiscard]] QString faultText(people::AnswerFault fault) const;

    study::Form m_form;
    QString m_language;
    study::AnsweredForm m_answered;
    QSet<QString> m_hidden;  ///< of a private form: answered before, never shown again
    AnswerSaver m_saver;
    Step m_step = Step::Intro;
    std::size_t m_item = 0;
    QStringList m_options;                   ///< chosen on the screen, fitting or not
    QString m_words;                         ///< in the one field, fitting or not
    std::map<QString, QString> m_dateParts;  ///< in the fields of a date
    QTimer m_rest;                           ///< a pause in typing
    QStringList m_unsaved;                   ///< what waits for it, or could not be saved
    int m_saving = 0;
    bool m_isFinishing = false;
    bool m_isClosed = false;
    QStringList m_everUnexpected;
    QString m_fault;
    QString m_error;
};

}  // namespace sotto::app
