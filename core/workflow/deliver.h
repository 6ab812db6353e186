// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sync/outbox.h"
#include "workflow/home.h"

namespace sotto::workflow {

struct DeliveryReport {
    int sent = 0;
    std::uint64_t bytes = 0;
    int receipts = 0;
    int refusedReceipts = 0;
    int resealed = 0;  ///< packages whose file was damaged or gone and that were sealed anew before they were sent
};
/// Collects receipts, sends what is queued, and brings the sessions' states up to date, also after an error of the
/// store: what was sent before it is sent. A queued package whose file is damaged or gone is sealed anew from its
/// session's log, unless its manifest is in the store already; Damaged or NotFound if that can't be done, after all
/// others were sent. Needs the outbox (NotAllowed); sealing anew needs the other two as well.
[[nodiscard]] Result<DeliveryReport> deliver(Home& home, sync::Store& store);

/// Brings the states of the sessions up to what their packages have become, which somebody who holds the outbox alone
/// can't do: at the next unlock of one who holds both. Without both nothing is done.
[[nodiscard]] Result<> updateSessionStates(Home& home);

/// NotFound or Damaged if the sealed file at `path` is not there, or not what was sealed.
[[nodiscard]] Result<> checkPackageFile(FileSystem& files, const Path& path, const sync::OutboxItem& item);

}  // namespace sotto::workflow
