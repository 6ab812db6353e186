// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "package/withdrawal.h"
#include "sync/exports.h"
#include "sync/lab_desk.h"

namespace sotto::sync {

/// What became of one withdrawal order in a run of honourWithdrawals(), or stands in OUT/withdrawn.json.
struct HonouredOrder {
    package::WithdrawalOrder order;  ///< of one that could not be read only `id` is set
    enum class Outcome {
        Done,     ///< carried out, now or before
        Unknown,  ///< signed by a tablet that is not enrolled: nothing was removed
        Refused,  ///< see note; nothing was removed
    } outcome = Outcome::Done;
    bool isNew = false;     ///< carried out in this run
    bool isSigned = false;  ///< there is a deletion receipt; without the lab's key it waits for a desk that has it
    std::vector<package::DeletionReceipt::Line> packages;
    std::vector<Export> copies;  ///< made by people at the lab, to be deleted by hand
    QString note;                ///< English sentence
};

/// Carries out what tablets have asked for in a store: verifies each order (signature, enrolled tablet, and that the
/// packages are that tablet's own), remembers it, removes what was filed under `out` and what lies in the store, so
/// that neither comes back, and leaves a signed deletion receipt in the store. For audio alone the sealed file and
/// audio.opus of an opened folder go; what else was opened stays; if it was not opened here, all of it goes with the
/// sealed file. Safe to repeat and to break off. receive() begins with it.
///
/// Fails if the store or OUT can't be used. Not reached: backups of `out`, copies made of it (they are listed as far as
/// exports.json knows them), and what a disk keeps of removed files.
[[nodiscard]] Result<std::vector<HonouredOrder>> honourWithdrawals(FileSystem& files, Store& store,
                                                                   const LabDeskKeys& keys, const Path& out,
                                                                   const Clock& clock);

/// Every order that was taken at this desk, with the copies to be deleted by hand. Reads only.
[[nodiscard]] Result<std::vector<HonouredOrder>> withdrawalsAt(FileSystem& files, const Path& out);

}  // namespace sotto::sync
