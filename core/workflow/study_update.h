// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "workflow/home.h"
#include "workflow/rotation.h"

namespace sotto::workflow {

/// Takes in a newer version of the home's study. Sessions held before keep the pack that they were held under: their
/// guides, consents and codes are read from it for ever. If the lab changed a key that logs are sealed to, every log is
/// wrapped to the new one (rotate()), so that who left the lab opens nothing that is made from now on.
///
/// SignatureInvalid unless it bears the lab key that was pinned when the home was made; NotAllowed for another study,
/// for a version that is not above the one in force, while an interview runs, or without sessions and outbox (and,
/// if keys changed, identities). ParseFailed, NewerVersion as openSignedPack(). After an error the old version stands,
/// or the new one with keys still to be turned, which the next unlock does.
[[nodiscard]] Result<> updateStudy(Home& home, ByteView signedPack, const OnProgress& progress = {});

}  // namespace sotto::workflow
