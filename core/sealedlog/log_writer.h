// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <span>

#include "base/file.h"
#include "base/ids.h"
#include "crypto/age/keys.h"
#include "sealedlog/format.h"
#include "sealedlog/log_reader.h"

namespace sotto::sealedlog {

/// What opening for writing had to do.
struct Recovery {
    std::uint64_t quarantinedBytes = 0;  ///< length of the unsynced tail that was copied aside and cut
    Path quarantineFile;                 ///< where the copy lies; empty if there was no tail
};

/// A sealed log, opened for appending. Holds an exclusive lock on the file. One thread at a time.
///
/// Durability: append() hands the record to the operating system, so a killed process loses nothing of it; sync()
/// makes everything appended so far survive a power cut. After a failed append (NoSpace, IoFailed) the file ends
/// where it ended before and the log may be used on. After a failed sync every call answers HandlePoisoned: open the
/// log anew, which verifies what is really there.
class LogWriter {
public:
    /// Creates the file, writes both header slots for the recipients (one to 30), syncs file and folder.
    /// AlreadyExists if the path is taken. On failure no file stays.
    [[nodiscard]] static Result<LogWriter> create(FileSystem& files, const Path& path, Kind kind,
                                                  std::span<const crypto::age::Recipient> recipients);

    /// Opens a log and verifies it whole. An unsynced tail is copied to `<path>.tail-<n>` (quarantine; still
    /// encrypted), synced, and only then cut off. Damaged: refused, nothing is touched (use LogReader).
    /// NotAllowed if the log is finished. `recovery`, if given, is told what was done.
    [[nodiscard]] static Result<LogWriter> open(FileSystem& files, const Path& path,
                                                std::span<const crypto::age::Identity> identities,
                                                const OpenOptions& options = {}, Recovery* recovery = nullptr);
    LogWriter(LogWriter&&) noexcept;
    LogWriter& operator=(LogWriter&&) noexcept;
    ~LogWriter();

    /// Appends one record and returns its sequence number. `type` below kFirstReservedType, body up to kMaxBody.
    [[nodiscard]] Result<std::uint64_t> append(std::uint16_t type, ByteView body);
    /// Makes all records so far durable. Later records carry the mark.
    [[nodiscard]] Result<> sync();
    /// Syncs, appends FINAL, syncs. After it the log takes no more records.
    [[nodiscard]] Result<> finish();
    /// Wraps the same file key to new recipients: writes the slot not in use, syncs, then the other, syncs. A crash
    /// at any moment leaves at least one whole slot, with the old or the new recipients.
    [[nodiscard]] Result<> rewrap(std::span<const crypto::age::Recipient> recipients);
    /// The same for a log that nobody has open for writing, finished or not: its records are neither read nor needed.
    /// Mends a damaged slot on the way. Errors as open(), Busy and what writing can bring.
    [[nodiscard]] static Result<> rewrap(FileSystem& files, const Path& path,
                                         std::span<const crypto::age::Identity> identities,
                                         std::span<const crypto::age::Recipient> recipients);
    /// Reserves room for `bytes` more, so that a full disk is known before it hurts. NoSpace if there is none.
    [[nodiscard]] Result<> reserve(std::uint64_t bytes);

    [[nodiscard]] FileId fileId() const;
    [[nodiscard]] Kind kind() const;
    /// The last record appended; sequence 0 if none.
    [[nodiscard]] Anchor head() const;
    /// Sequence of the last record known to be on the disk.
    [[nodiscard]] std::uint64_t durableSequence() const;
    [[nodiscard]] std::uint64_t fileSize() const;
    /// Every record so far, in order; grows with append().
    [[nodiscard]] const std::vector<RecordInfo>& records() const;
    [[nodiscard]] Result<Bytes> read(const RecordInfo& record) const;

private:
    struct State;
    static Result<std::unique_ptr<State>> load(FileSystem& files, const Path& path,
                                               std::span<const crypto::age::Identity> identities,
                                               const OpenOptions& options);
    explicit LogWriter(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

}  // namespace sotto::sealedlog
