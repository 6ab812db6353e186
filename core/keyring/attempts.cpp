// SPDX-License-Identifier: Apache-2.0
#include "keyring/attempts.h"

#include <algorithm>
#include <array>
#include <optional>

#include "crypto/hash.h"

namespace sotto::keyring {

namespace {

constexpr std::string_view kMagic = "SOTTOTRY";
constexpr std::uint16_t kVersion = 1;
constexpr std::uint32_t kMaxCount = 1'000'000;
constexpr std::uint64_t kFileSize = 8 + 2 + 4 + 16 + 8 + 8 + 32;

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

Result<Attempts::Record> Attempts::load(const Clock& clock) {
    auto content = readFile(*m_files, m_path, kFileSize);
    const bool isMissing = !content && content.error().code == ErrorCode::NotFound;
    const bool isTooLong = !content && content.error().code == ErrorCode::ParseFailed;
    if (!content && !isMissing && !isTooLong) return Failure(content.error());
    if (content && content->size() == kFileSize) {
        const ByteView bytes = *content;
        const crypto::Sha256Digest sum = crypto::sha256(bytes.first(kFileSize - sizeof(crypto::Sha256Digest)));
        ByteReader reader(bytes);
        const ByteView magic = reader.raw(kMagic.size());
        const bool isOurs = std::equal(magic.begin(), magic.end(), viewOf(kMagic).begin()) &&
                            reader.u16() == kVersion &&
                            std::equal(sum.begin(), sum.end(), bytes.last(sum.size()).begin());
        if (isOurs) {
            Record record;
            record.count = reader.u32();
            record.boot = reader.array<16>();
            record.bootMs = static_cast<std::int64_t>(reader.u64());
            return record;
        }
    }
    SOTTO_TRY(store(kFreeAttempts, clock));
    const Instant now = clock.now();
    return Record{kFreeAttempts, hashOf(now.bootId), now.bootMs};
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
    SOTTO_ASSIGN(const Record record, load(clock));
    const Instant now = clock.now();
    const bool isSameBoot = record.boot == hashOf(now.bootId);
    const std::int64_t elapsed = isSameBoot ? now.bootMs - record.bootMs : now.bootMs;
    return std::max<std::int64_t>(0, delayAfter(record.count) - std::max<std::int64_t>(0, elapsed));
}

Result<> Attempts::count(const Clock& clock) {
    SOTTO_ASSIGN(const Record record, load(clock));
    return store(record.count + 1, clock);
}

Result<> Attempts::reset(const Clock& clock) {
    return store(0, clock);
}

}  // namespace sotto::keyring
