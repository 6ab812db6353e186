// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/sync/sync_fixture.h"
#include "support/every_fault.h"

namespace sotto::test {

inline const Path kOut = "/lab";

/// The keys of one desk; `tablets` as LabDeskKeys has them.
[[nodiscard]] inline sync::LabDeskKeys keysOf(const KeyPair* opener, const crypto::SigningKey* signing,
                                              std::optional<std::set<crypto::VerifyKey>> tablets = {}) {
    sync::LabDeskKeys keys;
    if (opener) keys.identities.push_back(opener->identities.front().clone());
    if (signing) keys.signing = *crypto::SigningKey::fromSeed(signing->seed());
    keys.tablets = std::move(tablets);
    return keys;
}

/// A lab: the keys of its custodian and of its desk.
struct Lab {
    /// One run of the desk with all its keys.
    [[nodiscard]] Result<std::vector<sync::Received>> receive(FileSystem& files, sync::Store& store) const {
        return receive(files, store, keysOf(&custodian, &signing));
    }
    [[nodiscard]] Result<std::vector<sync::Received>> receive(FileSystem& files, sync::Store& store,
                                                              const sync::LabDeskKeys& keys) const {
        return sync::receive(files, store, keys, kOut, clock);
    }
    /// One that counts these tablets as enrolled.
    [[nodiscard]] Result<std::vector<sync::Received>> receiveFrom(std::set<crypto::VerifyKey> tablets,
                                                                  FileSystem& files, sync::Store& store) const {
        return receive(files, store, keysOf(&custodian, &signing, std::move(tablets)));
    }

    KeyPair custodian;
    crypto::SigningKey signing = crypto::SigningKey::generate();
    FakeClock clock;
};

/// A tablet and what it has sent to a store.
struct Delivery {
    Delivery() {
        item.id = PackageId::random();
        item.session = SessionId::random();
    }
    /// Queues one package, number 1 of its tablet, and sends it.
    [[nodiscard]] Result<> send(const Lab& lab, int bytes = 10, bool practice = false) {
        SOTTO_ASSIGN(item, tablet.seal(lab.custodian.recipients(), bytes, 1, practice));
        return sendItem();
    }
    /// The same of a new session, whose manifest.json says `inside`.
    [[nodiscard]] Result<> sendSaying(const QByteArray& inside, const Lab& lab, bool practice = false) {
        SOTTO_TRY(tablet.sealAs(item, lab.custodian.recipients(), 10, 1, practice, inside));
        return sendItem();
    }
    /// Sends `item`, sealed before.
    [[nodiscard]] Result<> sendItem() {
        SOTTO_TRY(tablet.outbox->add(item));
        SOTTO_TRY(tablet.outbox->send(store));
        return {};
    }
    /// The package as the tablet holds it.
    [[nodiscard]] Bytes sealed() const { return tablet.files.content(tablet.outbox->fileOf(item.id)); }

    Tablet tablet;
    MemoryStore store;
    sync::OutboxItem item;
};

[[nodiscard]] inline bool has(const MemoryStore& store, const sync::OutboxItem& item, package::ReceiptKind kind) {
    return store.objects.count(item.id.toString() + u'.' + package::receiptKindName(kind)) != 0;
}

[[nodiscard]] inline Path sessionFolder(const sync::OutboxItem& item, const Path& root = kOut) {
    return root / item.session.toString().toStdString();
}

/// What became of just this package.
[[nodiscard]] inline sync::Received outcomeOf(const std::vector<sync::Received>& all, const sync::OutboxItem& item) {
    const auto one = std::find_if(all.begin(), all.end(), [&](const auto& each) {
        return each.manifest.package == item.id && each.manifest.sha256 == item.sha256;
    });
    if (one == all.end()) qFatal("the desk says nothing of a package");
    return *one;
}

}  // namespace sotto::test
