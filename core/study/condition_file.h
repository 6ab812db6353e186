// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "study/form.h"
#include "study/yaml.h"

// Reading of `when:`, and what can be known about conditions before anybody answers. Private to this module.
namespace sotto::study {

/// The most tests that one condition may hold, and the most skip rules that may follow from one another: bounds what a
/// condition can cost.
inline constexpr std::size_t kMaxTests = 16;
inline constexpr int kDeepestSkipRules = 3;

/// What the tests of a condition may look at. Refers to forms that must outlive it.
struct ConditionScope {
    QString what;                      ///< names the condition in sentences: "the alert \"severe\""
    const Form* own = nullptr;         ///< subjects without a form's name; as far as it has been read
    std::vector<const Form*> named{};  ///< subjects written as form.subject
    QString whereSubjectsAre;          ///< "in this form"
};

/// Nothing after reporting. Every test of the result has a subject, an option and bounds that can matter.
[[nodiscard]] std::optional<Condition> readCondition(const YamlNode& node, const ConditionScope& scope,
                                                     FaultList& faults);

/// True if the two tests, of subjects in this form, can never hold for the same answers.
[[nodiscard]] bool contradict(const Test& one, const Test& other, const Form& form);

}  // namespace sotto::study
