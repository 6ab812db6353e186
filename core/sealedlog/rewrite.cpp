// SPDX-License-Identifier: Apache-2.0
#include "sealedlog/rewrite.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "base/check.h"
#include "base/log.h"
#include "crypto/hash.h"

namespace sotto::sealedlog {

namespace {

Path rewritePath(const Path& path) {
    Path result = path;
    result += ".rewrite";
    return result;
}

Result<> removeIfThere(FileSystem& files, const Path& path) {
    SOTTO_ASSIGN(const bool isThere, files.exists(path));
    return isThere ? files.remove(path) : Result<>();
}

/// The quarantine files of a log hold bytes of it, sealed with the key that is to go.
Result<> removeTails(FileSystem& files, const Path& path) {
    const std::string prefix = path.filename().string() + ".tail-";
    SOTTO_ASSIGN(const auto entries, files.list(path.parent_path()));
    for (const DirectoryEntry& entry : entries) {
        if (!entry.isDirectory && entry.name.starts_with(prefix)) {
            SOTTO_TRY(files.remove(path.parent_path() / entry.name));
        }
    }
    return {};
}

/// Count and hash of records: equal for two logs that hold the same ones in the same order.
class Content {
public:
    void add(std::uint16_t type, ByteView body) {
        ByteWriter prefix;
        prefix.u16(type);
        prefix.u32(static_cast<std::uint32_t>(body.size()));
        m_hash.update(prefix.view());
        m_hash.update(body);
        ++m_count;
    }
    [[nodiscard]] std::uint64_t count() const { return m_count; }
    /// Once.
    [[nodiscard]] crypto::Sha256Digest finish() { return m_hash.finish(); }

private:
    crypto::Sha256 m_hash;
    std::uint64_t m_count = 0;
};

Failure differs() {
    return fail(ErrorCode::Damaged, "the new log does not read back as it was written; the old one stays");
}

Result<Content> contentOf(const LogReader& log) {
    Content content;
    for (const RecordInfo& record : log.records()) {
        if (record.type == kFinalType) continue;
        SOTTO_ASSIGN(Bytes body, log.read(record));
        content.add(record.type, body);
        crypto::wipe(body);
    }
    return content;
}

}  // namespace

struct Replacement::State {
    FileSystem* files = nullptr;
    Path path;
    Path temporary;
    std::optional<LogWriter> writer;
    Content content;
    bool isFinished = false;
    bool isVerified = false;
    bool isInPlace = false;
};

Replacement::Replacement(std::unique_ptr<State> state) : m_state(std::move(state)) {}
Replacement::Replacement(Replacement&&) noexcept = default;

Replacement::~Replacement() {
    if (!m_state || m_state->isInPlace) return;
    m_state->writer.reset();
    // The error that led here is the one that counts; what can't be removed now goes with the next try.
    static_cast<void>(m_state->files->remove(m_state->temporary));
}

Result<Replacement> Replacement::begin(FileSystem& files, const Path& path, Kind kind,
                                       std::span<const crypto::age::Recipient> recipients) {
    const Path temporary = rewritePath(path);
    SOTTO_TRY(removeIfThere(files, temporary));
    SOTTO_ASSIGN(LogWriter writer, LogWriter::create(files, temporary, kind, recipients));
    auto state = std::make_unique<State>();
    state->files = &files;
    state->path = path;
    state->temporary = temporary;
    state->writer.emplace(std::move(writer));
    return Replacement(std::move(state));
}

Result<> Replacement::append(std::uint16_t type, ByteView body) {
    SOTTO_CHECK(!m_state->isVerified);
    SOTTO_TRY(m_state->writer->append(type, body));
    m_state->content.add(type, body);
    return {};
}

Result<> Replacement::finish() {
    SOTTO_TRY(m_state->writer->finish());
    m_state->isFinished = true;
    return {};
}

Result<> Replacement::verify(std::span<const crypto::age::Identity> identities) {
    State& state = *m_state;
    SOTTO_CHECK(!state.isVerified);
    if (!state.isFinished) SOTTO_TRY(state.writer->sync());
    OpenOptions options;
    options.anchor = state.writer->head();
    options.mustBeFinal = state.isFinished;
    SOTTO_ASSIGN(const LogReader log, LogReader::open(*state.files, state.temporary, identities, options));
    const bool isSame = log.fileId() == state.writer->fileId() && log.kind() == state.writer->kind() &&
                        log.head() == state.writer->head() && log.isFinal() == state.isFinished;
    if (log.integrity() != Integrity::Ok || log.hasDamagedSlot() || !isSame) return differs();
    SOTTO_ASSIGN(Content found, contentOf(log));
    if (found.count() != state.content.count() || found.finish() != state.content.finish()) return differs();
    state.isVerified = true;
    return {};
}

Result<Rewritten> Replacement::takePlace(const FileId& oldId, std::uint64_t bytesBefore, const BeforeReplace& before) {
    State& state = *m_state;
    SOTTO_CHECK(state.isVerified && !state.isInPlace);
    const Rewritten result{oldId,       state.writer->fileId(),   state.writer->head(),
                           bytesBefore, state.writer->fileSize(), {}};
    if (before) SOTTO_TRY(before(result));
    // Before the rename, so that none is left behind once the new log stands, whatever happens. They hold nothing
    // that was ever promised.
    SOTTO_TRY(removeTails(*state.files, state.path));
    SOTTO_TRY(state.files->rename(state.temporary, state.path));
    state.isInPlace = true;
    SOTTO_TRY(state.files->syncDirectory(state.path.parent_path()));
    qCDebug(logStorage, "a sealed log was rewritten: %llu bytes, now %llu",
            static_cast<unsigned long long>(result.bytesBefore), static_cast<unsigned long long>(result.bytesAfter));
    return result;
}

const LogWriter& Replacement::writer() const {
    return *m_state->writer;
}

bool Replacement::isInPlace() const {
    return m_state->isInPlace;
}

LogWriter Replacement::takeWriter() {
    SOTTO_CHECK(m_state->isInPlace && m_state->writer);
    LogWriter writer = *std::move(m_state->writer);
    m_state->writer.reset();
    return writer;
}

namespace {

Result<> copyFiltered(const LogReader& old, const Filter& filter, Replacement& replacement) {
    SOTTO_CHECK(filter);
    for (const RecordInfo& record : old.records()) {
        if (record.type == kFinalType) continue;
        if (record.type >= kFirstReservedType) {
            return fail(ErrorCode::NewerVersion, "this log holds records of a kind that only a newer Sotto knows");
        }
        SOTTO_ASSIGN(Bytes body, old.read(record));
        SOTTO_ASSIGN(std::vector<NewRecord> kept, filter(record, std::move(body)));
        Result<> appended;
        for (NewRecord& fresh : kept) {
            if (appended) appended = replacement.append(fresh.type, fresh.body);
            crypto::wipe(fresh.body);
        }
        SOTTO_TRY(std::move(appended));
    }
    return {};
}

/// Even if it lies behind damage: a log that was finished takes no more records.
bool hasFinal(const LogReader& log) {
    return std::ranges::any_of(log.records(), [](const RecordInfo& record) { return record.type == kFinalType; });
}

}  // namespace

Result<Rewritten> rewrite(FileSystem& files, const Path& path, std::span<const crypto::age::Identity> identities,
                          std::span<const crypto::age::Recipient> recipients, const Filter& filter,
                          const BeforeReplace& before, const OpenOptions& options) {
    SOTTO_ASSIGN(const auto held, files.open(path, OpenMode::ReadWrite));
    SOTTO_TRY(held->lock());
    SOTTO_ASSIGN(const std::uint64_t bytesBefore, held->size());
    SOTTO_ASSIGN(const LogReader old, LogReader::open(files, path, identities, options));
    if (old.integrity() == Integrity::Damaged && !options.keepWhatVerifies) {
        return fail(ErrorCode::Damaged, old.integrityNote());
    }
    SOTTO_ASSIGN(Replacement replacement, Replacement::begin(files, path, old.kind(), recipients));
    SOTTO_TRY(copyFiltered(old, filter, replacement));
    if (hasFinal(old) || options.mustBeFinal) SOTTO_TRY(replacement.finish());
    SOTTO_TRY(replacement.verify(identities));
    const std::string damage = old.integrity() == Integrity::Damaged ? old.integrityNote() : std::string();
    const auto tellDamage = [&](Rewritten next) -> Result<> {
        next.damage = damage;
        return before ? before(next) : Result<>();
    };
    SOTTO_ASSIGN(Rewritten done, replacement.takePlace(old.fileId(), bytesBefore, tellDamage));
    done.damage = damage;
    return done;
}

Result<> dropUnfinishedRewrite(FileSystem& files, const Path& path) {
    SOTTO_TRY(removeIfThere(files, rewritePath(path)));
    return files.syncDirectory(path.parent_path());
}

}  // namespace sotto::sealedlog
