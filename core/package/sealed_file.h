// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/file.h"
#include "crypto/hash.h"
#include "package/seal.h"

// Private to this module: the ciphertext side of sealing.
namespace sotto::package {

/// A file that grows as `<path>.part`, hashed whole and by parts on the way, and that gets its name only when
/// complete. Given up without commit(), nothing of it stays. One thread.
class SealedFile {
public:
    /// AlreadyExists if `path` is taken. A `.part` of a run that was killed is replaced.
    [[nodiscard]] static Result<SealedFile> create(FileSystem& files, const Path& path);
    SealedFile(SealedFile&& other) noexcept;
    SealedFile& operator=(SealedFile&&) = delete;
    ~SealedFile();

    [[nodiscard]] Result<> write(ByteView bytes);
    /// Syncs, renames, syncs the folder.
    [[nodiscard]] Result<SealedPackage> commit();

private:
    SealedFile(FileSystem& files, Path path) : m_files(&files), m_path(std::move(path)) {}
    void closePart();

    FileSystem* m_files;
    Path m_path;
    Path m_present;  ///< what is on the disk and to be removed again; empty: nothing
    std::unique_ptr<File> m_file;
    crypto::Sha256 m_hash;
    crypto::Sha256 m_partHash;
    std::uint64_t m_partSize = 0;
    SealedPackage m_result;
};

}  // namespace sotto::package
