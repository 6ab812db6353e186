// SPDX-License-Identifier: Apache-2.0
#include "sync/lab_desk.h"

#include <algorithm>

#include "package/seal.h"
#include "sync/filing.h"
#include "sync/lab_withdrawals.h"
#include "sync/ledger.h"
#include "sync/withdrawn.h"

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
         Withdrawn withdrawn, std::vector<Store::Object> objects)
        : m_files(files),
          m_store(store),
          m_keys(keys),
          m_out(std::move(out)),
          m_clock(clock),
          m_ledger(std::move(ledger)),
          m_withdrawn(std::move(withdrawn)),
          m_objects(std::move(objects)) {}

    Result<std::vector<Received>> run() {
        SOTTO_TRY(finishSettingAside());
        std::vector<Received> all;
        for (const Store::Object& object : m_objects) {
            if (!object.name.endsWith(kManifestSuffix)) continue;
            SOTTO_ASSIGN(Received received, takeFromStore(object.name));
            all.push_back(std::move(received));
        }
        SOTTO_TRY(takeWaiting(all));
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

    Result<Received> takeFromStore(const QString& name) {
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
        return take(*std::move(manifest), *text);
    }

    /// What waited under OUT for its tablet to be enrolled, and that the store no longer shows.
    Result<> takeWaiting(std::vector<Received>& all) {
        SOTTO_ASSIGN(const auto waiting, manifestsBelow(m_out / kUnknownFolder));
        for (const auto& [manifest, text] : waiting) {
            const bool isDone = std::any_of(all.begin(), all.end(), [&manifest = manifest](const Received& received) {
                return received.manifest.package == manifest.package && received.manifest.sha256 == manifest.sha256;
            });
            if (isDone || !isEnrolled(manifest.device)) continue;
            SOTTO_ASSIGN(Received received, take(manifest, text));
            all.push_back(std::move(received));
        }
        return {};
    }

    /// Every manifest in the folders right below `root` that its device signed. What is none is passed over: nothing
    /// can be done with the file beside it.
    Result<std::vector<std::pair<package::Manifest, Bytes>>> manifestsBelow(const Path& root) {
        std::vector<std::pair<package::Manifest, Bytes>> all;
        SOTTO_ASSIGN(const bool present, m_files.exists(root));
        if (!present) return all;
        SOTTO_ASSIGN(const auto folders, m_files.list(root));
        for (const DirectoryEntry& folder : folders) {
            if (!folder.isDirectory) continue;
            SOTTO_ASSIGN(const auto entries, m_files.list(root / folder.name));
            for (const DirectoryEntry& entry : entries) {
                if (entry.isDirectory || Path(entry.name).extension() != ".manifest") continue;
                auto text = readFile(m_files, root / folder.name / entry.name, package::kMaxManifestSize);
                if (!text && endsTheRun(text.error())) return Failure(text.error());
                if (!text) continue;
                auto manifest = package::openManifest(*text);
                if (manifest) all.emplace_back(*std::move(manifest), *std::move(text));
            }
        }
        return all;
    }

    [[nodiscard]] bool isEnrolled(const crypto::VerifyKey& device) const {
        return !m_keys.tablets || m_keys.tablets->count(device) != 0;
    }

    Result<> checkLedger(const package::Manifest& manifest) const {
        return m_ledger.check(manifest, [this](const crypto::VerifyKey& device) { return isEnrolled(device); });
    }

    Result<Received> take(package::Manifest manifest, const Bytes& text) {
        Received received;
        received.couldOpen = false;
        received.manifest = std::move(manifest);
        received.apart = !isEnrolled(received.manifest.device);
        if (m_withdrawn.naming(received.manifest.sha256)) {
            return refused(std::move(received), {ErrorCode::NotAllowed,
                                                 "it was taken back by the person it is about and is not taken again"});
        }
        Filing filing(m_files, m_store, m_objects, m_out, received.manifest, text);
        SOTTO_ASSIGN(const bool wasSetAside, filing.isAt(asideFolder(text)));
        if (wasSetAside) {
            return refused(std::move(received),
                           {ErrorCode::NotAllowed, "it was set aside before as " + asideFolder(text).string() +
                                                       "; remove that folder to try it again"});
        }
        if (const auto known = checkLedger(received.manifest); !known) return refused(received, known.error());
        Filing waiting(m_files, m_store, m_objects, m_out / kUnknownFolder, received.manifest, text);
        if (received.apart) {
            SOTTO_TRY(fileApart(filing, waiting, received));
            return received;
        }
        SOTTO_ASSIGN(const bool goOn, file(filing, &waiting, received));
        if (!goOn) return received;
        SOTTO_TRY(open(filing, text, received));
        SOTTO_TRY(writeReceipts(filing, received));
        // Last: as long as its manifest waits, a later run goes on with what a crash cut off.
        SOTTO_TRY(waiting.clear());
        return received;
    }

    /// Of a tablet that is not enrolled: kept sealed, in its own place, and no receipt says that it is here.
    Result<> fileApart(Filing& filing, Filing& waiting, Received& received) {
        if (m_ledger.holds(received.manifest)) {
            SOTTO_ASSIGN(const auto state, filing.state());
            if (state == Filing::State::Whole) {
                received.outcome = Outcome::Known;
                received.note = QStringLiteral("filed with the others before its tablet was looked for");
                return {};
            }
        }
        SOTTO_TRY(file(waiting, nullptr, received));
        return {};
    }

    /// False: there is nothing to go on with, and `received` says why. `waiting`: where the same package may lie since
    /// before its tablet was enrolled.
    Result<bool> file(Filing& filing, Filing* waiting, Received& received) {
        SOTTO_ASSIGN(const bool hasRoom, makeRoom(filing, received));
        if (!hasRoom) return false;
        SOTTO_ASSIGN(const auto state, filing.state());
        if (state == Filing::State::Altered) {
            received.note = QStringLiteral("the copy that was filed before had changed and was fetched anew");
        }
        if (state == Filing::State::Whole) {
            received.outcome = Outcome::Known;
        } else {
            SOTTO_ASSIGN(const bool arrived, bring(filing, waiting, received));
            if (!arrived) return false;
        }
        SOTTO_TRY(m_ledger.add(m_files, received.manifest));
        SOTTO_TRY(filing.complete());
        return true;
    }

    Result<bool> bring(Filing& filing, Filing* waiting, Received& received) {
        if (waiting) {
            SOTTO_ASSIGN(const auto state, waiting->state());
            if (state == Filing::State::Whole) {
                received.note = QStringLiteral("it had waited for its tablet to be enrolled");
                SOTTO_TRY(m_ledger.add(m_files, received.manifest));
                SOTTO_TRY(filing.takeFrom(*waiting));
                return true;
            }
        }
        const auto fetched = filing.fetch();
        if (!fetched && endsTheRun(fetched.error())) return Failure(fetched.error());
        if (!fetched) {
            const bool missing = fetched.error().code == ErrorCode::NotFound;
            received.outcome = missing ? Outcome::Incomplete : Outcome::Refused;
            received.note = QString::fromStdString(fetched.error().context);
            return false;
        }
        // The ledger first: a copy that is filed but not in the ledger could be rolled back unseen. Then the manifest:
        // without it nobody could tell whose the copy is.
        SOTTO_TRY(m_ledger.add(m_files, received.manifest));
        SOTTO_TRY(filing.complete());
        SOTTO_TRY(filing.name());
        return true;
    }

    /// A whole package of another manifest is never overwritten. That of a tablet which is not enrolled gives way to an
    /// enrolled one; it came here before tablets were enrolled.
    Result<bool> makeRoom(Filing& filing, Received& received) {
        SOTTO_ASSIGN(const auto occupant, filing.occupant());
        if (!occupant) return true;
        if (!received.apart && !isEnrolled(occupant->manifest.device)) {
            SOTTO_TRY(setAside(occupant->manifest, occupant->text));
            return true;
        }
        received.outcome = Outcome::Refused;
        received.note = QStringLiteral("another package lies in its place and is kept: ") +
                        QString::fromStdString(filing.ageFile().string());
        return false;
    }

    /// Where a package goes that must not stand in another's place. One folder per signed manifest: ids can be copied.
    [[nodiscard]] Path asideFolder(ByteView text) const {
        return m_out / "set-aside" / toHex(crypto::sha256(text)).substr(0, 32);
    }

    /// Moves a filed package out of the way and out of the ledger; its bytes are kept.
    Result<> setAside(const package::Manifest& manifest, ByteView text) {
        Filing filing(m_files, m_store, m_objects, m_out, manifest, text);
        SOTTO_TRY(filing.moveTo(asideFolder(text)));
        return m_ledger.forget(m_files, manifest);
    }

    /// Ends what a crash cut off: the ledger is written last.
    Result<> finishSettingAside() {
        SOTTO_ASSIGN(const auto aside, manifestsBelow(m_out / "set-aside"));
        for (const auto& [manifest, text] : aside) {
            if (m_ledger.holds(manifest)) SOTTO_TRY(setAside(manifest, text));
        }
        return {};
    }

    /// What is in it contradicts what was signed, or is no package at all.
    static bool isHostile(ErrorCode code) {
        return code == ErrorCode::NotAllowed || code == ErrorCode::ParseFailed || code == ErrorCode::Damaged ||
               code == ErrorCode::Unsupported;
    }

    Result<> refuseOpened(ByteView text, Received& received, const Error& error) {
        received.opened = false;
        received.outcome = Outcome::Refused;
        received.note = QStringLiteral("it does not open: ") + QString::fromStdString(error.context);
        if (!isHostile(error.code)) return {};
        received.note += QStringLiteral("; it gets no receipt and is kept, sealed, in ") +
                         QString::fromStdString(asideFolder(text).string());
        return setAside(received.manifest, text);
    }

    Result<> open(Filing& filing, ByteView text, Received& received) {
        SOTTO_ASSIGN(received.opened, m_files.exists(filing.folder()));
        received.couldOpen = received.opened;
        if (!received.opened && m_keys.identities.empty()) return {};
        // Opened in an earlier run, perhaps by a desk that did not compare yet. The other files are looked at before a
        // receipt is written; a manifest.json that can't be read shows there.
        const auto opened = received.opened ? package::checkLabel(m_files, filing.folder(), received.manifest)
                                            : package::openPackage(m_files, filing.ageFile(), m_keys.identities,
                                                                   filing.folder(), &received.manifest);
        if (!opened && endsTheRun(opened.error())) return Failure(opened.error());
        if (received.opened) {
            const bool differs = !opened && opened.error().code == ErrorCode::NotAllowed;
            return differs ? refuseOpened(text, received, opened.error()) : Result<>();
        }
        received.opened = opened.has_value();
        received.couldOpen = opened || opened.error().code != ErrorCode::WrongKey;
        if (opened || !received.couldOpen) return {};
        return refuseOpened(text, received, opened.error());
    }

    Result<> writeReceipts(Filing& filing, Received& received) {
        // What was set aside is in no ledger.
        if (!m_keys.signing || !m_ledger.holds(received.manifest)) return {};
        if (!hasReceipt(received.manifest, package::ReceiptKind::Stored)) {
            SOTTO_ASSIGN(const bool twoCopies, filing.storeHoldsAllParts());
            if (twoCopies) SOTTO_TRY(writeReceipt(received, package::ReceiptKind::Stored));
        }
        if (received.outcome == Outcome::Refused) return {};
        if (!received.opened || hasReceipt(received.manifest, package::ReceiptKind::Opened)) return {};
        const auto whole = package::checkUnpacked(m_files, filing.folder());
        if (whole) return writeReceipt(received, package::ReceiptKind::Opened);
        if (endsTheRun(whole.error())) return Failure(whole.error());
        received.note =
            QStringLiteral("no receipt for the opened folder: ") + QString::fromStdString(whole.error().context);
        return {};
    }

    bool hasReceipt(const package::Manifest& manifest, package::ReceiptKind kind) {
        const QString name = receiptName(manifest.package, kind);
        const bool listed = std::any_of(m_objects.begin(), m_objects.end(),
                                        [&](const Store::Object& object) { return object.name == name; });
        if (!listed) return false;
        const auto text = m_store.get(name, package::kMaxReceiptSize);
        if (!text) return false;
        const auto receipt = package::openReceipt(*text, m_keys.signing->verifyKey());
        return receipt && receipt->package == manifest.package && receipt->kind == kind &&
               receipt->sha256 == manifest.sha256 && receipt->size == manifest.size;
    }

    Result<> writeReceipt(Received& received, package::ReceiptKind kind) {
        const package::Manifest& manifest = received.manifest;
        const package::Receipt receipt{
            manifest.package, kind, manifest.sha256, manifest.size, m_keys.signing->verifyKey(), m_clock.now().utcMs};
        const QByteArray text = package::signReceipt(receipt, *m_keys.signing);
        const QString name = receiptName(manifest.package, kind);
        // What lies there under this name is no receipt of ours: see hasReceipt().
        Result<> done = m_store.remove(name);
        if (done || done.error().code == ErrorCode::NotFound) done = m_store.put(name, viewOf(text));
        if (done || endsTheRun(done.error())) return done;
        // Something stands in the way of this one receipt: the other packages do not depend on it.
        received.note =
            QStringLiteral("its receipt could not be written: ") + QString::fromStdString(done.error().context);
        return {};
    }

    FileSystem& m_files;
    Store& m_store;
    const LabDeskKeys& m_keys;
    Path m_out;
    const Clock& m_clock;
    Ledger m_ledger;
    Withdrawn m_withdrawn;
    std::vector<Store::Object> m_objects;
};

}  // namespace

Result<std::vector<Received>> receive(FileSystem& files, Store& store, const LabDeskKeys& keys, const Path& out,
                                      const Clock& clock, std::vector<HonouredOrder>* withdrawals) {
    // First: what was taken back must neither be fetched nor opened.
    SOTTO_ASSIGN(auto honoured, honourWithdrawals(files, store, keys, out, clock));
    if (withdrawals) *withdrawals = std::move(honoured);
    SOTTO_ASSIGN(Ledger ledger, Ledger::load(files, out / "ledger.json"));
    SOTTO_ASSIGN(Withdrawn withdrawn, Withdrawn::load(files, out / "withdrawn.json"));
    SOTTO_ASSIGN(auto objects, store.list());
    return Desk(files, store, keys, out, clock, std::move(ledger), std::move(withdrawn), std::move(objects)).run();
}

}  // namespace sotto::sync
