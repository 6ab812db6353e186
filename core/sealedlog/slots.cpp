// SPDX-License-Identifier: Apache-2.0
#include "sealedlog/slots.h"

#include <algorithm>

#include "crypto/age/age.h"
#include "crypto/hash.h"
#include "crypto/kdf.h"
#include "sealedlog/record.h"

namespace sotto::sealedlog {

namespace {

using crypto::SecureBytes;

constexpr std::string_view kMagic = "SOTTOLOG";
constexpr std::size_t kFixedSize = 36;  // magic to wrapped length
constexpr std::size_t kMacOffset = kSlotSize - 32;
constexpr std::size_t kMaxRecipients = 30;
constexpr std::size_t kFileKeySize = 32;

/// The plain fields of one slot; `wrapped` points into the slot's bytes.
struct SlotFields {
    bool hasMagic = false;
    bool isReadable = false;  ///< of this version, with fields that fit
    std::uint16_t version = 0;
    std::uint16_t kind = 0;
    FileId id;
    std::uint32_t generation = 0;
    ByteView wrapped;
};

SlotFields parseSlot(ByteView slot) {
    SlotFields fields;
    ByteReader reader(slot);
    const ByteView magic = reader.raw(kMagic.size());
    fields.hasMagic = !reader.failed() && std::ranges::equal(magic, viewOf(kMagic));
    if (!fields.hasMagic) return fields;
    fields.version = reader.u16();
    fields.kind = reader.u16();
    fields.id = FileId(reader.array<16>());
    fields.generation = reader.u32();
    fields.wrapped = reader.block(kMacOffset - kFixedSize);
    fields.isReadable = !reader.failed() && slot.size() == kSlotSize && fields.version == kFormatVersion;
    return fields;
}

/// What trying to open one slot by itself came to.
struct SlotTrial {
    std::optional<LogKeys> keys;  ///< set if the slot opened and verifies
    bool noMatch = false;         ///< well-formed, but wrapped to somebody else
};

SlotTrial tryOpen(ByteView slot, const SlotFields& fields, std::span<const crypto::age::Identity> identities) {
    SlotTrial trial;
    if (!fields.isReadable) return trial;
    Result<SecureBytes> fileKey = crypto::age::decryptBytes(identities, fields.wrapped);
    if (!fileKey) {
        trial.noMatch = fileKey.error().code == ErrorCode::WrongKey;
        return trial;
    }
    if (fileKey->size() != kFileKeySize) return trial;
    LogKeys keys = deriveKeys(fields.id, *std::move(fileKey));
    if (slotVerifies(keys, slot)) trial.keys = std::move(keys);
    return trial;
}

Result<Bytes> readSlotBytes(const File& file, std::size_t index) {
    Bytes slot(kSlotSize);
    SOTTO_ASSIGN(const std::size_t count, file.read(index * kSlotSize, slot));
    slot.resize(count);
    return slot;
}

Failure whyNothingOpened(const std::array<SlotFields, 2>& fields, const std::array<SlotTrial, 2>& trials) {
    if (!fields[0].hasMagic && !fields[1].hasMagic) return fail(ErrorCode::ParseFailed, "this is not a sealed log");
    bool anyReadable = false;
    bool allNoMatch = true;
    bool newer = false;
    for (std::size_t i = 0; i < 2; ++i) {
        newer = newer || (fields[i].hasMagic && fields[i].version > kFormatVersion);
        anyReadable = anyReadable || fields[i].isReadable;
        allNoMatch = allNoMatch && (!fields[i].isReadable || trials[i].noMatch);
    }
    if (!anyReadable && newer) {
        return fail(ErrorCode::NewerVersion, "this log was written by a newer Sotto; open it with that one");
    }
    if (anyReadable && allNoMatch) return fail(ErrorCode::WrongKey, "none of the keys given opens this log");
    return fail(ErrorCode::Damaged, "both header slots of this log are damaged");
}

/// True if the first record of the file was written under these keys.
Result<bool> firstRecordVerifies(const File& file, const LogKeys& keys) {
    std::array<std::uint8_t, kRecordHeaderSize> bytes{};
    SOTTO_ASSIGN(const std::size_t count, file.read(kRecordsStart, bytes));
    return count == bytes.size() && parseRecordHeader(keys, bytes).has_value();
}

bool agree(const SlotFields& a, const SlotFields& b) {
    return a.isReadable && b.isReadable && a.id == b.id && a.kind == b.kind;
}

LogHead makeHead(const std::array<SlotFields, 2>& fields, std::size_t index, LogKeys keys, bool spareWhole) {
    LogHead head;
    head.current = spareWhole && fields[1 - index].generation > fields[index].generation ? 1 - index : index;
    head.kind = static_cast<Kind>(fields[head.current].kind);
    head.generation = fields[head.current].generation;
    head.keys = std::move(keys);
    head.spareDamaged = !spareWhole;
    return head;
}

Result<LogHead> chooseHead(const File& file, const std::array<Bytes, 2>& slotBytes,
                           std::span<const crypto::age::Identity> identities) {
    const std::array<SlotFields, 2> fields{parseSlot(slotBytes[0]), parseSlot(slotBytes[1])};
    std::array<SlotTrial, 2> trials;
    for (std::size_t i = 0; i < 2; ++i) {
        trials[i] = tryOpen(slotBytes[i], fields[i], identities);
        if (!trials[i].keys) continue;
        const std::size_t other = 1 - i;
        // The spare needs no key of its own: the same file key authenticates it, whomever it is wrapped to.
        const bool spareWhole = agree(fields[i], fields[other]) && slotVerifies(*trials[i].keys, slotBytes[other]);
        if (spareWhole) return makeHead(fields, i, *std::move(trials[i].keys), true);
    }
    if (trials[0].keys && trials[1].keys) {
        // Each slot is whole, but one belongs to another file: the records say which.
        SOTTO_ASSIGN(const bool first, firstRecordVerifies(file, *trials[0].keys));
        SOTTO_ASSIGN(const bool second, firstRecordVerifies(file, *trials[1].keys));
        if (first == second) return fail(ErrorCode::Damaged, "the two header slots belong to different logs");
        trials[first ? 1 : 0].keys.reset();
    }
    for (std::size_t i = 0; i < 2; ++i) {
        if (trials[i].keys) return makeHead(fields, i, *std::move(trials[i].keys), false);
    }
    return whyNothingOpened(fields, trials);
}

}  // namespace

LogKeys deriveKeys(const FileId& id, SecureBytes fileKey) {
    LogKeys keys;
    keys.id = id;
    keys.header = crypto::hkdfSha256(fileKey.view(), id.raw(), "sotto sealed log v1 header");
    keys.recordMac = crypto::hkdfSha256(fileKey.view(), id.raw(), "sotto sealed log v1 record mac");
    keys.record = crypto::hkdfSha256(fileKey.view(), id.raw(), "sotto sealed log v1 record");
    keys.file = std::move(fileKey);
    return keys;
}

Result<Bytes> buildSlot(const LogKeys& keys, Kind kind, std::uint32_t generation,
                        std::span<const crypto::age::Recipient> recipients) {
    if (recipients.empty() || recipients.size() > kMaxRecipients) {
        return fail(ErrorCode::InvalidArgument, "a log is wrapped to 1 to 30 recipients");
    }
    SOTTO_ASSIGN(const Bytes wrapped, crypto::age::encryptBytes(recipients, keys.file.view()));
    ByteWriter writer;
    writer.raw(viewOf(kMagic));
    writer.u16(kFormatVersion);
    writer.u16(static_cast<std::uint16_t>(kind));
    writer.raw(keys.id.raw());
    writer.u32(generation);
    writer.block(wrapped);
    if (writer.size() > kMacOffset) return fail(ErrorCode::InvalidArgument, "too many recipients for a header slot");
    Bytes slot = writer.take();
    slot.resize(kMacOffset);
    const crypto::Mac256 mac = crypto::mac256(keys.header.view(), slot);
    slot.insert(slot.end(), mac.begin(), mac.end());
    return slot;
}

bool slotVerifies(const LogKeys& keys, ByteView slot) {
    const crypto::Mac256 mac = crypto::mac256(keys.header.view(), slot.first(kMacOffset));
    return crypto::equalConstantTime(mac, slot.subspan(kMacOffset));
}

Result<LogHead> readHead(const File& file, std::span<const crypto::age::Identity> identities) {
    std::array<Bytes, 2> slotBytes;
    SOTTO_ASSIGN(slotBytes[0], readSlotBytes(file, 0));
    SOTTO_ASSIGN(slotBytes[1], readSlotBytes(file, 1));
    SOTTO_ASSIGN(LogHead head, chooseHead(file, slotBytes, identities));
    head.slotBytes = std::move(slotBytes);
    return head;
}

Result<> rewrapSlots(File& file, LogHead& head, std::span<const crypto::age::Recipient> recipients) {
    SOTTO_ASSIGN(Bytes first, buildSlot(head.keys, head.kind, head.generation + 1, recipients));
    SOTTO_ASSIGN(Bytes second, buildSlot(head.keys, head.kind, head.generation + 2, recipients));
    const std::size_t spare = 1 - head.current;
    // What was read may sit in the cache only, after a sync that failed: the same bytes once more, and on the disk,
    // before the spare may be torn.
    SOTTO_TRY(file.write(head.current * kSlotSize, head.slotBytes[head.current]));
    SOTTO_TRY(file.sync());
    SOTTO_TRY(file.write(spare * kSlotSize, first));
    SOTTO_TRY(file.sync());
    SOTTO_TRY(file.write(head.current * kSlotSize, second));
    SOTTO_TRY(file.sync());
    head.slotBytes[spare] = std::move(first);
    head.slotBytes[head.current] = std::move(second);
    head.generation += 2;
    head.spareDamaged = false;
    return {};
}

}  // namespace sotto::sealedlog
