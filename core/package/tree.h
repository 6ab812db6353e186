// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/file.h"
#include "crypto/hash.h"

// Names and trees of files; for this module and for workflow, which stands above it.
namespace sotto::package {

/// The name of a package's file in its one form: relative, '/' between the parts, no dots, no doubled slashes.
/// An empty string stands for the folder itself ("./"). Nothing for names that could lead out of it, that are not
/// UTF-8 or that some file system would read in another way (backslash, control characters).
[[nodiscard]] std::optional<std::string> normalisedName(std::string_view name);

/// Removes a file or a folder with all that is below; links are removed, never followed. Nothing there is no error.
[[nodiscard]] Result<> removeTree(FileSystem& files, const Path& path);

/// Size and SHA-256 of a file, streamed.
struct FileDigest {
    std::uint64_t size = 0;
    crypto::Sha256Digest sha256{};
    bool operator==(const FileDigest&) const = default;
};
[[nodiscard]] Result<FileDigest> digestOf(FileSystem& files, const Path& path);

/// All files below `root` by normalised name. ParseFailed if there are more than a tar may hold.
[[nodiscard]] Result<std::map<std::string, FileDigest>> digestsBelow(FileSystem& files, const Path& root);

/// `path` with a suffix on its last name: "a/b" + ".part".
[[nodiscard]] Path withSuffix(const Path& path, std::string_view suffix);
/// The folder that `path` stands in, "." for a bare name.
[[nodiscard]] Path folderOf(const Path& path);

}  // namespace sotto::package
