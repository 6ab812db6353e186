// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <set>
#include <vector>

#include "base/clock.h"
#include "crypto/age/keys.h"
#include "crypto/sign.h"
#include "package/manifest.h"
#include "sync/store.h"

namespace sotto::sync {

struct HonouredOrder;  // lab_withdrawals.h

/// The keys that this desk of the lab holds; any may be missing.
struct LabDeskKeys {
    std::vector<crypto::age::Identity> identities;
    std::optional<crypto::SigningKey> signing;
    /// The tablets that this lab has enrolled (package/enrolment.h). Nothing: it never enrolled any, and every device
    /// counts as one of its own.
    std::optional<std::set<crypto::VerifyKey>> tablets;
};

/// What became of one package in a run of receive().
struct Received {
    package::Manifest manifest;  ///< of a manifest that could not be read only `package` is set
    enum class Outcome {
        New,         ///< filed now
        Known,       ///< filed before, and still as it was
        Incomplete,  ///< parts are missing; a later run will find them
        Refused,     ///< see note; filed nowhere, unless the note says that it is set aside or does not open
    } outcome = Outcome::New;
    bool apart = false;     ///< signed by a tablet that is not enrolled: filed apart and sealed, without receipts
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
/// - A package that contradicts its signed manifest (kind, practice, session, device inside) or is no package at all is
///   Refused: it goes, sealed, to OUT/set-aside/, gets no receipt, and leaves its place to another.
/// - A practice session gets a file PRACTICE in its folder.
/// - With enrolled tablets, packages of others go to OUT/unknown-tablets/<session>/, sealed, without receipts; they
///   cannot take the place of an enrolled tablet's. Once their tablet is enrolled, the next run files them with the
///   others, also if the store has lost them. The ledger covers both places.
/// - What stands in the way of one receipt is told in the note of its package.
/// - What somebody has taken back goes first (honourWithdrawals()), and is not taken again; `withdrawals` gets what
///   became of each order.
/// Fails only if the store or OUT can't be used at all. One run at a time per OUT.
[[nodiscard]] Result<std::vector<Received>> receive(FileSystem& files, Store& store, const LabDeskKeys& keys,
                                                    const Path& out, const Clock& clock,
                                                    std::vector<HonouredOrder>* withdrawals = nullptr);

}  // namespace sotto::sync
