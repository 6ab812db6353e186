// SPDX-License-Identifier: Apache-2.0
#include "recording/audio_records.h"

#include "base/check.h"
#include "recording/opus_codec.h"

namespace sotto::recording {
namespace {

constexpr std::size_t kMaxText = 128;
constexpr std::uint8_t kChannels = 1;

bool isGranule(std::uint64_t value) {
    return value <= static_cast<std::uint64_t>(kMaxRecordingSamples) && value % kFrameSamples == 0;
}

std::uint64_t bitsOf(std::int64_t value) {
    return static_cast<std::uint64_t>(value);
}

}  // namespace

Bytes SegmentStartRecord::toBytes() const {
    ByteWriter writer;
    writer.u16(kAudioVersion);
    writer.u32(number);
    writer.u64(bitsOf(startSample));
    writer.u16(preSkip);
    writer.u32(static_cast<std::uint32_t>(kSampleRate));
    writer.u8(kChannels);
    writer.u32(bitrate);
    writer.u64(bitsOf(at.utcMs));
    writer.u64(bitsOf(at.bootMs));
    writer.u16(static_cast<std::uint16_t>(at.zoneOffsetMinutes));
    writer.block(viewOf(at.bootId.toUtf8()));
    writer.block(viewOf(std::string_view(encoder)));
    return writer.take();
}

Result<SegmentStartRecord> SegmentStartRecord::fromBytes(ByteView body) {
    ByteReader reader(body);
    const std::uint16_t version = reader.u16();
    if (!reader.failed() && version > kAudioVersion) {
        return fail(ErrorCode::NewerVersion, "the recording was made by a newer Sotto");
    }
    SegmentStartRecord record;
    record.number = reader.u32();
    const std::uint64_t start = reader.u64();
    record.preSkip = reader.u16();
    const std::uint32_t rate = reader.u32();
    const std::uint8_t channels = reader.u8();
    record.bitrate = reader.u32();
    record.at.utcMs = static_cast<std::int64_t>(reader.u64());
    record.at.bootMs = static_cast<std::int64_t>(reader.u64());
    record.at.zoneOffsetMinutes = static_cast<std::int16_t>(reader.u16());
    const ByteView bootId = reader.block(kMaxText);
    const ByteView encoder = reader.block(kMaxText);
    if (!reader.finished() || version != kAudioVersion || !isGranule(start) || rate != kSampleRate ||
        channels != kChannels || record.preSkip >= kSampleRate) {
        return fail(ErrorCode::ParseFailed, "a segment start is malformed");
    }
    record.startSample = static_cast<std::int64_t>(start);
    record.at.bootId = QString::fromUtf8(byteArrayOf(bootId));
    record.encoder.assign(encoder.begin(), encoder.end());
    return record;
}

Bytes AudioPacketsRecord::toBytes() const {
    SOTTO_CHECK(!packets.empty() && packets.size() <= 255);
    ByteWriter writer;
    writer.u64(bitsOf(firstSample));
    writer.u8(static_cast<std::uint8_t>(packets.size()));
    for (const ByteView packet : packets) {
        SOTTO_CHECK(packet.size() <= kMaxPacket);
        writer.u16(static_cast<std::uint16_t>(packet.size()));
        writer.raw(packet);
    }
    return writer.take();
}

Result<AudioPacketsRecord> AudioPacketsRecord::fromBytes(ByteView body) {
    ByteReader reader(body);
    const std::uint64_t first = reader.u64();
    const std::uint8_t count = reader.u8();
    AudioPacketsRecord record;
    record.packets.reserve(count);
    bool whole = isGranule(first) && count > 0;
    for (int i = 0; i < count && whole; i++) {
        const ByteView packet = reader.raw(reader.u16());
        whole = !reader.failed() && isWholeFramePacket(packet);
        record.packets.push_back(packet);
    }
    if (!whole || !reader.finished()) return fail(ErrorCode::ParseFailed, "an audio record is malformed");
    record.firstSample = static_cast<std::int64_t>(first);
    return record;
}

Bytes AudioErasedRecord::toBytes() const {
    SOTTO_CHECK(packets > 0 && firstSample + packets * kFrameSamples <= kMaxRecordingSamples);
    ByteWriter writer;
    writer.u64(bitsOf(firstSample));
    writer.u32(static_cast<std::uint32_t>(packets));
    return writer.take();
}

Result<AudioErasedRecord> AudioErasedRecord::fromBytes(ByteView body) {
    ByteReader reader(body);
    const std::uint64_t first = reader.u64();
    const std::uint64_t count = reader.u32();
    if (!reader.finished() || count == 0 || !isGranule(first) || !isGranule(first + count * kFrameSamples)) {
        return fail(ErrorCode::ParseFailed, "a record of erased audio is malformed");
    }
    return AudioErasedRecord{static_cast<std::int64_t>(first), static_cast<std::int64_t>(count)};
}

Bytes SegmentEndRecord::toBytes() const {
    ByteWriter writer;
    writer.u8(static_cast<std::uint8_t>(ending));
    writer.u64(bitsOf(sampleCount));
    writer.u64(bitsOf(packetSamples));
    return writer.take();
}

Result<SegmentEndRecord> SegmentEndRecord::fromBytes(ByteView body) {
    ByteReader reader(body);
    const std::uint8_t ending = reader.u8();
    const std::uint64_t samples = reader.u64();
    const std::uint64_t packetSamples = reader.u64();
    const bool knownEnding = ending >= static_cast<std::uint8_t>(SegmentEnding::End) &&
                             ending <= static_cast<std::uint8_t>(SegmentEnding::Interrupted);
    if (!reader.finished() || !knownEnding || !isGranule(packetSamples) || samples > packetSamples) {
        return fail(ErrorCode::ParseFailed, "a segment end is malformed");
    }
    SegmentEndRecord record;
    record.ending = static_cast<SegmentEnding>(ending);
    record.sampleCount = static_cast<std::int64_t>(samples);
    record.packetSamples = static_cast<std::int64_t>(packetSamples);
    return record;
}

}  // namespace sotto::recording
