// SPDX-License-Identifier: Apache-2.0
#include "sealedlog/quarantine.h"

#include <algorithm>

#include "base/log.h"

namespace sotto::sealedlog {

namespace {

constexpr std::uint64_t kPieceSize = 1U << 20;

Result<Path> freeName(FileSystem& files, const Path& path) {
    for (unsigned n = 1;; ++n) {
        Path candidate = path;
        candidate += ".tail-" + std::to_string(n);
        SOTTO_ASSIGN(const bool taken, files.exists(candidate));
        if (!taken) return candidate;
    }
}

Result<> copyRange(const File& from, std::uint64_t begin, std::uint64_t end, File& to) {
    Bytes piece;
    for (std::uint64_t offset = begin; offset < end; offset += piece.size()) {
        piece.resize(std::min(kPieceSize, end - offset));
        SOTTO_ASSIGN(const std::size_t count, from.read(offset, piece));
        if (count != piece.size()) return fail(ErrorCode::IoFailed, "the log became shorter while it was copied");
        SOTTO_TRY(to.write(offset - begin, piece));
    }
    return to.sync();
}

Result<> copyAside(FileSystem& files, const File& file, std::uint64_t begin, std::uint64_t end, const Path& to) {
    SOTTO_ASSIGN(auto copy, files.open(to, OpenMode::CreateNew));
    Result<> done = copyRange(file, begin, end, *copy);
    copy.reset();
    if (done) done = files.syncDirectory(to.parent_path());
    // The tail is still in the log, so half a copy is of no use; the first error is the one that counts.
    if (!done) static_cast<void>(files.remove(to));
    return done;
}

}  // namespace

Result<Recovery> cutTail(FileSystem& files, File& file, const Path& path, std::uint64_t end) {
    Recovery recovery;
    SOTTO_ASSIGN(const std::uint64_t size, file.size());
    if (size <= end) return recovery;
    recovery.quarantinedBytes = size - end;
    SOTTO_ASSIGN(recovery.quarantineFile, freeName(files, path));
    SOTTO_TRY(copyAside(files, file, end, size, recovery.quarantineFile));
    SOTTO_TRY(file.truncate(end));
    SOTTO_TRY(file.sync());
    qCInfo(logStorage, "an unsynced tail of %llu bytes was copied aside and cut",
           static_cast<unsigned long long>(recovery.quarantinedBytes));
    return recovery;
}

}  // namespace sotto::sealedlog
