// SPDX-License-Identifier: Apache-2.0
#include "base/bytes.h"

#include "base/check.h"

namespace sotto {

std::string toHex(ByteView bytes) {
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const std::uint8_t byte : bytes) {
        text.push_back(kDigits[byte >> 4]);
        text.push_back(kDigits[byte & 15]);
    }
    return text;
}

namespace {

int hexDigit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

}  // namespace

std::optional<Bytes> fromHex(std::string_view text) {
    if (text.size() % 2 != 0) return std::nullopt;
    Bytes bytes;
    bytes.reserve(text.size() / 2);
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const int high = hexDigit(text[i]);
        const int low = hexDigit(text[i + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        bytes.push_back(static_cast<std::uint8_t>(high * 16 + low));
    }
    return bytes;
}

void ByteWriter::block(ByteView bytes) {
    SOTTO_CHECK(bytes.size() <= UINT32_MAX);
    u32(static_cast<std::uint32_t>(bytes.size()));
    raw(bytes);
}

void ByteWriter::integer(std::uint64_t value, int width) {
    for (int i = 0; i < width; ++i) {
        m_bytes.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
    }
}

ByteView ByteReader::raw(std::size_t size) {
    if (m_failed || size > remaining()) {
        m_failed = true;
        return {};
    }
    const ByteView bytes = m_bytes.subspan(m_position, size);
    m_position += size;
    return bytes;
}

ByteView ByteReader::block(std::size_t limit) {
    const std::uint32_t size = u32();
    if (size > limit) m_failed = true;
    return raw(size);
}

std::uint64_t ByteReader::integer(std::size_t width) {
    const ByteView bytes = raw(width);
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        value |= std::uint64_t{bytes[i]} << (8 * i);
    }
    return value;
}

}  // namespace sotto
