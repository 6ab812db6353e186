// SPDX-License-Identifier: Apache-2.0
#include "recording/chunk_reader.h"

#include <algorithm>

#include "base/check.h"
#include "crypto/secure_bytes.h"
#include "recording/opus_codec.h"

namespace sotto::recording {

ChunkReader::~ChunkReader() {
    forget();
}

void ChunkReader::forget() {
    m_index.reset();
    m_record = {};
    crypto::wipe(m_body);
    m_body.clear();
}

Result<const AudioPacketsRecord*> ChunkReader::chunk(std::size_t index) {
    SOTTO_CHECK(index < m_map->chunks.size());
    if (m_index == index) return &m_record;
    forget();
    const AudioMap::Chunk& chunk = m_map->chunks[index];
    SOTTO_ASSIGN(m_body, m_log->read(m_log->records()[chunk.record]));
    auto record = AudioPacketsRecord::fromBytes(m_body);
    if (!record || record->firstSample != chunk.firstSample ||
        record->packets.size() != static_cast<std::size_t>(chunk.packets)) {
        return fail(ErrorCode::Damaged, "the recording changed while it was read");
    }
    m_record = *std::move(record);
    m_index = index;
    return &m_record;
}

Result<ByteView> ChunkReader::packetAt(std::int64_t granule) {
    if (m_map->isErased(granule)) return silentPacket();
    const auto& chunks = m_map->chunks;
    const auto after =
        std::upper_bound(chunks.begin(), chunks.end(), granule,
                         [](std::int64_t value, const AudioMap::Chunk& chunk) { return value < chunk.firstSample; });
    if (after != chunks.begin()) {
        const auto found = std::prev(after);
        SOTTO_ASSIGN(const AudioPacketsRecord* record, chunk(static_cast<std::size_t>(found - chunks.begin())));
        const auto within = static_cast<std::size_t>((granule - found->firstSample) / kFrameSamples);
        if (within < record->packets.size()) return record->packets[within];
    }
    if (after == chunks.end()) return silentPacket();
    SOTTO_ASSIGN(const AudioPacketsRecord* next, chunk(static_cast<std::size_t>(after - chunks.begin())));
    m_filler = silentPacketLike(next->packets.front());
    return ByteView(m_filler);
}

}  // namespace sotto::recording
