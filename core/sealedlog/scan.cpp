// SPDX-License-Identifier: Apache-2.0
#include "sealedlog/scan.h"

#include <algorithm>
#include <set>

#include "sealedlog/record.h"

namespace sotto::sealedlog {

namespace {

constexpr std::size_t kWindowSize = 1U << 20;

/// Looks at a file front to back through a buffer that grows only to the largest piece asked for.
class Window {
public:
    Window(const File& file, std::uint64_t fileSize) : m_file(file), m_fileSize(fileSize) {}

    /// `size` bytes at `offset`; fewer only at the end of the file. Valid until the next call.
    Result<ByteView> at(std::uint64_t offset, std::uint64_t size) {
        const std::uint64_t wanted = std::min(size, m_fileSize - std::min(offset, m_fileSize));
        if (offset < m_start || offset + wanted > m_start + m_filled) SOTTO_TRY(fill(offset, wanted));
        const std::uint64_t there = std::min(wanted, m_start + m_filled - offset);
        return ByteView(m_buffer).subspan(offset - m_start, there);
    }

private:
    Result<> fill(std::uint64_t offset, std::uint64_t wanted) {
        m_buffer.resize(std::max<std::uint64_t>({wanted, kWindowSize, m_buffer.size()}));
        m_start = offset;
        m_filled = 0;
        const std::uint64_t left = m_fileSize - std::min(offset, m_fileSize);
        const ByteSpan target = ByteSpan(m_buffer).first(std::min<std::uint64_t>(m_buffer.size(), left));
        SOTTO_ASSIGN(m_filled, m_file.read(offset, target));
        return {};
    }

    const File& m_file;
    std::uint64_t m_fileSize;
    Bytes m_buffer;
    std::uint64_t m_start = 0;
    std::uint64_t m_filled = 0;
};

/// Cheap test of 56 bytes before a MAC is computed over them; random bytes pass once in 65536 places or less.
bool looksLikeHeader(ByteView bytes) {
    if ((bytes[6] | bytes[7]) != 0) return false;  // flags
    ByteReader reader(bytes);
    if (reader.u32() > kMaxBody) return false;
    static_cast<void>(reader.u32());  // type and flags
    const std::uint64_t sequence = reader.u64();
    return sequence > 0 && reader.u64() < sequence;
}

class Scanner {
public:
    Scanner(const File& file, const LogKeys& keys, std::uint64_t fileSize) : m_keys(keys), m_window(file, fileSize) {
        m_result.fileSize = fileSize;
    }
    Scanner(const Scanner&) = delete;
    Scanner& operator=(const Scanner&) = delete;
    ~Scanner() { crypto::wipe(m_body); }

    Result<ScanResult> run(const OpenOptions& options) {
        if (m_result.fileSize < kRecordsStart) {
            damaged("the log is cut off inside its header slots");
        } else {
            SOTTO_TRY(followSequence());
            if (m_result.end < m_result.fileSize) SOTTO_TRY(judgeRest(options));
        }
        checkPromises(options);
        return std::move(m_result);
    }

private:
    /// The header at `offset` if its MAC verifies.
    Result<std::optional<RecordHeader>> headerAt(std::uint64_t offset) {
        SOTTO_ASSIGN(const ByteView bytes, m_window.at(offset, kRecordHeaderSize));
        if (bytes.size() < kRecordHeaderSize || !looksLikeHeader(bytes)) return std::optional<RecordHeader>();
        return parseRecordHeader(m_keys, bytes);
    }

    /// The index entry of the record at `offset`, if all of it is there and verifies.
    Result<std::optional<RecordInfo>> recordAt(std::uint64_t offset, const RecordHeader& header) {
        const std::uint64_t size = recordSize(header.bodySize);
        SOTTO_ASSIGN(const ByteView record, m_window.at(offset, size));
        if (record.size() < size) return std::optional<RecordInfo>();
        if (m_body.size() < header.bodySize) {
            crypto::wipe(m_body);
            m_body.resize(header.bodySize);
        }
        if (!openRecord(m_keys, record, ByteSpan(m_body).first(header.bodySize))) return std::optional<RecordInfo>();
        return std::optional(RecordInfo{header.sequence, offset, header.bodySize, header.type, tagOf(record)});
    }

