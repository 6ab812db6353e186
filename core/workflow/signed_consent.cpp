// SPDX-License-Identifier: Apache-2.0
#include "workflow/signed_consent.h"

#include <algorithm>

#include <QDateTime>

#include "workflow/study_shelf.h"

namespace sotto::workflow {

namespace {

Result<SignedForm> withItsForm(const std::vector<std::shared_ptr<const study::SignedPack>>& packs,
                               consent::Evidence evidence) {
    for (const auto& pack : packs) {
        for (const study::ConsentForm& form : pack->pack.consents) {
            if (form.hash == evidence.formHash) return SignedForm{std::move(evidence), form, pack};
        }
    }
    return fail(ErrorCode::NotFound, "the consent form that was signed is not in this home's study");
}

Result<consent::Evidence> evidenceOf(Home& home, const EvidenceId& id, const std::optional<crypto::VerifyKey>& device) {
    const consent::Consents consents(home.sessions(), home.identities());
    SOTTO_ASSIGN(auto evidence, consents.evidence(id));
    if (device) SOTTO_TRY(consent::verifyEvidence(evidence, *device));
    return evidence;
}

bool hasItsItems(const consent::ConsentState& state, const study::ConsentForm& form) {
    if (form.hash == state.formHash || state.with) return true;
    return form.items.size() == state.answers.size() &&
           std::all_of(form.items.begin(), form.items.end(),
                       [&](const study::ConsentItem& item) { return state.answers.count(item.id) > 0; });
}

/// Among these forms is the version that was signed. Where it is there in the language that was signed, it must have
/// the items that were answered, whatever its version says; another language alone counts as the same text.
bool isAmong(const consent::ConsentState& state, const std::vector<const study::ConsentForm*>& forms) {
    bool isThere = false;
    for (const study::ConsentForm* form : forms) {
        if (form->signedBy != state.signedBy || form->version != state.formVersion) continue;
        if (form->language == state.language) return hasItsItems(state, *form);
        isThere = true;
    }
    return isThere;
}

}  // namespace

Result<SignedConsent> signedConsent(Home& home, const EvidenceId& evidence,
                                    const std::optional<crypto::VerifyKey>& device) {
    SOTTO_TRY(home.need({Compartment::Sessions, Compartment::Identities}));
    SOTTO_ASSIGN(auto packs, StudyShelf(home.sessions()).all());
    std::vector<std::shared_ptr<const study::SignedPack>> shared;
    shared.reserve(packs.size());
    for (study::SignedPack& pack : packs)
        shared.push_back(std::make_shared<const study::SignedPack>(std::move(pack)));
    SignedConsent result;
    SOTTO_ASSIGN(auto own, evidenceOf(home, evidence, device));
    SOTTO_ASSIGN(result.own, withItsForm(shared, std::move(own)));
    if (!result.own.evidence.with) {
        result.state = consent::stateOf(result.own.evidence, result.own.form);
        return result;
    }
    SOTTO_ASSIGN(auto other, evidenceOf(home, *result.own.evidence.with, device));
    SOTTO_ASSIGN(result.with, withItsForm(shared, std::move(other)));
    result.state = consent::stateOf({result.own.evidence, result.own.form}, {result.with->evidence, result.with->form});
    return result;
}

QDate today(const Home& home) {
    const Instant now = home.clock().now();
    return QDateTime::fromMSecsSinceEpoch(now.utcMs, Qt::OffsetFromUTC, now.zoneOffsetMinutes * 60).date();
}

QDate signingDay(const Home& home, const QString& role) {
    QDate earliest;
    for (const study::ConsentForm& form : home.study().pack.consents) {
        if (form.role != role) continue;
        if (!form.inForce.isValid()) return today(home);
        if (!earliest.isValid() || form.inForce < earliest) earliest = form.inForce;
    }
    return earliest.isValid() ? std::max(earliest, today(home)) : today(home);
}

Result<bool> needsNewConsent(Home& home, const QString& role, const consent::ConsentState& state) {
    const auto forms = home.study().pack.consentsInForce(role, signingDay(home, role), state.site);
    if (!isAmong(state, forms)) return true;
    if (!state.with) return false;
    SOTTO_ASSIGN(const auto other, consent::stateOfEvidence(home.sessions(), *state.with));
    return !isAmong(other, forms);
}

}  // namespace sotto::workflow
