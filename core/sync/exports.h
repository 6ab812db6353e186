// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include <QString>

#include "base/file.h"
#include "base/ids.h"
#include "crypto/hash.h"

namespace sotto::sync {

/// A copy in clear that somebody at the lab made of what had arrived, beside what receive() opens by itself. When
/// people take part back, these are the copies that somebody has to delete by hand.
struct Export {
    QString how;                    ///< "open", "unseal", "rescue"; 40 characters at most
    crypto::Sha256Digest sha256{};  ///< of the sealed file that the copy was made from; all zero if it was a log
    SessionId session;              ///< null if it is not known
    QString where;                  ///< the path that it was written to
    QString whom;                   ///< for whom, as they said; may be empty
    std::int64_t atUtcMs = 0;
};

/// The folder of a desk (receive()'s OUT) that `file` lies in, at most four folders up: the one with a ledger.json.
[[nodiscard]] Result<std::optional<Path>> deskOf(FileSystem& files, const Path& file);

/// Appends to OUT/exports.json; durable on return. To be called before the copy is made: one that is noted and was not
/// made costs a look, one that was made and is not noted is lost. ParseFailed, NewerVersion: nothing is written.
[[nodiscard]] Result<> noteExport(FileSystem& files, const Path& out, const Export& made);
/// In the order in which they were made; empty if none was.
[[nodiscard]] Result<std::vector<Export>> exportsOf(FileSystem& files, const Path& out);

}  // namespace sotto::sync
