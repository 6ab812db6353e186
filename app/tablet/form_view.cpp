// SPDX-License-Identifier: Apache-2.0
// What a page shows of a form: the first half of it is in form_view_model.cpp.
#include <algorithm>

#include "form_view_model.h"

namespace sotto::app {

using people::AnswerFault;
using study::Answer;
using study::FormItem;
using study::ItemType;

const FormItem* FormViewModel::item() const {
    return m_step == Step::Item && m_item < m_form.items.size() ? &m_form.items[m_item] : nullptr;
}

QString FormViewModel::local(const study::LocalText& text) const {
    const auto found = text.find(m_language);
    if (found != text.end()) return found->second;
    return text.empty() ? QString() : text.begin()->second;
}

bool FormViewModel::hasIntro() const {
    return !m_form.intro.empty() || !m_form.alerts.empty() || !m_form.credit.isEmpty();
}

bool FormViewModel::isAsked(std::size_t index) const {
    const FormItem& one = m_form.items[index];
    return one.type != ItemType::Heading && study::isAsked(m_answered, one) == study::Verdict::Yes;
}

bool FormViewModel::hasAnswer(const FormItem& one) const {
    const auto has = [this](const QString& id) { return m_answered.answers.contains(id); };
    return has(one.id) || std::ranges::any_of(one.parts, [&has](const study::FormPart& part) { return has(part.id); });
}

const Answer* FormViewModel::shownAnswer(const QString& id) const {
    const auto found = m_answered.answers.find(id);
    return found == m_answered.answers.end() || m_hidden.contains(id) ? nullptr : &found->second;
}

std::optional<std::size_t> FormViewModel::firstAsked(const std::function<bool(const FormItem&)>& wanted) const {
    for (std::size_t i = 0; i < m_form.items.size(); ++i) {
        if (isAsked(i) && wanted(m_form.items[i])) return i;
    }
    return std::nullopt;
}

FormViewModel::Kind FormViewModel::kind() const {
    const FormItem* asked = item();
    return asked != nullptr ? static_cast<Kind>(asked->type) : Kind::Heading;
}

QString FormViewModel::title() const {
    return local(m_form.title);
}

QString FormViewModel::intro() const {
    return local(m_form.intro);
}

QStringList FormViewModel::tells() const {
    QStringList all;
    for (const study::Alert& alert : m_form.alerts)
        all.append(local(alert.tells));
    all.removeAll(QString());
    all.removeDuplicates();
    return all;
}

QString FormViewModel::heading() const {
    if (item() == nullptr) return {};
    for (std::size_t i = m_item; i > 0; --i) {
        if (m_form.items[i - 1].type == ItemType::Heading) return local(m_form.items[i - 1].text);
    }
    return {};
}

QString FormViewModel::text() const {
    const FormItem* asked = item();
    return asked != nullptr ? local(asked->text) : QString();
}

int FormViewModel::index() const {
    int before = 0;
    for (std::size_t i = 0; i < m_item && i < m_form.items.size(); ++i)
        before += isAsked(i) ? 1 : 0;
    return before;
}

int FormViewModel::count() const {
    int asked = 0;
    for (std::size_t i = 0; i < m_form.items.size(); ++i)
        asked += isAsked(i) ? 1 : 0;
    return asked;
}

QVariantList FormViewModel::options() const {
    QVariantList list;
    const FormItem* asked = item();
    if (asked == nullptr) return list;
    const auto add = [&list](const QString& id, const QString& text, bool isOther) {
        list.append(QVariantMap{
            {QStringLiteral("id"), id}, {QStringLiteral("text"), text}, {QStringLiteral("other"), isOther}});
    };
    for (const study::Option& option : asked->options)
        add(option.id, local(option.name), option.isOther);
    if (asked->type != ItemType::Scale) return list;
    for (int number = asked->least; number <= asked->most; ++number) {
        const auto name = asked->names.find(number);
        const QString digits = QString::number(number);
        add(digits, name == asked->names.end() ? digits : tr("%1: %2").arg(digits, local(name->second)), false);
    }
    return list;
}

QStringList FormViewModel::chosen() const {
    return m_options;
}

bool FormViewModel::saysOther() const {
    const FormItem* asked = item();
    return asked != nullptr && std::ranges::any_of(m_options, [asked](const QString& id) {
               const study::Option* option = asked->option(id);
               return option != nullptr && option->isOther;
           });
}

QString FormViewModel::words() const {
    return m_words;
}

QString FormViewModel::unit() const {
    const FormItem* asked = item();
    return asked != nullptr ? local(asked->unit) : QString();
}

int FormViewModel::least() const {
    const FormItem* asked = item();
    return asked != nullptr ? asked->least : 0;
}

int FormViewModel::most() const {
    const FormItem* asked = item();
    return asked != nullptr ? asked->most : 0;
}

QVariantList FormViewModel::dateFields() const {
    QVariantList list;
    const FormItem* asked = item();
    if (asked == nullptr || asked->type != ItemType::Date) return list;
    const auto add = [this, &list](const QString& id) {
        const auto value = m_dateParts.find(id);
        list.append(QVariantMap{{QStringLiteral("id"), id},
                                {QStringLiteral("value"), value == m_dateParts.end() ? QString() : value->second}});
    };
    if (asked->precision == study::DatePrecision::Day) add(QStringLiteral("day"));
    if (asked->precision != study::DatePrecision::Year) add(QStringLiteral("month"));
    add(QStringLiteral("year"));
    return list;
}

QVariantList FormViewModel::parts() const {
    QVariantList list;
    const FormItem* asked = item();
    if (asked == nullptr) return list;
    for (const study::FormPart& part : asked->parts) {
        const Answer* known = shownAnswer(part.id);
        list.append(QVariantMap{{QStringLiteral("id"), part.id},
                                {QStringLiteral("text"), local(part.text)},
                                {QStringLiteral("value"), known != nullptr ? known->text : QString()}});
    }
    return list;
}

bool FormViewModel::isDeclined() const {
    const FormItem* asked = item();
    const Answer* known = asked != nullptr ? shownAnswer(asked->id) : nullptr;
    return known != nullptr && known->declined;
}

bool FormViewModel::mayDecline() const {
    const FormItem* asked = item();
    return asked != nullptr && m_form.mayDecline(*asked);
}

bool FormViewModel::isAnswered() const {
    const FormItem* asked = item();
    return asked != nullptr && hasAnswer(*asked);
}

bool FormViewModel::isKeptHidden() const {
    const FormItem* asked = item();
    return asked != nullptr &&
           (m_hidden.contains(asked->id) ||
            std::ranges::any_of(asked->parts, [this](const auto& part) { return m_hidden.contains(part.id); }));
}

bool FormViewModel::isUnexpected() const {
    const FormItem* asked = item();
    const Answer* known = asked != nullptr && !asked->right.isEmpty() ? shownAnswer(asked->id) : nullptr;
    return known != nullptr && !known->declined && !known->options.contains(asked->right);
}

bool FormViewModel::explains() const {
    return std::ranges::any_of(m_form.items, [](const FormItem& one) { return !one.right.isEmpty(); });
}

int FormViewModel::unanswered() const {
    int open = 0;
    for (std::size_t i = 0; i < m_form.items.size(); ++i)
        open += isAsked(i) && !hasAnswer(m_form.items[i]) ? 1 : 0;
    return m_isClosed ? 0 : open;
}

QString FormViewModel::spoken() const {
    QStringList sentences{m_step == Step::Intro ? title() : heading(), m_step == Step::Intro ? intro() : text()};
    if (m_step == Step::Intro) sentences += tells();
    for (const QVariant& option : options())
        sentences += option.toMap().value(QStringLiteral("text")).toString();
    for (const QVariant& part : parts())
        sentences += part.toMap().value(QStringLiteral("text")).toString();
    sentences.removeAll(QString());
    return sentences.join(QStringLiteral(".\n"));
}

QString FormViewModel::faultText(AnswerFault fault) const {
    switch (fault) {
        case AnswerFault::None:
            return {};
        case AnswerFault::MayNotDecline:
            return tr("The study needs an answer here before you go on.");
        case AnswerFault::OtherWithoutWords:
            return tr("Please say in your own words what it is.");
        case AnswerFault::NoNumber:
        case AnswerFault::OutOfRange:
            return tr("Please enter a whole number from %1 to %2.").arg(least()).arg(most());
        case AnswerFault::NoDate:
            return tr("There is no such date. Please check it, or leave it empty.");
        case AnswerFault::TooLong:
            return tr("This is longer than can be kept. Please shorten it, or tell the rest to the interviewer.");
        case AnswerFault::NoSuchItem:
        case AnswerFault::Empty:
        case AnswerFault::NoSuchOption:
            return tr("This answer does not fit the question.");
    }
    return {};
}

}  // namespace sotto::app
