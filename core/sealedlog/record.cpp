// SPDX-License-Identifier: Apache-2.0
#include "sealedlog/record.h"

#include <algorithm>

#include "base/check.h"
#include "crypto/aead.h"
#include "crypto/hash.h"

namespace sotto::sealedlog {

namespace {

constexpr std::size_t kMacOffset = kRecordHeaderSize - 16;
constexpr std::size_t kBodyOffset = kRecordHeaderSize + crypto::kAeadNonceSize;

/// File id || the first `size` bytes of a record: what header MAC and AEAD are bound to.
template <std::size_t size>
std::array<std::uint8_t, 16 + size> bound(const FileId& id, ByteView record) {
    std::array<std::uint8_t, 16 + size> result{};
    std::copy(id.raw().begin(), id.raw().end(), result.begin());
    std::copy_n(record.begin(), size, result.begin() + 16);
    return result;
}

crypto::Mac128 headerMac(const LogKeys& keys, ByteView record) {
    return crypto::mac128(keys.recordMac.view(), bound<kMacOffset>(keys.id, record));
}

}  // namespace

std::optional<RecordHeader> parseRecordHeader(const LogKeys& keys, ByteView bytes) {
    SOTTO_CHECK(bytes.size() == kRecordHeaderSize);
    if (!crypto::equalConstantTime(headerMac(keys, bytes), bytes.subspan(kMacOffset))) return std::nullopt;
    ByteReader reader(bytes);
    RecordHeader header;
    header.bodySize = reader.u32();
    header.type = reader.u16();
    header.flags = reader.u16();
    header.sequence = reader.u64();
    header.durable = reader.u64();
    header.previous = reader.array<16>();
    return header;
}

Tag sealRecord(const LogKeys& keys, const RecordHeader& header, ByteView body, Bytes& out) {
    ByteWriter writer;
    writer.u32(header.bodySize);
    writer.u16(header.type);
    writer.u16(header.flags);
    writer.u64(header.sequence);
    writer.u64(header.durable);
    writer.raw(header.previous);
    out.resize(kRecordOverhead + body.size());
    std::copy(writer.view().begin(), writer.view().end(), out.begin());
    const crypto::Mac128 mac = headerMac(keys, out);
    std::copy(mac.begin(), mac.end(), out.begin() + kMacOffset);
    const crypto::AeadNonce nonce = crypto::randomNonce();
    std::copy(nonce.begin(), nonce.end(), out.begin() + kRecordHeaderSize);
    crypto::aeadSeal(keys.record.view(), nonce, bound<kRecordHeaderSize>(keys.id, out), body,
                     ByteSpan(out).subspan(kBodyOffset));
    return tagOf(out);
}

bool openRecord(const LogKeys& keys, ByteView record, ByteSpan body) {
    SOTTO_CHECK(record.size() == kRecordOverhead + body.size());
    crypto::AeadNonce nonce{};
    std::copy_n(record.begin() + kRecordHeaderSize, nonce.size(), nonce.begin());
    return crypto::aeadOpen(keys.record.view(), nonce, bound<kRecordHeaderSize>(keys.id, record),
                            record.subspan(kBodyOffset), body);
}

Tag tagOf(ByteView record) {
    Tag tag{};
    std::ranges::copy(record.last(tag.size()), tag.begin());
    return tag;
}

}  // namespace sotto::sealedlog
