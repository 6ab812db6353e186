// SPDX-License-Identifier: Apache-2.0
#include "sync/outbox.h"

#include <algorithm>
#include <array>

#include "sync/upload.h"

namespace sotto::sync {

namespace {

constexpr std::array kStateNames{QLatin1String("queued"), QLatin1String("sent"), QLatin1String("stored"),
                                 QLatin1String("opened")};

constexpr std::string_view kTables = R"(
CREATE TABLE outbox_package(
    position INTEGER PRIMARY KEY,
    package TEXT NOT NULL UNIQUE,
    session TEXT NOT NULL,
    kind TEXT NOT NULL,
    size INTEGER NOT NULL,
    sha256 BLOB NOT NULL,
    manifest BLOB NOT NULL,
    state TEXT NOT NULL
);
CREATE TABLE outbox_receipt(
    package TEXT NOT NULL REFERENCES outbox_package(package),
    kind TEXT NOT NULL,
    text BLOB NOT NULL,
    PRIMARY KEY(package, kind)
);
)";

constexpr std::string_view kHold = "CREATE TABLE outbox_hold(session TEXT PRIMARY KEY) STRICT";
constexpr std::string_view kLeaving = "ALTER TABLE outbox_package ADD COLUMN leaving INTEGER NOT NULL DEFAULT 0";

Result<OutboxItem> itemOf(const vault::Statement& row) {
    const auto id = PackageId::fromString(row.text(0));
    const auto session = SessionId::fromString(row.text(1));
    const auto kind = package::packageKindFromName(row.text(2));
    const auto state = packageStateFromName(row.text(6));
    const Bytes sha256 = row.blob(4);
    if (!id || !session || !kind || !state || sha256.size() != crypto::Sha256Digest{}.size()) {
        return fail(ErrorCode::Damaged, "a row of the outbox does not make sense");
    }
    OutboxItem item{*id, *session, *kind, static_cast<std::uint64_t>(row.integer(3)), {}, {}, *state};
    item.leaving = row.integer(7) != 0;
    std::copy(sha256.begin(), sha256.end(), item.sha256.begin());
    item.signedManifest = byteArrayOf(row.blob(5));
    return item;
}

PackageState stateAfter(package::ReceiptKind kind) {
    return kind == package::ReceiptKind::Stored ? PackageState::Stored : PackageState::Opened;
}

/// The text of a receipt that is really about this package. Nothing if the store lacks it; any error means
/// that there is none to rely on.
Result<std::optional<Bytes>> fetchReceipt(Store& store, const OutboxItem& item, package::ReceiptKind kind,
                                          const crypto::VerifyKey& lab) {
    auto text = store.get(receiptName(item.id, kind), package::kMaxReceiptSize);
    if (!text && text.error().code == ErrorCode::NotFound) return std::nullopt;
    if (!text) return Failure(std::move(text).error());
    SOTTO_ASSIGN(const package::Receipt receipt, package::openReceipt(*text, lab));
    if (receipt.package != item.id || receipt.kind != kind || receipt.sha256 != item.sha256 ||
        receipt.size != item.size) {
        return fail(ErrorCode::SignatureInvalid, "the receipt is for another package");
    }
    return *std::move(text);
}

/// New packages first: what was sent is only looked after.
std::vector<OutboxItem> inOrderOfSending(std::vector<OutboxItem> items) {
    const auto isDone = [](const OutboxItem& item) { return item.state > PackageState::Sent; };
    items.erase(std::remove_if(items.begin(), items.end(), isDone), items.end());
    std::stable_partition(items.begin(), items.end(),
                          [](const OutboxItem& item) { return item.state == PackageState::Queued; });
    return items;
}

}  // namespace

QString packageStateName(PackageState state) {
    return kStateNames[static_cast<std::size_t>(state)];
}

std::optional<PackageState> packageStateFromName(const QString& name) {
    for (std::size_t i = 0; i < kStateNames.size(); ++i) {
        if (name == kStateNames[i]) return static_cast<PackageState>(i);
    }
    return std::nullopt;
}

Outbox::Outbox(vault::Database& outbox, FileSystem& files, Path folder)
    : m_outbox(&outbox), m_files(&files), m_folder(std::move(folder)) {}

vault::Schema Outbox::schema() {
    return {"sync", {std::string(kTables), std::string(kLeaving), std::string(kHold)}};
}

Path Outbox::fileOf(const PackageId& id) const {
    return m_folder / (id.toString().toStdString() + ".age");
}

