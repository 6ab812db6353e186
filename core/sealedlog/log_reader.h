// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "base/file.h"
#include "base/ids.h"
#include "crypto/age/keys.h"
#include "sealedlog/format.h"

namespace sotto::sealedlog {

enum class Integrity {
    Ok,            ///< every byte of the file is accounted for
    UnsyncedTail,  ///< the end of a broken-off write lies behind the last record; nothing that was durable is missing
    Damaged,       ///< something that was durable does not verify, or an anchor is not met
};

struct RecordInfo {
    std::uint64_t sequence = 0;
    std::uint64_t offset = 0;    ///< of the record header in the file
    std::uint32_t bodySize = 0;  ///< plaintext bytes
    std::uint16_t type = 0;
    Tag tag{};
};

struct OpenOptions {
    std::optional<Anchor> anchor = {};  ///< not met -> Damaged
    bool mustBeFinal = false;           ///< a log known to be finished that has lost its FINAL record -> Damaged
    /// Looks the anchor up by the log's id, which is known only once the header is open; used if `anchor` is empty.
    std::function<std::optional<Anchor>(const FileId&)> anchorFor = {};
    /// An id that neither `anchor` nor `anchorFor` knows -> Damaged: an older file, or a strange one, was put here.
    bool anchorRequired = false;
    /// For rewrite() alone: a damaged log is rewritten too, from the records that verify.
    bool keepWhatVerifies = false;
};

/// A sealed log, opened for reading only: never repairs, never writes. Opening verifies every record. Keeps the file
/// open; not thread-safe. A damaged log opens all the same and gives back every record that verifies.
class LogReader {
public:
    /// NotFound; ParseFailed (not a sealed log); NewerVersion; WrongKey (no identity opens a slot that is whole);
    /// Damaged (both slots are unreadable). Damage behind the header is no failure here: see integrity().
    [[nodiscard]] static Result<LogReader> open(FileSystem& files, const Path& path,
                                                std::span<const crypto::age::Identity> identities,
                                                const OpenOptions& options = {});
    LogReader(LogReader&&) noexcept;
    LogReader& operator=(LogReader&&) noexcept;
    ~LogReader();

    [[nodiscard]] FileId fileId() const;
    [[nodiscard]] Kind kind() const;
    [[nodiscard]] Integrity integrity() const;
    /// English, one sentence, empty if Ok.
    [[nodiscard]] std::string integrityNote() const;
    /// True if one of the two header slots is unreadable; the next re-wrap mends it.
    [[nodiscard]] bool hasDamagedSlot() const;
    /// True if the log ends with its FINAL record.
    [[nodiscard]] bool isFinal() const;
    /// The last record that verifies in unbroken sequence; sequence 0 if there is none.
    [[nodiscard]] Anchor head() const;
    /// Every record that verifies, in file order, FINAL included. After damage the sequence numbers have holes.
    [[nodiscard]] const std::vector<RecordInfo>& records() const;
    /// Decrypts one record. Damaged if the file changed underneath.
    [[nodiscard]] Result<Bytes> read(const RecordInfo& record) const;

private:
    friend class LogWriter;
    struct State;
    explicit LogReader(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

/// Opens the header alone and verifies no record: tells whether these identities open the log. The log's id; errors as
/// LogReader::open().
[[nodiscard]] Result<FileId> openHeader(FileSystem& files, const Path& path,
                                        std::span<const crypto::age::Identity> identities);

}  // namespace sotto::sealedlog
