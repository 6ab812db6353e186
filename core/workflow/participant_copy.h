// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "consent/copies.h"
#include "consent/press.h"
#include "workflow/home.h"

/// What a participant takes home of their consent. Made in memory each time, from what was signed and the text that it
/// was signed under; written only where they want it.
namespace sotto::workflow {

/// NotFound without a consent. Needs sessions and identities.
[[nodiscard]] Result<consent::Document> documentOf(Home& home, const ParticipantId& participant);

/// The code of the consent signed last; empty without one, for one of the first format, and without the identities.
[[nodiscard]] Result<QString> codeOf(Home& home, const ParticipantId& participant);

/// Writes the copy into a folder, as a new file whose name says nothing ("document-7K3QF4.pdf"), notes it as given and
/// audits that it left, without where to. Answers the file's path. NotAllowed for a folder within the home; otherwise
/// what the disk says, and then no part of it stays.
[[nodiscard]] Result<Path> saveCopy(Home& home, const ParticipantId& participant, const consent::Press& press,
                                    const Path& folder, consent::PageSize size);

/// Given on paper, owed, or not wanted. NotFound without a consent.
[[nodiscard]] Result<> noteCopy(Home& home, const ParticipantId& participant, consent::CopyState state);

}  // namespace sotto::workflow
