// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <span>

#include "recording/segment.h"

namespace sotto::recording {

/// Decodes from the sealed log, seeking by offset; half a second of lead-in is decoded and dropped so that the decoder
/// has converged (RFC 7845, 4.6, asks for 80 ms or more; voice needs more). What lies between two segments (padding,
/// holes) and what was erased is silence. Clear audio stays in memory and is wiped. One thread; `log` must outlive the
/// player.
class Player {
public:
    /// InvalidArgument if the map is not of this log.
    [[nodiscard]] static Result<std::unique_ptr<Player>> open(const sealedlog::LogReader& log, const AudioMap& map);
    ~Player();
    /// Next read() begins at this sample of the stitched stream. InvalidArgument outside 0 to totalSamples().
    [[nodiscard]] Result<> seek(std::int64_t sample);
    /// Up to out.size() samples; 0 at the end.
    [[nodiscard]] Result<std::size_t> read(std::span<std::int16_t> out);

private:
    struct State;
    explicit Player(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

/// Writes the whole recording as one Ogg Opus stream (RFC 7845) to `sink`, packet for packet, nothing re-encoded. The
/// comment header bears no names. `serial` numbers the Ogg stream (random per export). A hole and what was
/// erased are filled with packets of silence, so that every offset stays true. Memory does not grow with the recording.
/// NotFound if there is no audio at all, or none that may be heard; the sink's own error; Damaged if the file changed
/// underneath.
[[nodiscard]] Result<> writeOggOpus(const sealedlog::LogReader& log, const AudioMap& map, std::uint32_t serial,
                                    const std::function<Result<>(ByteView)>& sink);

}  // namespace sotto::recording
