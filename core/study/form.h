// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <vector>

#include <QStringList>

#include "study/condition.h"
#include "study/local_text.h"

// The model of instruments/<id>.yaml: everything that has boxes to fill in. Values; immutable after reading; share
// freely between threads. What is answered, and what follows from it, is in answers.h.
namespace sotto::study {

enum class ItemType { Heading, Single, Multiple, Number, Scale, Date, Text, Parts };
enum class DatePrecision { Day, Month, Year };

struct Option {
    QString id;
    LocalText name;
    std::optional<int> value;  ///< what it counts in a score
    bool isOther = false;      ///< "other, please state": asks for words of one's own
};

/// One of several boxes for text under one question. Its answer is kept under its own id.
struct FormPart {
    QString id;
    LocalText text;
};

struct FormItem {
    ItemType type = ItemType::Heading;
    QString id;  ///< may be empty for a heading
    LocalText text;
    std::vector<Option> options;                   ///< Single, Multiple
    int least = 0;                                 ///< Number, Scale
    int most = 0;                                  ///< Number, Scale
    LocalText unit;                                ///< Number; may be empty
    std::map<int, LocalText> names;                ///< Scale: words for some of its steps
    DatePrecision precision = DatePrecision::Day;  ///< Date
    std::vector<FormPart> parts;                   ///< Parts
    std::optional<Condition> when;                 ///< asked only if it holds
    QString right;                                 ///< comprehension: another answer asks to explain further
    bool required = false;                         ///< only in a form that is not skippable
    [[nodiscard]] const Option* option(const QString& id) const;
};

/// A closed range of whole numbers.
struct Range {
    int least = 0;
    int most = 0;
    bool operator==(const Range&) const = default;
    [[nodiscard]] bool holds(Range other) const { return least <= other.least && other.most <= most; }
    [[nodiscard]] bool meets(Range other) const { return other.least <= most && least <= other.most; }
};

struct Band {
    QString id;
    Range range;
    LocalText name;
};

/// A sum over items, with bands that cover every total that can be reached, each once.
struct Score {
    QString id;
    QStringList items;
    std::vector<Band> bands;  ///< ascending; may be empty
};

/// What an answer or a score sets off: a heading of the protocol opens at once. Never says that there is no risk.
struct Alert {
    QString id;
    Condition when;
    QString protocol;
    LocalText tells;  ///< shown before the form to whoever fills it in
};

/// Where answers go. Session: with the session. Apart: under the identities' key, without a link to a session.
/// Screening: wiped if the study is not the right fit now.
enum class Kept { Session, Apart, Screening };

/// How sure it is that the words are those of the instrument's owners.
enum class Wording { Own, Official, Unverified };

struct Form {
    QString id;  ///< the name of its file
    LocalText title;
    LocalText intro;                     ///< may be empty
    std::map<QString, Wording> wording;  ///< by language; a language that is not here has our own words
    QString credit;                      ///< shown under the form; may be empty
    Kept kept = Kept::Session;
    bool isPrivate = false;  ///< answers are not shown to the interviewer
    bool skippable = true;   ///< every item may be passed over
    std::vector<FormItem> items;
    std::vector<Score> scores;
    std::vector<Alert> alerts;
    std::map<QString, QString> carry;  ///< item -> field for de-identified use
    [[nodiscard]] const FormItem* item(const QString& id) const;
    [[nodiscard]] const Score* score(const QString& id) const;
    /// True if "I would rather not say" is offered.
    [[nodiscard]] bool mayDecline(const FormItem& item) const { return skippable || !item.required; }
};

/// What an item counts from and to in scores and bounds; nothing if it does not count.
[[nodiscard]] std::optional<Range> possibleRange(const FormItem& item);
/// The lowest and the highest total there can be. Items that do not count are passed over.
[[nodiscard]] Range possibleRange(const Form& form, const Score& score);
/// "2026-11-23", "2026-11" or "2026" as 20261123, 202611 or 2026; nothing if it is no date of that precision.
[[nodiscard]] std::optional<int> dateNumber(const QString& text, DatePrecision precision);

}  // namespace sotto::study
