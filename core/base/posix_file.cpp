// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

namespace sotto {

namespace {

Failure systemFailure(int error, const char* action, const Path& path) {
    ErrorCode code = ErrorCode::IoFailed;
    if (error == ENOSPC || error == EDQUOT || error == EFBIG) code = ErrorCode::NoSpace;
    if (error == ENOENT || error == ENOTDIR) code = ErrorCode::NotFound;
    if (error == EEXIST) code = ErrorCode::AlreadyExists;
    if (error == EACCES || error == EPERM || error == EROFS) code = ErrorCode::PermissionDenied;
    if (error == EWOULDBLOCK) code = ErrorCode::Busy;
    return fail(code, std::string(action) + " " + path.string() + ": " + std::strerror(error));
}

class PosixFile final : public File {
public:
    PosixFile(int descriptor, Path path) : m_descriptor(descriptor), m_path(std::move(path)) {}
    PosixFile(const PosixFile&) = delete;
    PosixFile& operator=(const PosixFile&) = delete;
    ~PosixFile() override { ::close(m_descriptor); }

    Result<std::uint64_t> size() const override {
        struct stat info {};
        if (::fstat(m_descriptor, &info) != 0) return systemFailure(errno, "cannot look at", m_path);
        return static_cast<std::uint64_t>(info.st_size);
    }

    Result<std::size_t> read(std::uint64_t offset, ByteSpan buffer) const override {
        std::size_t done = 0;
        while (done < buffer.size()) {
            const ssize_t count =
                ::pread(m_descriptor, buffer.data() + done, buffer.size() - done, static_cast<off_t>(offset + done));
            if (count < 0 && errno == EINTR) continue;
            if (count < 0) return systemFailure(errno, "cannot read", m_path);
            if (count == 0) break;
            done += static_cast<std::size_t>(count);
        }
        return done;
    }

    Result<> write(std::uint64_t offset, ByteView bytes) override {
        std::size_t done = 0;
        while (done < bytes.size()) {
            const ssize_t count =
                ::pwrite(m_descriptor, bytes.data() + done, bytes.size() - done, static_cast<off_t>(offset + done));
            if (count < 0 && errno == EINTR) continue;
            if (count <= 0) return systemFailure(count < 0 ? errno : ENOSPC, "cannot write", m_path);
            done += static_cast<std::size_t>(count);
        }
        return {};
    }

    Result<> sync() override {
        if (::fdatasync(m_descriptor) != 0) return systemFailure(errno, "cannot sync", m_path);
        return {};
    }

    Result<> truncate(std::uint64_t size) override {
        if (::ftruncate(m_descriptor, static_cast<off_t>(size)) != 0) {
            return systemFailure(errno, "cannot shorten", m_path);
        }
        return {};
    }

    Result<> reserve(std::uint64_t size) override {
        if (::fallocate(m_descriptor, FALLOC_FL_KEEP_SIZE, 0, static_cast<off_t>(size)) == 0) return {};
        if (errno == EOPNOTSUPP || errno == ENOSYS) return {};
        return systemFailure(errno, "cannot reserve room for", m_path);
    }

    Result<> lock() override {
        if (::flock(m_descriptor, LOCK_EX | LOCK_NB) != 0) return systemFailure(errno, "cannot lock", m_path);
        return {};
    }

private:
    int m_descriptor;
    Path m_path;
};

}  // namespace

Result<std::unique_ptr<File>> PosixFileSystem::open(const Path& path, OpenMode mode) {
    int flags = O_CLOEXEC;
    if (mode == OpenMode::Read) flags |= O_RDONLY;
    if (mode == OpenMode::ReadWrite) flags |= O_RDWR;
    if (mode == OpenMode::CreateNew) flags |= O_RDWR | O_CREAT | O_EXCL;
    int descriptor = -1;
    do {
        descriptor = ::open(path.c_str(), flags, 0600);
    } while (descriptor < 0 && errno == EINTR);
    if (descriptor < 0) return systemFailure(errno, "cannot open", path);
    struct stat info {};
    if (::fstat(descriptor, &info) != 0 || S_ISDIR(info.st_mode)) {
        ::close(descriptor);
        return systemFailure(EISDIR, "cannot open", path);
    }
    return std::make_unique<PosixFile>(descriptor, path);
}

Result<bool> PosixFileSystem::exists(const Path& path) {
    struct stat info {};
    if (::lstat(path.c_str(), &info) == 0) return true;
    if (errno == ENOENT) return false;
    return systemFailure(errno, "cannot look at", path);
}

Result<> PosixFileSystem::rename(const Path& from, const Path& to) {
    if (::rename(from.c_str(), to.c_str()) != 0) return systemFailure(errno, "cannot rename to", to);
    return {};
}

Result<> PosixFileSystem::remove(const Path& path) {
    if (::remove(path.c_str()) != 0) return systemFailure(errno, "cannot remove", path);
    return {};
}

Result<> PosixFileSystem::createDirectories(const Path& path) {
    Path partial;
    for (const Path& part : path) {
        partial /= part;
        if (::mkdir(partial.c_str(), 0700) == 0 || errno == EEXIST || errno == EISDIR) continue;
        // A parent above may be closed to us and exist all the same; the last component decides.
        struct stat info {};
        if (::stat(partial.c_str(), &info) == 0 && S_ISDIR(info.st_mode)) continue;
        return systemFailure(errno, "cannot create folder", partial);
    }
    struct stat info {};
    if (::stat(path.c_str(), &info) != 0) return systemFailure(errno, "cannot create folder", path);
    if (!S_ISDIR(info.st_mode)) return systemFailure(ENOTDIR, "cannot create folder", path);
    return {};
}

Result<> PosixFileSystem::syncDirectory(const Path& path) {
    const Path folder = path.empty() ? Path(".") : path;
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return systemFailure(errno, "cannot open folder", folder);
    const int status = ::fsync(descriptor);
    const int error = errno;
    ::close(descriptor);
    if (status != 0) return systemFailure(error, "cannot sync folder", folder);
    return {};
}

Result<std::vector<DirectoryEntry>> PosixFileSystem::list(const Path& path) {
    const std::unique_ptr<DIR, int (*)(DIR*)> directory(::opendir(path.c_str()), &::closedir);
    if (!directory) return systemFailure(errno, "cannot list", path);
    std::vector<DirectoryEntry> entries;
    errno = 0;
    while (const dirent* item = ::readdir(directory.get())) {
        const std::string name = item->d_name;
        if (name != "." && name != "..") {
            struct stat info {};
            const bool isDirectory = ::stat((path / name).c_str(), &info) == 0 && S_ISDIR(info.st_mode);
            entries.push_back({name, isDirectory});
        }
        errno = 0;
    }
    if (errno != 0) return systemFailure(errno, "cannot list", path);
    std::sort(entries.begin(), entries.end(),
              [](const DirectoryEntry& a, const DirectoryEntry& b) { return a.name < b.name; });
    return entries;
}

}  // namespace sotto
