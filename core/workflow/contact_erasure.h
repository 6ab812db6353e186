// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "workflow/home.h"
#include "workflow/rotation.h"

/// Whoever did not agree to be contacted again can't be, once their part is over: safe ways, contact log, appointments
/// and home visits go, from the old pages of the vault too. What was given in compensation stays; so does the name,
/// which belongs to the signature.
namespace sotto::workflow {

/// Whose sessions are all sealed, as many as the study has visits, who takes part, did not agree to be contacted again,
/// and is owed no copy. Then turns the key of the identities. Does nothing while an interview runs, or without sessions
/// and identities. What a crash breaks off goes on at the next call: run at unlock and after sealing. Returns how many.
[[nodiscard]] Result<int> eraseContactsOfTheDone(Home& home, const OnProgress& progress = {});

/// Of the identities vault.
[[nodiscard]] vault::Schema contactErasureSchema();

}  // namespace sotto::workflow
