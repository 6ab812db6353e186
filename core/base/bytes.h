// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include <QByteArray>

namespace sotto {

/// Owned bytes that are not secret keys. Keys live in crypto::SecureBytes.
using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;
using ByteSpan = std::span<std::uint8_t>;

[[nodiscard]] inline ByteView viewOf(const QByteArray& bytes) {
    return {reinterpret_cast<const std::uint8_t*>(bytes.constData()), static_cast<std::size_t>(bytes.size())};
}
[[nodiscard]] inline ByteView viewOf(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
/// A QByteArray copy of the bytes.
[[nodiscard]] inline QByteArray byteArrayOf(ByteView bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), static_cast<qsizetype>(bytes.size())};
}

/// Lower-case hexadecimal.
[[nodiscard]] std::string toHex(ByteView bytes);
/// Strict: even length, digits and a-f only (upper case accepted); nothing otherwise.
[[nodiscard]] std::optional<Bytes> fromHex(std::string_view text);

/// Appends little-endian integers and byte strings: the writing side of every binary grammar of Sotto.
class ByteWriter {
public:
    void u8(std::uint8_t value) { m_bytes.push_back(value); }
    void u16(std::uint16_t value) { integer(value, 2); }
    void u32(std::uint32_t value) { integer(value, 4); }
    void u64(std::uint64_t value) { integer(value, 8); }
    void raw(ByteView bytes) { m_bytes.insert(m_bytes.end(), bytes.begin(), bytes.end()); }
    /// u32 length, then the bytes.
    void block(ByteView bytes);

    [[nodiscard]] std::size_t size() const { return m_bytes.size(); }
    [[nodiscard]] ByteView view() const { return m_bytes; }
    [[nodiscard]] Bytes take() { return std::move(m_bytes); }

private:
    void integer(std::uint64_t value, int width);
    Bytes m_bytes;
};

/// The reading side. Never reads past the end: once a read did not fit, failed() stays true and every value is zero
/// or empty, so that a parser may read a whole structure and check once.
class ByteReader {
public:
    explicit ByteReader(ByteView bytes) : m_bytes(bytes) {}

    [[nodiscard]] std::uint8_t u8() { return static_cast<std::uint8_t>(integer(1)); }
    [[nodiscard]] std::uint16_t u16() { return static_cast<std::uint16_t>(integer(2)); }
    [[nodiscard]] std::uint32_t u32() { return static_cast<std::uint32_t>(integer(4)); }
    [[nodiscard]] std::uint64_t u64() { return integer(8); }
    [[nodiscard]] ByteView raw(std::size_t size);
    template <std::size_t N>
    [[nodiscard]] std::array<std::uint8_t, N> array() {
        std::array<std::uint8_t, N> result{};
        const ByteView bytes = raw(N);
        std::copy(bytes.begin(), bytes.end(), result.begin());
        return result;
    }
    /// A u32 length of at most `limit`, then as many bytes.
    [[nodiscard]] ByteView block(std::size_t limit);

    [[nodiscard]] std::size_t remaining() const { return m_bytes.size() - m_position; }
    [[nodiscard]] std::size_t position() const { return m_position; }
    [[nodiscard]] bool failed() const { return m_failed; }
    /// True when everything was read and nothing is left over.
    [[nodiscard]] bool finished() const { return !m_failed && remaining() == 0; }

private:
    std::uint64_t integer(std::size_t width);
    ByteView m_bytes;
    std::size_t m_position = 0;
    bool m_failed = false;
};

}  // namespace sotto
