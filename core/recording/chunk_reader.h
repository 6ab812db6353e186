// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "recording/audio_records.h"
#include "sealedlog/log_reader.h"

namespace sotto::recording {

/// Fetches Opus packets of a mapped log, one decrypted record in memory at a time, wiped when the next one comes. Keeps
/// references to log and map. One thread.
class ChunkReader {
public:
    ChunkReader(const sealedlog::LogReader& log, const AudioMap& map) : m_log(&log), m_map(&map) {}
    ChunkReader(const ChunkReader&) = delete;
    ChunkReader& operator=(const ChunkReader&) = delete;
    ~ChunkReader();

    /// The packets of chunk `index`; valid until the next call. Damaged if they are not what the map says.
    [[nodiscard]] Result<const AudioPacketsRecord*> chunk(std::size_t index);
    /// The packet that begins at this granule, a multiple of kFrameSamples: as it was recorded; silentPacket() for one
    /// that was erased; for one that is missing, a packet that says so in the mode of what follows (RFC 7845, 4.1).
    /// Valid until the next call.
    [[nodiscard]] Result<ByteView> packetAt(std::int64_t granule);

private:
    void forget();

    const sealedlog::LogReader* m_log;
    const AudioMap* m_map;
    std::optional<std::size_t> m_index;
    Bytes m_body;
    AudioPacketsRecord m_record;
    Bytes m_filler;
};

}  // namespace sotto::recording
