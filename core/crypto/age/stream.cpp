// SPDX-License-Identifier: Apache-2.0
#include "crypto/age/stream.h"

#include <algorithm>

#include <sodium.h>

#include "base/check.h"
#include "crypto/kdf.h"

namespace sotto::crypto::age {

namespace {

constexpr std::size_t kReadAhead = 4096;
using ChunkNonce = std::array<std::uint8_t, crypto_aead_chacha20poly1305_ietf_NPUBBYTES>;

/// 11 bytes of big-endian chunk number, then 1 for the final chunk.
ChunkNonce chunkNonce(std::uint64_t index, bool isFinal) {
    ChunkNonce nonce{};
    for (std::size_t i = 0; i < 8; ++i) {
        nonce[10 - i] = static_cast<std::uint8_t>(index >> (8 * i));
    }
    nonce[11] = isFinal ? 1 : 0;
    return nonce;
}

}  // namespace

PayloadKey::PayloadKey(const SecureBytes& fileKey, ByteView nonce)
    : m_key(hkdfSha256(fileKey.view(), nonce, "payload")) {
    SOTTO_CHECK(nonce.size() == kPayloadNonceSize);
}

void PayloadKey::seal(std::uint64_t index, bool isFinal, ByteView plaintext, ByteSpan out) const {
    SOTTO_CHECK(out.size() == plaintext.size() + kChunkTagSize);
    const ChunkNonce nonce = chunkNonce(index, isFinal);
    ::crypto_aead_chacha20poly1305_ietf_encrypt(out.data(), nullptr, plaintext.data(), plaintext.size(), nullptr, 0,
                                                nullptr, nonce.data(), m_key.view().data());
}

bool PayloadKey::open(std::uint64_t index, bool isFinal, ByteView sealed, ByteSpan out) const {
    SOTTO_CHECK(sealed.size() >= kChunkTagSize && out.size() == sealed.size() - kChunkTagSize);
    const ChunkNonce nonce = chunkNonce(index, isFinal);
    return ::crypto_aead_chacha20poly1305_ietf_decrypt(out.data(), nullptr, nullptr, sealed.data(), sealed.size(),
                                                       nullptr, 0, nonce.data(), m_key.view().data()) == 0;
}

PayloadWriter::PayloadWriter(PayloadKey key, Sink sink)
    : m_key(std::move(key)), m_sink(std::move(sink)), m_sealed(kSealedChunkSize) {
    m_pending.reserve(kChunkSize);
}

PayloadWriter::~PayloadWriter() {
    m_pending.resize(kChunkSize);
    wipe(m_pending);
}

Result<> PayloadWriter::emitChunk(ByteView plaintext, bool isFinal) {
    const ByteSpan sealed = ByteSpan(m_sealed).first(plaintext.size() + kChunkTagSize);
    m_key.seal(m_index++, isFinal, plaintext, sealed);
    m_state = m_sink(sealed);
    return m_state;
}

Result<> PayloadWriter::write(ByteView plaintext) {
    SOTTO_TRY(m_state);
    if (m_finished) return fail(ErrorCode::InvalidArgument, "the age stream is finished already");
    // A full chunk goes out only when a further byte shows that it is not the last one.
    while (m_pending.size() + plaintext.size() > kChunkSize) {
        if (m_pending.empty()) {
            SOTTO_TRY(emitChunk(plaintext.first(kChunkSize), false));
            plaintext = plaintext.subspan(kChunkSize);
            continue;
        }
        const ByteView part = plaintext.first(kChunkSize - m_pending.size());
        m_pending.insert(m_pending.end(), part.begin(), part.end());
        plaintext = plaintext.subspan(part.size());
        SOTTO_TRY(emitChunk(m_pending, false));
        m_pending.clear();
    }
    m_pending.insert(m_pending.end(), plaintext.begin(), plaintext.end());
    return {};
}

Result<> PayloadWriter::finish() {
    SOTTO_TRY(m_state);
    if (m_finished) return fail(ErrorCode::InvalidArgument, "the age stream is finished already");
    m_finished = true;
    return emitChunk(m_pending, true);
}

Result<std::size_t> Input::readSource(ByteSpan buffer) {
    std::size_t done = 0;
    while (done < buffer.size()) {
        SOTTO_ASSIGN(const std::size_t count, m_source(buffer.subspan(done)));
        SOTTO_CHECK(count <= buffer.size() - done);
        if (count == 0) break;
        done += count;
    }
    return done;
}

Result<bool> Input::appendLine(std::string& text, std::size_t limit) {
    for (;;) {
        const auto begin = m_ahead.begin() + static_cast<std::ptrdiff_t>(m_position);
        const auto lineFeed = std::find(begin, m_ahead.end(), '\n');
        const auto end = lineFeed == m_ahead.end() ? lineFeed : lineFeed + 1;
        text.append(begin, end);
        m_position = static_cast<std::size_t>(end - m_ahead.begin());
        if (text.size() > limit) return false;
        if (lineFeed != m_ahead.end()) return true;
        m_ahead.resize(kReadAhead);
        m_position = 0;
        SOTTO_ASSIGN(const std::size_t count, readSource(m_ahead));
        m_ahead.resize(count);
        if (count == 0) return false;
    }
}

Result<std::string> Input::readText(std::string_view firstLine, std::string_view lastLineStart, std::size_t limit) {
    std::string text;
    std::size_t lineBegin = 0;
    do {
        lineBegin = text.size();
        SOTTO_ASSIGN(const bool more, appendLine(text, limit));
        if (!more || !text.starts_with(firstLine)) return std::string();
    } while (!std::string_view(text).substr(lineBegin).starts_with(lastLineStart));
    return text;
}

Result<std::size_t> Input::read(ByteSpan buffer) {
    const std::size_t early = std::min(buffer.size(), m_ahead.size() - m_position);
    std::copy_n(m_ahead.begin() + static_cast<std::ptrdiff_t>(m_position), early, buffer.begin());
    m_position += early;
    SOTTO_ASSIGN(const std::size_t late, readSource(buffer.subspan(early)));
    return early + late;
}

namespace {

/// Opened plaintext on its way to the sink; wiped in the end.
class ChunkBuffer {
public:
    ChunkBuffer() : m_bytes(kChunkSize) {}
    ChunkBuffer(const ChunkBuffer&) = delete;
    ChunkBuffer& operator=(const ChunkBuffer&) = delete;
    ~ChunkBuffer() { wipe(m_bytes); }
    [[nodiscard]] ByteSpan first(std::size_t size) { return ByteSpan(m_bytes).first(size); }

private:
    Bytes m_bytes;
};

enum class Opened { Bad, Middle, Final };

Opened openChunk(const PayloadKey& key, std::uint64_t index, ByteView sealed, ByteSpan out) {
    // A chunk that is not full can only be the final one, and a full one may be.
    if (sealed.size() == kSealedChunkSize && key.open(index, false, sealed, out)) return Opened::Middle;
    // Only the payload of nothing at all has an empty final chunk.
    if (out.empty() && index > 0) return Opened::Bad;
    return key.open(index, true, sealed, out) ? Opened::Final : Opened::Bad;
}

}  // namespace

Result<bool> openPayload(Input& input, const PayloadKey& key, const Sink& sink) {
    Bytes sealed(kSealedChunkSize);
    ChunkBuffer plain;
    for (std::uint64_t index = 0;; ++index) {
        SOTTO_ASSIGN(const std::size_t count, input.read(sealed));
        // The end of the file where a chunk should be: the final one is missing.
        if (count < kChunkTagSize) return false;
        const ByteSpan out = plain.first(count - kChunkTagSize);
        const Opened opened = openChunk(key, index, ByteView(sealed).first(count), out);
        if (opened == Opened::Bad) return false;
        SOTTO_TRY(sink(out));
        if (opened == Opened::Middle) continue;
        SOTTO_ASSIGN(const std::size_t trailing, input.read(ByteSpan(sealed).first(1)));
        return trailing == 0;
    }
}

}  // namespace sotto::crypto::age
