// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/sync/sync_fixture.h"

// For the tests of the outbox: a tablet with packages for a custodian, a store, and a lab that signs receipts.
namespace sotto::test {

using package::ReceiptKind;
using sync::PackageState;

[[nodiscard]] inline package::Receipt receiptFor(const sync::OutboxItem& item, ReceiptKind kind) {
    return {item.id, kind, item.sha256, item.size, {}, 1'790'000'000'000};
}

/// A tablet and the way from it to a lab and back.
class Traffic {
public:
    /// Seals and queues one package whose content has `bytes` bytes, of a session that may have others already.
    [[nodiscard]] Result<sync::OutboxItem> queue(int bytes = 10, const SessionId& session = SessionId::random()) {
        SOTTO_ASSIGN(auto item, seal(bytes, session));
        SOTTO_TRY(tablet.outbox->add(item));
        return item;
    }
    /// Seals without queuing.
    [[nodiscard]] Result<sync::OutboxItem> seal(int bytes = 10, const SessionId& session = SessionId::random()) {
        return tablet.seal(m_custodian.recipients(), bytes, ++m_sequence, false, session);
    }
    /// Fills in the rest of an item of another kind.
    [[nodiscard]] Result<> sealAs(sync::OutboxItem& item) {
        return tablet.sealAs(item, m_custodian.recipients(), 100, ++m_sequence, false, "{}");
    }
    [[nodiscard]] Result<sync::Outbox::SendReport> send() { return tablet.outbox->send(store); }
    /// Lays `text` where the receipt of this kind would be.
    void put(const PackageId& id, ReceiptKind kind, const QByteArray& text) {
        const ByteView bytes = viewOf(text);
        store.objects[id.toString() + u'.' + package::receiptKindName(kind)] = Bytes(bytes.begin(), bytes.end());
    }
    /// The lab signs a genuine one.
    void putReceipt(const sync::OutboxItem& item, ReceiptKind kind) {
        put(item.id, kind, package::signReceipt(receiptFor(item, kind), lab));
    }
    [[nodiscard]] Result<sync::Outbox::ReceiptReport> collect() {
        return tablet.outbox->collectReceipts(store, lab.verifyKey());
    }
    [[nodiscard]] Result<std::vector<PackageState>> states() const {
        SOTTO_ASSIGN(const auto items, tablet.outbox->items());
        std::vector<PackageState> result;
        for (const auto& item : items)
            result.push_back(item.state);
        return result;
    }

    Tablet tablet;
    MemoryStore store;
    crypto::SigningKey lab = crypto::SigningKey::generate();

private:
    KeyPair m_custodian;
    std::uint64_t m_sequence = 0;
};

/// The commonest beginning: one package in the queue.
struct OnePackage : Traffic {
    explicit OnePackage(int bytes = 10) {
        auto queued = queue(bytes);
        SOTTO_CHECK(queued.has_value());
        item = *std::move(queued);
    }
    sync::OutboxItem item;
};

}  // namespace sotto::test
