// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <future>
#include <string>

#include "crypto/age/age.h"

/// The payload of an age v1 file: chunks of 64 KiB under ChaCha20-Poly1305 in the STREAM construction (Hoang,
/// Reyhanitabar, Rogaway, Vizár: Online Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance, 2015).
namespace sotto::crypto::age {

inline constexpr std::size_t kPayloadNonceSize = 16;
inline constexpr std::size_t kChunkTagSize = 16;
inline constexpr std::size_t kSealedChunkSize = kChunkSize + kChunkTagSize;

/// The key of one payload. Chunks are independent of each other; their number and the mark of the last one are in
/// the nonce.
class PayloadKey {
public:
    PayloadKey(const SecureBytes& fileKey, ByteView nonce);
    /// Writes plaintext.size() + kChunkTagSize bytes.
    void seal(std::uint64_t index, bool isFinal, ByteView plaintext, ByteSpan out) const;
    /// Writes sealed.size() - kChunkTagSize bytes. False, and nothing usable in `out`, if it does not verify.
    [[nodiscard]] bool open(std::uint64_t index, bool isFinal, ByteView sealed, ByteSpan out) const;

private:
    SecureBytes m_key;
};

/// So many chunks are worked on at once. A payload of more than that has one thread of its own for the cipher, so
/// that reading and writing go on meanwhile; a smaller one starts no thread.
inline constexpr std::size_t kBatchChunks = 16;

/// Cuts a stream of bytes into sealed chunks. The sink is called on the thread of the caller. After an error every
/// call gives that error again.
class PayloadWriter {
public:
    PayloadWriter(PayloadKey key, Sink sink);
    PayloadWriter(const PayloadWriter&) = delete;
    PayloadWriter& operator=(const PayloadWriter&) = delete;
    ~PayloadWriter();
    [[nodiscard]] Result<> write(ByteView plaintext);
    [[nodiscard]] Result<> finish();

private:
    struct Batch {
        Bytes plain;
        Bytes sealed;
        std::uint64_t firstIndex = 0;
    };
    [[nodiscard]] Result<> turnOver();
    [[nodiscard]] Result<> handOut(const Bytes& sealed);
    [[nodiscard]] Batch& filling() { return m_batches[m_filling]; }

    PayloadKey m_key;
    Sink m_sink;
    std::array<Batch, 2> m_batches;  ///< one takes plaintext while the other is sealed
    std::size_t m_filling = 0;
    std::uint64_t m_nextIndex = 0;
    Result<> m_state;
    bool m_finished = false;
    std::future<void> m_sealing;  ///< last member: its destructor waits before the batches go
};

/// A source that can be read by lines first and by blocks later.
class Input {
public:
    explicit Input(const Source& source) : m_source(source) {}
    /// Text up to and with the line feed that ends the first line starting with `lastLineStart`. Empty if the source
    /// does not start with `firstLine`, ends before, or has more than `limit` bytes of it.
    [[nodiscard]] Result<std::string> readText(std::string_view firstLine, std::string_view lastLineStart,
                                               std::size_t limit);
    /// Fills the buffer; fewer bytes only at the end.
    [[nodiscard]] Result<std::size_t> read(ByteSpan buffer);

private:
    /// One more line appended to `text`; false at the end of the source or over the limit.
    [[nodiscard]] Result<bool> appendLine(std::string& text, std::size_t limit);
    [[nodiscard]] Result<std::size_t> readSource(ByteSpan buffer);

    const Source& m_source;
    Bytes m_ahead;
    std::size_t m_position = 0;
};

/// Decrypts what follows the payload nonce. True: whole. False: a chunk did not verify, was missing or superfluous;
/// the sink got the authenticated chunks before it.
[[nodiscard]] Result<bool> openPayload(Input& input, const PayloadKey& key, const Sink& sink);

}  // namespace sotto::crypto::age
