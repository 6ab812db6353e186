// SPDX-License-Identifier: Apache-2.0
#include "sync/lab_desk.h"

#include <algorithm>

#include "package/seal.h"
#include "sync/filing.h"
#include "sync/ledger.h"

namespace sotto::sync {

namespace {

using Outcome = Received::Outcome;

/// The desk's own disk or the store gave out: the run ends. Everything else concerns one package only.
bool endsTheRun(const Error& error) {
    return error.code == ErrorCode::NoSpace || error.code == ErrorCode::IoFailed ||
           error.code == ErrorCode::PermissionDenied || error.code == ErrorCode::HandlePoisoned;
}

/// One run of receive().
class Desk {
public:
    Desk(FileSystem& files, Store& store, const LabDeskKeys& keys, Path out, const Clock& clock, Ledger ledger,
         std::vector<Store::Object> objects)
        : m_files(files),
          m_store(store),
          m_keys(keys),
          m_out(std::move(out)),
          m_clock(clock),
          m_ledger(std::move(ledger)),
          m_objects(std::move(objects)) {}

    Result<std::vector<Received>> run() {
        std::vector<Received> all;
        for (const Store::Object& object : m_objects) {
            if (!object.name.endsWith(kManifestSuffix)) continue;
            SOTTO_ASSIGN(Received received, take(object.name));
            all.push_back(std::move(received));
        }
        return all;
    }

private:
    /// Turns an error about one package into its outcome; passes on what ends the run.
    static Result<Received> refused(Received received, Error error) {
        if (endsTheRun(error)) return Failure(std::move(error));
        received.outcome = Outcome::Refused;
        received.note = QString::fromStdString(error.context);
        return received;
    }

    Result<Received> take(const QString& name) {
        Received received;
        received.couldOpen = false;
        received.manifest.package = PackageId::fromString(name.left(32)).value_or(PackageId{});
        const auto text = m_store.get(name, package::kMaxManifestSize);
        if (!text) return refused(std::move(received), text.error());
        auto manifest = package::openManifest(*text);
        if (!manifest) return refused(std::move(received), std::move(manifest).error());
        if (manifest->package != received.manifest.package) {
            return refused(std::move(received), {ErrorCode::NotAllowed, "the manifest belongs to another package"});
        }
        received.manifest = *std::move(manifest);
        if (const auto known = m_ledger.check(received.manifest); !known) return refused(received, known.error());
        Filing filing(m_files, m_store, m_objects, m_out, received.manifest);
        SOTTO_ASSIGN(const bool goOn, file(filing, *text, received));
        if (!goOn) return received;
        SOTTO_TRY(open(filing, received));
        SOTTO_TRY(writeReceipts(filing, received));
        return received;
    }

    /// False: there is nothing to go on with, and `received` says why.
    Result<bool> file(Filing& filing, ByteView manifestText, Received& received) {
        SOTTO_ASSIGN(const auto state, filing.state());
        if (state == Filing::State::Altered) {
            received.note = QStringLiteral("the copy that was filed before had changed and was fetched anew");
        }
        if (state == Filing::State::Whole) {
            received.outcome = Outcome::Known;
        } else {
            const auto fetched = filing.fetch();
            if (!fetched && endsTheRun(fetched.error())) return Failure(fetched.error());
            if (!fetched) {
                const bool missing = fetched.error().code == ErrorCode::NotFound;
                received.outcome = missing ? Outcome::Incomplete : Outcome::Refused;
                received.note = QString::fromStdString(fetched.error().context);
                return false;
            }
            // The ledger first: a copy that is filed but not in the ledger could be rolled back unseen.
            SOTTO_TRY(m_ledger.add(m_files, received.manifest));
            SOTTO_TRY(filing.name());
        }
        SOTTO_TRY(m_ledger.add(m_files, received.manifest));
        SOTTO_TRY(filing.complete(manifestText));
        return true;
    }

    /// Opened in an earlier run, perhaps by a desk that did not compare yet. The other files are looked at before a
    /// receipt is written; a manifest.json that can't be read shows there.
    Result<> compareOpened(const Filing& filing, Received& received) {
        const auto label = package::checkLabel(m_files, filing.folder(), received.manifest);
        if (label) return {};
        if (endsTheRun(label.error())) return Failure(label.error());
        if (label.error().code != ErrorCode::NotAllowed) return {};
        received.outcome = Outcome::Refused;
        received.note =
            QStringLiteral("its opened folder must not be used: ") + QString::fromStdString(label.error().context);
        return {};
    }

