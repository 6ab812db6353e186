// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "base/clock.h"
#include "package/manifest.h"
#include "package/seal.h"
#include "sync/store.h"
#include "vault/vault.h"

namespace sotto::sync {

enum class PackageState { Queued, Sent, Stored, Opened };
[[nodiscard]] QString packageStateName(PackageState state);

/// One sealed package on its way. The age file lies under outbox/<package id>.age in the home.
struct OutboxItem {
    PackageId id;
    SessionId session;
    package::PackageKind kind = package::PackageKind::Content;
    std::uint64_t size = 0;
    crypto::Sha256Digest sha256{};
    QByteArray signedManifest;
    PackageState state = PackageState::Queued;
};

/// The queue in the outbox vault, and what moves it: upload of missing parts, manifest last, receipts. One thread.
class Outbox {
public:
    Outbox(vault::Database& outbox, FileSystem& files, Path folder);
    [[nodiscard]] static vault::Schema schema();

    [[nodiscard]] Result<> add(const OutboxItem& item);
    [[nodiscard]] Result<std::vector<OutboxItem>> items() const;

    struct SendReport {
        int sent = 0;             ///< packages whose manifest is now in the store
        std::uint64_t bytes = 0;  ///< uploaded in this run
    };
    using Progress = std::function<void(const PackageId&, std::uint64_t done, std::uint64_t total)>;
    /// Sends every queued package; a part that the store holds with the right size and hash is not sent again. Verifies
    /// the local file's hash before the first byte leaves: Damaged otherwise.
    [[nodiscard]] Result<SendReport> send(Store& store, const Progress& progress = {});

    /// Takes receipts for our packages from the store, verified with the pinned lab key against the package's hash;
    /// a bad receipt is reported by count and ignored. Returns the packages that moved.
    struct ReceiptReport {
        std::vector<OutboxItem> moved;
        int refused = 0;
    };
    [[nodiscard]] Result<ReceiptReport> collectReceipts(Store& store, const crypto::VerifyKey& lab);

private:
    vault::Database* m_outbox;
    FileSystem* m_files;
    Path m_folder;
};

}  // namespace sotto::sync
