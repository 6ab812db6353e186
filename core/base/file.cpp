// SPDX-License-Identifier: Apache-2.0
#include "base/file.h"

namespace sotto {

Result<Bytes> readFile(FileSystem& files, const Path& path, std::uint64_t limit) {
    SOTTO_ASSIGN(const auto file, files.open(path, OpenMode::Read));
    SOTTO_ASSIGN(const std::uint64_t size, file->size());
    if (size > limit) {
        return fail(ErrorCode::ParseFailed, path.string() + " is larger than the " + std::to_string(limit) +
                                                " bytes that such a file may have");
    }
    Bytes content(size);
    SOTTO_ASSIGN(const std::size_t count, file->read(0, content));
    if (count != size) return fail(ErrorCode::IoFailed, path.string() + " became shorter while it was read");
    return content;
}

namespace {

Result<> writeWhole(FileSystem& files, const Path& path, ByteView content) {
    SOTTO_ASSIGN(const auto file, files.open(path, OpenMode::CreateNew));
    SOTTO_TRY(file->write(0, content));
    return file->sync();
}

}  // namespace

Result<> replaceFile(FileSystem& files, const Path& path, ByteView content) {
    Path fresh = path;
    fresh += ".new";
    SOTTO_ASSIGN(const bool leftOver, files.exists(fresh));
    if (leftOver) SOTTO_TRY(files.remove(fresh));
    Result<> done = writeWhole(files, fresh, content);
    if (done) done = files.rename(fresh, path);
    if (!done) {
        // The first error is the one that counts; a left-over .new is replaced by the next call.
        static_cast<void>(files.remove(fresh));
        return done;
    }
    return files.syncDirectory(path.parent_path());
}

}  // namespace sotto
