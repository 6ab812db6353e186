// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include <QString>

namespace sotto::study {

/// One look at one answer or score: it is this option, it includes this option, or it lies within these bounds.
struct Test {
    enum class Kind { Is, Includes, Within };
    QString form;     ///< always named, also for a test inside a form
    QString subject;  ///< id of an item or a score of that form
    Kind kind = Kind::Is;
    QString option;  ///< Is, Includes: id of an option
    int least = 0;   ///< Within, included; the day 2026-11-23 counts as 20261123, the month 2026-11 as 202611
    int most = 0;    ///< Within, included
};

/// What a skip rule, an alert or a rule of a screening asks: all tests of at least one of the alternatives. A value,
/// checked when its file is read; there is no deeper nesting, and nothing is computed from text. answers.h says
/// whether it holds.
struct Condition {
    std::vector<std::vector<Test>> anyOf;
};

}  // namespace sotto::study
