// SPDX-License-Identifier: Apache-2.0
#include "sealedlog/log_writer.h"

#include "base/check.h"
#include "base/log.h"
#include "sealedlog/quarantine.h"
#include "sealedlog/record.h"
#include "sealedlog/scan.h"

namespace sotto::sealedlog {

struct LogWriter::State {
    std::unique_ptr<File> file;
    LogHead head;
    std::vector<RecordInfo> records;
    Anchor last;
    std::uint64_t durable = 0;
    std::uint64_t end = kRecordsStart;
    std::uint64_t reserved = 0;  ///< file size up to which room was taken
    bool isFinal = false;
    bool poisoned = false;
    Bytes scratch;

    [[nodiscard]] Result<> usable() const {
        if (!poisoned) return {};
        return fail(ErrorCode::HandlePoisoned, "an earlier write or sync of this log failed; open it anew");
    }

    [[nodiscard]] Result<> poisonUnless(Result<> done) {
        if (!done) {
            poisoned = true;
            qCWarning(logStorage, "sealed log given up after %s", errorName(done.error().code));
        }
        return done;
    }

    [[nodiscard]] Result<> sync() {
        if (durable == last.sequence) return {};
        SOTTO_TRY(poisonUnless(file->sync()));
        durable = last.sequence;
        return {};
    }

    /// Brings the file back to where it ended before a write that failed.
    void takeBack() {
        if (!file->truncate(end)) {
            poisoned = true;
            return;
        }
        // Shortening gave back what was reserved. Whether it can be had again shows with the next append.
        if (reserved > end) static_cast<void>(file->reserve(reserved));
    }

    [[nodiscard]] Result<std::uint64_t> append(std::uint16_t type, ByteView body) {
        RecordHeader header;
        header.bodySize = static_cast<std::uint32_t>(body.size());
        header.type = type;
        header.sequence = last.sequence + 1;
        header.durable = durable;
        header.previous = last.tag;
        const Tag tag = sealRecord(head.keys, header, body, scratch);
        if (Result<> written = file->write(end, scratch); !written) {
            takeBack();
            return Failure(std::move(written).error());
        }
        records.push_back({header.sequence, end, header.bodySize, type, tag});
        last = {header.sequence, tag};
        end += scratch.size();
        return header.sequence;
    }

