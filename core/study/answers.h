// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <span>
#include <vector>

#include <QStringList>

#include "study/condition.h"
#include "study/form.h"

// What somebody answered to forms, and what follows from it: which items are asked, scores, bands, alerts. Pure
// functions over values, from any thread. Nothing here says that somebody is safe: a score that is not known is not a
// low one.
namespace sotto::study {

/// The answer to one item. Only what its type asks for is filled in.
struct Answer {
    bool declined = false;      ///< "I would rather not say", which is not the same as not reached
    QStringList options;        ///< Single: one; Multiple: any number, none of them too
    std::optional<int> number;  ///< Number, Scale
    QString text;               ///< Text, one of the parts, the words of "other", Date as 2026-11-23, 2026-11 or 2026
};

/// By item id, or part id for Parts. What is not here was not reached.
using Answers = std::map<QString, Answer>;

/// Refers to a form that must outlive it.
struct AnsweredForm {
    const Form* form = nullptr;
    Answers answers;
};

/// Open: an answer that is still to come decides.
enum class Verdict { No, Open, Yes };

/// - An item that is declined, or not asked because its own condition does not hold: No. What was answered before it
///   came to be hidden does not count.
/// - A score: Yes or No as soon as no answer that is missing could change it. With declined items only, No if they
///   could.
/// - A form, item or score that is not there: No.
[[nodiscard]] Verdict verdict(const Condition& condition, std::span<const AnsweredForm> forms);
/// verdict() is Yes.
[[nodiscard]] bool holds(const Condition& condition, std::span<const AnsweredForm> forms);

/// Whether an item of a form is asked: always, unless it has a condition.
[[nodiscard]] Verdict isAsked(const AnsweredForm& answered, const FormItem& item);

/// The totals that are possible still. One number if all its items are answered.
[[nodiscard]] Range totalSoFar(const AnsweredForm& answered, const Score& score);
/// The total; nothing while an item is missing or declined.
[[nodiscard]] std::optional<int> total(const AnsweredForm& answered, const Score& score);
/// The band of the total; null without a total.
[[nodiscard]] const Band* band(const AnsweredForm& answered, const Score& score);

/// The alerts that are set off by now, in the order of the form. An answer that was given and then changed no longer
/// counts here: whoever logs alerts keeps those that were set off.
[[nodiscard]] std::vector<const Alert*> alerts(const AnsweredForm& answered);

}  // namespace sotto::study
