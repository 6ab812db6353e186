// SPDX-License-Identifier: Apache-2.0
#include "sync/lab_withdrawals.h"

#include <algorithm>
#include <set>

#include "package/tree.h"
#include "sync/filing.h"
#include "sync/ledger.h"
#include "sync/store_clearing.h"
#include "sync/withdrawn.h"

namespace sotto::sync {

namespace {

using package::Deletion;
using package::WithdrawnPackage;
using package::WithdrawnPart;
using Outcome = HonouredOrder::Outcome;

constexpr std::string_view kErasedText =
    "The sound of this interview was taken back and is erased; manifest.json still lists it.\n"
    "Le son de cet entretien a été retiré et effacé ; manifest.json le mentionne encore.\n";

/// Where a package lies: DIR/<kind>.age and what belongs to it.
struct Place {
    Path folder;
    std::string kind;
    auto operator<=>(const Place&) const = default;
    [[nodiscard]] Path file(std::string_view suffix) const { return folder / (kind + std::string(suffix)); }
};

Result<> removeFile(FileSystem& files, const Path& path) {
    Result<> removed = files.remove(path);
    if (!removed && removed.error().code == ErrorCode::NotFound) return {};
    return removed;
}

std::vector<Export> copiesOf(const package::WithdrawalOrder& order, const std::vector<Export>& all) {
    std::vector<Export> copies;
    for (const Export& made : all) {
        const bool isMeant =
            std::any_of(order.packages.begin(), order.packages.end(), [&made](const WithdrawnPackage& one) {
                return one.sha256 == made.sha256 || (!made.session.isNull() && one.session == made.session);
            });
        if (isMeant) copies.push_back(made);
    }
    return copies;
}

HonouredOrder reportOf(const Withdrawn::Line& line, const std::vector<Export>& exports) {
    HonouredOrder report;
    report.order = line.order;
    report.isSigned = !line.receipt.isEmpty();
    report.packages = line.outcome;
    report.copies = copiesOf(line.order, exports);
    return report;
}

/// One run.
class Remover {
public:
    Remover(FileSystem& files, Store& store, const LabDeskKeys& keys, Path out, const Clock& clock, Ledger ledger,
            Withdrawn withdrawn, std::vector<Export> exports)
        : m_files(files),
          m_store(store),
          m_keys(keys),
          m_out(std::move(out)),
          m_clock(clock),
          m_ledger(std::move(ledger)),
          m_withdrawn(std::move(withdrawn)),
          m_exports(std::move(exports)) {}

    Result<std::vector<HonouredOrder>> run() {
        std::vector<HonouredOrder> all;
        SOTTO_ASSIGN(const auto objects, m_store.list());
        for (const Store::Object& object : objects) {
            if (!object.name.endsWith(kWithdrawSuffix)) continue;
            SOTTO_ASSIGN(const auto refused, take(object.name));
            if (refused) all.push_back(*refused);
        }
        // Those as well that the store has lost by now, and what a backup brought back.
        const auto lines = m_withdrawn.lines();
        for (const Withdrawn::Line& line : lines) {
            SOTTO_ASSIGN(HonouredOrder done, carryOut(line));
            all.push_back(std::move(done));
        }
        return all;
    }

private:
    /// Enters an order among those to be carried out. What is said of one that is not.
    Result<std::optional<HonouredOrder>> take(const QString& name) {
        HonouredOrder report;
        report.outcome = Outcome::Refused;
        report.order.id = package::OrderId::fromString(name.left(32)).value_or(package::OrderId{});
        const auto text = m_store.get(name, package::kMaxOrderSize);
        if (!text && text.error().code != ErrorCode::ParseFailed) return Failure(text.error());
        const auto order = text ? package::openOrder(*text) : Failure(text.error());
        if (!order) {
            report.note = QString::fromStdString(order.error().context);
            return std::optional(report);
        }
        if (order->id != report.order.id) {
            report.note = QStringLiteral("the order belongs to another withdrawal");
            return std::optional(report);
        }
        report.order = *order;
        if (m_keys.tablets && m_keys.tablets->count(order->device) == 0) {
            report.outcome = Outcome::Unknown;
            report.note = QStringLiteral("its tablet is not enrolled; nothing was removed");
            return std::optional(report);
        }
        return enter(*order, byteArrayOf(*text), std::move(report));
    }

