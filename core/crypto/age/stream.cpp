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

namespace {

constexpr std::size_t kBatchSize = kBatchChunks * kChunkSize;

/// A job on a thread of its own, or, where the system has none to give, on this one when it is waited for.
template <typename Job>
std::future<void> runBeside(Job job) {
    return std::async(std::launch::async | std::launch::deferred, std::move(job));
}

/// Appends without ever leaving plaintext behind in memory given back to the system.
void appendSecretly(Bytes& bytes, ByteView more) {
    if (bytes.size() + more.size() > bytes.capacity()) {
        Bytes larger;
        larger.reserve(bytes.size() + more.size() <= kChunkSize ? kChunkSize : kBatchSize);
        larger.insert(larger.end(), bytes.begin(), bytes.end());
        bytes.swap(larger);
        wipe(larger);
    }
    bytes.insert(bytes.end(), more.begin(), more.end());
}

/// Hands out a chunk's length at a time: a kernel that backs a larger write with larger pages may have to fetch these
/// from a hypervisor first, at a tenth of the speed.
Result<> inPieces(ByteView bytes, const Sink& sink) {
    while (!bytes.empty()) {
        const ByteView piece = bytes.first(std::min(bytes.size(), kSealedChunkSize));
        SOTTO_TRY(sink(piece));
        bytes = bytes.subspan(piece.size());
    }
    return {};
}

/// Seals `plain` cut into chunks. If it holds the end of the payload, its last chunk, full or not, is the final one.
void sealChunks(const PayloadKey& key, std::uint64_t index, ByteView plain, bool holdsEnd, Bytes& sealed) {
    const std::size_t chunks = std::max<std::size_t>((plain.size() + kChunkSize - 1) / kChunkSize, 1);
    sealed.resize(plain.size() + chunks * kChunkTagSize);
    for (std::size_t i = 0; i < chunks; ++i) {
        const ByteView chunk = plain.subspan(i * kChunkSize, std::min(kChunkSize, plain.size() - i * kChunkSize));
        const ByteSpan out = ByteSpan(sealed).subspan(i * kSealedChunkSize, chunk.size() + kChunkTagSize);
        key.seal(index + i, holdsEnd && i + 1 == chunks, chunk, out);
    }
}

}  // namespace

PayloadWriter::PayloadWriter(PayloadKey key, Sink sink) : m_key(std::move(key)), m_sink(std::move(sink)) {}

PayloadWriter::~PayloadWriter() {
    if (m_sealing.valid()) m_sealing.wait();
    for (Batch& batch : m_batches) {
        // What clear() left beyond the size is plaintext too.
        batch.plain.resize(batch.plain.capacity());
        wipe(batch.plain);
    }
}

Result<> PayloadWriter::handOut(const Bytes& sealed) {
    m_state = inPieces(sealed, m_sink);
    return m_state;
}

/// Starts the sealing of the full batch, and hands out the one that was sealed before it.
Result<> PayloadWriter::turnOver() {
    const bool hasEarlier = m_sealing.valid();
    if (hasEarlier) m_sealing.get();
    Batch& full = filling();
    full.firstIndex = m_nextIndex;
    m_nextIndex += kBatchChunks;
    m_sealing = runBeside([this, &full] { sealChunks(m_key, full.firstIndex, full.plain, false, full.sealed); });
    m_filling = 1 - m_filling;
    if (hasEarlier) SOTTO_TRY(handOut(filling().sealed));
    filling().plain.clear();
    return {};
}

Result<> PayloadWriter::write(ByteView plaintext) {
    SOTTO_TRY(m_state);
    if (m_finished) return fail(ErrorCode::InvalidArgument, "the age stream is finished already");
    while (!plaintext.empty()) {
        // A full batch goes out only when a further byte shows that its last chunk is not the final one.
        if (filling().plain.size() == kBatchSize) SOTTO_TRY(turnOver());
        const ByteView part = plaintext.first(std::min(plaintext.size(), kBatchSize - filling().plain.size()));
        appendSecretly(filling().plain, part);
        plaintext = plaintext.subspan(part.size());
    }
    return {};
}

