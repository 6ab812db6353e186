// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace sotto {

using Path = std::filesystem::path;

/// One open file. Not thread-safe. Closing (destruction) never reports: call sync() for what must last.
/// Errors: NoSpace (disk full), IoFailed, PermissionDenied.
class File {
public:
    virtual ~File() = default;
    [[nodiscard]] virtual Result<std::uint64_t> size() const = 0;
    /// Reads up to buffer.size() bytes at `offset`; fewer only at the end of the file.
    [[nodiscard]] virtual Result<std::size_t> read(std::uint64_t offset, ByteSpan buffer) const = 0;
    /// Writes all bytes at `offset` or fails; after a failure part of them may be there.
    [[nodiscard]] virtual Result<> write(std::uint64_t offset, ByteView bytes) = 0;
    /// fdatasync. A failure is final for this handle: what was not synced before must be taken for lost.
    [[nodiscard]] virtual Result<> sync() = 0;
    [[nodiscard]] virtual Result<> truncate(std::uint64_t size) = 0;
    /// Reserves blocks up to `size` bytes without changing the file's size, so that a full disk is known early.
    /// A file system that cannot reserve is no error.
    [[nodiscard]] virtual Result<> reserve(std::uint64_t size) = 0;
    /// Takes an exclusive lock that lasts until the file closes or the process dies. Busy if another holds it.
    [[nodiscard]] virtual Result<> lock() = 0;
};

enum class OpenMode {
    Read,       ///< must exist
    ReadWrite,  ///< must exist
    CreateNew,  ///< must not exist; mode 0600
};

struct DirectoryEntry {
    std::string name;
    bool isDirectory = false;
};

/// The seam between Sotto and the disk; the place where tests inject faults. Every byte that core writes goes
/// through here. Implementations are thread-safe; the files they open are not.
class FileSystem {
public:
    virtual ~FileSystem() = default;
    [[nodiscard]] virtual Result<std::unique_ptr<File>> open(const Path& path, OpenMode mode) = 0;
    /// True if something of that name exists. Errors other than "no such file" are reported.
    [[nodiscard]] virtual Result<bool> exists(const Path& path) = 0;
    /// Replaces `to` if it exists. Durable after syncDirectory() of the folder.
    [[nodiscard]] virtual Result<> rename(const Path& from, const Path& to) = 0;
    /// Removes a file or an empty folder. NotFound if it is not there.
    [[nodiscard]] virtual Result<> remove(const Path& path) = 0;
    /// Creates the folder and its parents, mode 0700. An existing folder is no error.
    [[nodiscard]] virtual Result<> createDirectories(const Path& path) = 0;
    [[nodiscard]] virtual Result<> syncDirectory(const Path& path) = 0;
    /// Sorted by name.
    [[nodiscard]] virtual Result<std::vector<DirectoryEntry>> list(const Path& path) = 0;
};

/// The real disk (POSIX).
class PosixFileSystem final : public FileSystem {
public:
    [[nodiscard]] Result<std::unique_ptr<File>> open(const Path& path, OpenMode mode) override;
    [[nodiscard]] Result<bool> exists(const Path& path) override;
    [[nodiscard]] Result<> rename(const Path& from, const Path& to) override;
    [[nodiscard]] Result<> remove(const Path& path) override;
    [[nodiscard]] Result<> createDirectories(const Path& path) override;
    [[nodiscard]] Result<> syncDirectory(const Path& path) override;
    [[nodiscard]] Result<std::vector<DirectoryEntry>> list(const Path& path) override;
};

/// Whole content of a file of at most `limit` bytes; larger is ParseFailed.
[[nodiscard]] Result<Bytes> readFile(FileSystem& files, const Path& path, std::uint64_t limit);

/// Writes `<path>.new`, syncs it, renames it over `path`, syncs the folder: after success the new content is
/// durable, after a failure or a crash the old content is whole and no `.new` stays (a crash may leave one, which
/// the next call replaces).
[[nodiscard]] Result<> replaceFile(FileSystem& files, const Path& path, ByteView content);

}  // namespace sotto
