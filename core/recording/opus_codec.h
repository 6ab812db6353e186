// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "base/bytes.h"
#include "base/result.h"

namespace sotto::recording {

inline constexpr int kFrameSamples = 960;        ///< 20 ms at 48 kHz: one packet
inline constexpr std::size_t kMaxPacket = 1275;  ///< bytes of one 20 ms mono packet (RFC 6716, 3.4)

/// "libopus 1.3.1": stored with each segment, so that a fault of one version can be traced.
[[nodiscard]] std::string opusVersion();

/// One Opus encoder (RFC 6716): mono, 48 kHz, 20 ms packets, voice, unconstrained VBR. Its memory, which holds the last
/// few milliseconds in clear, is wiped on destruction. One thread.
class VoiceEncoder {
public:
    /// InvalidArgument for a bitrate or complexity that libopus refuses.
    [[nodiscard]] static Result<VoiceEncoder> create(int bitrate, int complexity);
    VoiceEncoder(VoiceEncoder&&) noexcept;
    VoiceEncoder& operator=(VoiceEncoder&&) noexcept;
    ~VoiceEncoder();

    /// Samples by which the decoded sound lags behind the input: the stream's pre-skip (RFC 7845, 4.2).
    [[nodiscard]] int lookahead() const;
    /// Encodes exactly kFrameSamples. The view lasts until the next call.
    [[nodiscard]] Result<ByteView> encode(std::span<const std::int16_t> frame);

private:
    struct State;
    explicit VoiceEncoder(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

/// One Opus decoder, mono 48 kHz, wiped on destruction. One thread.
class VoiceDecoder {
public:
    VoiceDecoder();
    VoiceDecoder(VoiceDecoder&&) noexcept;
    VoiceDecoder& operator=(VoiceDecoder&&) noexcept;
    ~VoiceDecoder();

    /// Forgets everything heard so far.
    void reset();
    /// Decodes one 20 ms packet into exactly kFrameSamples. Damaged: not such a packet.
    [[nodiscard]] Result<> decode(ByteView packet, std::span<std::int16_t> frame);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// True if the bytes are one Opus packet of 20 ms (RFC 6716, 3), so that one bad packet can't shift a whole stream.
[[nodiscard]] bool isWholeFramePacket(ByteView packet);

/// A packet that decodes to exact zeros, after at most 20 ms in which what sounded before dies away: CELT, full band,
/// with its silence flag (RFC 6716, 4.3). A decoder that went through it starts the next sound quietly, not with a
/// crack.
[[nodiscard]] ByteView silentPacket();

/// A packet that says "20 ms of nothing" in the mode of `neighbour` (RFC 7845, 4.1): fills holes, keeps the time.
[[nodiscard]] Bytes silentPacketLike(ByteView neighbour);

}  // namespace sotto::recording
