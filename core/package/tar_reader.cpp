// SPDX-License-Identifier: Apache-2.0
#include <cerrno>
#include <set>
#include <utility>

#include <archive.h>
#include <archive_entry.h>

#include "package/tar.h"
#include "package/tree.h"

namespace sotto::package {

namespace {

constexpr std::size_t kBlock = 256 * 1024;

struct ArchiveFree {
    void operator()(archive* handle) const { archive_read_free(handle); }
};

/// One run through a tar stream into a folder that is the run's own.
class Unpacker {
public:
    Unpacker(FileSystem& files, const ByteSource& source, Path root)
        : m_files(files), m_source(source), m_root(std::move(root)), m_input(kBlock), m_output(kBlock) {}

    Result<> run() {
        SOTTO_TRY(m_files.createDirectories(m_root));
        m_folders.insert(m_root);
        SOTTO_TRY(open());
        archive_entry* entry = nullptr;
        int entries = 0;
        while (true) {
            const int status = archive_read_next_header(m_handle.get(), &entry);
            if (status == ARCHIVE_EOF) break;
            if (status != ARCHIVE_OK) return broken();
            if (++entries > kMaxTarEntries) return fail(ErrorCode::ParseFailed, "the tar holds too many entries");
            SOTTO_TRY(take(entry));
        }
        for (const Path& folder : m_folders)
            SOTTO_TRY(m_files.syncDirectory(folder));
        return {};
    }

private:
    Result<> open() {
        m_handle.reset(archive_read_new());
        archive* handle = m_handle.get();
        if (!handle) return fail(ErrorCode::IoFailed, "no memory to read a tar stream");
        // No filters: what is compressed could be a bomb, and no package of ours is.
        if (archive_read_support_format_tar(handle) != ARCHIVE_OK ||
            archive_read_open2(handle, this, nullptr, &Unpacker::read, nullptr, nullptr) != ARCHIVE_OK) {
            return broken();
        }
        return {};
    }

    static la_ssize_t read(archive* handle, void* self, const void** buffer) {
        auto* unpacker = static_cast<Unpacker*>(self);
        Result<std::size_t> count = unpacker->m_source(unpacker->m_input);
        if (!count) {
            unpacker->m_sourceError = std::move(count).error();
            archive_set_error(handle, EIO, "source failed");
            return -1;
        }
        *buffer = unpacker->m_input.data();
        return static_cast<la_ssize_t>(*count);
    }

    Result<> broken() {
        if (m_sourceError) return Failure(*m_sourceError);
        return fail(ErrorCode::ParseFailed, "not a whole tar stream");
    }

    Result<> take(archive_entry* entry) {
        const char* rawName = archive_entry_pathname_utf8(entry);
        // Bytes that the locale can't read as text are judged as they are.
        if (!rawName) rawName = archive_entry_pathname(entry);
        const auto name = rawName ? normalisedName(rawName) : std::nullopt;
        if (!name) return fail(ErrorCode::ParseFailed, "the tar holds a name that may not be unpacked");
        const auto type = archive_entry_filetype(entry);
        if (archive_entry_hardlink(entry) || archive_entry_symlink(entry) || (type != AE_IFREG && type != AE_IFDIR)) {
            return fail(ErrorCode::ParseFailed, "the tar holds something that is neither file nor folder");
        }
        if (name->empty() && type == AE_IFDIR) return {};
        if (name->empty() || !m_names.insert(*name).second) {
            return fail(ErrorCode::ParseFailed, "the tar holds one name twice");
        }
        if (type == AE_IFDIR) return makeFolder(m_root / *name);
        SOTTO_TRY(makeFolder((m_root / *name).parent_path()));
        return takeFile(entry, m_root / *name);
    }

    /// Creates the folder and remembers it, and all above it, to be synced.
    Result<> makeFolder(const Path& folder) {
        if (m_folders.count(folder) != 0) return {};
        SOTTO_TRY(asParseError(m_files.createDirectories(folder)));
        for (Path above = folder; above != m_root; above = above.parent_path())
            m_folders.insert(above);
        return {};
    }

    /// Inside our own fresh folder a name that is taken can only come from the tar itself.
    static Result<> asParseError(Result<> done) {
        if (done || (done.error().code != ErrorCode::AlreadyExists && done.error().code != ErrorCode::NotFound)) {
            return done;
        }
        return fail(ErrorCode::ParseFailed, "the tar holds one name as file and as folder");
    }

    Result<> takeFile(archive_entry* entry, const Path& path) {
        const la_int64_t size = archive_entry_size_is_set(entry) ? archive_entry_size(entry) : -1;
        if (size < 0 || static_cast<std::uint64_t>(size) > kMaxTarFileSize) {
            return fail(ErrorCode::ParseFailed, "the tar holds a file of an absurd size");
        }
        // A hole costs the sender nothing and us a whole disk.
        if (archive_entry_sparse_count(entry) > 0) return fail(ErrorCode::ParseFailed, "the tar holds a sparse file");
        auto file = m_files.open(path, OpenMode::CreateNew);
        if (!file) return asParseError(Failure(std::move(file).error()));
        std::uint64_t written = 0;
        while (true) {
            const la_ssize_t count = archive_read_data(m_handle.get(), m_output.data(), m_output.size());
            if (count < 0) return broken();
            if (count == 0) break;
            SOTTO_TRY((*file)->write(written, ByteView(m_output).first(static_cast<std::size_t>(count))));
            written += static_cast<std::uint64_t>(count);
        }
        if (written != static_cast<std::uint64_t>(size)) return broken();
        return (*file)->sync();
    }

    FileSystem& m_files;
    const ByteSource& m_source;
    Path m_root;
    Bytes m_input;
    Bytes m_output;
    std::optional<Error> m_sourceError;
    std::set<std::string> m_names;
    std::set<Path> m_folders;
    std::unique_ptr<archive, ArchiveFree> m_handle;
};

Result<> unpackAndName(FileSystem& files, const ByteSource& source, const Path& part, const Path& target,
                       const TreeCheck& check) {
    SOTTO_TRY(Unpacker(files, source, part).run());
    if (check) SOTTO_TRY(check(part));
    return files.rename(part, target);
}

}  // namespace

Result<> unpackTar(FileSystem& files, const ByteSource& source, const Path& target, const TreeCheck& check) {
    SOTTO_ASSIGN(const bool taken, files.exists(target));
    if (taken) return fail(ErrorCode::AlreadyExists, target.string() + " exists already and is not overwritten");
    const Path part = withSuffix(target, ".part");
    SOTTO_TRY(removeTree(files, part));
    Result<> done = unpackAndName(files, source, part, target, check);
    if (!done) {
        // The first error is the one to tell; a left-over is replaced by the next call.
        static_cast<void>(removeTree(files, part));
        return done;
    }
    done = files.syncDirectory(folderOf(target));
    if (!done) static_cast<void>(removeTree(files, target));  // as above
    return done;
}

}  // namespace sotto::package
