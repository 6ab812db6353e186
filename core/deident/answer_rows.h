// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <vector>

#include <QString>
#include <QStringList>

#include "study/answers.h"

namespace sotto::deident {

/// What may leave of an answer: options by their ids, a step of a scale as it is, numbers and dates as bands ("31-40",
/// "2010-2019"), "declined". Nothing for an item that was not reached, and never a word that somebody wrote.
[[nodiscard]] QStringList carriedValues(const study::FormItem& item, const study::Answers& answers);

/// Rows of the table "context" (item, value): what the forms carry, under the fields that they name.
[[nodiscard]] std::vector<std::map<QString, QString>> contextRows(const std::vector<study::AnsweredForm>& forms);
/// Rows of the table "scores" (form, score, band): the band alone; an empty one where an answer is missing.
[[nodiscard]] std::vector<std::map<QString, QString>> scoreRows(const std::vector<study::AnsweredForm>& forms);

}  // namespace sotto::deident
