// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/file.h"
#include "sealedlog/log_writer.h"

/// Cutting off the unsynced tail of a log. Inside of this module.
namespace sotto::sealedlog {

/// Copies what lies behind `end` to `<path>.tail-<n>`, first free n, makes the copy durable, and only then shortens
/// the file to `end` and syncs it. Nothing to do if the file ends there.
[[nodiscard]] Result<Recovery> cutTail(FileSystem& files, File& file, const Path& path, std::uint64_t end);

}  // namespace sotto::sealedlog
