// SPDX-License-Identifier: Apache-2.0
// Feeds arbitrary bytes to LogReader, rewrite() and LogWriter::open, behind header slots that open. The file key is
// known here, so that the input can also ask for records with valid MACs and any header fields: else nothing would get
// past them.
//
// Input: pieces of (u8 what, u8 size, size bytes). what % 4: 0 raw bytes into the records; 1 a record sealed with the
// header fields and the body given; 2 the record that should come next; 3 raw bytes over the slots.
#include <algorithm>
#include <cstdlib>
#include <map>
#include <memory>
#include <set>
#include <vector>

#include "sealedlog/log_reader.h"
#include "sealedlog/log_writer.h"
#include "sealedlog/record.h"
#include "sealedlog/rewrite.h"
#include "sealedlog/slots.h"

using namespace sotto;
using namespace sotto::sealedlog;

namespace {

void require(bool condition) {
    if (!condition) std::abort();
}

/// A disk of files in memory, without faults.
class MemoryFiles final : public FileSystem {
public:
    std::map<Path, std::shared_ptr<Bytes>> files;

    Result<std::unique_ptr<File>> open(const Path& path, OpenMode mode) override {
        if (mode == OpenMode::CreateNew) files[path] = std::make_shared<Bytes>();
        if (files.count(path) == 0) return fail(ErrorCode::NotFound, "no such file");
        return std::make_unique<MemoryFile>(files[path]);
    }
    Result<bool> exists(const Path& path) override { return files.count(path) != 0; }
    Result<> rename(const Path& from, const Path& to) override {
        files[to] = files[from];
        files.erase(from);
        return {};
    }
    Result<> remove(const Path& path) override {
        files.erase(path);
        return {};
    }
    Result<> createDirectories(const Path&) override { return {}; }
    Result<> syncDirectory(const Path&) override { return {}; }
    Result<std::vector<DirectoryEntry>> list(const Path&) override { return std::vector<DirectoryEntry>(); }

private:
    class MemoryFile final : public File {
    public:
        explicit MemoryFile(std::shared_ptr<Bytes> content) : m_content(std::move(content)) {}
        Result<std::uint64_t> size() const override { return m_content->size(); }
        Result<std::size_t> read(std::uint64_t offset, ByteSpan buffer) const override {
            if (offset >= m_content->size()) return std::size_t{0};
            const std::size_t count = std::min(buffer.size(), m_content->size() - offset);
            std::copy_n(m_content->begin() + static_cast<std::ptrdiff_t>(offset), count, buffer.begin());
            return count;
        }
        Result<> write(std::uint64_t offset, ByteView bytes) override {
            if (m_content->size() < offset + bytes.size()) m_content->resize(offset + bytes.size());
            std::ranges::copy(bytes, m_content->begin() + static_cast<std::ptrdiff_t>(offset));
            return {};
        }
        Result<> sync() override { return {}; }
        Result<> truncate(std::uint64_t size) override {
            m_content->resize(size);
            return {};
        }
        Result<> reserve(std::uint64_t) override { return {}; }
        Result<> lock() override { return {}; }

    private:
        std::shared_ptr<Bytes> m_content;
    };
};

const crypto::age::Identity& fixedIdentity() {
    static const crypto::age::Identity identity = [] {
        return std::move(*crypto::age::Identity::fromSecret(crypto::SecureBytes::copyOf(Bytes(32, 0x42))));
    }();
    return identity;
}

const LogKeys& fixedKeys() {
    static const LogKeys keys = deriveKeys(FileId(FileId::Raw{7}), crypto::SecureBytes::copyOf(Bytes(32, 0x24)));
    return keys;
}

const Bytes& fixedSlots() {
    static const Bytes slotBytes = [] {
        const crypto::age::Recipient recipient = fixedIdentity().recipient();
        Bytes both = *buildSlot(fixedKeys(), Kind::Session, 1, {&recipient, 1});
        const Bytes second = *buildSlot(fixedKeys(), Kind::Session, 2, {&recipient, 1});
        both.insert(both.end(), second.begin(), second.end());
        return both;
    }();
    return slotBytes;
}

/// Builds the file that the input describes.
class Builder {
public:
    Bytes build(ByteView input) {
        m_file = fixedSlots();
        ByteReader reader(input);
        while (!reader.failed() && reader.remaining() > 0) {
            const std::uint8_t what = reader.u8();
            const ByteView bytes = reader.raw(std::min<std::size_t>(reader.u8(), reader.remaining()));
            if (what % 4 == 0) append(bytes);
            if (what % 4 == 1) appendSealed(chosenHeader(bytes), bytes);
            if (what % 4 == 2) appendSealed(nextHeader(what, bytes), bytes);
            if (what % 4 == 3) overwriteSlots(bytes);
        }
        return m_file;
    }

private:
    void append(ByteView bytes) { m_file.insert(m_file.end(), bytes.begin(), bytes.end()); }

