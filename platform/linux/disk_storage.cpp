// SPDX-License-Identifier: Apache-2.0
#include "platform/linux/disk_storage.h"

#include <cerrno>
#include <cstring>
#include <sys/statvfs.h>

namespace sotto::platform {

DiskStorage::DiskStorage(Path place) : m_place(std::move(place)) {}

Result<std::uint64_t> DiskStorage::freeBytes() const {
    struct statvfs info {};
    if (::statvfs(m_place.c_str(), &info) != 0) {
        const int error = errno;
        const std::string context = "cannot ask for the room at " + m_place.string() + ": " + std::strerror(error);
        if (error == ENOENT || error == ENOTDIR) return fail(ErrorCode::NotFound, context);
        if (error == EACCES) return fail(ErrorCode::PermissionDenied, context);
        return fail(ErrorCode::IoFailed, context);
    }
    return static_cast<std::uint64_t>(info.f_bavail) * info.f_frsize;
}

}  // namespace sotto::platform
