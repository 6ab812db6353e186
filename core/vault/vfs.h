// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "sealedlog/log_reader.h"
#include "sealedlog/log_writer.h"
#include "vault/page_image.h"

struct sqlite3_vfs;

namespace sotto::vault {

inline constexpr std::uint16_t kCommitType = 1;  ///< the only record type in a vault's log

/// What lies beneath one SQLite connection: the page image and the log that its commits go to. Read-only if there is
/// no writer. One thread.
struct PageStore {
    PageImage image;
    std::optional<sealedlog::LogWriter> writer;
    std::optional<sealedlog::LogReader> reader;  ///< instead of the writer, when read-only
    /// A sync of the log failed: nobody knows what is on the disk, so every call is refused from then on.
    bool isPoisoned = false;
    /// A working copy without a log: a commit stays in memory.
    bool isScratch = false;
    /// Another log is about to take this one's place: a commit is refused, as it would be lost with this one.
    bool isBeingReplaced = false;

    [[nodiscard]] bool canWrite() const { return writer.has_value() || isScratch; }
    /// Makes what changed since the last commit durable as one record; nothing is written if nothing changed.
    /// NoSpace and IoFailed leave the changes pending; HandlePoisoned is final.
    [[nodiscard]] Result<> commit();
    /// Fills the image from the records of the log, as far as their sequence is unbroken.
    [[nodiscard]] Result<> replay();
};

/// Fills an empty image from the commits of a log that is open for writing.
[[nodiscard]] Result<> replayInto(const sealedlog::LogWriter& log, PageImage& image);

/// A SQLite VFS for just one PageStore, registered under a name of its own while this object lives. It opens the main
/// database and nothing else: a journal, WAL, temporary or attached file is SQLITE_CANTOPEN, whatever SQLite does.
/// iVersion 1: no shared memory and no memory mapping, so that WAL is impossible.
class PageVfs {
public:
    explicit PageVfs(PageStore& store);
    PageVfs(const PageVfs&) = delete;
    PageVfs& operator=(const PageVfs&) = delete;
    ~PageVfs();
    [[nodiscard]] const char* name() const { return m_name.c_str(); }

private:
    std::string m_name;
    std::unique_ptr<sqlite3_vfs> m_vfs;
};

}  // namespace sotto::vault