    Result<std::optional<HonouredOrder>> enter(const package::WithdrawalOrder& order, const QByteArray& text,
                                               HonouredOrder report) {
        if (const Withdrawn::Line* known = m_withdrawn.find(order.id)) {
            if (known->text == text) return std::optional<HonouredOrder>();
            report.note = QStringLiteral("another order came under this id before; the first one counts");
            return std::optional(report);
        }
        for (const WithdrawnPackage& one : order.packages) {
            const auto filed = m_ledger.find(one.sha256);
            if (!filed || filed->device == order.device) continue;
            report.note = QStringLiteral(
                              "package %1 came from another tablet; ask the interviewers, and remove it by "
                              "hand if it is meant")
                              .arg(one.package.toString());
            return std::optional(report);
        }
        // Before anything is removed: from here on the package is not taken again, whatever breaks off.
        SOTTO_TRY(m_withdrawn.put(m_files, {order, text, {}, {}}));
        return std::optional<HonouredOrder>();
    }

    Result<HonouredOrder> carryOut(Withdrawn::Line line) {
        std::vector<package::DeletionReceipt::Line> outcome;
        for (const WithdrawnPackage& one : line.order.packages) {
            SOTTO_ASSIGN(const Deletion what, removePackage(one, line.order));
            SOTTO_TRY(clearFromStore(m_store, one, line.order.device));
            outcome.push_back({one.package, what});
        }
        const bool isNew = line.outcome.empty();
        if (isNew) {
            line.outcome = outcome;
            SOTTO_TRY(m_withdrawn.put(m_files, line));
        }
        if (m_keys.signing && line.receipt.isEmpty()) {
            line.receipt = signFor(line);
            SOTTO_TRY(m_withdrawn.put(m_files, line));
        }
        HonouredOrder report = reportOf(line, m_exports);
        report.isNew = isNew;
        SOTTO_TRY(leaveReceipt(line, report));
        return report;
    }

    QByteArray signFor(const Withdrawn::Line& line) const {
        package::DeletionReceipt receipt;
        receipt.order = line.order.id;
        receipt.orderSha256 = crypto::sha256(viewOf(line.text));
        receipt.atUtcMs = m_clock.now().utcMs;
        receipt.packages = line.outcome;
        for (const WithdrawnPackage& one : line.order.packages) {
            for (const Export& made : copiesOf({line.order.id, {}, {}, {one}, 0}, m_exports)) {
                if (receipt.copies.size() < package::kMaxWithdrawn)
                    receipt.copies.push_back({one.package, made.how, made.atUtcMs});
            }
        }
        return package::signDeletion(receipt, *m_keys.signing);
    }

    /// Only beside its order: where that is gone, the tablet has the receipt, or this is another store.
    Result<> leaveReceipt(const Withdrawn::Line& line, HonouredOrder& report) {
        if (line.receipt.isEmpty()) return {};
        const QString id = line.order.id.toString();
        const auto order = m_store.get(id + kWithdrawSuffix, package::kMaxOrderSize);
        if (!order) return {};
        const auto there = m_store.get(id + kErasedSuffix, package::kMaxOrderSize);
        if (there && byteArrayOf(*there) == line.receipt) return {};
        Result<> done = m_store.remove(id + kErasedSuffix);
        if (done || done.error().code == ErrorCode::NotFound)
            done = m_store.put(id + kErasedSuffix, viewOf(line.receipt));
        if (done || done.error().code != ErrorCode::AlreadyExists) return done;
        report.note =
            QStringLiteral("its receipt could not be written: ") + QString::fromStdString(done.error().context);
        return {};
    }

    // ---- Removing

    Result<Deletion> removePackage(const WithdrawnPackage& one, const package::WithdrawalOrder& order) {
        SOTTO_ASSIGN(const auto places, placesOf(one));
        const auto filed = m_ledger.find(one.sha256);
        Deletion what = filed || !places.empty() ? Deletion::Removed : Deletion::NotHere;
        for (const Place& place : places) {
            if (order.part == WithdrawnPart::Audio) {
                SOTTO_ASSIGN(const bool keepsRest, removeSound(place));
                if (keepsRest) what = Deletion::AudioOnly;
            } else {
                SOTTO_TRY(removeAll(place));
            }
        }
        return what;
    }

    Result<> removeSealed(const Place& place) {
        for (const std::string_view suffix : {".age.part", ".age"})
            SOTTO_TRY(removeFile(m_files, place.file(suffix)));
        for (const std::string_view suffix : {".part.tar", ".part"})
            SOTTO_TRY(package::removeTree(m_files, place.file(suffix)));
        SOTTO_TRY(m_files.syncDirectory(place.folder));
        return {};
    }

    Result<> removeAll(const Place& place) {
        SOTTO_TRY(package::removeTree(m_files, place.folder / place.kind));
        SOTTO_TRY(removeSealed(place));
        // The manifest last: it is what a later run finds and goes on with.
        SOTTO_TRY(removeFile(m_files, place.file(".age.manifest")));
        return dropFolder(place.folder);
    }

