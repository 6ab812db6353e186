// SPDX-License-Identifier: Apache-2.0
#include "workflow/withdrawal_order.h"

#include <algorithm>
#include <set>

#include "sync/withdrawals.h"

namespace sotto::workflow {

namespace {

using package::WithdrawnPackage;
using package::WithdrawnPart;

Result<WithdrawnPackage> packageOf(const QJsonValue& left) {
    const auto id = PackageId::fromString(left[u"id"].toString());
    const auto session = SessionId::fromString(left[u"session"].toString());
    const auto sha256 = fromHex(left[u"sha256"].toString().toStdString());
    WithdrawnPackage one;
    if (!id || !session || !sha256 || sha256->size() != one.sha256.size()) {
        return fail(ErrorCode::Damaged, "the journal of erasures is unreadable");
    }
    one.package = *id;
    one.session = *session;
    std::copy(sha256->begin(), sha256->end(), one.sha256.begin());
    return one;
}

/// Only a content package holds sound.
bool concerns(const QJsonValue& left, WithdrawnPart part) {
    return part == WithdrawnPart::All ||
           left[u"kind"].toString() == package::packageKindName(package::PackageKind::Content);
}

}  // namespace

Result<> orderBack(Home& home, const Erasure& erasure) {
    const auto part = erasure.kind == ErasureKind::Audio ? WithdrawnPart::Audio : WithdrawnPart::All;
    sync::WithdrawalOrders orders(home.outbox());
    SOTTO_ASSIGN(const auto known, orders.all());
    std::set<PackageId> named;
    bool isFirst = true;
    for (const sync::SentOrder& one : known) {
        isFirst = isFirst && one.id.toString() != erasure.id;
        if (one.receipt) continue;  // what it named is in the receipt, which tells of its packages
        SOTTO_ASSIGN(const auto order, package::openOrder(viewOf(one.text)));
        if (order.part != part && order.part != WithdrawnPart::All) continue;
        for (const WithdrawnPackage& package : order.packages)
            named.insert(package.package);
    }
    package::WithdrawalOrder order;
    order.part = part;
    order.atUtcMs = erasure.utcMs;
    for (const QJsonValue& left : erasure.packagesLeft) {
        SOTTO_ASSIGN(const WithdrawnPackage one, packageOf(left));
        if (concerns(left, part) && named.count(one.package) == 0) order.packages.push_back(one);
        if (order.packages.size() == package::kMaxWithdrawn) break;
    }
    if (order.packages.empty()) return {};
    const auto tombstone = package::OrderId::fromString(erasure.id);
    order.id = isFirst && tombstone ? *tombstone : package::OrderId::random();
    return orders.add(order.id, package::signOrder(order, home.keyring().deviceKey()));
}

}  // namespace sotto::workflow