Result<> PayloadWriter::finish() {
    SOTTO_TRY(m_state);
    if (m_finished) return fail(ErrorCode::InvalidArgument, "the age stream is finished already");
    m_finished = true;
    if (m_sealing.valid()) {
        m_sealing.get();
        SOTTO_TRY(handOut(m_batches[1 - m_filling].sealed));
    }
    sealChunks(m_key, m_nextIndex, filling().plain, true, filling().sealed);
    return handOut(filling().sealed);
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

enum class Opened { Bad, Middle, Final };

Opened openChunk(const PayloadKey& key, std::uint64_t index, ByteView sealed, ByteSpan out) {
    // A chunk that is not full can only be the final one, and a full one may be.
    if (sealed.size() == kSealedChunkSize && key.open(index, false, sealed, out)) return Opened::Middle;
    // Only the payload of nothing at all has an empty final chunk.
    if (out.empty() && index > 0) return Opened::Bad;
    return key.open(index, true, sealed, out) ? Opened::Final : Opened::Bad;
}

/// A run of sealed chunks as read, and what came of opening them.
class OpenBatch {
public:
    OpenBatch() = default;
    OpenBatch(const OpenBatch&) = delete;
    OpenBatch& operator=(const OpenBatch&) = delete;
    ~OpenBatch() { wipe(m_plain); }

    [[nodiscard]] Result<> fill(Input& input);
    /// Opens chunk after chunk up to the first that is bad or final.
    void open(const PayloadKey& key, std::uint64_t firstIndex);
    [[nodiscard]] bool isEmpty() const { return m_sealedSize == 0; }
    [[nodiscard]] bool isFull() const { return m_sealedSize == kBatchChunks * kSealedChunkSize; }
    /// After open(): the authenticated bytes, what the last chunk was, and whether bytes followed it.
    [[nodiscard]] ByteView plain() const { return ByteView(m_plain).first(m_plainSize); }
    [[nodiscard]] Opened end() const { return m_end; }
    [[nodiscard]] bool hasLeftOver() const { return m_leftOver; }

private:
    Bytes m_sealed;
    Bytes m_plain;
    std::size_t m_sealedSize = 0;
    std::size_t m_plainSize = 0;
    Opened m_end = Opened::Bad;
    bool m_leftOver = false;
};

Result<> OpenBatch::fill(Input& input) {
    // Most of our age files are small: memory for a whole batch is taken only if the first chunk is a full one.
    if (m_sealed.empty()) m_sealed.resize(kSealedChunkSize);
    SOTTO_ASSIGN(m_sealedSize, input.read(m_sealed));
    if (m_sealedSize == kSealedChunkSize) {
        m_sealed.resize(kBatchChunks * kSealedChunkSize);
        SOTTO_ASSIGN(const std::size_t more, input.read(ByteSpan(m_sealed).subspan(kSealedChunkSize)));
        m_sealedSize += more;
    }
    return {};
}

void OpenBatch::open(const PayloadKey& key, std::uint64_t firstIndex) {
    // Never made smaller, so that the destructor wipes all that ever held plaintext.
    if (m_plain.size() < m_sealedSize) m_plain.resize(m_sealedSize);
    m_plainSize = 0;
    m_end = Opened::Middle;
    std::size_t position = 0;
    for (std::uint64_t index = firstIndex; m_end == Opened::Middle; ++index) {
        if (position == m_sealedSize && isFull()) return;
        const std::size_t size = std::min(kSealedChunkSize, m_sealedSize - position);
        m_end = Opened::Bad;
        // The end of the file where a chunk should be: the final one is missing.
        if (size < kChunkTagSize) return;
        const ByteSpan out = ByteSpan(m_plain).subspan(m_plainSize, size - kChunkTagSize);
        m_end = openChunk(key, index, ByteView(m_sealed).subspan(position, size), out);
        if (m_end != Opened::Bad) m_plainSize += out.size();
        position += size;
    }
    m_leftOver = position < m_sealedSize;
}

}  // namespace

Result<bool> openPayload(Input& input, const PayloadKey& key, const Sink& sink) {
    std::array<OpenBatch, 2> batches;
    std::future<void> opening;  // declared after the batches: its destructor waits before they go
    SOTTO_TRY(batches[0].fill(input));
    if (!batches[0].isFull()) batches[0].open(key, 0);
    if (batches[0].isFull()) opening = runBeside([&] { batches[0].open(key, 0); });
    for (std::uint64_t number = 0;; ++number) {
        OpenBatch& current = batches[number % 2];
        OpenBatch& next = batches[(number + 1) % 2];
        const Result<> read = current.isFull() ? next.fill(input) : Result<>();
        if (opening.valid()) opening.get();
        if (current.end() == Opened::Middle && read) {
            opening = runBeside([&, first = (number + 1) * kBatchChunks] { next.open(key, first); });
        }
        SOTTO_TRY(inPieces(current.plain(), sink));
        if (current.end() == Opened::Bad) return false;
        SOTTO_TRY(read);
        if (current.end() == Opened::Final) return !current.hasLeftOver() && (!current.isFull() || next.isEmpty());
    }
}

}  // namespace sotto::crypto::age