    void appendSealed(const RecordHeader& header, ByteView body) {
        Bytes record;
        const Tag tag = sealRecord(fixedKeys(), header, body, record);
        m_last = {header.sequence, tag};
        append(record);
    }

    [[nodiscard]] RecordHeader chosenHeader(ByteView bytes) const {
        ByteReader reader(bytes);
        RecordHeader header;
        header.bodySize = reader.u32();
        header.type = reader.u16();
        header.flags = reader.u16();
        header.sequence = reader.u64();
        header.durable = reader.u64();
        header.previous = reader.u8() % 2 == 0 ? m_last.tag : Tag{};
        return header;
    }

    [[nodiscard]] RecordHeader nextHeader(std::uint8_t what, ByteView bytes) const {
        RecordHeader header;
        header.bodySize = static_cast<std::uint32_t>(bytes.size());
        header.type = what < 8 ? kFinalType : std::uint16_t{what};
        header.sequence = m_last.sequence + 1;
        header.durable = what >= 128 ? m_last.sequence : 0;
        header.previous = m_last.tag;
        return header;
    }

    void overwriteSlots(ByteView bytes) {
        ByteReader reader(bytes);
        const std::size_t place = reader.u16() % kRecordsStart;
        for (std::size_t i = 0; reader.remaining() > 0 && place + i < kRecordsStart; ++i) {
            m_file[place + i] = reader.u8();
        }
    }

    Bytes m_file;
    Anchor m_last;
};

void readAll(const LogReader& log, std::size_t fileSize) {
    std::set<std::uint64_t> sequences;
    for (const RecordInfo& record : log.records()) {
        require(record.offset + kRecordOverhead + record.bodySize <= fileSize);
        require(sequences.insert(record.sequence).second);
        const auto body = log.read(record);
        require(body.has_value() && body->size() == record.bodySize);
    }
    require(log.head().sequence <= log.records().size());
    require(log.integrity() == Integrity::Ok ? log.integrityNote().empty() : !log.integrityNote().empty());
}

/// A rewrite that keeps everything, from an input with damage or without: what verified is what the new log holds, and
/// it is whole.
void rewriteAll(const Bytes& file, const LogReader& log) {
    MemoryFiles files;
    const Path path = "/fuzzed.log";
    files.files[path] = std::make_shared<Bytes>(file);
    const std::span<const crypto::age::Identity> identities(&fixedIdentity(), 1);
    const crypto::age::Recipient recipient = fixedIdentity().recipient();
    std::vector<std::pair<std::uint16_t, Bytes>> seen;
    OpenOptions options;
    options.keepWhatVerifies = true;
    const auto done = rewrite(
        files, path, identities, {&recipient, 1},
        [&](const RecordInfo& record, Bytes body) -> Result<std::vector<NewRecord>> {
            seen.emplace_back(record.type, body);
            std::vector<NewRecord> kept;
            kept.push_back({record.type, std::move(body)});
            return kept;
        },
        {}, options);
    require(files.files.size() == 1);
    if (!done) {  // a record type that is reserved for the log
        require(done.error().code == ErrorCode::NewerVersion && *files.files[path] == file);
        return;
    }
    const auto fresh = LogReader::open(files, path, identities);
    require(fresh && fresh->integrity() == Integrity::Ok && fresh->fileId() == done->newId);
    const bool hadFinal =
        std::ranges::any_of(log.records(), [](const auto& record) { return record.type == kFinalType; });
    require(fresh->isFinal() == hadFinal && fresh->records().size() == seen.size() + (hadFinal ? 1 : 0));
    for (std::size_t i = 0; i < seen.size(); ++i) {
        const auto body = fresh->read(fresh->records()[i]);
        require(body && *body == seen[i].second && fresh->records()[i].type == seen[i].first);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    MemoryFiles files;
    const Path path = "/fuzzed.log";
    const Bytes file = Builder().build({data, size});
    files.files[path] = std::make_shared<Bytes>(file);
    const std::span<const crypto::age::Identity> identities(&fixedIdentity(), 1);
    Integrity integrity = Integrity::Damaged;
    bool isFinal = false;
    Anchor head;
    {
        const auto log = LogReader::open(files, path, identities);
        if (!log) return 0;
        readAll(*log, file.size());
        rewriteAll(file, *log);
        integrity = log->integrity();
        isFinal = log->isFinal();
        head = log->head();
    }
    const auto writer = LogWriter::open(files, path, identities);
    require(writer.has_value() == (integrity != Integrity::Damaged && !isFinal));
    if (!writer) require(*files.files[path] == file && files.files.size() == 1);
    if (writer) require(writer->head() == head);
    return 0;
}