    /// Verified records behind the last durable mark may be in the cache only, and a sync that failed in an earlier
    /// life may have left them there for good. Writing the same bytes once more makes a sync mean something.
    [[nodiscard]] Result<> makeDurable() {
        if (durable >= last.sequence) return {};
        Bytes piece;
        for (std::uint64_t n = durable; n < last.sequence; ++n) {
            piece.resize(recordSize(records[n].bodySize));
            SOTTO_ASSIGN(const std::size_t count, file->read(records[n].offset, piece));
            if (count != piece.size()) return fail(ErrorCode::IoFailed, "the log became shorter while it was read");
            SOTTO_TRY(file->write(records[n].offset, piece));
        }
        return sync();
    }
};

LogWriter::LogWriter(std::unique_ptr<State> state) : m_state(std::move(state)) {}
LogWriter::LogWriter(LogWriter&&) noexcept = default;
LogWriter& LogWriter::operator=(LogWriter&&) noexcept = default;
LogWriter::~LogWriter() = default;

namespace {

Result<> writeNewHead(FileSystem& files, File& file, const Path& path, LogHead& head,
                      std::span<const crypto::age::Recipient> recipients) {
    SOTTO_TRY(file.lock());
    SOTTO_ASSIGN(head.slotBytes[0], buildSlot(head.keys, head.kind, 1, recipients));
    SOTTO_ASSIGN(head.slotBytes[1], buildSlot(head.keys, head.kind, 2, recipients));
    Bytes both = head.slotBytes[0];
    both.insert(both.end(), head.slotBytes[1].begin(), head.slotBytes[1].end());
    SOTTO_TRY(file.write(0, both));
    SOTTO_TRY(file.sync());
    return files.syncDirectory(path.parent_path());
}

}  // namespace

Result<LogWriter> LogWriter::create(FileSystem& files, const Path& path, Kind kind,
                                    std::span<const crypto::age::Recipient> recipients) {
    auto state = std::make_unique<State>();
    state->head.kind = kind;
    state->head.keys = deriveKeys(FileId::random(), crypto::SecureBytes::random(32));
    state->head.generation = 2;
    state->head.current = 1;
    SOTTO_ASSIGN(state->file, files.open(path, OpenMode::CreateNew));
    if (Result<> written = writeNewHead(files, *state->file, path, state->head, recipients); !written) {
        state->file.reset();
        // The first error is the one that counts; what cannot be removed is no log that anybody was promised.
        static_cast<void>(files.remove(path));
        return Failure(std::move(written).error());
    }
    return LogWriter(std::move(state));
}

Result<std::unique_ptr<LogWriter::State>> LogWriter::load(FileSystem& files, const Path& path,
                                                          std::span<const crypto::age::Identity> identities,
                                                          const OpenOptions& options) {
    auto state = std::make_unique<State>();
    SOTTO_ASSIGN(state->file, files.open(path, OpenMode::ReadWrite));
    SOTTO_TRY(state->file->lock());
    SOTTO_ASSIGN(state->head, readHead(*state->file, identities));
    SOTTO_ASSIGN(ScanResult scan, scanRecords(*state->file, state->head.keys, options));
    if (scan.integrity == Integrity::Damaged) return fail(ErrorCode::Damaged, scan.note);
    if (scan.isFinal) return fail(ErrorCode::NotAllowed, "this log is finished and takes no more records");
    state->records = std::move(scan.records);
    state->last = scan.head;
    state->durable = scan.durable;
    state->end = scan.end;
    return state;
}

Result<LogWriter> LogWriter::open(FileSystem& files, const Path& path,
                                  std::span<const crypto::age::Identity> identities, const OpenOptions& options,
                                  Recovery* recovery) {
    SOTTO_ASSIGN(auto state, load(files, path, identities, options));
    SOTTO_ASSIGN(const Recovery done, cutTail(files, *state->file, path, state->end));
    SOTTO_TRY(state->makeDurable());
    if (recovery != nullptr) *recovery = done;
    return LogWriter(std::move(state));
}

Result<std::uint64_t> LogWriter::append(std::uint16_t type, ByteView body) {
    SOTTO_TRY(m_state->usable());
    if (m_state->isFinal) return fail(ErrorCode::NotAllowed, "this log is finished and takes no more records");
    if (type >= kFirstReservedType) return fail(ErrorCode::InvalidArgument, "that record type is reserved");
    if (body.size() > kMaxBody) return fail(ErrorCode::InvalidArgument, "a record of a log holds at most 80 MiB");
    return m_state->append(type, body);
}

Result<> LogWriter::sync() {
    SOTTO_TRY(m_state->usable());
    return m_state->sync();
}

Result<> LogWriter::finish() {
    SOTTO_TRY(m_state->usable());
    if (m_state->isFinal) return fail(ErrorCode::NotAllowed, "this log is finished already");
    SOTTO_TRY(m_state->sync());
    ByteWriter body;
    body.u64(m_state->last.sequence);
    SOTTO_TRY(m_state->append(kFinalType, body.view()));
    m_state->isFinal = true;
    return m_state->sync();
}

Result<> LogWriter::rewrap(std::span<const crypto::age::Recipient> recipients) {
    SOTTO_TRY(m_state->usable());
    // Judged before anything is written, so that a wrong argument costs no handle.
    SOTTO_TRY(buildSlot(m_state->head.keys, m_state->head.kind, m_state->head.generation, recipients));
    return m_state->poisonUnless(rewrapSlots(*m_state->file, m_state->head, recipients));
}

Result<> LogWriter::rewrap(FileSystem& files, const Path& path, std::span<const crypto::age::Identity> identities,
                           std::span<const crypto::age::Recipient> recipients) {
    SOTTO_ASSIGN(const auto file, files.open(path, OpenMode::ReadWrite));
    SOTTO_TRY(file->lock());
    SOTTO_ASSIGN(LogHead head, readHead(*file, identities));
    return rewrapSlots(*file, head, recipients);
}

Result<> LogWriter::reserve(std::uint64_t bytes) {
    SOTTO_TRY(m_state->usable());
    const std::uint64_t wanted = m_state->end + bytes;
    if (wanted <= m_state->reserved) return {};
    SOTTO_TRY(m_state->file->reserve(wanted));
    m_state->reserved = wanted;
    return {};
}

FileId LogWriter::fileId() const {
    return m_state->head.keys.id;
}

Kind LogWriter::kind() const {
    return m_state->head.kind;
}

Anchor LogWriter::head() const {
    return m_state->last;
}

std::uint64_t LogWriter::durableSequence() const {
    return m_state->durable;
}

std::uint64_t LogWriter::fileSize() const {
    return m_state->end;
}

const std::vector<RecordInfo>& LogWriter::records() const {
    return m_state->records;
}

Result<Bytes> LogWriter::read(const RecordInfo& record) const {
    SOTTO_TRY(m_state->usable());
    return readRecord(*m_state->file, m_state->head.keys, record);
}

}  // namespace sotto::sealedlog
