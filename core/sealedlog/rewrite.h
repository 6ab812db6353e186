// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/file.h"
#include "base/ids.h"
#include "crypto/age/keys.h"
#include "sealedlog/format.h"
#include "sealedlog/log_reader.h"
#include "sealedlog/log_writer.h"

/// Putting a log of other content, under a new file id and a new random file key, in the place of one that exists.
/// At any moment, whatever fails, the name leads to the old log or to the new one, each whole (README.md, "Rewrite").
namespace sotto::sealedlog {

struct NewRecord {
    std::uint16_t type = 0;
    Bytes body;
};

/// What takes the place of one record: usually itself; nothing; or several. Asked in file order, once for each record
/// that verifies, never for FINAL. An error ends the rewrite, and the old log stays.
using Filter = std::function<Result<std::vector<NewRecord>>(const RecordInfo&, Bytes body)>;

struct Rewritten {
    FileId oldId, newId;
    Anchor head;  ///< of the new log; its FINAL if it is finished
    std::uint64_t bytesBefore = 0;
    std::uint64_t bytesAfter = 0;
    std::string damage;  ///< what was wrong with the old log, which the new one does not show; else empty
};

/// Called when the new log is whole, synced, reopened and verified, before the old one goes: the owner makes the new
/// anchor durable, beside the old one. An error keeps the old log.
using BeforeReplace = std::function<Result<>(const Rewritten&)>;

/// Rewrites a log under new keys for the recipients; sequences count from 1 again, and a finished log stays finished.
/// A damaged log that is rewritten verifies afterwards: whoever asks for that remembers Rewritten::damage.
///
/// An unsynced tail, and the quarantine files `<path>.tail-*`, go with the old log.
///
/// Errors: those of LogReader::open; Busy (somebody has it open for writing); Damaged (it does not verify whole, and
/// options.keepWhatVerifies is not set); NewerVersion (a reserved record type); those of the filter, of `before` and of
/// the disk. After an error the old log stands, untouched, and no `.rewrite` stays, with one exception: if the folder
/// could not be synced after the rename, the new log stands, but a power cut may bring back the old one. So the owner
/// keeps both anchors until a rewrite, or dropUnfinishedRewrite(), has succeeded. Trying again is always right.
[[nodiscard]] Result<Rewritten> rewrite(FileSystem& files, const Path& path,
                                        std::span<const crypto::age::Identity> identities,
                                        std::span<const crypto::age::Recipient> recipients, const Filter& filter,
                                        const BeforeReplace& before = {}, const OpenOptions& options = {});

/// For recovery, by whoever holds the lock of the home: removes a left-over `<path>.rewrite` (it is never taken over)
/// and syncs the folder, so that the log that stands at `path` now stays there.
[[nodiscard]] Result<> dropUnfinishedRewrite(FileSystem& files, const Path& path);

/// A new log on its way into the place of an old one: begin, append, finish if need be, verify, takePlace, in this
/// order. The caller holds the lock of the old log all the while. Unless it took its place, the new log goes with this
/// object. Not thread-safe.
class Replacement {
public:
    /// Removes a stale `<path>.rewrite` and creates a new one with keys of its own.
    [[nodiscard]] static Result<Replacement> begin(FileSystem& files, const Path& path, Kind kind,
                                                   std::span<const crypto::age::Recipient> recipients);
    Replacement(Replacement&&) noexcept;
    Replacement& operator=(Replacement&&) = delete;
    ~Replacement();

    [[nodiscard]] Result<> append(std::uint16_t type, ByteView body);
    [[nodiscard]] Result<> finish();
    /// Syncs, opens the file anew by the identities, and compares every record with what append() was given: number,
    /// types and bodies. Damaged if they differ; WrongKey if these identities could not open the new log.
    [[nodiscard]] Result<> verify(std::span<const crypto::age::Identity> identities);
    /// Calls `before`, removes the old log's `.tail-*`, renames over the old log, syncs the folder. After verify().
    [[nodiscard]] Result<Rewritten> takePlace(const FileId& oldId, std::uint64_t bytesBefore,
                                              const BeforeReplace& before = {});
    /// The new log so far, for reading it.
    [[nodiscard]] const LogWriter& writer() const;
    /// True once the name leads to the new log, even if takePlace() failed to make that durable.
    [[nodiscard]] bool isInPlace() const;
    /// The new log, open and locked, for going on with it. After takePlace(), once.
    [[nodiscard]] LogWriter takeWriter();

private:
    struct State;
    explicit Replacement(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

}  // namespace sotto::sealedlog
