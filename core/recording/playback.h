// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>

#include "recording/segment.h"

namespace sotto::recording {

/// Decodes from the sealed log, seeking by offset; 80 ms of lead-in are decoded and dropped so that the decoder has
/// converged (RFC 7845, 4.6). Clear audio stays in memory. One thread.
class Player {
public:
    [[nodiscard]] static Result<std::unique_ptr<Player>> open(const sealedlog::LogReader& log, const AudioMap& map);
    ~Player();
    /// Next read() begins at this sample of the stitched stream.
    [[nodiscard]] Result<> seek(std::int64_t sample);
    /// Up to out.size() samples; 0 at the end.
    [[nodiscard]] Result<std::size_t> read(std::span<std::int16_t> out);

private:
    struct State;
    explicit Player(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

/// Writes the whole recording as one Ogg Opus stream (RFC 7845) to `sink`, packet for packet, nothing re-encoded. The
/// comment header bears no names. `serial` numbers the Ogg stream (random per export).
[[nodiscard]] Result<> writeOggOpus(const sealedlog::LogReader& log, const AudioMap& map, std::uint32_t serial,
                                    const std::function<Result<>(ByteView)>& sink);

}  // namespace sotto::recording