Result<> Outbox::add(const OutboxItem& item) {
    const auto manifest = package::openManifest(viewOf(item.signedManifest));
    if (!manifest || manifest->package != item.id || manifest->session != item.session || manifest->kind != item.kind ||
        manifest->size != item.size || manifest->sha256 != item.sha256) {
        return fail(ErrorCode::InvalidArgument, "the package to be queued does not agree with its manifest");
    }
    SOTTO_ASSIGN(auto statement,
                 m_outbox->prepare("INSERT INTO outbox_package(package, session, kind, size, sha256, manifest, state) "
                                   "VALUES(?, ?, ?, ?, ?, ?, ?)"));
    statement.bind(1, item.id.toString()).bind(2, item.session.toString());
    statement.bind(3, package::packageKindName(item.kind)).bind(4, static_cast<std::int64_t>(item.size));
    statement.bind(5, ByteView(item.sha256)).bind(6, viewOf(item.signedManifest));
    statement.bind(7, packageStateName(item.state));
    return statement.run();
}

Result<std::vector<OutboxItem>> Outbox::items() const {
    SOTTO_ASSIGN(auto statement,
                 m_outbox->prepare("SELECT package, session, kind, size, sha256, manifest, state, leaving "
                                   "FROM outbox_package ORDER BY position"));
    std::vector<OutboxItem> items;
    while (true) {
        SOTTO_ASSIGN(const bool row, statement.step());
        if (!row) return items;
        SOTTO_ASSIGN(OutboxItem item, itemOf(statement));
        items.push_back(std::move(item));
    }
}

Result<std::vector<OutboxItem>> Outbox::itemsOf(const SessionId& session) const {
    SOTTO_ASSIGN(auto its, items());
    std::erase_if(its, [&](const OutboxItem& item) { return item.session != session; });
    return its;
}

Result<> Outbox::withdraw(const PackageId& id) {
    SOTTO_ASSIGN(auto statement,
                 m_outbox->prepare("DELETE FROM outbox_package WHERE package = ? AND state = ? RETURNING position"));
    statement.bind(1, id.toString()).bind(2, packageStateName(PackageState::Queued));
    SOTTO_ASSIGN(const bool withdrawn, statement.step());
    if (!withdrawn) return fail(ErrorCode::NotAllowed, "only a package that was not sent can be sealed anew");
    return {};
}

Result<> Outbox::removeFiles(const std::vector<OutboxItem>& gone) {
    if (gone.empty()) return {};
    for (const OutboxItem& item : gone) {
        const auto removed = m_files->remove(fileOf(item.id));
        if (!removed && removed.error().code != ErrorCode::NotFound) return removed;
    }
    // Before the rows go: with them goes the last that says which files there were.
    return m_files->syncDirectory(m_folder);
}

Result<> Outbox::removeRows(const SessionId& session) {
    SOTTO_ASSIGN(auto receipts, m_outbox->prepare("DELETE FROM outbox_receipt WHERE package IN "
                                                  "(SELECT package FROM outbox_package WHERE session = ?)"));
    SOTTO_TRY(receipts.bind(1, session.toString()).run());
    SOTTO_ASSIGN(auto packages, m_outbox->prepare("DELETE FROM outbox_package WHERE session = ?"));
    SOTTO_TRY(packages.bind(1, session.toString()).run());
    return release(session);
}

Result<std::vector<OutboxItem>> Outbox::eraseSession(const SessionId& session) {
    SOTTO_ASSIGN(auto gone, itemsOf(session));
    SOTTO_TRY(removeFiles(gone));
    if (m_outbox->inTransaction()) {
        SOTTO_TRY(removeRows(session));
    } else {
        SOTTO_ASSIGN(auto transaction, vault::Transaction::begin(*m_outbox));
        SOTTO_TRY(removeRows(session));
        SOTTO_TRY(transaction.commit());
    }
    std::erase_if(gone, [](const OutboxItem& item) { return !item.mayHaveLeft(); });
    return gone;
}

Result<> Outbox::eraseSentContent(const SessionId& session, bool names) {
    SOTTO_ASSIGN(auto gone, itemsOf(session));
    std::erase_if(gone, [names](const OutboxItem& item) {
        return !item.mayHaveLeft() || (item.kind == package::PackageKind::Identity && !names);
    });
    return removeFiles(gone);
}

Result<> Outbox::hold(const SessionId& session) {
    SOTTO_ASSIGN(auto insert, m_outbox->prepare("INSERT OR IGNORE INTO outbox_hold(session) VALUES(?)"));
    return insert.bind(1, session.toString()).run();
}

Result<> Outbox::release(const SessionId& session) {
    SOTTO_ASSIGN(auto remove, m_outbox->prepare("DELETE FROM outbox_hold WHERE session = ?"));
    return remove.bind(1, session.toString()).run();
}

