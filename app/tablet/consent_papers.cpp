// SPDX-License-Identifier: Apache-2.0
#include "consent_papers.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <QPointF>

namespace sotto::app {

namespace {

using consent::Kind;
using consent::Signer;
using study::SignedBy;

std::vector<consent::Stroke> strokesOf(const QVariantList& strokes) {
    std::vector<consent::Stroke> result;
    for (const QVariant& stroke : strokes) {
        consent::Stroke points;
        for (const QVariant& point : stroke.toList()) {
            const QPointF place = point.toPointF();
            points.emplace_back(static_cast<int>(std::lround(place.x())), static_cast<int>(std::lround(place.y())));
        }
        if (!points.empty()) result.push_back(std::move(points));
    }
    return result;
}

}  // namespace

bool ConsentPaper::takesPart() const {
    return std::all_of(form.items.begin(), form.items.end(), [this](const study::ConsentItem& item) {
        const auto found = answers.find(item.id);
        return !item.required || (found != answers.end() && found->second);
    });
}

bool ConsentPaper::isForSomebody() const {
    return form.signedBy == SignedBy::Parent || form.signedBy == SignedBy::Representative;
}

bool ConsentPaper::needsWitness(Kind kind) const {
    return consent::needsWitness(form, toAnswers(kind, {}));
}

consent::Answers ConsentPaper::toAnswers(Kind kind, const QString& site) const {
    consent::Answers given;
    given.items = answers;
    given.kind = kind;
    given.site = site;
    given.signatory = signatory;
    given.witness = witness;
    given.isMark = isMark;
    given.understanding = understanding;
    given.attachment = attachment;
    if (shownAt) given.shownAt = *shownAt;
    for (const Signer signer : {Signer::Participant, Signer::Interviewer, Signer::Witness}) {
        auto drawn = strokesOf(strokes.value(signer));
        if (!drawn.empty()) given.strokes[signer] = std::move(drawn);
    }
    return given;
}

std::vector<SignedBy> ConsentForms::signers(const QString& site) const {
    std::vector<SignedBy> result;
    for (const SignedBy who : {SignedBy::Adult, SignedBy::Parent, SignedBy::Representative}) {
        if (!languages(site, who).isEmpty()) result.push_back(who);
    }
    return result;
}

QStringList ConsentForms::languages(const QString& site, SignedBy who) const {
    QStringList result;
    for (const study::ConsentForm& form : forms) {
        const bool fits = form.signedBy == who && form.isInForce(day, site);
        if (fits && !result.contains(form.language)) result += form.language;
    }
    return result;
}

const study::ConsentForm* ConsentForms::find(const QString& site, const QString& language,
                                             const std::function<bool(const study::ConsentForm&)>& isIt) const {
    const auto found = std::find_if(forms.begin(), forms.end(), [&](const study::ConsentForm& form) {
        return form.language == language && form.isInForce(day, site) && isIt(form);
    });
    return found == forms.end() ? nullptr : &*found;
}

ConsentPaper ConsentForms::paperOf(const study::ConsentForm& form) const {
    ConsentPaper paper;
    paper.form = form;
    for (const study::Form& asked : questions) {
        if (form.understands.isEmpty() || asked.id != form.understands) continue;
        std::copy_if(asked.items.begin(), asked.items.end(), std::back_inserter(paper.questions),
                     [](const study::FormItem& item) { return !item.right.isEmpty(); });
    }
    return paper;
}

std::vector<ConsentPaper> ConsentForms::papers(const QString& site, SignedBy who, const QString& language) const {
    const auto* form =
        find(site, language, [who](const study::ConsentForm& candidate) { return candidate.signedBy == who; });
    if (form == nullptr) return {};
    std::vector<ConsentPaper> result{paperOf(*form)};
    if (form->with.isEmpty()) return result;
    const auto* own =
        find(site, language, [form](const study::ConsentForm& candidate) { return candidate.id == form->with; });
    if (own == nullptr) return {};
    result.push_back(paperOf(*own));
    return result;
}

}  // namespace sotto::app
