// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "base/clock.h"
#include "crypto/age/keys.h"
#include "crypto/sign.h"
#include "package/manifest.h"
#include "sync/store.h"

namespace sotto::sync {

/// The keys that this desk of the lab holds; any may be missing.
struct LabDeskKeys {
    std::vector<crypto::age::Identity> identities;
    std::optional<crypto::SigningKey> signing;
};

/// What became of one package in a run of receive().
struct Received {
    package::Manifest manifest;
    enum class Outcome { New, Known, Incomplete, Refused } outcome = Outcome::New;
    bool opened = false;    ///< decrypted now or before
    bool couldOpen = true;  ///< false: no key here fits
    QString note;           ///< English sentence for Incomplete and Refused
};

/// Fetches every complete package of a store: verifies parts and signature, joins them to OUT/<session>/<kind>.age
/// (with `<kind>.age.manifest` beside it), decrypts what the keys open to OUT/<session>/<kind>/, writes receipts into
/// the store when a signing key is there. Safe to repeat and to break off: everything appears whole or not at all.
/// A device's sequence that comes back with another hash for the same kind is Refused (roll-back) and filed nowhere.
/// Fails only if the store or OUT can't be used at all.
[[nodiscard]] Result<std::vector<Received>> receive(FileSystem& files, Store& store, const LabDeskKeys& keys,
                                                    const Path& out, const Clock& clock);

}  // namespace sotto::sync
