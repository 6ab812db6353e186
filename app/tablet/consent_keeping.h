// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "consent/press.h"
#include "consent_papers.h"
#include "tablet.h"

// What the consent page asks of the vault thread.
namespace sotto::app {

/// NotFound for somebody who is not there.
[[nodiscard]] Result<ConsentForms> formsToSign(Tablet& tablet, const ParticipantId& participant);

/// Binds, signs and keeps one paper, or two that belong together; their copy is owed from then on.
[[nodiscard]] Result<> keepConsent(Tablet& tablet, const ParticipantId& participant,
                                   const std::vector<ConsentPaper>& papers, consent::Kind kind, const QString& site);

/// Somebody does not want to take part. Nothing of their answers is kept; what they agreed to before ends.
[[nodiscard]] Result<> noteRefusal(Tablet& tablet, const ParticipantId& participant);

/// The picture of a signed paper, from a file, fit to be kept. InvalidArgument for one that is too large.
[[nodiscard]] Result<consent::Attachment> pictureFrom(Tablet& tablet, const consent::Press& press, const QString& path);

}  // namespace sotto::app
