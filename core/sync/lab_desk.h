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
    package::Manifest manifest;  ///< of a manifest that could not be read only `package` is set
    enum class Outcome {
        New,         ///< filed now
        Known,       ///< filed before, and still as it was
        Incomplete,  ///< parts are missing; a later run will find them
        Refused,     ///< see note; filed nowhere, unless the note says that it does not open or must not be used
    } outcome = Outcome::New;
    bool opened = false;    ///< decrypted now or before
    bool couldOpen = true;  ///< false: no key here fits
    QString note;           ///< English sentence for Incomplete and Refused, or about what else was found
};

/// Fetches every complete package of a store: verifies parts and signature, joins them to OUT/<session>/<kind>.age
/// (with `<kind>.age.manifest` beside it), decrypts what the keys open to OUT/<session>/<kind>/, writes receipts into
/// the store when a signing key is there. Safe to repeat and to break off: everything appears whole or not at all.
///
/// - A device's sequence that comes back with another hash for the same kind is Refused (roll-back) and filed nowhere;
///   OUT/ledger.json remembers.
/// - A filed copy that is no longer what arrived is fetched anew.
/// - Receipt `stored` only after the copy under OUT was synced and read back and every part in the store was hashed
///   (two copies); `opened` only after each file of the opened package was verified.
/// - A package whose manifest.json inside states another kind, practice, session or device than the signed manifest is
///   Refused: it is kept sealed and gets no `opened`.
/// - A practice session gets a file PRACTICE in its folder.
/// - Whether the device that signed is one of ours is not judged here: manifests are shown with their device key.
/// Fails only if the store or OUT can't be used at all. One run at a time per OUT.
[[nodiscard]] Result<std::vector<Received>> receive(FileSystem& files, Store& store, const LabDeskKeys& keys,
                                                    const Path& out, const Clock& clock);

}  // namespace sotto::sync
