// SPDX-License-Identifier: Apache-2.0
#include "keyring/attempts.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <thread>

#include "crypto/hash.h"

namespace sotto::keyring {

namespace {

constexpr std::string_view kMagic = "SOTTOTRY";
constexpr std::uint16_t kVersion = 1;
constexpr std::uint32_t kMaxCount = 1'000'000;
constexpr std::uint64_t kFileSize = 8 + 2 + 4 + 16 + 8 + 8 + 32;
constexpr int kLockTries = 200;
constexpr std::chrono::milliseconds kLockPause{5};

using BootHash = std::array<std::uint8_t, 16>;

/// Boot ids come in any length; the file has a fixed one, so that it can be written over in place.
BootHash hashOf(const QString& bootId) {
    const crypto::Sha256Digest digest = crypto::sha256(viewOf(bootId.toUtf8()));
    BootHash hash{};
    std::copy_n(digest.begin(), hash.size(), hash.begin());
    return hash;
}

std::int64_t delayAfter(std::uint32_t count) {
    if (count < kFreeAttempts) return 0;
    const std::uint32_t doublings = std::min<std::uint32_t>(count - kFreeAttempts, 7);
    return std::min(kFirstDelayMs << doublings, kLongestDelayMs);
}

Result<> overwrite(FileSystem& files, const Path& path, ByteView content) {
    SOTTO_ASSIGN(const auto file, files.open(path, OpenMode::ReadWrite));
    SOTTO_TRY(file->write(0, content));
    return file->sync();
}

}  // namespace

struct Attempts::Record {
    std::uint32_t count = 0;
    BootHash boot{};
    std::int64_t bootMs = 0;
};

Result<std::optional<Attempts::Record>> Attempts::read() {
    const std::optional<Record> none;
    auto content = readFile(*m_files, m_path, kFileSize);
    const bool isMissing = !content && content.error().code == ErrorCode::NotFound;
    const bool isTooLong = !content && content.error().code == ErrorCode::ParseFailed;
    if (isMissing || isTooLong) return none;
    if (!content) return Failure(content.error());
    if (content->size() != kFileSize) return none;
    const ByteView bytes = *content;
    const crypto::Sha256Digest sum = crypto::sha256(bytes.first(kFileSize - sizeof(crypto::Sha256Digest)));
    ByteReader reader(bytes);
    const ByteView magic = reader.raw(kMagic.size());
    const bool isOurs = std::equal(magic.begin(), magic.end(), viewOf(kMagic).begin()) && reader.u16() == kVersion &&
                        std::equal(sum.begin(), sum.end(), bytes.last(sum.size()).begin());
    if (!isOurs) return none;
    Record record;
    record.count = reader.u32();
    record.boot = reader.array<16>();
    record.bootMs = static_cast<std::int64_t>(reader.u64());
    return std::optional(record);
}

Result<Attempts::Record> Attempts::readOrReplace(const Clock& clock) {
    SOTTO_ASSIGN(const std::optional<Record> record, read());
    if (record) return *record;
    SOTTO_TRY(store(kFreeAttempts, clock));
    const Instant now = clock.now();
    return Record{kFreeAttempts, hashOf(now.bootId), now.bootMs};
}

Result<std::unique_ptr<File>> Attempts::takeLock() {
    auto file = m_files->open(m_lockPath, OpenMode::ReadWrite);
    if (!file && file.error().code == ErrorCode::NotFound) {
        file = m_files->open(m_lockPath, OpenMode::CreateNew);
        // Another program was faster.
        if (!file && file.error().code == ErrorCode::AlreadyExists)
            file = m_files->open(m_lockPath, OpenMode::ReadWrite);
    }
    if (!file) return file;
    Result<> locked = (*file)->lock();
    for (int i = 1; i < kLockTries && !locked && locked.error().code == ErrorCode::Busy; ++i) {
        std::this_thread::sleep_for(kLockPause);
        locked = (*file)->lock();
    }
    if (locked) return file;
    if (locked.error().code != ErrorCode::Busy) return Failure(locked.error());
    return fail(ErrorCode::Busy, "another program is counting a try at this home; try again");
}

Result<> Attempts::store(std::uint32_t count, const Clock& clock) {
    // Without a try there is nothing to time: always the same bytes, so that unlocking leaves the file as it was.
    const Instant now = count > 0 ? clock.now() : Instant{};
    ByteWriter writer;
    writer.raw(viewOf(kMagic));
    writer.u16(kVersion);
    writer.u32(std::min(count, kMaxCount));
    writer.raw(count > 0 ? hashOf(now.bootId) : BootHash{});
    writer.u64(static_cast<std::uint64_t>(now.bootMs));
    writer.u64(static_cast<std::uint64_t>(now.utcMs));
    writer.raw(crypto::sha256(writer.view()));
    const Result<> replaced = replaceFile(*m_files, m_path, writer.view());
    if (replaced || replaced.error().code != ErrorCode::NoSpace) return replaced;
    // A full disk must not lock the owner out of the one app that can make room: the old bytes are written over,
    // which needs no new block. Torn by a power cut, the file counts as damaged, which costs half a minute.
    return overwrite(*m_files, m_path, writer.view());
}

Result<std::int64_t> Attempts::delay(const Clock& clock) {
    SOTTO_ASSIGN(std::optional<Record> record, read());
    if (record) return delayFrom(*record, clock.now());
    SOTTO_ASSIGN(const auto lock, takeLock());
    SOTTO_ASSIGN(record, readOrReplace(clock));
    return delayFrom(*record, clock.now());
}

Result<std::int64_t> Attempts::delayAsStored(const Clock& clock) {
    SOTTO_ASSIGN(const std::optional<Record> record, read());
    return record ? delayFrom(*record, clock.now()) : 0;
}

Result<std::int64_t> Attempts::countTry(const Clock& clock) {
    SOTTO_ASSIGN(const auto lock, takeLock());
    SOTTO_ASSIGN(const Record record, readOrReplace(clock));
    const std::int64_t delayMs = delayFrom(record, clock.now());
    if (delayMs == 0) SOTTO_TRY(store(record.count + 1, clock));
    return delayMs;
}

Result<> Attempts::reset(const Clock& clock) {
    SOTTO_ASSIGN(const auto lock, takeLock());
    return store(0, clock);
}

std::int64_t Attempts::delayFrom(const Record& record, const Instant& now) {
    const bool isSameBoot = record.boot == hashOf(now.bootId);
    const std::int64_t elapsed = isSameBoot ? now.bootMs - record.bootMs : now.bootMs;
    return std::max<std::int64_t>(0, delayAfter(record.count) - std::max<std::int64_t>(0, elapsed));
}

}  // namespace sotto::keyring
