// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "package/withdrawal.h"
#include "sync/store.h"
#include "vault/vault.h"

namespace sotto::sync {

/// An order on its way to the lab, or honoured.
struct SentOrder {
    package::OrderId id;
    QByteArray text;      ///< as the device signed it; empty once the receipt is here
    bool isSent = false;  ///< it has been in a store
    std::optional<package::DeletionReceipt> receipt;
};

/// Withdrawal orders in the outbox vault, and what moves them: out through a store, the lab's receipt back. Whoever
/// holds the outbox alone can do all of it: there is nothing in an order but random ids. One thread; every step may be
/// broken off and repeated.
class WithdrawalOrders {
public:
    explicit WithdrawalOrders(vault::Database& outbox) : m_outbox(&outbox) {}
    [[nodiscard]] static vault::Schema schema();

    /// Nothing for an id that is known: an order is written once.
    [[nodiscard]] Result<> add(const package::OrderId& id, const QByteArray& signedOrder);
    /// In the order in which they were added. An order whose text is not what was signed is Damaged.
    [[nodiscard]] Result<std::vector<SentOrder>> all() const;

    struct Report {
        int sent = 0;      ///< orders that had been in no store before
        int honoured = 0;  ///< receipts taken
        int refused = 0;   ///< receipts that do not verify, or are silent about a package
    };
    /// Takes receipts for orders that have none; then lays each order without one into the store, and takes the
    /// packages it names out of it, which spares the lab from fetching them. `lab` is the pinned key.
    [[nodiscard]] Result<Report> exchange(Store& store, const crypto::VerifyKey& lab);

private:
    [[nodiscard]] Result<bool> collect(Store& store, const SentOrder& order, const crypto::VerifyKey& lab);
    [[nodiscard]] Result<> send(Store& store, const SentOrder& order);
    vault::Database* m_outbox;
};

}  // namespace sotto::sync
