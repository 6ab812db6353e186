// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>

#include "consent/consent.h"
#include "people/people.h"
#include "study/signed_pack.h"
#include "workflow/home.h"

/// What was signed, with the text that it was signed under, and whether that is still enough.
namespace sotto::workflow {

/// One evidence, its form, and the version of the study that it came with, each found by its hash among all that this
/// home ever had: a newer text never takes its place.
struct SignedForm {
    consent::Evidence evidence;
    study::ConsentForm form;
    std::shared_ptr<const study::SignedPack> study;
};

/// One act of consent: one evidence, or two that count together.
struct SignedConsent {
    SignedForm own;
    std::optional<SignedForm> with;
    consent::ConsentState state;  ///< computed anew from what was signed
};

/// NotFound for an evidence that is not there, or whose form is in no version of the study here; NotAllowed without
/// sessions and identities; SignatureInvalid if `device` is given and did not sign.
[[nodiscard]] Result<SignedConsent> signedConsent(Home& home, const EvidenceId& evidence,
                                                  const std::optional<crypto::VerifyKey>& device = std::nullopt);

/// The day at this tablet's place.
[[nodiscard]] QDate today(const Home& home);

/// The day by which forms of that role are in force: today, or the first day on which any is, should the tablet's clock
/// be behind it.
[[nodiscard]] QDate signingDay(const Home& home, const QString& role);

/// True if what was signed is no version in force any more, for the role and at the site: a newer one came into force,
/// or its time is over. An interview does not begin before consent was taken again. Old evidence stays as it is.
[[nodiscard]] Result<bool> needsNewConsent(Home& home, const QString& role, const consent::ConsentState& state);

}  // namespace sotto::workflow
