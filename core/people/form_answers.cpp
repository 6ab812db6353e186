// SPDX-License-Identifier: Apache-2.0
#include "people/form_answers.h"

#include <algorithm>

#include <QJsonArray>
#include <QJsonDocument>

#include "crypto/hash.h"

namespace sotto::people {

namespace {

using study::Answer;
using study::Form;
using study::FormItem;
using study::ItemType;

/// The item of that id, or the one that has a part of that id.
const FormItem* itemOrParent(const Form& form, const QString& id) {
    if (const FormItem* item = form.item(id)) return item;
    const auto found = std::ranges::find_if(form.items, [&id](const FormItem& item) {
        return std::ranges::any_of(item.parts, [&id](const study::FormPart& part) { return part.id == id; });
    });
    return found == form.items.end() ? nullptr : &*found;
}

AnswerFault checkOptions(const FormItem& item, const Answer& answer) {
    const auto known = [&item](const QString& id) { return item.option(id) != nullptr; };
    if (!std::ranges::all_of(answer.options, known)) return AnswerFault::NoSuchOption;
    if (QStringList(answer.options).removeDuplicates() != 0) return AnswerFault::NoSuchOption;
    if (item.type == ItemType::Single && answer.options.isEmpty()) return AnswerFault::Empty;
    if (item.type == ItemType::Single && answer.options.size() > 1) return AnswerFault::NoSuchOption;
    const bool saysOther =
        std::ranges::any_of(answer.options, [&item](const QString& id) { return item.option(id)->isOther; });
    if (saysOther && answer.text.trimmed().isEmpty()) return AnswerFault::OtherWithoutWords;
    return saysOther || answer.text.isEmpty() ? AnswerFault::None : AnswerFault::NoSuchOption;
}

AnswerFault checkNumber(const FormItem& item, const Answer& answer) {
    if (!answer.number) return AnswerFault::NoNumber;
    return *answer.number < item.least || *answer.number > item.most ? AnswerFault::OutOfRange : AnswerFault::None;
}

QJsonObject toJson(const study::LocalText& text) {
    QJsonObject json;
    for (const auto& [language, words] : text)
        json.insert(language, words);
    return json;
}

QJsonArray toJson(const std::optional<study::Condition>& condition) {
    QJsonArray any;
    if (!condition) return any;
    for (const auto& tests : condition->anyOf) {
        QJsonArray all;
        for (const study::Test& test : tests) {
            all.append(
                QJsonArray{test.form, test.subject, static_cast<int>(test.kind), test.option, test.least, test.most});
        }
        any.append(all);
    }
    return any;
}

QJsonObject toJson(const FormItem& item) {
    QJsonArray options;
    for (const study::Option& option : item.options) {
        options.append(QJsonArray{option.id, toJson(option.name), option.isOther,
                                  option.value ? QJsonValue(*option.value) : QJsonValue()});
    }
    QJsonArray parts;
    for (const study::FormPart& part : item.parts)
        parts.append(QJsonArray{part.id, toJson(part.text)});
    QJsonObject names;
    for (const auto& [step, words] : item.names)
        names.insert(QString::number(step), toJson(words));
    return {{QStringLiteral("type"), static_cast<int>(item.type)},
            {QStringLiteral("id"), item.id},
            {QStringLiteral("text"), toJson(item.text)},
            {QStringLiteral("options"), options},
            {QStringLiteral("range"), QJsonArray{item.least, item.most}},
            {QStringLiteral("unit"), toJson(item.unit)},
            {QStringLiteral("names"), names},
            {QStringLiteral("precision"), static_cast<int>(item.precision)},
            {QStringLiteral("parts"), parts},
            {QStringLiteral("when"), toJson(item.when)}};
}

}  // namespace

AnswerFault checkAnswer(const Form& form, const QString& id, const Answer& answer) {
    const FormItem* item = itemOrParent(form, id);
    if (item == nullptr || item->type == ItemType::Heading) return AnswerFault::NoSuchItem;
    if (item->type == ItemType::Parts && item->id == id && !answer.declined) return AnswerFault::NoSuchItem;
    if (answer.declined) return form.mayDecline(*item) ? AnswerFault::None : AnswerFault::MayNotDecline;
    if (answer.text.size() > kMaxAnswerText) return AnswerFault::TooLong;
    switch (item->type) {
        case ItemType::Single:
        case ItemType::Multiple:
            return checkOptions(*item, answer);
        case ItemType::Number:
        case ItemType::Scale:
            return checkNumber(*item, answer);
        case ItemType::Date:
            return study::dateNumber(answer.text, item->precision) ? AnswerFault::None : AnswerFault::NoDate;
        case ItemType::Heading:
        case ItemType::Text:
        case ItemType::Parts:
            break;
    }
    return answer.text.trimmed().isEmpty() ? AnswerFault::Empty : AnswerFault::None;
}

QJsonObject answerToJson(const Answer& answer) {
    if (answer.declined) return {{QStringLiteral("declined"), true}};
    QJsonObject json;
    if (answer.number) {
        json.insert(QStringLiteral("number"), *answer.number);
    } else if (!answer.options.isEmpty() || answer.text.isEmpty()) {
        json.insert(QStringLiteral("options"), QJsonArray::fromStringList(answer.options));
    }
    if (!answer.text.isEmpty()) json.insert(QStringLiteral("text"), answer.text);
    return json;
}

Result<Answer> answerFromJson(const QJsonObject& json) {
    Answer answer;
    answer.declined = json.value(u"declined").toBool();
    const QJsonArray options = json.value(u"options").toArray();
    for (const QJsonValue& option : options)
        answer.options.append(option.toString());
    if (const QJsonValue number = json.value(u"number"); number.isDouble()) answer.number = number.toInt();
    answer.text = json.value(u"text").toString();
    if (json.isEmpty() || answerToJson(answer) != json) {
        return fail(ErrorCode::ParseFailed, "this is no answer to a form");
    }
    return answer;
}

QString answerText(const Answer& answer) {
    return QString::fromUtf8(QJsonDocument(answerToJson(answer)).toJson(QJsonDocument::Compact));
}

Result<Answer> answerFromText(const QString& text) {
    const QJsonDocument document = QJsonDocument::fromJson(text.toUtf8());
    if (!document.isObject()) return fail(ErrorCode::ParseFailed, "this is no answer to a form");
    return answerFromJson(document.object());
}

QString formHash(const Form& form) {
    QJsonArray items;
    for (const FormItem& item : form.items)
        items.append(toJson(item));
    const QJsonObject json{{QStringLiteral("id"), form.id},
                           {QStringLiteral("title"), toJson(form.title)},
                           {QStringLiteral("intro"), toJson(form.intro)},
                           {QStringLiteral("items"), items}};
    const QByteArray bytes = QJsonDocument(json).toJson(QJsonDocument::Compact);
    const auto digest = crypto::sha256(viewOf(bytes));
    return QString::fromStdString(toHex(digest));
}

}  // namespace sotto::people
