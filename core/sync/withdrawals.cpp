// SPDX-License-Identifier: Apache-2.0
#include "sync/withdrawals.h"

#include <algorithm>

#include "sync/store_clearing.h"

namespace sotto::sync {

namespace {

using package::OrderId;

/// The lab's key is pinned by the study and was looked at when the receipt came in; here it is the one it names.
Result<package::DeletionReceipt> keptReceipt(const Bytes& text, const Bytes& lab) {
    crypto::VerifyKey key{};
    if (lab.size() != key.size()) return fail(ErrorCode::Damaged, "a deletion receipt in the outbox has no key");
    std::copy(lab.begin(), lab.end(), key.begin());
    return package::openDeletion(text, key);
}

Result<SentOrder> orderOf(const vault::Statement& row) {
    const auto id = OrderId::fromString(row.text(0));
    if (!id) return fail(ErrorCode::Damaged, "a withdrawal order of the outbox does not make sense");
    SentOrder order{*id, byteArrayOf(row.blob(1)), row.integer(2) != 0, std::nullopt};
    if (row.isNull(3)) return order;
    SOTTO_ASSIGN(order.receipt, keptReceipt(row.blob(3), row.blob(4)));
    return order;
}

QString orderName(const OrderId& id) {
    return id.toString() + kWithdrawSuffix;
}

}  // namespace

vault::Schema WithdrawalOrders::schema() {
    return {"withdrawal_order",
            {"CREATE TABLE withdrawal_order(number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, text BLOB NOT NULL,"
             " sent INTEGER NOT NULL DEFAULT 0, receipt BLOB, lab BLOB) STRICT"}};
}

Result<> WithdrawalOrders::add(const OrderId& id, const QByteArray& signedOrder) {
    SOTTO_ASSIGN(auto insert,
                 m_outbox->prepare("INSERT INTO withdrawal_order(id, text) VALUES(?1, ?2) ON CONFLICT(id) DO NOTHING"));
    return insert.bind(1, id.toString()).bind(2, viewOf(signedOrder)).run();
}

Result<std::vector<SentOrder>> WithdrawalOrders::all() const {
    SOTTO_ASSIGN(auto select,
                 m_outbox->prepare("SELECT id, text, sent, receipt, lab FROM withdrawal_order ORDER BY number"));
    std::vector<SentOrder> orders;
    while (true) {
        SOTTO_ASSIGN(const bool hasRow, select.step());
        if (!hasRow) return orders;
        SOTTO_ASSIGN(SentOrder order, orderOf(select));
        orders.push_back(std::move(order));
    }
}

Result<bool> WithdrawalOrders::collect(Store& store, const SentOrder& order, const crypto::VerifyKey& lab) {
    const auto text = store.get(order.id.toString() + kErasedSuffix, package::kMaxOrderSize);
    if (!text && text.error().code == ErrorCode::NotFound) return false;
    if (!text) return Failure(text.error());
    SOTTO_ASSIGN(const auto receipt, package::openDeletion(*text, lab));
    SOTTO_ASSIGN(const auto told, package::openOrder(viewOf(order.text)));
    if (!package::isFor(receipt, told, viewOf(order.text))) {
        return fail(ErrorCode::SignatureInvalid, "the deletion receipt is for another order");
    }
    // With the receipt the order has done its work: it is the last thing here that names a session.
    SOTTO_ASSIGN(auto update, m_outbox->prepare("UPDATE withdrawal_order SET sent = 1, receipt = ?2, lab = ?3,"
                                                " text = x'' WHERE id = ?1"));
    update.bind(1, order.id.toString()).bind(2, ByteView(*text)).bind(3, ByteView(lab));
    SOTTO_TRY(update.run());
    return true;
}

Result<> WithdrawalOrders::send(Store& store, const SentOrder& order) {
    const auto there = store.get(orderName(order.id), package::kMaxOrderSize);
    const bool isThere = there && byteArrayOf(*there) == order.text;
    if (!isThere) {
        // Our name with other bytes: broken on the way, or somebody's. It is replaced.
        const Result<> removed = store.remove(orderName(order.id));
        if (!removed && removed.error().code != ErrorCode::NotFound) return removed;
        SOTTO_TRY(store.put(orderName(order.id), viewOf(order.text)));
    }
    SOTTO_ASSIGN(auto update, m_outbox->prepare("UPDATE withdrawal_order SET sent = 1 WHERE id = ?1"));
    SOTTO_TRY(update.bind(1, order.id.toString()).run());
    SOTTO_ASSIGN(const auto told, package::openOrder(viewOf(order.text)));
    for (const package::WithdrawnPackage& gone : told.packages)
        SOTTO_TRY(clearFromStore(store, gone, told.device));
    return {};
}

Result<WithdrawalOrders::Report> WithdrawalOrders::exchange(Store& store, const crypto::VerifyKey& lab) {
    SOTTO_ASSIGN(const auto orders, all());
    Report report;
    for (const SentOrder& order : orders) {
        if (order.receipt) continue;
        const auto collected = collect(store, order, lab);
        // Whoever writes to the store can lay anything there; the order stays, and is sent again.
        if (!collected) ++report.refused;
        if (collected && *collected) {
            ++report.honoured;
            continue;
        }
        SOTTO_TRY(send(store, order));
        if (!order.isSent) ++report.sent;
    }
    return report;
}

}  // namespace sotto::sync
