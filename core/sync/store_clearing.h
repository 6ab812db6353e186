// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "package/withdrawal.h"
#include "sync/store.h"

// Private to this module.
namespace sotto::sync {

/// Takes a package that was withdrawn out of a store: its parts, the lab's receipts, its manifest last, so that a
/// repeat ends what was broken off. Only what `device` signed with just this hash: nobody's order takes another's
/// package away. Nothing there is no error. Returns true if there was something.
[[nodiscard]] Result<bool> clearFromStore(Store& store, const package::WithdrawnPackage& gone,
                                          const crypto::VerifyKey& device);

}  // namespace sotto::sync
