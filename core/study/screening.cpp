// SPDX-License-Identifier: Apache-2.0
#include "study/screening.h"

#include <algorithm>

namespace sotto::study {
namespace {

bool isApproved(const ScreeningRule& rule, const std::vector<Deviation>& deviations) {
    return std::ranges::any_of(deviations, [&](const Deviation& deviation) {
        return deviation.rule == rule.id && !deviation.approvedBy.trimmed().isEmpty();
    });
}

/// A form that nobody has begun must not count as answered in the wrong way.
bool areAllThere(const Condition& condition, std::span<const AnsweredForm> forms) {
    const auto isThere = [&](const Test& test) {
        return std::ranges::any_of(forms, [&](const AnsweredForm& one) { return one.form->id == test.form; });
    };
    return std::ranges::all_of(condition.anyOf,
                               [&](const std::vector<Test>& allOf) { return std::ranges::all_of(allOf, isThere); });
}

}  // namespace

const RulesVersion* Screening::inForceOn(QDate day) const {
    const RulesVersion* newest = nullptr;
    for (const RulesVersion& version : versions) {
        if (version.inForce <= day) newest = &version;
    }
    return newest;
}

const RulesVersion* Screening::version(int number) const {
    const auto found = std::ranges::find(versions, number, &RulesVersion::number);
    return found == versions.end() ? nullptr : &*found;
}

ScreeningOutcome screen(const Screening& screening, const RulesVersion& rules, std::span<const AnsweredForm> forms,
                        const std::vector<Deviation>& deviations) {
    const bool mayDeviate = !screening.deviationsApprovedBy.empty();
    ScreeningOutcome outcome{Fit::Fits, {}, rules.number, {}};
    for (const ScreeningRule& rule : rules.rules) {
        const Verdict held = areAllThere(rule.when, forms) ? verdict(rule.when, forms) : Verdict::Open;
        if (held == Verdict::Yes) continue;
        if (held == Verdict::Open) {
            outcome.fit = Fit::Open;
        } else if (mayDeviate && isApproved(rule, deviations)) {
            outcome.deviations.append(rule.id);
        } else {
            return {Fit::NotNow, rule.reason, rules.number, {}};
        }
    }
    return outcome;
}

}  // namespace sotto::study
