// SPDX-License-Identifier: Apache-2.0
#include "recording/voice_memo.h"

#include <array>

#include "base/ids.h"
#include "crypto/secure_bytes.h"
#include "recording/ogg_stream.h"
#include "recording/opus_codec.h"

namespace sotto::recording {

namespace {

constexpr int kComplexity = 10;
constexpr std::int64_t kSamplesPerMs = 48;
constexpr std::int64_t kLeastMs = 500;
constexpr std::size_t kRoom = std::size_t{4} << 20;

std::uint32_t randomSerial() {
    std::array<std::uint8_t, 4> bytes{};
    randomFill(bytes);
    std::uint32_t serial = 0;
    for (const std::uint8_t byte : bytes)
        serial = serial << 8U | byte;
    return serial;
}

}  // namespace

struct VoiceMemo::State {
    explicit State(VoiceEncoder voice)
        : encoder(std::move(voice)), stream(randomSerial(), encoder.lookahead(), [this](ByteView page) -> Result<> {
              bytes.insert(bytes.end(), page.begin(), page.end());
              return {};
          }) {
        bytes.reserve(kRoom);  // what grows leaves copies behind
    }
    ~State() {
        crypto::wipe({reinterpret_cast<std::uint8_t*>(frame.data()), sizeof frame});
        crypto::wipe(bytes);
    }

    Result<> encodeFrame() {
        SOTTO_ASSIGN(const ByteView packet, encoder.encode(frame));
        filled = 0;
        return stream.add(packet);
    }

    VoiceEncoder encoder;
    Bytes bytes;
    OggOpusStream stream;
    std::array<std::int16_t, kFrameSamples> frame{};
    std::size_t filled = 0;
    std::int64_t samples = 0;
    bool isFinished = false;
};

VoiceMemo::VoiceMemo(std::unique_ptr<State> state) : m_state(std::move(state)) {}
VoiceMemo::VoiceMemo(VoiceMemo&&) noexcept = default;
VoiceMemo& VoiceMemo::operator=(VoiceMemo&&) noexcept = default;
VoiceMemo::~VoiceMemo() = default;

Result<VoiceMemo> VoiceMemo::begin(int bitrate) {
    SOTTO_ASSIGN(auto encoder, VoiceEncoder::create(bitrate, kComplexity));
    return VoiceMemo(std::make_unique<State>(std::move(encoder)));
}

std::int64_t VoiceMemo::durationMs() const {
    return m_state->samples / kSamplesPerMs;
}

Result<> VoiceMemo::write(std::span<const std::int16_t> samples) {
    if (m_state->isFinished || durationMs() >= kMostMs) {
        return fail(ErrorCode::NotAllowed, "this statement has ended, or is too long");
    }
    for (const std::int16_t sample : samples) {
        m_state->frame[m_state->filled++] = sample;
        if (m_state->filled == m_state->frame.size()) SOTTO_TRY(m_state->encodeFrame());
    }
    m_state->samples += static_cast<std::int64_t>(samples.size());
    return {};
}

Result<Bytes> VoiceMemo::finish() {
    if (m_state->isFinished) return fail(ErrorCode::NotAllowed, "this statement has ended");
    m_state->isFinished = true;
    if (durationMs() < kLeastMs) return fail(ErrorCode::InvalidArgument, "nothing was said");
    // Silence fills the last packet and what the encoder still holds back.
    const auto needed = m_state->samples + m_state->encoder.lookahead();
    std::int64_t encoded = m_state->samples - static_cast<std::int64_t>(m_state->filled);
    while (encoded < needed) {
        std::fill(m_state->frame.begin() + static_cast<std::ptrdiff_t>(m_state->filled), m_state->frame.end(),
                  std::int16_t{0});
        SOTTO_TRY(m_state->encodeFrame());
        encoded += kFrameSamples;
    }
    SOTTO_TRY(m_state->stream.finish(m_state->samples));
    return m_state->bytes;
}

}  // namespace sotto::recording
