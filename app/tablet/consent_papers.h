// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <vector>

#include <QDate>
#include <QMap>
#include <QVariantList>

#include "base/clock.h"
#include "consent/consent.h"
#include "study/form.h"
#include "study/study_policy.h"

namespace sotto::app {

/// One form of an act of consent under way, and what was said to it so far. Nothing of it is kept before all of it is.
struct ConsentPaper {
    study::ConsentForm form;
    std::vector<study::FormItem> questions;  ///< asked before signing: those with a right answer
    std::map<QString, bool> answers;
    std::map<QString, QStringList> understanding;
    QMap<consent::Signer, QVariantList> strokes;
    QString signatory;
    QString witness;
    bool isMark = false;
    std::optional<consent::Attachment> attachment;
    std::optional<Instant> shownAt;

    /// Every required item was answered yes.
    [[nodiscard]] bool takesPart() const;
    [[nodiscard]] bool isForSomebody() const;
    [[nodiscard]] bool needsWitness(consent::Kind kind) const;
    /// Without the time of signing.
    [[nodiscard]] consent::Answers toAnswers(consent::Kind kind, const QString& site) const;
};

/// What may be signed for somebody: read once, when the page opens.
struct ConsentForms {
    std::vector<study::ConsentForm> forms;  ///< of the role, in force on that day somewhere
    std::vector<study::Form> questions;     ///< the study's forms, for those that are asked before signing
    std::vector<study::Site> sites;
    QString role;
    QDate day;
    bool isRenewal = false;  ///< there is a consent, of a version that is no longer in force

    /// Whose consent may be taken there: for themself, by a parent, by a representative.
    [[nodiscard]] std::vector<study::SignedBy> signers(const QString& site) const;
    [[nodiscard]] QStringList languages(const QString& site, study::SignedBy who) const;
    /// What is to be signed, in order: one form, or two that belong together. Empty if one is missing in that language.
    [[nodiscard]] std::vector<ConsentPaper> papers(const QString& site, study::SignedBy who,
                                                   const QString& language) const;

private:
    [[nodiscard]] const study::ConsentForm* find(const QString& site, const QString& language,
                                                 const std::function<bool(const study::ConsentForm&)>& isIt) const;
    [[nodiscard]] ConsentPaper paperOf(const study::ConsentForm& form) const;
};

}  // namespace sotto::app
