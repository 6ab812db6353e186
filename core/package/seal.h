// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "base/file.h"
#include "crypto/age/keys.h"
#include "package/content.h"
#include "package/manifest.h"

namespace sotto::package {

/// The file in every package that says what else is in it; see README.md.
inline constexpr QLatin1String kManifestName("manifest.json");
inline constexpr int kPackageFormat = 1;

/// What sealing wrote.
struct SealedPackage {
    std::uint64_t size = 0;
    crypto::Sha256Digest sha256{};
    std::vector<Part> parts;  ///< 4 MiB pieces in order, with fresh random names
};

/// Streams files -> tar -> age -> `path`, one pass, no clear byte on the disk. Writes `<path>.part`, syncs and renames
/// it; on failure nothing stays. AlreadyExists if `path` is taken. manifest.json comes first: the facts of the file of
/// that name in `content` (if there is one), "format", and "files" with size and hash of each other file.
[[nodiscard]] Result<SealedPackage> sealFiles(FileSystem& files, const Path& path,
                                              std::span<const crypto::age::Recipient> recipients,
                                              const std::vector<PackageFile>& content);
[[nodiscard]] Result<SealedPackage> sealContent(FileSystem& files, const Path& path,
                                                std::span<const crypto::age::Recipient> recipients,
                                                const interview::SessionRecords& session,
                                                const recording::AudioMap& audio, const ContentPackage& content);

/// Decrypts and unpacks an age package to the folder `target` (must not exist), after checking every file against the
/// manifest.json inside. With `outer`, also checkLabel() before the folder gets its name. WrongKey, Damaged,
/// ParseFailed, NewerVersion, NotAllowed (label); on failure nothing stays. Clear text passes through
/// `<target>.part.tar` and `<target>.part`: call it only where clear text is allowed, at the lab.
[[nodiscard]] Result<> openPackage(FileSystem& files, const Path& ageFile,
                                   std::span<const crypto::age::Identity> identities, const Path& target,
                                   const Manifest* outer = nullptr);

/// Every file of an unpacked package is there as its manifest.json says, and nothing else. ParseFailed without a
/// readable manifest.json, NewerVersion, Damaged with the name of the first file that differs.
[[nodiscard]] Result<> checkUnpacked(FileSystem& files, const Path& folder);

/// The manifest.json of an unpacked package states the kind and practice of the signed manifest that it came with, and
/// the same session and device where it states any (research packages state neither). NotAllowed if not: somebody
/// signed for another's ciphertext. Says nothing about the other files.
[[nodiscard]] Result<> checkLabel(FileSystem& files, const Path& folder, const Manifest& outer);

/// Writes what sealContent would have sealed as clear files below `target` (must not exist): for rescue and tests at
/// the lab, never on a tablet.
[[nodiscard]] Result<> writeClearContent(FileSystem& files, const Path& target,
                                         const interview::SessionRecords& session, const recording::AudioMap& audio,
                                         const ContentPackage& content);

}  // namespace sotto::package
