// SPDX-License-Identifier: Apache-2.0
#include "recording/opus_codec.h"

#include <array>
#include <cstddef>

#include <opus/opus.h>

#include "base/check.h"
#include "base/units.h"
#include "crypto/secure_bytes.h"

namespace sotto::recording {
namespace {

constexpr opus_int32 kRate = 48000;
static_assert(kRate == kSampleRate);

/// Zeroed memory for a codec, wiped before it is given back.
class CodecMemory {
public:
    explicit CodecMemory(int size)
        : m_size(static_cast<std::size_t>(size)),
          m_blocks(std::make_unique<std::max_align_t[]>(m_size / sizeof(std::max_align_t) + 1)) {}
    CodecMemory(const CodecMemory&) = delete;
    CodecMemory& operator=(const CodecMemory&) = delete;
    ~CodecMemory() { crypto::wipe({reinterpret_cast<std::uint8_t*>(m_blocks.get()), m_size}); }
    [[nodiscard]] void* data() const { return m_blocks.get(); }

private:
    std::size_t m_size;
    std::unique_ptr<std::max_align_t[]> m_blocks;
};

}  // namespace

std::string opusVersion() {
    return ::opus_get_version_string();
}

struct VoiceEncoder::State {
    CodecMemory memory{::opus_encoder_get_size(1)};
    ::OpusEncoder* encoder = static_cast<::OpusEncoder*>(memory.data());
    int lookahead = 0;
    std::array<std::uint8_t, kMaxPacket> packet{};
};

VoiceEncoder::VoiceEncoder(std::unique_ptr<State> state) : m_state(std::move(state)) {}
VoiceEncoder::VoiceEncoder(VoiceEncoder&&) noexcept = default;
VoiceEncoder& VoiceEncoder::operator=(VoiceEncoder&&) noexcept = default;
VoiceEncoder::~VoiceEncoder() = default;

Result<VoiceEncoder> VoiceEncoder::create(int bitrate, int complexity) {
    if (bitrate < 6000 || bitrate > 510000) {
        return fail(ErrorCode::InvalidArgument, "the bitrate must lie between 6000 and 510000 bits per second");
    }
    auto state = std::make_unique<State>();
    SOTTO_CHECK(::opus_encoder_init(state->encoder, kRate, 1, OPUS_APPLICATION_VOIP) == OPUS_OK);
    SOTTO_CHECK(::opus_encoder_ctl(state->encoder, OPUS_SET_VBR(1)) == OPUS_OK);
    SOTTO_CHECK(::opus_encoder_ctl(state->encoder, OPUS_SET_VBR_CONSTRAINT(0)) == OPUS_OK);
    SOTTO_CHECK(::opus_encoder_ctl(state->encoder, OPUS_SET_SIGNAL(OPUS_SIGNAL_VOICE)) == OPUS_OK);
    SOTTO_CHECK(::opus_encoder_ctl(state->encoder, OPUS_SET_LSB_DEPTH(16)) == OPUS_OK);
    if (::opus_encoder_ctl(state->encoder, OPUS_SET_BITRATE(bitrate)) != OPUS_OK ||
        ::opus_encoder_ctl(state->encoder, OPUS_SET_COMPLEXITY(complexity)) != OPUS_OK) {
        return fail(ErrorCode::InvalidArgument, "the Opus encoder refuses this bitrate or complexity (0 to 10)");
    }
    SOTTO_CHECK(::opus_encoder_ctl(state->encoder, OPUS_GET_LOOKAHEAD(&state->lookahead)) == OPUS_OK);
    return VoiceEncoder(std::move(state));
}

int VoiceEncoder::lookahead() const {
    return m_state->lookahead;
}

Result<ByteView> VoiceEncoder::encode(std::span<const std::int16_t> frame) {
    SOTTO_CHECK(frame.size() == kFrameSamples);
    const opus_int32 size = ::opus_encode(m_state->encoder, frame.data(), kFrameSamples, m_state->packet.data(),
                                          static_cast<opus_int32>(m_state->packet.size()));
    if (size <= 0) return fail(ErrorCode::IoFailed, std::string("the Opus encoder failed: ") + ::opus_strerror(size));
    return ByteView(m_state->packet.data(), static_cast<std::size_t>(size));
}

struct VoiceDecoder::State {
    CodecMemory memory{::opus_decoder_get_size(1)};
    ::OpusDecoder* decoder = static_cast<::OpusDecoder*>(memory.data());
};

VoiceDecoder::VoiceDecoder() : m_state(std::make_unique<State>()) {
    SOTTO_CHECK(::opus_decoder_init(m_state->decoder, kRate, 1) == OPUS_OK);
}
VoiceDecoder::VoiceDecoder(VoiceDecoder&&) noexcept = default;
VoiceDecoder& VoiceDecoder::operator=(VoiceDecoder&&) noexcept = default;
VoiceDecoder::~VoiceDecoder() = default;

void VoiceDecoder::reset() {
    SOTTO_CHECK(::opus_decoder_ctl(m_state->decoder, OPUS_RESET_STATE) == OPUS_OK);
}

Result<> VoiceDecoder::decode(ByteView packet, std::span<std::int16_t> frame) {
    SOTTO_CHECK(frame.size() == kFrameSamples);
    if (!isWholeFramePacket(packet)) return fail(ErrorCode::Damaged, "an audio packet is not 20 ms of Opus");
    const int samples = ::opus_decode(m_state->decoder, packet.data(), static_cast<opus_int32>(packet.size()),
                                      frame.data(), kFrameSamples, 0);
    if (samples != kFrameSamples) return fail(ErrorCode::Damaged, "an audio packet can't be decoded");
    return {};
}

bool isWholeFramePacket(ByteView packet) {
    if (packet.empty() || packet.size() > kMaxPacket) return false;
    std::array<opus_int16, 48> sizes{};
    std::array<const unsigned char*, 48> frames{};
    unsigned char toc = 0;
    const int count = ::opus_packet_parse(packet.data(), static_cast<opus_int32>(packet.size()), &toc, frames.data(),
                                          sizes.data(), nullptr);
    return count > 0 && count * ::opus_packet_get_samples_per_frame(packet.data(), kRate) == kFrameSamples;
}

ByteView silentPacket() {
    static constexpr std::array<std::uint8_t, 3> kPacket{0xF8, 0xFF, 0xFE};
    return kPacket;
}

Bytes silentPacketLike(ByteView neighbour) {
    // Only whole 20 ms frames lend their mode; anything else falls back to CELT full band, 20 ms (configuration 31).
    constexpr std::uint8_t kModeMask = 0xF8;
    constexpr std::uint8_t kCelt20ms = 31U << 3U;
    const bool usable =
        isWholeFramePacket(neighbour) && ::opus_packet_get_samples_per_frame(neighbour.data(), kRate) == kFrameSamples;
    return {usable ? static_cast<std::uint8_t>(neighbour[0] & kModeMask) : kCelt20ms};
}

}  // namespace sotto::recording
