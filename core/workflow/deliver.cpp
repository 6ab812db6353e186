// SPDX-License-Identifier: Apache-2.0
#include "workflow/deliver.h"

#include <algorithm>

#include "interview/session_index.h"
#include "package/tree.h"
#include "sync/withdrawals.h"
#include "workflow/export_approval.h"
#include "workflow/seal_session.h"

namespace sotto::workflow {

using interview::SessionState;

/// A session has gone as far as the package of it that is furthest behind.
Result<> updateSessionStates(Home& home) {
    if (!home.holds(Compartment::Sessions) || !home.holds(Compartment::Outbox)) return {};
    const sync::Outbox outbox(home.outbox(), home.files(), home.layout().outboxFolder());
    SOTTO_ASSIGN(const auto items, outbox.items());
    std::map<SessionId, sync::PackageState> furthestBehind;
    for (const auto& item : items) {
        const auto [entry, isNew] = furthestBehind.try_emplace(item.session, item.state);
        if (!isNew) entry->second = std::min(entry->second, item.state);
    }
    interview::SessionIndex index(home.sessions());
    for (const auto& [id, state] : furthestBehind) {
        SOTTO_ASSIGN(const auto row, index.find(id));
        if (!row || row->state < SessionState::Sealed || state == sync::PackageState::Queued) continue;
        const auto reached = state == sync::PackageState::Sent ? SessionState::Sent : SessionState::Received;
        if (row->state < reached) SOTTO_TRY(index.setState(id, reached));
    }
    return {};
}

namespace {

/// The store, as long as nobody cancelled.
class Cancellable final : public sync::Store {
public:
    Cancellable(sync::Store& store, const DeliveryHooks& hooks) : m_store(store), m_hooks(hooks) {}

    Result<std::vector<Object>> list() override {
        SOTTO_TRY(goOn());
        return m_store.list();
    }
    Result<> put(const QString& name, ByteView content) override {
        SOTTO_TRY(goOn());
        return m_store.put(name, content);
    }
    Result<Bytes> get(const QString& name, std::uint64_t limit) override {
        SOTTO_TRY(goOn());
        return m_store.get(name, limit);
    }
    Result<> remove(const QString& name) override {
        SOTTO_TRY(goOn());
        return m_store.remove(name);
    }

private:
    Result<> goOn() {
        // Once cancelled it stays so: what a receipt was asked for must not be asked for again after an error.
        m_isCancelled = m_isCancelled || (m_hooks.isCancelled && m_hooks.isCancelled());
        if (!m_isCancelled) return {};
        return fail(ErrorCode::Cancelled, "the delivery was stopped; what was sent stays, the rest waits");
    }

    sync::Store& m_store;
    const DeliveryHooks& m_hooks;
    bool m_isCancelled = false;
};

/// Adds up what the upload of one package after the other says.
class Meter {
public:
    Meter(const DeliveryHooks& hooks, const std::vector<sync::OutboxItem>& items) : m_hooks(hooks) {
        for (const sync::OutboxItem& item : items) {
            if (item.state != sync::PackageState::Queued) continue;
            m_packages.emplace(item.id, Package{item.kind, item.size, 0});
            m_progress.total += item.size;
            ++m_progress.packages;
            if (m_progress.packages == 1) begin(item);
        }
        if (m_progress.packages > 0 && m_hooks.progress) m_hooks.progress(m_progress);
    }

    void operator()(const PackageId& id, std::uint64_t done) {
        const auto found = m_packages.find(id);
        if (found == m_packages.end()) return;  // sent earlier and only looked after
        Package& package = found->second;
        m_progress.done += done - package.done;
        package.done = done;
        if (done == package.size) ++m_progress.packagesDone;
        m_progress.package = id;
        m_progress.kind = package.kind;
        m_progress.packageDone = done;
        m_progress.packageTotal = package.size;
        if (m_hooks.progress) m_hooks.progress(m_progress);
    }

private:
    struct Package {
        package::PackageKind kind;
        std::uint64_t size;
        std::uint64_t done;
    };
    void begin(const sync::OutboxItem& item) {
        m_progress.package = item.id;
        m_progress.kind = item.kind;
        m_progress.packageTotal = item.size;
    }