    Result<> open(Filing& filing, Received& received) {
        SOTTO_ASSIGN(received.opened, m_files.exists(filing.folder()));
        received.couldOpen = received.opened;
        if (received.opened) return compareOpened(filing, received);
        if (m_keys.identities.empty()) return {};
        const auto opened =
            package::openPackage(m_files, filing.ageFile(), m_keys.identities, filing.folder(), &received.manifest);
        received.opened = opened.has_value();
        received.couldOpen = opened || opened.error().code != ErrorCode::WrongKey;
        if (opened || !received.couldOpen) return {};
        if (endsTheRun(opened.error())) return Failure(opened.error());
        received.outcome = Outcome::Refused;
        received.note = QStringLiteral("it is kept sealed, but it does not open: ") +
                        QString::fromStdString(opened.error().context);
        return {};
    }

    Result<> writeReceipts(Filing& filing, Received& received) {
        if (!m_keys.signing) return {};
        if (!hasReceipt(received.manifest, package::ReceiptKind::Stored)) {
            SOTTO_ASSIGN(const bool twoCopies, filing.storeHoldsAllParts());
            if (twoCopies) SOTTO_TRY(writeReceipt(received.manifest, package::ReceiptKind::Stored));
        }
        if (received.outcome == Outcome::Refused) return {};
        if (!received.opened || hasReceipt(received.manifest, package::ReceiptKind::Opened)) return {};
        const auto whole = package::checkUnpacked(m_files, filing.folder());
        if (whole) return writeReceipt(received.manifest, package::ReceiptKind::Opened);
        if (endsTheRun(whole.error())) return Failure(whole.error());
        received.note =
            QStringLiteral("no receipt for the opened folder: ") + QString::fromStdString(whole.error().context);
        return {};
    }

    static QString receiptName(const package::Manifest& manifest, package::ReceiptKind kind) {
        return manifest.package.toString() + (kind == package::ReceiptKind::Stored ? kStoredSuffix : kOpenedSuffix);
    }

    bool hasReceipt(const package::Manifest& manifest, package::ReceiptKind kind) {
        const QString name = receiptName(manifest, kind);
        const bool listed = std::any_of(m_objects.begin(), m_objects.end(),
                                        [&](const Store::Object& object) { return object.name == name; });
        if (!listed) return false;
        const auto text = m_store.get(name, package::kMaxReceiptSize);
        if (!text) return false;
        const auto receipt = package::openReceipt(*text, m_keys.signing->verifyKey());
        return receipt && receipt->package == manifest.package && receipt->kind == kind &&
               receipt->sha256 == manifest.sha256 && receipt->size == manifest.size;
    }

    Result<> writeReceipt(const package::Manifest& manifest, package::ReceiptKind kind) {
        const package::Receipt receipt{
            manifest.package, kind, manifest.sha256, manifest.size, m_keys.signing->verifyKey(), m_clock.now().utcMs};
        const QByteArray text = package::signReceipt(receipt, *m_keys.signing);
        const QString name = receiptName(manifest, kind);
        // What lies there under this name is no receipt of ours: see hasReceipt().
        const Result<> removed = m_store.remove(name);
        if (!removed && removed.error().code != ErrorCode::NotFound) return removed;
        return m_store.put(name, viewOf(text));
    }

    FileSystem& m_files;
    Store& m_store;
    const LabDeskKeys& m_keys;
    Path m_out;
    const Clock& m_clock;
    Ledger m_ledger;
    std::vector<Store::Object> m_objects;
};

}  // namespace

Result<std::vector<Received>> receive(FileSystem& files, Store& store, const LabDeskKeys& keys, const Path& out,
                                      const Clock& clock) {
    SOTTO_TRY(files.createDirectories(out));
    SOTTO_ASSIGN(Ledger ledger, Ledger::load(files, out / "ledger.json"));
    SOTTO_ASSIGN(auto objects, store.list());
    return Desk(files, store, keys, out, clock, std::move(ledger), std::move(objects)).run();
}

}  // namespace sotto::sync
