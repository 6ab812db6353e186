// SPDX-License-Identifier: Apache-2.0
// The walk through a form: which question comes next, what is taken as an answer, and when it is saved. What a page
// shows of it is in form_view.cpp.
#include "form_view_model.h"

#include <algorithm>

#include <QPointer>

#include "error_text.h"

namespace sotto::app {

using people::AnswerFault;
using study::Answer;
using study::FormItem;
using study::ItemType;

namespace {

constexpr int kRestMs = 700;

}  // namespace

FormViewModel::FormViewModel(study::Form form, QString language, study::Answers known, AnswerSaver save,
                             QObject* parent)
    : QObject(parent), m_form(std::move(form)), m_language(std::move(language)), m_saver(std::move(save)) {
    m_answered = {&m_form, std::move(known)};
    if (m_form.isPrivate) {
        for (const auto& [id, answer] : m_answered.answers)
            m_hidden.insert(id);
    }
    m_rest.setSingleShot(true);
    m_rest.setInterval(kRestMs);
    connect(&m_rest, &QTimer::timeout, this, &FormViewModel::flush);
    if (!hasIntro()) start();
}

FormViewModel::~FormViewModel() {
    flush();
}

void FormViewModel::start() {
    if (m_isClosed) return;
    const auto unanswered = firstAsked([this](const FormItem& one) { return !hasAnswer(one); });
    const auto first = firstAsked([](const FormItem&) { return true; });
    if (!first) return goTo(Step::End);
    goTo(Step::Item, unanswered.value_or(*first));
}

void FormViewModel::lookAgain() {
    const auto unanswered = firstAsked([this](const FormItem& one) { return !hasAnswer(one); });
    if (m_step == Step::End && unanswered) goTo(Step::Item, *unanswered);
}

void FormViewModel::next() {
    if (m_step == Step::Intro) return start();
    if (m_step != Step::Item || !mayLeaveItem()) return;
    flush();
    for (std::size_t i = m_item + 1; i < m_form.items.size(); ++i) {
        if (isAsked(i)) return goTo(Step::Item, i);
    }
    goTo(Step::End);
}

void FormViewModel::back() {
    flush();
    const std::size_t from = m_step == Step::End ? m_form.items.size() : m_step == Step::Item ? m_item : 0;
    for (std::size_t i = from; i > 0; --i) {
        if (isAsked(i - 1)) return goTo(Step::Item, i - 1);
    }
    if (m_step == Step::Intro || !hasIntro()) return emit left();
    goTo(Step::Intro);
}

bool FormViewModel::mayLeaveItem() {
    const FormItem* asked = item();
    if (m_fault.isEmpty() && asked != nullptr && !m_form.mayDecline(*asked) && !hasAnswer(*asked))
        m_fault = faultText(AnswerFault::MayNotDecline);
    if (!m_fault.isEmpty()) emit changed();
    return m_fault.isEmpty();
}

void FormViewModel::goTo(Step step, std::size_t index) {
    m_step = step;
    m_item = index;
    m_fault.clear();
    fillFields();
    emit stepChanged();
    emit fieldsChanged();
    emit changed();
}

void FormViewModel::fillFields() {
    m_words.clear();
    m_options.clear();
    m_dateParts.clear();
    const FormItem* asked = item();
    const Answer* known = asked != nullptr ? shownAnswer(asked->id) : nullptr;
    if (known == nullptr || known->declined) return;
    const bool isCounted = asked->type == ItemType::Scale || asked->type == ItemType::Number;
    if (isCounted && !known->number) return;
    m_options = asked->type == ItemType::Scale ? QStringList{QString::number(*known->number)} : known->options;
    m_words = asked->type == ItemType::Number ? QString::number(*known->number) : known->text;
    if (asked->type != ItemType::Date) return;
    const QStringList fields = known->text.split(u'-');
    const QStringList names{QStringLiteral("year"), QStringLiteral("month"), QStringLiteral("day")};
    for (qsizetype i = 0; i < std::min(fields.size(), names.size()); ++i)
        m_dateParts[names[i]] = fields[i];
}

void FormViewModel::choose(const QString& option) {
    const FormItem* asked = item();
    if (asked == nullptr || m_isClosed) return;
    if (asked->type == ItemType::Scale) {
        m_options = {option};
        return take(asked->id, Answer{false, {}, option.toInt(), {}}, false);
    }
    if (asked->option(option) == nullptr) return;
    if (asked->type == ItemType::Single) {
        m_options = {option};
    } else if (m_options.contains(option)) {
        m_options.removeAll(option);
    } else {
        m_options.append(option);
    }
    if (!saysOther() && !m_words.isEmpty()) {
        m_words.clear();
        emit fieldsChanged();
    }
    takeChoice(false);
}

void FormViewModel::takeChoice(bool isTyped) {
    take(item()->id, Answer{false, m_options, {}, saysOther() ? m_words.trimmed() : QString()}, isTyped);
}

void FormViewModel::write(const QString& words) {
    const FormItem* asked = item();
    if (asked == nullptr || m_isClosed) return;
    m_words = words;
    if (asked->type == ItemType::Single || asked->type == ItemType::Multiple) return takeChoice(true);
    if (words.trimmed().isEmpty()) return take(asked->id, {}, true);
    if (asked->type == ItemType::Text) return take(asked->id, Answer{false, {}, {}, words}, true);
    bool isNumber = false;
    const int number = words.trimmed().toInt(&isNumber);
    take(asked->id, Answer{false, {}, isNumber ? std::optional(number) : std::nullopt, {}}, true);
}

void FormViewModel::writePart(const QString& part, const QString& words) {
    const FormItem* asked = item();
    if (asked == nullptr || m_isClosed) return;
    const bool isDeclinedSoFar = m_answered.answers.contains(asked->id);
    if (isDeclinedSoFar) drop(asked->id);
    take(part, words.trimmed().isEmpty() ? std::nullopt : std::optional(Answer{false, {}, {}, words}), true);
}

void FormViewModel::writeDate(const QString& field, const QString& digits) {
    const FormItem* asked = item();
    if (asked == nullptr || m_isClosed) return;
    m_dateParts[field] = digits.trimmed();
    QStringList date;
    bool isComplete = true;
    bool isEmpty = true;
    for (const QVariant& one : dateFields()) {
        const QString name = one.toMap().value(QStringLiteral("id")).toString();
        const QString value = m_dateParts[name];
        isComplete = isComplete && !value.isEmpty();
        isEmpty = isEmpty && value.isEmpty();
        date.prepend(value.rightJustified(name == u"year" ? 4 : 2, u'0'));
    }
    if (isEmpty) return take(asked->id, {}, true);
    // Half a date is no answer yet, and no mistake either, until one wants to go on.
    if (isComplete) return take(asked->id, Answer{false, {}, {}, date.join(u'-')}, true);
    m_fault = faultText(AnswerFault::NoDate);
    emit changed();
}

void FormViewModel::decline() {
    const FormItem* asked = item();
    if (asked == nullptr || m_isClosed || !m_form.mayDecline(*asked)) return;
    const bool takesBack = isDeclined();
    for (const study::FormPart& part : asked->parts)
        drop(part.id);
    take(asked->id, takesBack ? std::nullopt : std::optional(Answer{true, {}, {}, {}}), false);
    fillFields();
    emit fieldsChanged();
}

void FormViewModel::drop(const QString& id) {
    if (m_answered.answers.erase(id) > 0) save(id);
}

void FormViewModel::take(const QString& id, const std::optional<Answer>& answer, bool isTyped) {
    const AnswerFault fault = answer ? people::checkAnswer(m_form, id, *answer) : AnswerFault::None;
    m_fault = faultText(fault);
    if (fault == AnswerFault::None) {
        if (answer) {
            m_answered.answers[id] = *answer;
        } else {
            m_answered.answers.erase(id);
        }
        m_hidden.remove(id);
        if (isUnexpected() && !m_everUnexpected.contains(id)) m_everUnexpected.append(id);
        if (!m_unsaved.contains(id)) m_unsaved.append(id);
        if (isTyped) {
            m_rest.start();
        } else {
            flush();
        }
    }
    emit changed();
}

void FormViewModel::flush() {
    m_rest.stop();
    const QStringList waiting = std::exchange(m_unsaved, {});
    for (const QString& id : waiting)
        save(id);
}

void FormViewModel::save(const QString& id) {
    const auto found = m_answered.answers.find(id);
    const auto answer = found == m_answered.answers.end() ? std::nullopt : std::optional(found->second);
    ++m_saving;
    m_saver(id, answer, [self = QPointer(this), id](const Result<QStringList>& alerts) {
        if (self) self->saved(id, alerts);
    });
}

void FormViewModel::saved(const QString& id, const Result<QStringList>& alerts) {
    --m_saving;
    m_error = alerts ? QString() : errorText(alerts.error());
    if (!alerts) {
        m_isFinishing = false;
        if (!m_unsaved.contains(id) && !m_isClosed) m_unsaved.append(id);  // tried again at the next step
    }
    emit changed();
    for (const study::Alert& alert : m_form.alerts) {
        if (alerts && alerts->contains(alert.id)) emit alerted(alert.protocol);
    }
    if (m_isFinishing && m_saving == 0) {
        m_isFinishing = false;
        emit finished();
    }
}

void FormViewModel::finish() {
    if (m_isClosed || m_isFinishing) return;
    const auto needed = firstAsked([this](const FormItem& one) { return !m_form.mayDecline(one) && !hasAnswer(one); });
    if (needed) {
        goTo(Step::Item, *needed);
        m_fault = faultText(AnswerFault::MayNotDecline);
        return emit changed();
    }
    m_isFinishing = true;
    flush();
    if (m_saving > 0 || !m_isFinishing) return;
    m_isFinishing = false;
    emit finished();
}

void FormViewModel::close() {
    flush();
    m_isClosed = true;
    m_answered.answers.clear();
    m_everUnexpected.clear();
    m_step = Step::End;
    fillFields();
    emit stepChanged();
    emit fieldsChanged();
    emit changed();
}

void FormViewModel::speak(const QString& language) {
    m_language = language;
    emit stepChanged();
    emit fieldsChanged();
    emit changed();
}

}  // namespace sotto::app
