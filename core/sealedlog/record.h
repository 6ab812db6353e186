// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>

#include "base/bytes.h"
#include "sealedlog/format.h"
#include "sealedlog/slots.h"

/// One record of a log: how it is sealed and opened. Inside of this module; tests and the fuzzer too.
namespace sotto::sealedlog {

/// The plain fields of a record header.
struct RecordHeader {
    std::uint32_t bodySize = 0;
    std::uint16_t type = 0;
    std::uint16_t flags = 0;
    std::uint64_t sequence = 0;
    std::uint64_t durable = 0;  ///< every record up to this one was synced before this one was written
    Tag previous{};             ///< tag of the record before; zero for the first
    bool operator==(const RecordHeader&) const = default;
};

[[nodiscard]] inline std::uint64_t recordSize(std::uint32_t bodySize) {
    return kRecordOverhead + std::uint64_t{bodySize};
}

/// Reads a header whose keyed MAC verifies; nothing otherwise. `bytes` are kRecordHeaderSize.
[[nodiscard]] std::optional<RecordHeader> parseRecordHeader(const LogKeys& keys, ByteView bytes);

/// Seals into `out`, which is resized to the whole record. Returns its tag.
Tag sealRecord(const LogKeys& keys, const RecordHeader& header, ByteView body, Bytes& out);

/// Opens a whole record into `body` of exactly its plaintext size. False, and `body` zero, if it does not verify.
[[nodiscard]] bool openRecord(const LogKeys& keys, ByteView record, ByteSpan body);

/// The tag at the end of a whole record.
[[nodiscard]] Tag tagOf(ByteView record);

}  // namespace sotto::sealedlog
