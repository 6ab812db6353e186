// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/sync/sync_fixture.h"

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
