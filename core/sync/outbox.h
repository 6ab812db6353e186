// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <vector>

#include "base/clock.h"
#include "package/manifest.h"
#include "package/seal.h"
#include "sync/store.h"
#include "vault/vault.h"

namespace sotto::sync {

/// In the order that a package moves through them; never backwards.
enum class PackageState { Queued, Sent, Stored, Opened };
[[nodiscard]] QString packageStateName(PackageState state);
[[nodiscard]] std::optional<PackageState> packageStateFromName(const QString& name);

/// One sealed package on its way. The age file lies under outbox/<package id>.age in the home.
struct OutboxItem {
    PackageId id;
    SessionId session;
    package::PackageKind kind = package::PackageKind::Content;
    std::uint64_t size = 0;
    crypto::Sha256Digest sha256{};
    QByteArray signedManifest;
    PackageState state = PackageState::Queued;
    bool leaving = false;  ///< sending had come to its manifest: a store may have it, whatever the state says

    /// True unless it is certain that no store has ever had the package whole.
    [[nodiscard]] bool mayHaveLeft() const { return leaving || state >= PackageState::Sent; }
};

/// The queue in the outbox vault, and what moves it: upload of missing parts, manifest last, receipts. One thread.
/// Every step is durable before the next begins, and repeating a step that a crash cut off does no harm.
class Outbox {
public:
    /// `folder` is where the age files lie.
    Outbox(vault::Database& outbox, FileSystem& files, Path folder);
    [[nodiscard]] static vault::Schema schema();

    /// InvalidArgument if the item does not agree with its own signed manifest; AlreadyExists for a known id.
    [[nodiscard]] Result<> add(const OutboxItem& item);
    /// In the order they were added.
    [[nodiscard]] Result<std::vector<OutboxItem>> items() const;
    /// Takes a package out of the queue that is to be sealed anew; its file stays where it is. NotAllowed for one that
    /// is not queued: something of it may be at the lab.
    [[nodiscard]] Result<> withdraw(const PackageId& id);
    /// Takes everything of a session away: files first, then rows and receipts, these within the transaction that is
    /// open or in one of its own. Returns the packages that may have left already: what the lab or the store has of
    /// them can't be called back from here. Safe to repeat: as long as rows are there it tells the same again. A
    /// session that has nothing here is no error. (Of a queued package parts may have left too, when an upload broke
    /// off; without the manifest nobody can tell whose they are.)
    [[nodiscard]] Result<std::vector<OutboxItem>> eraseSession(const SessionId& session);
    /// Removes the files of those packages of a session that may have left and hold something of what was said, which
    /// identity packages don't; with `names` these too. Their rows stay, for the receipts; what the store loses of them
    /// is not sent again. Safe to repeat.
    [[nodiscard]] Result<> eraseSentContent(const SessionId& session, bool names = false);
    /// Nothing of a session that is held leaves, by whoever's hand, until it is released: somebody has not decided yet
    /// whether they take back. Safe to repeat.
    [[nodiscard]] Result<> hold(const SessionId& session);
    [[nodiscard]] Result<> release(const SessionId& session);
    [[nodiscard]] Result<std::set<SessionId>> held() const;
    /// From here on this object sends no package of that kind; it stays queued.
    void keepBack(package::PackageKind kind) { m_keptBack = kind; }
    /// What send() would look after: everything but what is held or kept back, in the order they were added.
    [[nodiscard]] Result<std::vector<OutboxItem>> toSend() const;
    /// Where the age file of a package lies.
    [[nodiscard]] Path fileOf(const PackageId& id) const;

    struct SendReport {
        int sent = 0;             ///< packages that were queued and whose manifest is now in the store
        std::uint64_t bytes = 0;  ///< uploaded in this run
    };
    using Progress = std::function<void(const PackageId&, std::uint64_t done, std::uint64_t total)>;
    /// Sends every queued package that is not held; a part that the store holds with the right size and hash is not
    /// sent again, one that it holds wrongly is replaced. Verifies the local file's hash before the first byte leaves.
    /// A package whose file is not what was sealed (Damaged, NotFound) stays queued and is reported after the others
    /// were sent; an error of the store ends the run at once. One that has no file any more, but whose manifest an
    /// earlier run had brought before it died, has been sent. Packages sent earlier that have no receipt yet are looked
    /// after last: what the store lost of them is sent again, if their file is still there and whole.
    [[nodiscard]] Result<SendReport> send(Store& store, const Progress& progress = {});

    /// Takes receipts for our packages from the store, verified with the pinned lab key against the package's hash and
    /// size, and keeps them; a receipt that is bad or can't be read is reported by count and ignored, whatever the
    /// error: a store that gives nothing at all shows when sending. Returns the packages that moved.
    struct ReceiptReport {
        std::vector<OutboxItem> moved;
        int refused = 0;
    };
    [[nodiscard]] Result<ReceiptReport> collectReceipts(Store& store, const crypto::VerifyKey& lab);
    /// The verified receipt as the lab signed it, if there is one.
    [[nodiscard]] Result<std::optional<Bytes>> receipt(const PackageId& id, package::ReceiptKind kind) const;

private:
    [[nodiscard]] Result<std::vector<OutboxItem>> itemsOf(const SessionId& session) const;
    [[nodiscard]] Result<> removeFiles(const std::vector<OutboxItem>& gone);
    [[nodiscard]] Result<> removeRows(const SessionId& session);
    [[nodiscard]] Result<> markLeaving(const PackageId& id);
    [[nodiscard]] Result<> setState(const PackageId& id, PackageState state);
    [[nodiscard]] Result<> keepReceipt(const PackageId& id, package::ReceiptKind kind, ByteView text);
    vault::Database* m_outbox;
    FileSystem* m_files;
    Path m_folder;
    std::optional<package::PackageKind> m_keptBack;
};

}  // namespace sotto::sync
