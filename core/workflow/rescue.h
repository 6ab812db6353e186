// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/file.h"
#include "crypto/age/keys.h"

namespace sotto::workflow {

/// What became of one sealed log.
struct Rescued {
    Path log;
    Path folder;       ///< where its clear content lies; empty if it did not open
    std::string note;  ///< English: integrity, or why it did not open
    bool opened = false;
    bool unfinished = false;  ///< its making was broken off before anything was in it: nothing is lost
    bool wrongKey = false;
    bool damaged = false;
};

/// Opens sealed logs with the lab's keys alone, without passphrase, keyring or vault. A session log becomes
/// OUT/<session>/content/, laid out as an opened content package; a vault becomes OUT/vaults/<name>.sqlite. For a
/// single session log the files lie directly in OUT. Never changes the source.
[[nodiscard]] Result<std::vector<Rescued>> rescue(FileSystem& files, const Path& logOrHome,
                                                  std::span<const crypto::age::Identity> identities, const Path& out);

}  // namespace sotto::workflow