    Result<> followSequence() {
        while (!m_result.isFinal && m_result.end < m_result.fileSize) {
            SOTTO_ASSIGN(const auto header, headerAt(m_result.end));
            if (!header || header->sequence != m_result.head.sequence + 1 || header->previous != m_result.head.tag) {
                return {};
            }
            SOTTO_ASSIGN(const auto record, recordAt(m_result.end, *header));
            if (!record) return {};
            m_result.records.push_back(*record);
            m_result.head = {record->sequence, record->tag};
            m_result.end += recordSize(record->bodySize);
            m_result.durable = std::max(m_result.durable, header->durable);
            m_result.isFinal = record->type == kFinalType;
        }
        return {};
    }

    /// Something behind the last good record does not fit. It is the end of a broken-off write unless a later header
    /// proves that the next record had already been durable.
    Result<> judgeRest(const OpenOptions& options) {
        const std::uint64_t next = m_result.head.sequence + 1;
        bool wasDurable =
            m_result.isFinal || options.mustBeFinal || (options.anchor && options.anchor->sequence >= next);
        std::vector<RecordInfo> salvaged;
        std::set<std::uint64_t> known;
        std::uint64_t offset = m_result.end;
        while (offset + kRecordHeaderSize <= m_result.fileSize) {
            SOTTO_ASSIGN(const auto header, headerAt(offset));
            if (!header) {
                ++offset;
                continue;
            }
            // FINAL is written behind synced records only, so nothing can stand before it but the record it follows.
            const bool strayFinal = header->type == kFinalType && offset != m_result.end;
            wasDurable = wasDurable || header->durable >= next || strayFinal;
            SOTTO_ASSIGN(const auto record, recordAt(offset, *header));
            // A copy of a record that is already there must not be given back twice.
            if (record && record->sequence >= next && known.insert(record->sequence).second) {
                salvaged.push_back(*record);
            }
            offset += record ? recordSize(record->bodySize) : 1;
        }
        if (!wasDurable) {
            m_result.integrity = Integrity::UnsyncedTail;
            m_result.note = std::to_string(m_result.fileSize - m_result.end) +
                            " bytes of a broken-off write lie behind record " + std::to_string(next - 1);
            return {};
        }
        damaged("the log does not verify behind record " + std::to_string(next - 1) + "; " +
                std::to_string(salvaged.size()) + " later records do");
        m_result.records.insert(m_result.records.end(), salvaged.begin(), salvaged.end());
        return {};
    }

    /// What somebody else remembers about this log.
    void checkPromises(const OpenOptions& options) {
        if (options.anchor && options.anchor->sequence > 0 && !meets(*options.anchor)) {
            damaged("the log does not hold record " + std::to_string(options.anchor->sequence) +
                    " as it was remembered: it was cut or replaced");
        }
        if (options.anchorRequired && !options.anchor) {
            damaged("nobody remembers a log of this id: another file was put in its place");
        }
        if (options.mustBeFinal && !m_result.isFinal) damaged("the log was finished and has lost its end");
    }

    [[nodiscard]] bool meets(const Anchor& anchor) const {
        // Up to the head the sequence is unbroken, so record n stands at place n - 1.
        return anchor.sequence <= m_result.head.sequence && m_result.records[anchor.sequence - 1].tag == anchor.tag;
    }

    void damaged(std::string note) {
        if (m_result.integrity == Integrity::Damaged) return;
        m_result.integrity = Integrity::Damaged;
        m_result.note = std::move(note);
    }

    const LogKeys& m_keys;
    Window m_window;
    Bytes m_body;
    ScanResult m_result;
};

}  // namespace

Result<ScanResult> scanRecords(const File& file, const LogKeys& keys, OpenOptions options) {
    SOTTO_ASSIGN(const std::uint64_t fileSize, file.size());
    if (!options.anchor && options.anchorFor) options.anchor = options.anchorFor(keys.id);
    return Scanner(file, keys, fileSize).run(options);
}

Result<Bytes> readRecord(const File& file, const LogKeys& keys, const RecordInfo& record) {
    if (record.bodySize > kMaxBody) return fail(ErrorCode::InvalidArgument, "no record is that large");
    Bytes sealed(recordSize(record.bodySize));
    SOTTO_ASSIGN(const std::size_t count, file.read(record.offset, sealed));
    Bytes body(record.bodySize);
    const bool isWhole = count == sealed.size() && tagOf(sealed) == record.tag;
    if (!isWhole || !openRecord(keys, sealed, body)) {
        return fail(ErrorCode::Damaged, "record " + std::to_string(record.sequence) + " does not verify any more");
    }
    return body;
}

}  // namespace sotto::sealedlog
