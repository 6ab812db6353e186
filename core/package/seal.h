// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "base/file.h"
#include "crypto/age/keys.h"
#include "package/content.h"
#include "package/manifest.h"

namespace sotto::package {

/// What sealing wrote.
struct SealedPackage {
    std::uint64_t size = 0;
    crypto::Sha256Digest sha256{};
    std::vector<Part> parts;  ///< 4 MiB pieces in order, with fresh random names
};

/// Streams files -> tar -> age -> `path`, one pass, no clear byte on the disk. Writes `<path>.part`, syncs and renames
/// it; on failure nothing stays. manifest.json with the hash of each file is put first by this function.
[[nodiscard]] Result<SealedPackage> sealFiles(FileSystem& files, const Path& path,
                                              std::span<const crypto::age::Recipient> recipients,
                                              const std::vector<PackageFile>& content);
[[nodiscard]] Result<SealedPackage> sealContent(FileSystem& files, const Path& path,
                                                std::span<const crypto::age::Recipient> recipients,
                                                const interview::SessionRecords& session,
                                                const recording::AudioMap& audio, const ContentPackage& content);

/// Decrypts and unpacks an age package to the folder `target` (must not exist), then checks every file against the
/// manifest.json inside. WrongKey, Damaged, ParseFailed; on failure nothing stays.
[[nodiscard]] Result<> openPackage(FileSystem& files, const Path& ageFile,
                                   std::span<const crypto::age::Identity> identities, const Path& target);

/// Writes what sealContent would have sealed as clear files below `target` (must not exist): for rescue and tests at
/// the lab, never on a tablet.
[[nodiscard]] Result<> writeClearContent(FileSystem& files, const Path& target,
                                         const interview::SessionRecords& session, const recording::AudioMap& audio,
                                         const ContentPackage& content);

}  // namespace sotto::package
