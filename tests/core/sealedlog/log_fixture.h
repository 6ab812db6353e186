// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <QTest>

#include "sealedlog/log_reader.h"
#include "sealedlog/log_writer.h"
#include "support/fault_file_system.h"
#include "support/result_check.h"

/// What the tests of sealed logs share.
namespace sotto::test {

inline const Path kLogPath = "/home/one.log";

/// One person's keys, as the span that opening wants and the list of recipients (the newest key) that creating wants.
class KeyRing {
public:
    KeyRing() { add(); }
    void add() { m_identities.push_back(crypto::age::Identity::generate()); }
    [[nodiscard]] std::span<const crypto::age::Identity> identities() const { return m_identities; }
    [[nodiscard]] std::vector<crypto::age::Recipient> recipients() const { return {m_identities.back().recipient()}; }

private:
    std::vector<crypto::age::Identity> m_identities;
};

/// Options for a log that is known to be finished, and for one that must hold an anchor.
[[nodiscard]] inline sealedlog::OpenOptions finishedLog() {
    sealedlog::OpenOptions options;
    options.mustBeFinal = true;
    return options;
}
[[nodiscard]] inline sealedlog::OpenOptions anchoredAt(const sealedlog::Anchor& anchor) {
    sealedlog::OpenOptions options;
    options.anchor = anchor;
    return options;
}

/// Body number n: content and length both differ from record to record; the first one is empty.
[[nodiscard]] inline Bytes bodyOf(std::uint64_t n) {
    Bytes body((n - 1) * 7 % 64);
    for (std::size_t i = 0; i < body.size(); ++i) {
        body[i] = static_cast<std::uint8_t>(n * 31 + i);
    }
    return body;
}

[[nodiscard]] inline std::uint16_t typeOf(std::uint64_t n) {
    return static_cast<std::uint16_t>(1 + n % 5);
}

/// Appends record n = last + 1 with the body that belongs to it.
[[nodiscard]] inline Result<> appendNext(sealedlog::LogWriter& log) {
    const std::uint64_t n = log.head().sequence + 1;
    SOTTO_ASSIGN(const std::uint64_t sequence, log.append(typeOf(n), bodyOf(n)));
    if (sequence != n) return fail(ErrorCode::Damaged, "the log counts wrongly");
    return {};
}

/// True if the record is one that appendNext() wrote, or FINAL, and its body comes back as it was.
[[nodiscard]] inline bool isGenuine(const sealedlog::LogReader& log, const sealedlog::RecordInfo& record) {
    const Result<Bytes> body = log.read(record);
    if (!body) return false;
    if (record.type == sealedlog::kFinalType) {
        ByteReader reader(*body);
        return reader.u64() == record.sequence - 1 && reader.finished();
    }
    return *body == bodyOf(record.sequence) && record.type == typeOf(record.sequence);
}

/// Every record given back is genuine and none comes twice.
[[nodiscard]] inline bool allGenuine(const sealedlog::LogReader& log) {
    std::vector<std::uint64_t> seen;
    for (const sealedlog::RecordInfo& record : log.records()) {
        if (!isGenuine(log, record) || std::ranges::count(seen, record.sequence) != 0) return false;
        seen.push_back(record.sequence);
    }
    return true;
}

/// Creates a log of `records` records at `path`, synced after each one of `syncAfter`.
[[nodiscard]] inline Result<> makeLog(FileSystem& files, const Path& path, const KeyRing& keys, std::uint64_t records,
                                      const std::vector<std::uint64_t>& syncAfter, bool finish) {
    SOTTO_TRY(files.createDirectories(path.parent_path()));
    SOTTO_ASSIGN(auto log, sealedlog::LogWriter::create(files, path, sealedlog::Kind::Session, keys.recipients()));
    for (std::uint64_t n = 1; n <= records; ++n) {
        SOTTO_TRY(appendNext(log));
        if (std::ranges::count(syncAfter, n) != 0) SOTTO_TRY(log.sync());
    }
    return finish ? log.finish() : Result<>();
}

}  // namespace sotto::test
