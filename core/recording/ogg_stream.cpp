// SPDX-License-Identifier: Apache-2.0
#include "recording/ogg_stream.h"

#include <ogg/ogg.h>

#include "base/check.h"
#include "base/units.h"
#include "crypto/secure_bytes.h"
#include "recording/opus_codec.h"

namespace sotto::recording {
namespace {

constexpr int kPacketsPerPage = static_cast<int>(kSampleRate / kFrameSamples);

/// RFC 7845, 5.1: version 1, mono, no gain, channel mapping family 0.
Bytes opusHead(int preSkip) {
    ByteWriter writer;
    writer.raw(viewOf(std::string_view("OpusHead")));
    writer.u8(1);
    writer.u8(1);
    writer.u16(static_cast<std::uint16_t>(preSkip));
    writer.u32(static_cast<std::uint32_t>(kSampleRate));
    writer.u16(0);
    writer.u8(0);
    return writer.take();
}

/// RFC 7845, 5.2: the vendor and no comment, for a comment could name somebody.
Bytes opusTags() {
    ByteWriter writer;
    writer.raw(viewOf(std::string_view("OpusTags")));
    writer.block(viewOf(std::string_view("Sotto")));
    writer.u32(0);
    return writer.take();
}

}  // namespace

struct OggOpusStream::State {
    State(int serial, int skip, Sink where) : preSkip(skip), sink(std::move(where)) {
        SOTTO_CHECK(::ogg_stream_init(&ogg, serial) == 0);
        held.reserve(kMaxPacket);
    }
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() {
        crypto::wipe(held);
        ::ogg_stream_clear(&ogg);
    }

    ogg_stream_state ogg{};
    int preSkip;
    Sink sink;
    Bytes held;
    std::int64_t packetNumber = 0;
    std::int64_t granule = 0;
    int onPage = 0;

    Result<> headers();
    void put(Bytes& packet, std::int64_t granulePosition, bool first, bool last);
    Result<> flushPage();
    Result<> release();
};

Result<> OggOpusStream::State::headers() {
    Bytes head = opusHead(preSkip);
    put(head, 0, true, false);
    SOTTO_TRY(flushPage());
    Bytes tags = opusTags();
    put(tags, 0, false, false);
    return flushPage();
}

void OggOpusStream::State::put(Bytes& packet, std::int64_t granulePosition, bool first, bool last) {
    ogg_packet oggPacket{};
    oggPacket.packet = packet.data();
    oggPacket.bytes = static_cast<long>(packet.size());
    oggPacket.b_o_s = first ? 1 : 0;
    oggPacket.e_o_s = last ? 1 : 0;
    oggPacket.granulepos = granulePosition;
    oggPacket.packetno = packetNumber++;
    SOTTO_CHECK(::ogg_stream_packetin(&ogg, &oggPacket) == 0);
}

/// Large packets may need more than one page: a page has at most 255 lacing values.
Result<> OggOpusStream::State::flushPage() {
    ogg_page page{};
    while (::ogg_stream_flush(&ogg, &page) != 0) {
        SOTTO_TRY(sink({page.header, static_cast<std::size_t>(page.header_len)}));
        SOTTO_TRY(sink({page.body, static_cast<std::size_t>(page.body_len)}));
    }
    onPage = 0;
    return {};
}

/// Hands the packet that was held back to the page.
Result<> OggOpusStream::State::release() {
    granule += kFrameSamples;
    put(held, granule, false, false);
    return ++onPage == kPacketsPerPage ? flushPage() : Result<>{};
}

OggOpusStream::OggOpusStream(std::uint32_t serial, int preSkip, Sink sink)
    : m_state(std::make_unique<State>(static_cast<int>(serial), preSkip, std::move(sink))) {}

OggOpusStream::~OggOpusStream() = default;

Result<> OggOpusStream::add(ByteView packet) {
    if (m_state->packetNumber == 0) {
        SOTTO_TRY(m_state->headers());
    } else {
        SOTTO_TRY(m_state->release());
    }
    m_state->held.assign(packet.begin(), packet.end());
    return {};
}

Result<> OggOpusStream::finish(std::int64_t samples) {
    SOTTO_CHECK(m_state->packetNumber > 0);
    const std::int64_t end = samples + m_state->preSkip;
    SOTTO_CHECK(end > m_state->granule && end <= m_state->granule + kFrameSamples);
    m_state->put(m_state->held, end, false, true);
    return m_state->flushPage();
}

}  // namespace sotto::recording
