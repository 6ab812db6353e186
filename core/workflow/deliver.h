// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "sync/outbox.h"
#include "workflow/home.h"

namespace sotto::workflow {

struct DeliveryReport {
    int sent = 0;
    std::uint64_t bytes = 0;
    int receipts = 0;
    int refusedReceipts = 0;
    int ordersSent = 0;  ///< withdrawal orders that went out for the first time
    int deletions = 0;   ///< the lab's word that it has removed what was withdrawn
    int resealed = 0;    ///< packages whose file was damaged or gone and that were sealed anew before they were sent
};

/// How far a delivery has come; bytes of sealed packages that were queued when it began.
struct DeliveryProgress {
    PackageId package;  ///< the one under way
    package::PackageKind kind = package::PackageKind::Content;
    std::uint64_t packageDone = 0;
    std::uint64_t packageTotal = 0;
    std::uint64_t done = 0;
    std::uint64_t total = 0;
    int packagesDone = 0;
    int packages = 0;
};

struct DeliveryHooks {
    /// Once at the beginning and after each part; parts that the store had already count as done. If packages had to
    /// be sealed anew on the way, it begins again with what is left.
    std::function<void(const DeliveryProgress&)> progress;
    /// Asked before each step that touches the store; true stops there. Called on the thread of deliver().
    std::function<bool()> isCancelled;
};

/// Collects receipts, sends withdrawal orders, then what is queued and not held, and brings the sessions' states up to
/// date, also after an error of the store: what was sent before it is sent. A queued package whose file is damaged or
/// gone is sealed anew from its session's log, unless its manifest is in the store already; Damaged or NotFound if that
/// can't be done, after all others were sent. Needs the outbox (NotAllowed); sealing anew needs the other two as well.
/// Research packages stay queued while the study's custodian has not approved (isExportHeld()).
/// Cancelled if the hooks said so: at the next part; what was sent stays, and the next delivery sends the rest.
[[nodiscard]] Result<DeliveryReport> deliver(Home& home, sync::Store& store, const DeliveryHooks& hooks = {});

/// One package, as a list shows it.
struct OutboxEntry {
    PackageId package;
    SessionId session;
    package::PackageKind kind = package::PackageKind::Content;
    std::uint64_t size = 0;
    sync::PackageState state = sync::PackageState::Queued;
    bool isHeld = false;  ///< somebody has not decided yet whether they take back: it does not leave
};
/// What is in the outbox, in the order in which it was sealed. NotAllowed without the outbox.
[[nodiscard]] Result<std::vector<OutboxEntry>> listOutbox(Home& home);

/// Brings the states of the sessions up to what their packages have become, which somebody who holds the outbox alone
/// can't do: at the next unlock of one who holds both. Without both nothing is done.
[[nodiscard]] Result<> updateSessionStates(Home& home);

/// NotFound or Damaged if the sealed file at `path` is not there, or not what was sealed.
[[nodiscard]] Result<> checkPackageFile(FileSystem& files, const Path& path, const sync::OutboxItem& item);

}  // namespace sotto::workflow
