// SPDX-License-Identifier: Apache-2.0
#include "recording/playback.h"

#include <algorithm>
#include <array>

#include "crypto/secure_bytes.h"
#include "recording/chunk_reader.h"
#include "recording/ogg_stream.h"
#include "recording/opus_codec.h"

namespace sotto::recording {
namespace {

/// Half a second. RFC 7845 (4.6) asks for at least 80 ms; measured on speech in hybrid mode, the sound after a reset is
/// off by up to 35 times its energy after 80 ms (a loud crack), by 7 % after 200 ms, by 0.02 % after 500 ms.
constexpr std::int64_t kLeadInFrames = 25;

Result<> checkMap(const sealedlog::LogReader& log, const AudioMap& map) {
    for (const AudioMap::Chunk& chunk : map.chunks) {
        if (chunk.record >= log.records().size()) {
            return fail(ErrorCode::InvalidArgument, "the audio map is of another log");
        }
    }
    return {};
}

}  // namespace

struct Player::State {
    State(const sealedlog::LogReader& log, const AudioMap& of) : map(of), chunks(log, map) {}
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() { crypto::wipe({reinterpret_cast<std::uint8_t*>(frame.data()), sizeof frame}); }

    AudioMap map;
    std::int64_t total = map.totalSamples();
    ChunkReader chunks;
    VoiceDecoder decoder;
    std::int64_t position = 0;
    std::array<std::int16_t, kFrameSamples> frame{};
    std::size_t frameSegment = 0;
    std::int64_t frameIndex = -1;  ///< in its segment, of what `frame` holds; -1 for nothing

    /// The segment that `position`, which lies before the end, lies in or before.
    [[nodiscard]] std::size_t segmentHere() const;
    /// Brings frame `index` of a segment into `frame`.
    [[nodiscard]] Result<> fetch(std::size_t segment, std::int64_t index);
    [[nodiscard]] Result<std::size_t> readPart(std::span<std::int16_t> out);
};

std::size_t Player::State::segmentHere() const {
    const auto found = std::find_if(map.segments.begin(), map.segments.end(), [this](const Segment& segment) {
        return position < segment.startSample + segment.sampleCount;
    });
    return static_cast<std::size_t>(found - map.segments.begin());
}

Result<> Player::State::fetch(std::size_t segment, std::int64_t index) {
    const bool here = frameIndex >= 0 && frameSegment == segment;
    if (here && frameIndex == index) return {};
    std::int64_t next = frameIndex + 1;
    if (!here || index != next) {
        decoder.reset();
        next = std::max<std::int64_t>(0, index - kLeadInFrames);
    }
    frameIndex = -1;
    for (; next <= index; next++) {
        SOTTO_ASSIGN(const ByteView packet, chunks.packetAt(map.segments[segment].startSample + next * kFrameSamples));
        SOTTO_TRY(decoder.decode(packet, frame));
    }
    frameSegment = segment;
    frameIndex = index;
    return {};
}

Result<std::size_t> Player::State::readPart(std::span<std::int16_t> out) {
    if (position >= total) return 0;
    const std::size_t number = segmentHere();
    const Segment& segment = map.segments[number];
    std::int64_t count = static_cast<std::int64_t>(out.size());
    if (position < segment.startSample) {
        count = std::min(count, segment.startSample - position);
        std::fill_n(out.begin(), count, std::int16_t{0});
    } else {
        const std::int64_t decoded = position - segment.startSample + map.preSkip;
        SOTTO_TRY(fetch(number, decoded / kFrameSamples));
        const std::int64_t within = decoded % kFrameSamples;
        count = std::min({count, kFrameSamples - within, segment.startSample + segment.sampleCount - position});
        std::copy_n(frame.begin() + within, count, out.begin());
    }
    position += count;
    return static_cast<std::size_t>(count);
}

Player::Player(std::unique_ptr<State> state) : m_state(std::move(state)) {}
Player::~Player() = default;

Result<std::unique_ptr<Player>> Player::open(const sealedlog::LogReader& log, const AudioMap& map) {
    SOTTO_TRY(checkMap(log, map));
    return std::unique_ptr<Player>(new Player(std::make_unique<State>(log, map)));
}

Result<> Player::seek(std::int64_t sample) {
    if (sample < 0 || sample > m_state->total) {
        return fail(ErrorCode::InvalidArgument, "the recording has no such place");
    }
    m_state->position = sample;
    return {};
}

Result<std::size_t> Player::read(std::span<std::int16_t> out) {
    std::size_t filled = 0;
    while (filled < out.size()) {
        SOTTO_ASSIGN(const std::size_t count, m_state->readPart(out.subspan(filled)));
        if (count == 0) break;
        filled += count;
    }
    return filled;
}

Result<> writeOggOpus(const sealedlog::LogReader& log, const AudioMap& map, std::uint32_t serial,
                      const std::function<Result<>(ByteView)>& sink) {
    if (!map.hasSound()) return fail(ErrorCode::NotFound, "the session holds no audio");
    SOTTO_TRY(checkMap(log, map));
    ChunkReader reader(log, map);
    OggOpusStream stream(serial, map.preSkip, sink);
    for (std::int64_t granule = 0; granule < map.packetsEnd(); granule += kFrameSamples) {
        SOTTO_ASSIGN(const ByteView packet, reader.packetAt(granule));
        SOTTO_TRY(stream.add(packet));
    }
    return stream.finish(map.totalSamples());
}

}  // namespace sotto::recording
