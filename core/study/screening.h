// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <span>
#include <vector>

#include <QDate>
#include <QStringList>

#include "study/answers.h"
#include "study/condition.h"
#include "study/local_text.h"

// The model of screening/<role>.yaml, and what comes of a screening. Values and pure functions, from any thread.
namespace sotto::study {

struct ScreeningRule {
    QString id;
    Condition when;  ///< what must hold for the study to be the right fit
    QString reason;  ///< a coarse one, which may stay after the answers were wiped
};

/// Rules change while people are being asked; whoever was screened keeps the version of their day.
struct RulesVersion {
    int number = 1;
    QDate inForce;  ///< from this day on
    std::vector<ScreeningRule> rules;
};

struct Screening {
    QString role;
    LocalText askFirst;                    ///< read aloud; the yes is logged before anything else is asked
    QStringList forms;                     ///< in the order of asking
    std::vector<RulesVersion> versions;    ///< numbers and days ascending
    std::map<QString, LocalText> reasons;  ///< for the team, not for the person
    LocalText fits;                        ///< said to the person
    LocalText notNow;                      ///< said to the person, in kind words
    LocalText deviationsApprovedBy;        ///< who may approve one; empty if nobody may
    /// The newest not after that day, or null.
    [[nodiscard]] const RulesVersion* inForceOn(QDate day) const;
    [[nodiscard]] const RulesVersion* version(int number) const;
};

/// A rule that somebody with the right to do so let a person pass over.
struct Deviation {
    QString rule;
    QString approvedBy;  ///< a name; without one nothing was approved
};

/// NotNow is "not the right fit now". Open: an answer that is still to come decides.
enum class Fit { Open, Fits, NotNow };

/// All that stays of a screening that ends with NotNow: no answer, no score, no rule.
struct ScreeningOutcome {
    Fit fit = Fit::Open;
    QString reason;  ///< NotNow: of the first rule, in their order, that does not hold
    int rulesVersion = 1;
    QStringList deviations;  ///< rules that did not hold and were passed over
};

/// `forms` are the screening's, begun or not; one that is missing leaves its rules open. Deviations count only if the
/// study lets somebody approve them.
[[nodiscard]] ScreeningOutcome screen(const Screening& screening, const RulesVersion& rules,
                                      std::span<const AnsweredForm> forms,
                                      const std::vector<Deviation>& deviations = {});

}  // namespace sotto::study
