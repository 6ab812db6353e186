// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "package/manifest.h"
#include "sync/store.h"

namespace sotto::sync {

namespace {

/// A put is first written under this name. Derived from the object's, so that a sender who was cut off replaces his
/// own left-over and nobody else's.
Path temporaryName(const Path& folder, const QString& name) {
    return folder / ("." + name.toStdString() + ".part");
}

/// A receipt that can't be read is as good as none; it must not stop packages, which do not depend on it.
bool isReceiptName(const QString& name) {
    return name.endsWith(kStoredSuffix) || name.endsWith(kOpenedSuffix) || name.endsWith(kErasedSuffix);
}

class FolderStore final : public Store {
public:
    FolderStore(FileSystem& files, Path folder) : m_files(files), m_folder(std::move(folder)) {}

    Result<std::vector<Object>> list() override {
        SOTTO_ASSIGN(const auto entries, explained(m_files.list(m_folder), "read"));
        std::vector<Object> objects;
        for (const DirectoryEntry& entry : entries) {
            const QString name = QString::fromStdString(entry.name);
            if (entry.isDirectory || !isObjectName(name)) continue;
            const auto size = sizeOf(m_folder / entry.name);
            if (size) objects.push_back({name, *size});
            // Taken away meanwhile is not there. Unreadable is: a store that can't be read must not look empty.
            if (size || size.error().code == ErrorCode::NotFound || isReceiptName(name)) continue;
            return explained(Result<std::vector<Object>>(Failure(size.error())), "read");
        }
        return objects;
    }

    Result<> put(const QString& name, ByteView content) override {
        SOTTO_TRY(checkName(name));
        const Path target = m_folder / name.toStdString();
        SOTTO_TRY(makeWay(name));
        SOTTO_ASSIGN(const bool taken, explained(m_files.exists(target), "read"));
        if (taken) return fail(ErrorCode::AlreadyExists, "the store holds an object of that name already");
        const Path temporary = temporaryName(m_folder, name);
        Result<> done = write(temporary, target, content);
        if (done) done = m_files.syncDirectory(m_folder);
        // Written, but perhaps not to stay: the next put of this name finds it and sees for itself.
        return explained(std::move(done), "written to");
    }

    Result<Bytes> get(const QString& name, std::uint64_t limit) override {
        SOTTO_TRY(checkName(name));
        return readFile(m_files, m_folder / name.toStdString(), limit);
    }

    Result<> remove(const QString& name) override {
        SOTTO_TRY(checkName(name));
        if (isFolder(name)) return noSuchObject();
        SOTTO_TRY(explained(m_files.remove(m_folder / name.toStdString()), "written to"));
        return explained(m_files.syncDirectory(m_folder), "written to");
    }

private:
    static Result<> checkName(const QString& name) {
        if (isObjectName(name)) return {};
        return fail(ErrorCode::InvalidArgument, "not a name for an object in a store");
    }

    static Failure noSuchObject() {
        return fail(ErrorCode::NotFound, "the store holds a folder of that name, and no object");
    }

    /// Only a folder can be listed.
    bool isFolder(const QString& name) { return m_files.list(m_folder / name.toStdString()).has_value(); }

    /// A folder with the name of an object is none of ours and must not stop what is: it is moved out of the way, with
    /// all that is in it.
    Result<> makeWay(const QString& name) {
        if (!isFolder(name)) return {};
        const Path from = m_folder / name.toStdString();
        const Path to = m_folder / (name.toStdString() + ".in-the-way");
        SOTTO_ASSIGN(const bool taken, explained(m_files.exists(to), "read"));
        if (taken) {
            return fail(ErrorCode::AlreadyExists,
                        "a folder stands in the store where a file of Sotto belongs; take it away: " + from.string());
        }
        return explained(m_files.rename(from, to), "written to");
    }

    Result<std::uint64_t> sizeOf(const Path& path) {
        SOTTO_ASSIGN(const auto file, m_files.open(path, OpenMode::Read));
        return file->size();
    }

    /// Under the temporary name first; whatever fails, nothing half-written stays.
    Result<> write(const Path& temporary, const Path& target, ByteView content) {
        SOTTO_ASSIGN(const bool leftOver, m_files.exists(temporary));
        if (leftOver) SOTTO_TRY(m_files.remove(temporary));
        SOTTO_ASSIGN(auto file, m_files.open(temporary, OpenMode::CreateNew));
        Result<> done = file->write(0, content);
        if (done) done = file->sync();
        file.reset();
        if (done) done = m_files.rename(temporary, target);
        // The first error is the one to tell; a left-over is replaced by the next put of this name.
        if (!done) static_cast<void>(m_files.remove(temporary));
        return done;
    }

    /// Says in one sentence what is wrong with the store and what to do.
    template <typename T>
    Result<T> explained(Result<T> result, const char* action) const {
        if (result) return result;
        const ErrorCode code = result.error().code;
        const char* advice = "check that it is connected and try again";
        if (code == ErrorCode::NoSpace) advice = "it is full; make room and try again, what arrived is kept";
        if (code == ErrorCode::PermissionDenied) advice = "it is read-only or not yours; check its permissions";
        return fail(code, "the store " + m_folder.string() + " can't be " + action + ": " + advice + " (" +
                              result.error().context + ")");
    }

    FileSystem& m_files;
    Path m_folder;
};

}  // namespace

QString receiptName(const PackageId& package, package::ReceiptKind kind) {
    return package.toString() + (kind == package::ReceiptKind::Stored ? kStoredSuffix : kOpenedSuffix);
}

bool isObjectName(const QString& name) {
    const qsizetype dot = name.indexOf(u'.');
    if (!package::isPartName(QStringView(name).left(dot < 0 ? name.size() : dot))) return false;
    const QString suffix = dot < 0 ? QString() : name.mid(dot);
    constexpr std::array kSuffixes{kManifestSuffix, kStoredSuffix, kOpenedSuffix, kWithdrawSuffix, kErasedSuffix};
    return dot < 0 || std::find(kSuffixes.begin(), kSuffixes.end(), suffix) != kSuffixes.end();
}

Result<std::unique_ptr<Store>> openFolderStore(FileSystem& files, const Path& folder) {
    const auto entries = files.list(folder);
    if (!entries && entries.error().code == ErrorCode::NotFound) {
        return fail(ErrorCode::NotFound,
                    "the store " + folder.string() + " is not there; connect it, or create the folder first");
    }
    if (!entries) return Failure(entries.error());
    return std::make_unique<FolderStore>(files, folder);
}

}  // namespace sotto::sync
