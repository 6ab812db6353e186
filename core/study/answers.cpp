// SPDX-License-Identifier: Apache-2.0
#include "study/answers.h"

#include <algorithm>

namespace sotto::study {
namespace {

std::span<const AnsweredForm> only(const AnsweredForm& answered) {
    return {&answered, 1};
}

enum class State { NotReached, Declined, Given };

/// A given answer that does not fit its item (a number out of range, an option that is not there) was not given.
bool fits(const FormItem& item, const Answer& answer) {
    switch (item.type) {
        case ItemType::Single:
            return answer.options.size() == 1 && item.option(answer.options.front()) != nullptr;
        case ItemType::Number:
        case ItemType::Scale:
            return answer.number && *answer.number >= item.least && *answer.number <= item.most;
        case ItemType::Date:
            return dateNumber(answer.text, item.precision).has_value();
        default:
            return true;
    }
}

State stateOf(const AnsweredForm& answered, const FormItem& item) {
    const auto answer = answered.answers.find(item.id);
    if (answer == answered.answers.end()) return State::NotReached;
    if (answer->second.declined) return State::Declined;
    return fits(item, answer->second) ? State::Given : State::NotReached;
}

/// What a given answer counts in scores and bounds.
std::optional<int> numberOf(const FormItem& item, const Answer& answer) {
    if (item.type == ItemType::Single) return item.option(answer.options.front())->value;
    if (item.type == ItemType::Date) return dateNumber(answer.text, item.precision);
    return answer.number;
}

Verdict yesIf(bool condition) {
    return condition ? Verdict::Yes : Verdict::No;
}

Verdict verdictOnItem(const Test& test, const AnsweredForm& answered, const FormItem& item) {
    const Verdict asked = isAsked(answered, item);
    if (asked != Verdict::Yes) return asked;
    const State state = stateOf(answered, item);
    if (state == State::NotReached) return Verdict::Open;
    if (state == State::Declined) return Verdict::No;
    const Answer& answer = answered.answers.at(item.id);
    if (test.kind != Test::Kind::Within) return yesIf(answer.options.contains(test.option));
    const auto number = numberOf(item, answer);
    return yesIf(number && *number >= test.least && *number <= test.most);
}

Verdict verdictOnScore(const Test& test, const AnsweredForm& answered, const Score& score) {
    const Range possible = totalSoFar(answered, score);
    const Range wanted{test.least, test.most};
    if (wanted.holds(possible)) return Verdict::Yes;
    if (!wanted.meets(possible)) return Verdict::No;
    const bool isUnfinished = std::ranges::any_of(score.items, [&](const QString& id) {
        const FormItem* item = answered.form->item(id);
        return item != nullptr && stateOf(answered, *item) == State::NotReached;
    });
    return isUnfinished ? Verdict::Open : Verdict::No;
}

Verdict verdictOn(const Test& test, std::span<const AnsweredForm> forms) {
    const auto answered =
        std::ranges::find_if(forms, [&](const AnsweredForm& one) { return one.form->id == test.form; });
    if (answered == forms.end()) return Verdict::No;
    if (const FormItem* item = answered->form->item(test.subject)) return verdictOnItem(test, *answered, *item);
    if (const Score* score = answered->form->score(test.subject)) return verdictOnScore(test, *answered, *score);
    return Verdict::No;
}

}  // namespace

Verdict verdict(const Condition& condition, std::span<const AnsweredForm> forms) {
    Verdict best = Verdict::No;
    for (const std::vector<Test>& allOf : condition.anyOf) {
        Verdict worst = Verdict::Yes;
        for (const Test& test : allOf) {
            worst = std::min(worst, verdictOn(test, forms));
        }
        best = std::max(best, worst);
    }
    return best;
}

bool holds(const Condition& condition, std::span<const AnsweredForm> forms) {
    return verdict(condition, forms) == Verdict::Yes;
}

Verdict isAsked(const AnsweredForm& answered, const FormItem& item) {
    return item.when ? verdict(*item.when, only(answered)) : Verdict::Yes;
}

Range totalSoFar(const AnsweredForm& answered, const Score& score) {
    Range sum;
    for (const QString& id : score.items) {
        const FormItem* item = answered.form->item(id);
        auto range = item != nullptr ? possibleRange(*item) : std::nullopt;
        if (!range) continue;
        if (stateOf(answered, *item) == State::Given) {
            const int number = numberOf(*item, answered.answers.at(id)).value_or(range->least);
            range = Range{number, number};
        }
        sum.least += range->least;
        sum.most += range->most;
    }
    return sum;
}

std::optional<int> total(const AnsweredForm& answered, const Score& score) {
    const bool isComplete = std::ranges::all_of(score.items, [&](const QString& id) {
        const FormItem* item = answered.form->item(id);
        return item != nullptr && stateOf(answered, *item) == State::Given;
    });
    return isComplete ? std::optional(totalSoFar(answered, score).least) : std::nullopt;
}

const Band* band(const AnsweredForm& answered, const Score& score) {
    const auto number = total(answered, score);
    if (!number) return nullptr;
    const auto found = std::ranges::find_if(score.bands, [&](const Band& one) {
        return one.range.holds({*number, *number});
    });
    return found == score.bands.end() ? nullptr : &*found;
}

std::vector<const Alert*> alerts(const AnsweredForm& answered) {
    std::vector<const Alert*> result;
    for (const Alert& alert : answered.form->alerts) {
        if (holds(alert.when, only(answered))) result.push_back(&alert);
    }
    return result;
}

}  // namespace sotto::study