    const DeliveryHooks& m_hooks;
    std::map<PackageId, Package> m_packages;
    DeliveryProgress m_progress;
};

Result<sync::Outbox::SendReport> sendMetered(sync::Outbox& outbox, sync::Store& store, const DeliveryHooks& hooks) {
    SOTTO_ASSIGN(const auto items, outbox.toSend());
    Meter meter(hooks, items);
    return outbox.send(store, [&meter](const PackageId& id, std::uint64_t done, std::uint64_t) { meter(id, done); });
}

Result<int> queuedCount(const sync::Outbox& outbox) {
    SOTTO_ASSIGN(const auto items, outbox.items());
    return static_cast<int>(std::count_if(items.begin(), items.end(), [](const sync::OutboxItem& item) {
        return item.state == sync::PackageState::Queued;
    }));
}

bool isBroken(const Home& home, const sync::Outbox& outbox, const sync::OutboxItem& item) {
    if (item.state != sync::PackageState::Queued) return false;
    const auto checked = checkPackageFile(home.files(), outbox.fileOf(item.id), item);
    return !checked && (checked.error().code == ErrorCode::Damaged || checked.error().code == ErrorCode::NotFound);
}

/// Whether the store has the package whole: then the lab may have it, and another one would pass for a forgery.
bool isInStore(const std::vector<sync::Store::Object>& objects, const sync::OutboxItem& item) {
    const QString manifest = item.id.toString() + sync::kManifestSuffix;
    return std::any_of(objects.begin(), objects.end(),
                       [&manifest](const sync::Store::Object& object) { return object.name == manifest; });
}

/// Parts of a package that will never get its manifest. Whatever stays of them in the store is not ours to wait for.
void dropParts(sync::Store& store, const sync::OutboxItem& item) {
    const auto manifest = package::openManifest(viewOf(item.signedManifest));
    if (!manifest) return;
    for (const package::Part& part : manifest->parts)
        static_cast<void>(store.remove(part.name));
}

struct Resealed {
    int packages = 0;
    int withheld = 0;  ///< of these, research packages that consent keeps back by now
};

Result<Resealed> resealBroken(Home& home, const sync::Outbox& outbox, sync::Store& store) {
    SOTTO_ASSIGN(const auto items, outbox.items());
    SOTTO_ASSIGN(const auto objects, store.list());
    Resealed done;
    for (const auto& item : items) {
        if (!isBroken(home, outbox, item) || isInStore(objects, item)) continue;
        const auto fresh = resealPackage(home, item.id);
        if (!fresh) {
            const ErrorCode code = fresh.error().code;
            const bool isAboutTheDisk = code == ErrorCode::NoSpace || code == ErrorCode::IoFailed;
            if (isAboutTheDisk) return Failure(fresh.error());
            continue;  // its log is not what it was either; sending reports the package
        }
        dropParts(store, item);
        ++done.packages;
        if (!*fresh) ++done.withheld;
    }
    return done;
}

/// Sends; what proves broken on the way is sealed anew and sent as well.
Result<sync::Outbox::SendReport> sendAll(Home& home, sync::Outbox& outbox, sync::Store& store, Resealed& resealed,
                                         const DeliveryHooks& hooks) {
    auto sent = sendMetered(outbox, store, hooks);
    const bool maybeBroken =
        !sent && (sent.error().code == ErrorCode::Damaged || sent.error().code == ErrorCode::NotFound);
    // Only somebody who may read the interview can seal it anew.
    const bool maySeal = home.holds(Compartment::Sessions) && home.holds(Compartment::Identities);
    if (!maybeBroken || !maySeal) return sent;
    SOTTO_ASSIGN(resealed, resealBroken(home, outbox, store));
    return resealed.packages > 0 ? sendMetered(outbox, store, hooks) : std::move(sent);
}

/// States and audit entry for what moved, be it that a later package failed.
Result<> recordDelivery(Home& home, const DeliveryReport& report) {
    SOTTO_TRY(updateSessionStates(home));
    if (report.ordersSent > 0 || report.deletions > 0) {
        SOTTO_TRY(home.auditOutbox(
            QStringLiteral("withdrawals.exchanged"),
            {{QStringLiteral("orders"), report.ordersSent}, {QStringLiteral("deletions"), report.deletions}}));
    }
    if (report.sent == 0 && report.receipts == 0) return {};
    return home.auditOutbox(QStringLiteral("packages.delivered"),
                            {{QStringLiteral("sent"), report.sent}, {QStringLiteral("receipts"), report.receipts}});
}

}  // namespace

Result<> checkPackageFile(FileSystem& files, const Path& path, const sync::OutboxItem& item) {
    SOTTO_ASSIGN(const auto digest, package::digestOf(files, path));
    if (digest.size == item.size && digest.sha256 == item.sha256) return {};
    return fail(ErrorCode::Damaged, "a sealed package in the outbox is not what was sealed");
}

Result<DeliveryReport> deliver(Home& home, sync::Store& reached, const DeliveryHooks& hooks) {
    SOTTO_TRY(home.need({Compartment::Outbox}));
    Cancellable store(reached, hooks);
    sync::Outbox outbox(home.outbox(), home.files(), home.layout().outboxFolder());
    SOTTO_ASSIGN(const bool isHeld, isExportHeld(home));
    if (isHeld) outbox.keepBack(package::PackageKind::Research);
    SOTTO_ASSIGN(const auto receipts, outbox.collectReceipts(store, home.study().keys.signing));
    // Before anything of this tablet goes out: who took back comes first.
    SOTTO_ASSIGN(const auto orders, sync::WithdrawalOrders(home.outbox()).exchange(store, home.study().keys.signing));
    SOTTO_ASSIGN(const int queuedBefore, queuedCount(outbox));
    Resealed resealed;
    const auto sent = sendAll(home, outbox, store, resealed, hooks);
    SOTTO_ASSIGN(const int queuedAfter, queuedCount(outbox));
    DeliveryReport report;
    report.sent = queuedBefore - resealed.withheld - queuedAfter;
    report.resealed = resealed.packages;
    report.receipts = static_cast<int>(receipts.moved.size());
    report.refusedReceipts = receipts.refused + orders.refused;
    report.ordersSent = orders.sent;
    report.deletions = orders.honoured;
    const Result<> recorded = recordDelivery(home, report);
    if (!sent) return Failure(sent.error());  // the first error is the one that counts
    SOTTO_TRY(recorded);
    report.bytes = sent->bytes;
    return report;
}

Result<std::vector<OutboxEntry>> listOutbox(Home& home) {
    SOTTO_TRY(home.need({Compartment::Outbox}));
    const sync::Outbox outbox(home.outbox(), home.files(), home.layout().outboxFolder());
    SOTTO_ASSIGN(const auto items, outbox.items());
    SOTTO_ASSIGN(const auto held, outbox.held());
    std::vector<OutboxEntry> entries;
    entries.reserve(items.size());
    for (const sync::OutboxItem& item : items)
        entries.push_back({item.id, item.session, item.kind, item.size, item.state, held.count(item.session) != 0});
    return entries;
}

}  // namespace sotto::workflow