Result<std::set<SessionId>> Outbox::held() const {
    SOTTO_ASSIGN(auto select, m_outbox->prepare("SELECT session FROM outbox_hold"));
    std::set<SessionId> sessions;
    while (true) {
        SOTTO_ASSIGN(const bool row, select.step());
        if (!row) return sessions;
        const auto session = SessionId::fromString(select.text(0));
        if (!session) return fail(ErrorCode::Damaged, "a session that is held does not make sense");
        sessions.insert(*session);
    }
}

Result<> Outbox::markLeaving(const PackageId& id) {
    SOTTO_ASSIGN(auto statement, m_outbox->prepare("UPDATE outbox_package SET leaving = 1 WHERE package = ?"));
    return statement.bind(1, id.toString()).run();
}

Result<> Outbox::setState(const PackageId& id, PackageState state) {
    SOTTO_ASSIGN(auto statement, m_outbox->prepare("UPDATE outbox_package SET state = ? WHERE package = ?"));
    statement.bind(1, packageStateName(state)).bind(2, id.toString());
    return statement.run();
}

Result<std::vector<OutboxItem>> Outbox::toSend() const {
    SOTTO_ASSIGN(auto all, items());
    SOTTO_ASSIGN(const auto isHeld, held());
    std::erase_if(all, [&](const OutboxItem& item) {
        return isHeld.count(item.session) != 0 || (m_keptBack && item.kind == *m_keptBack);
    });
    return all;
}

Result<Outbox::SendReport> Outbox::send(Store& store, const Progress& progress) {
    SOTTO_ASSIGN(auto all, toSend());
    SOTTO_ASSIGN(const auto objects, store.list());
    Upload upload(*m_files, store, objects);
    SendReport report;
    std::optional<Error> firstFault;
    for (const OutboxItem& item : inOrderOfSending(std::move(all))) {
        const bool isNew = item.state == PackageState::Queued;
        auto sent = upload.run(item, fileOf(item.id), progress,
                               [&]() -> Result<> { return item.mayHaveLeft() ? Result<>() : markLeaving(item.id); });
        if (!sent && upload.isNotThePackage()) return Failure(std::move(sent).error());
        if (!sent && item.leaving && sent.error().code == ErrorCode::NotFound) {
            SOTTO_ASSIGN(const bool hadLeft, upload.hasManifest(item));
            if (hadLeft) sent = std::uint64_t{0};
        }
        if (!sent) {
            // One broken file must not keep the other sessions on the tablet. Of a package that was sent the store has
            // a copy: there is nothing to mend from here, and the lab says what it lacks.
            if (isNew && !firstFault) firstFault = std::move(sent).error();
            continue;
        }
        report.bytes += *sent;
        if (!isNew) continue;
        SOTTO_TRY(setState(item.id, PackageState::Sent));
        ++report.sent;
    }
    if (firstFault) return Failure(*std::move(firstFault));
    return report;
}

Result<> Outbox::keepReceipt(const PackageId& id, package::ReceiptKind kind, ByteView text) {
    SOTTO_ASSIGN(auto transaction, vault::Transaction::begin(*m_outbox));
    SOTTO_ASSIGN(auto insert, m_outbox->prepare("INSERT INTO outbox_receipt(package, kind, text) VALUES(?, ?, ?)"));
    insert.bind(1, id.toString()).bind(2, package::receiptKindName(kind)).bind(3, text);
    SOTTO_TRY(insert.run());
    SOTTO_TRY(setState(id, stateAfter(kind)));
    return transaction.commit();
}

Result<Outbox::ReceiptReport> Outbox::collectReceipts(Store& store, const crypto::VerifyKey& lab) {
    SOTTO_ASSIGN(auto all, items());
    ReceiptReport report;
    for (OutboxItem& item : all) {
        const PackageState before = item.state;
        for (const auto kind : {package::ReceiptKind::Stored, package::ReceiptKind::Opened}) {
            // Only forwards: what is known already can't be taken back by what lies in a store.
            if (item.state >= stateAfter(kind)) continue;
            const auto text = fetchReceipt(store, item, kind, lab);
            if (!text) {
                // Whoever writes to the store can make any object unreadable; that must not hold up the others.
                ++report.refused;
                continue;
            }
            if (!*text) continue;
            SOTTO_TRY(keepReceipt(item.id, kind, **text));
            item.state = stateAfter(kind);
        }
        if (item.state != before) report.moved.push_back(item);
    }
    return report;
}

Result<std::optional<Bytes>> Outbox::receipt(const PackageId& id, package::ReceiptKind kind) const {
    SOTTO_ASSIGN(auto statement, m_outbox->prepare("SELECT text FROM outbox_receipt WHERE package = ? AND kind = ?"));
    statement.bind(1, id.toString()).bind(2, package::receiptKindName(kind));
    SOTTO_ASSIGN(const bool row, statement.step());
    if (!row) return std::nullopt;
    return statement.blob(0);
}

}  // namespace sotto::sync
