// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "sealedlog/rewrite.h"
#include "vault/database.h"
#include "vault/page_image.h"

/// The steps of Vault::compact(). Inside of this module.
namespace sotto::vault {

/// Merges the parts of every full-text index into one, so that the words of deleted rows are in none of its rows any
/// more: SQLite itself only marks them, and VACUUM copies what is marked.
[[nodiscard]] Result<> optimizeSearch(Database& database);

/// Begins a log that holds the image as its only commit, verifies it by the identities, and replays it: every byte of
/// the image comes back. Damaged if not.
[[nodiscard]] Result<sealedlog::Replacement> writeImage(FileSystem& files, const Path& path, sealedlog::Kind kind,
                                                        const PageImage& image,
                                                        std::span<const crypto::age::Recipient> recipients,
                                                        std::span<const crypto::age::Identity> identities);

}  // namespace sotto::vault
