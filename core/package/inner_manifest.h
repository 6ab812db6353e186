// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include <QByteArray>

#include "package/content.h"
#include "package/tree.h"

// Private to this module: manifest.json inside a package.
namespace sotto::package {

inline constexpr std::uint64_t kMaxInnerManifest = std::uint64_t{64} << 20;  ///< bytes of a manifest.json

/// The name of the recording in a content package.
inline constexpr QLatin1String kAudioName("audio.opus");

/// Text of manifest.json: the facts that `content` brings, "format", and the list of its other files and of the
/// audio. InvalidArgument for doubled names or facts that are no JSON object.
[[nodiscard]] Result<QByteArray> innerManifest(const std::vector<PackageFile>& content,
                                               const std::optional<FileDigest>& audio);

/// The list out of manifest.json: name -> size and hash.
[[nodiscard]] Result<std::map<std::string, FileDigest>> readInnerManifest(ByteView text);

}  // namespace sotto::package