    /// True if there was an opened folder, which stays without its sound.
    Result<bool> removeSound(const Place& place) {
        const Path opened = place.folder / place.kind;
        SOTTO_ASSIGN(const bool isOpened, m_files.exists(opened / "manifest.json"));
        if (isOpened) {
            SOTTO_TRY(removeFile(m_files, opened / "audio.opus"));
            SOTTO_TRY(m_files.syncDirectory(opened));
            SOTTO_ASSIGN(const bool isTold, m_files.exists(opened / "SOUND-ERASED.txt"));
            if (!isTold) SOTTO_TRY(replaceFile(m_files, opened / "SOUND-ERASED.txt", viewOf(kErasedText)));
        }
        SOTTO_TRY(removeSealed(place));
        SOTTO_TRY(removeFile(m_files, place.file(".age.manifest")));
        SOTTO_TRY(dropFolder(place.folder));
        return isOpened;
    }

    /// An empty folder goes; one with somebody's own files stays.
    Result<> dropFolder(const Path& folder) {
        SOTTO_ASSIGN(const auto left, m_files.list(folder));
        const bool isBare =
            std::all_of(left.begin(), left.end(), [](const DirectoryEntry& entry) { return entry.name == "PRACTICE"; });
        if (!isBare) return m_files.syncDirectory(folder);
        SOTTO_TRY(removeFile(m_files, folder / "PRACTICE"));
        SOTTO_TRY(removeFile(m_files, folder));
        return m_files.syncDirectory(folder.parent_path());
    }

    /// Every place under OUT that holds just this package: those whose manifest says so, and the one that the ledger
    /// knows, unless another package lies there.
    Result<std::set<Place>> placesOf(const WithdrawnPackage& one) {
        std::set<Place> places;
        for (const Path& root : {m_out, m_out / kUnknownFolder, m_out / "set-aside"})
            SOTTO_TRY(findBelow(root, one, places));
        const auto filed = m_ledger.find(one.sha256);
        if (!filed) return places;
        const std::string kind = package::packageKindName(filed->kind).toStdString();
        for (const Path& root : {m_out, m_out / kUnknownFolder}) {
            const Place place{root / filed->session.toString().toStdString(), kind};
            SOTTO_ASSIGN(const bool isThere, m_files.exists(place.folder));
            if (!isThere) continue;
            SOTTO_ASSIGN(const bool isTaken, m_files.exists(place.file(".age.manifest")));
            if (!isTaken) places.insert(place);
        }
        return places;
    }

    Result<> findBelow(const Path& root, const WithdrawnPackage& one, std::set<Place>& places) {
        SOTTO_ASSIGN(const bool present, m_files.exists(root));
        if (!present) return {};
        SOTTO_ASSIGN(const auto folders, m_files.list(root));
        for (const DirectoryEntry& folder : folders) {
            if (!folder.isDirectory) continue;
            SOTTO_ASSIGN(const auto entries, m_files.list(root / folder.name));
            for (const DirectoryEntry& entry : entries) {
                constexpr std::string_view kEnding = ".age.manifest";
                if (entry.isDirectory || !entry.name.ends_with(kEnding)) continue;
                const auto text = readFile(m_files, root / folder.name / entry.name, package::kMaxManifestSize);
                if (!text && text.error().code != ErrorCode::ParseFailed) return Failure(text.error());
                const auto manifest = text ? package::openManifest(*text) : Failure(text.error());
                if (!manifest || manifest->sha256 != one.sha256) continue;
                places.insert({root / folder.name, entry.name.substr(0, entry.name.size() - kEnding.size())});
            }
        }
        return {};
    }

    FileSystem& m_files;
    Store& m_store;
    const LabDeskKeys& m_keys;
    Path m_out;
    const Clock& m_clock;
    Ledger m_ledger;
    Withdrawn m_withdrawn;
    std::vector<Export> m_exports;
};

}  // namespace

Result<std::vector<HonouredOrder>> honourWithdrawals(FileSystem& files, Store& store, const LabDeskKeys& keys,
                                                     const Path& out, const Clock& clock) {
    SOTTO_TRY(files.createDirectories(out));
    SOTTO_ASSIGN(Ledger ledger, Ledger::load(files, out / "ledger.json"));
    SOTTO_ASSIGN(Withdrawn withdrawn, Withdrawn::load(files, out / "withdrawn.json"));
    SOTTO_ASSIGN(auto exports, exportsOf(files, out));
    return Remover(files, store, keys, out, clock, std::move(ledger), std::move(withdrawn), std::move(exports)).run();
}

Result<std::vector<HonouredOrder>> withdrawalsAt(FileSystem& files, const Path& out) {
    SOTTO_ASSIGN(const Withdrawn withdrawn, Withdrawn::load(files, out / "withdrawn.json"));
    SOTTO_ASSIGN(const auto exports, exportsOf(files, out));
    std::vector<HonouredOrder> all;
    for (const Withdrawn::Line& line : withdrawn.lines())
        all.push_back(reportOf(line, exports));
    return all;
}

}  // namespace sotto::sync
