// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <map>
#include <vector>

#include "core/recording/recorded_session.h"
#include "recording/audio_records.h"
#include "recording/erase.h"
#include "recording/opus_codec.h"

/// What tests of erased audio look at: packets, bodies, the sound before and after.
namespace sotto::test {

using interview::RecordType;
using interview::Span;
using recording::AudioPacketsRecord;
using recording::kFrameSamples;
using recording::Segment;

/// Samples by which an erased stretch may be wider than was asked, on each side.
inline constexpr std::int64_t kMostWidening = 40 * 48;
/// In which a decoder finds its way back; measured on babble: 120 ms.
inline constexpr std::int64_t kSettling = 24'000;

/// The packets of a log by their granules, taken from the records themselves.
[[nodiscard]] inline std::map<std::int64_t, QByteArray> packetsOf(const sealedlog::LogReader& log) {
    std::map<std::int64_t, QByteArray> packets;
    for (const sealedlog::RecordInfo& info : log.records()) {
        if (info.type != static_cast<std::uint16_t>(RecordType::AudioPackets)) continue;
        const Bytes body = *log.read(info);
        const auto record = AudioPacketsRecord::fromBytes(body);
        SOTTO_CHECK(record.has_value());
        std::int64_t granule = record->firstSample;
        for (const ByteView packet : record->packets) {
            packets[granule] = byteArrayOf(packet);
            granule += kFrameSamples;
        }
    }
    return packets;
}

/// All bodies of a log, one after the other.
[[nodiscard]] inline QByteArray bodiesOf(const sealedlog::LogReader& log) {
    QByteArray bodies;
    for (const sealedlog::RecordInfo& info : log.records())
        bodies += byteArrayOf(*log.read(info)) + '\n';
    return bodies;
}

/// The packets of an Ogg stream with the granule at which each page ends; only what RFC 3533 says.
[[nodiscard]] inline std::vector<QByteArray> oggPackets(const Bytes& stream, std::vector<std::int64_t>& granules) {
    std::vector<QByteArray> packets{{}};
    ByteReader reader(stream);
    while (reader.remaining() > 0) {
        SOTTO_CHECK(byteArrayOf(reader.raw(4)) == "OggS");
        static_cast<void>(reader.u16());
        granules.push_back(static_cast<std::int64_t>(reader.u64()));
        static_cast<void>(reader.raw(12));
        const ByteView lacing = reader.raw(reader.u8());
        for (const std::uint8_t size : lacing) {
            packets.back() += byteArrayOf(reader.raw(size));
            if (size < 255) packets.emplace_back();
        }
    }
    packets.pop_back();
    return packets;
}

[[nodiscard]] inline bool isIn(const std::vector<Span>& spans, std::int64_t sample, std::int64_t before = 0,
                               std::int64_t after = 0) {
    return std::any_of(spans.begin(), spans.end(), [&](const Span& span) {
        return sample >= span.from.samples() - before && sample < span.to.samples() + after;
    });
}

[[nodiscard]] inline bool isSameSegment(const Segment& a, const Segment& b) {
    return a.startSample == b.startSample && a.sampleCount == b.sampleCount && a.packetSamples == b.packetSamples &&
           a.startedAt.utcMs == b.startedAt.utcMs && a.ending == b.ending;
}

/// "" or what is wrong with the sound after the spans were erased.
[[nodiscard]] inline QString faultOfSound(const Samples& before, const Samples& after, const std::vector<Span>& spans) {
    if (before.size() != after.size()) return QStringLiteral("another length");
    double error = 0;
    double energy = 0;
    for (std::size_t i = 0; i < before.size(); ++i) {
        const auto sample = static_cast<std::int64_t>(i);
        const QString at = QStringLiteral(" at %1 ms").arg(sample / 48);
        if (isIn(spans, sample) && after[i] != 0) return QStringLiteral("not silent") + at;
        // Nothing is heard of the future: up to the widened edge every sample is as it was.
        const bool isFree = !isIn(spans, sample, kMostWidening, kMostWidening + kSettling);
        if (!isFree) continue;
        const double wanted = before[i];
        error += (after[i] - wanted) * (after[i] - wanted);
        energy += wanted * wanted;
        const bool nothingBefore =
            std::none_of(spans.begin(), spans.end(), [&](const Span& span) { return span.from.samples() <= sample; });
        if (nothingBefore && after[i] != before[i]) return QStringLiteral("changed before the first span") + at;
    }
    return error <= 0.0001 * energy ? QString() : QStringLiteral("other sound outside: %1").arg(error / energy);
}

}  // namespace sotto::test
