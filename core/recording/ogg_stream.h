// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include "base/bytes.h"
#include "base/result.h"

namespace sotto::recording {

/// Writes one Ogg Opus stream (RFC 3533, RFC 7845) page by page: head and tags on pages of their own, then 20 ms
/// packets on pages of at most one second. Holds one packet back, so that the last one can carry the end-of-stream
/// flag. One thread.
class OggOpusStream {
public:
    using Sink = std::function<Result<>(ByteView)>;

    OggOpusStream(std::uint32_t serial, int preSkip, Sink sink);
    OggOpusStream(const OggOpusStream&) = delete;
    OggOpusStream& operator=(const OggOpusStream&) = delete;
    ~OggOpusStream();

    /// Adds one packet of 20 ms; the first call writes the headers. Errors of the sink.
    [[nodiscard]] Result<> add(ByteView packet);
    /// Ends the stream after `samples` samples, pre-skip not counted: the last packet's surplus is trimmed (RFC 7845,
    /// 4.5). At least one packet must have been added.
    [[nodiscard]] Result<> finish(std::int64_t samples);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

}  // namespace sotto::recording
