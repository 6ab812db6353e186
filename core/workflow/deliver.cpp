// SPDX-License-Identifier: Apache-2.0
#include "workflow/deliver.h"

#include <algorithm>

#include "interview/session_index.h"
#include "package/tree.h"
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
Result<sync::Outbox::SendReport> sendAll(Home& home, sync::Outbox& outbox, sync::Store& store, Resealed& resealed) {
    auto sent = outbox.send(store);
    const bool maybeBroken =
        !sent && (sent.error().code == ErrorCode::Damaged || sent.error().code == ErrorCode::NotFound);
    // Only somebody who may read the interview can seal it anew.
    const bool maySeal = home.holds(Compartment::Sessions) && home.holds(Compartment::Identities);
    if (!maybeBroken || !maySeal) return sent;
    SOTTO_ASSIGN(resealed, resealBroken(home, outbox, store));
    return resealed.packages > 0 ? outbox.send(store) : std::move(sent);
}

/// States and audit entry for what moved, be it that a later package failed.
Result<> recordDelivery(Home& home, int sent, int receipts) {
    SOTTO_TRY(updateSessionStates(home));
    if (sent == 0 && receipts == 0) return {};
    return home.auditOutbox(QStringLiteral("packages.delivered"),
                            {{QStringLiteral("sent"), sent}, {QStringLiteral("receipts"), receipts}});
}

}  // namespace

Result<> checkPackageFile(FileSystem& files, const Path& path, const sync::OutboxItem& item) {
    SOTTO_ASSIGN(const auto digest, package::digestOf(files, path));
    if (digest.size == item.size && digest.sha256 == item.sha256) return {};
    return fail(ErrorCode::Damaged, "a sealed package in the outbox is not what was sealed");
}

Result<DeliveryReport> deliver(Home& home, sync::Store& store, const DeliveryHooks&) {
    SOTTO_TRY(home.need({Compartment::Outbox}));
    sync::Outbox outbox(home.outbox(), home.files(), home.layout().outboxFolder());
    SOTTO_ASSIGN(const auto receipts, outbox.collectReceipts(store, home.study().keys.signing));
    SOTTO_ASSIGN(const int queuedBefore, queuedCount(outbox));
    Resealed resealed;
    const auto sent = sendAll(home, outbox, store, resealed);
    SOTTO_ASSIGN(const int queuedAfter, queuedCount(outbox));
    DeliveryReport report;
    report.sent = queuedBefore - resealed.withheld - queuedAfter;
    report.resealed = resealed.packages;
    report.receipts = static_cast<int>(receipts.moved.size());
    report.refusedReceipts = receipts.refused;
    const Result<> recorded = recordDelivery(home, report.sent, report.receipts);
    if (!sent) return Failure(sent.error());  // the first error is the one that counts
    SOTTO_TRY(recorded);
    report.bytes = sent->bytes;
    return report;
}

Result<std::vector<OutboxEntry>> listOutbox(Home& home) {
    SOTTO_TRY(home.need({Compartment::Outbox}));
    const sync::Outbox outbox(home.outbox(), home.files(), home.layout().outboxFolder());
    SOTTO_ASSIGN(const auto items, outbox.items());
    std::vector<OutboxEntry> entries;
    for (const sync::OutboxItem& item : items)
        entries.push_back({item.id, item.session, item.kind, item.size, item.state});
    return entries;
}

}  // namespace sotto::workflow
