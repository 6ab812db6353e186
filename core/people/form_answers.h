// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include <QJsonObject>
#include <QString>

#include "base/result.h"
#include "study/answers.h"
#include "study/form.h"

// What every answer to a form has in common, wherever it is kept: whether it fits its question, how it is written
// down, and which words it answers. Pure functions, from any thread.
namespace sotto::people {

/// Longest text that somebody may write as one answer.
inline constexpr qsizetype kMaxAnswerText = 20'000;

/// Why an answer can't be kept.
enum class AnswerFault {
    None,
    NoSuchItem,
    MayNotDecline,      ///< the study needs an answer here
    Empty,              ///< nothing was answered
    NoSuchOption,       ///< or more than one where one is asked for
    OtherWithoutWords,  ///< "other, please state" without a statement
    NoNumber,
    OutOfRange,
    NoDate,
    TooLong,
};

/// `item` is the id of an item, or of one of the boxes of a Parts item.
[[nodiscard]] AnswerFault checkAnswer(const study::Form& form, const QString& item, const study::Answer& answer);

/// {"declined": true}, or what the type of the item asks for: "options", "number", "text".
[[nodiscard]] QJsonObject answerToJson(const study::Answer& answer);
/// ParseFailed for anything that answerToJson() would not have written.
[[nodiscard]] Result<study::Answer> answerFromJson(const QJsonObject& json);
/// The same as compact UTF-8 text, the stored form.
[[nodiscard]] QString answerText(const study::Answer& answer);
[[nodiscard]] Result<study::Answer> answerFromText(const QString& text);

/// SHA-256, in hexadecimal, of everything that is asked and offered: items, options, words in every language, bounds
/// and rules. Answers belong to the words that were read: a study that changes a question gives its form another hash.
[[nodiscard]] QString formHash(const study::Form& form);

}  // namespace sotto::people
