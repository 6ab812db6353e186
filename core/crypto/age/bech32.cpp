// SPDX-License-Identifier: Apache-2.0
#include "crypto/age/bech32.h"

#include <algorithm>

#include "base/check.h"
#include "crypto/secure_bytes.h"

namespace sotto::crypto::age::bech32 {

namespace {

constexpr std::string_view kAlphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
constexpr std::size_t kChecksumSize = 6;

/// The running checksum: the remainder of a BCH code over 5-bit groups.
class Checksum {
public:
    explicit Checksum(std::string_view prefix) {
        for (const char c : prefix) {
            add(static_cast<std::uint32_t>(c) >> 5);
        }
        add(0);
        for (const char c : prefix) {
            add(static_cast<std::uint32_t>(c) & 31);
        }
    }
    void add(std::uint32_t group) {
        static constexpr std::uint32_t kGenerator[] = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
        const std::uint32_t top = m_value >> 25;
        m_value = (m_value & 0x1ffffff) << 5 ^ group;
        for (unsigned i = 0; i < 5; ++i) {
            if ((top >> i & 1) != 0) m_value ^= kGenerator[i];
        }
    }
    [[nodiscard]] std::uint32_t value() const { return m_value; }

private:
    std::uint32_t m_value = 1;
};

bool isUpper(char c) {
    return c >= 'A' && c <= 'Z';
}

bool isLower(char c) {
    return c >= 'a' && c <= 'z';
}

char lowered(char c) {
    return isUpper(c) ? static_cast<char>(c - 'A' + 'a') : c;
}

/// True if the text has the prefix, the separator and one case throughout.
bool shapeIsRight(std::string_view text, std::string_view prefix) {
    if (std::any_of(text.begin(), text.end(), isUpper) && std::any_of(text.begin(), text.end(), isLower)) return false;
    for (std::size_t i = 0; i < prefix.size(); ++i) {
        if (lowered(text[i]) != prefix[i]) return false;
    }
    return text[prefix.size()] == '1';
}

/// Turns 5-bit groups into bytes. False if the padding is not zero or not the shortest.
bool regroup(std::string_view groups, ByteSpan bytes, Checksum& checksum) {
    std::uint32_t bits = 0;
    unsigned count = 0;
    std::size_t written = 0;
    for (const char c : groups) {
        const std::size_t group = kAlphabet.find(lowered(c));
        if (group == std::string_view::npos) return false;
        checksum.add(static_cast<std::uint32_t>(group));
        bits = (bits << 5 | static_cast<std::uint32_t>(group)) & 0xfff;
        count += 5;
        if (count >= 8) {
            count -= 8;
            bytes[written++] = static_cast<std::uint8_t>(bits >> count);
        }
    }
    return written == bytes.size() && (bits & ((1U << count) - 1)) == 0;
}

bool decodeChecked(std::string_view text, std::string_view prefix, ByteSpan bytes) {
    if (text.size() != encodedSize(prefix.size(), bytes.size()) || !shapeIsRight(text, prefix)) return false;
    Checksum checksum(prefix);
    const std::string_view data = text.substr(prefix.size() + 1);
    if (!regroup(data.substr(0, data.size() - kChecksumSize), bytes, checksum)) return false;
    for (const char c : data.substr(data.size() - kChecksumSize)) {
        const std::size_t group = kAlphabet.find(lowered(c));
        if (group == std::string_view::npos) return false;
        checksum.add(static_cast<std::uint32_t>(group));
    }
    return checksum.value() == 1;
}

}  // namespace

void encode(std::string_view prefix, ByteView bytes, std::span<char> text) {
    SOTTO_CHECK(text.size() == encodedSize(prefix.size(), bytes.size()));
    Checksum checksum(prefix);
    std::copy(prefix.begin(), prefix.end(), text.begin());
    std::size_t at = prefix.size();
    text[at++] = '1';
    const auto put = [&](std::uint32_t group) {
        checksum.add(group);
        text[at++] = kAlphabet[group];
    };
    std::uint32_t bits = 0;
    unsigned count = 0;
    for (const std::uint8_t byte : bytes) {
        bits = (bits << 8 | byte) & 0xfff;
        for (count += 8; count >= 5; count -= 5) {
            put(bits >> (count - 5) & 31);
        }
    }
    if (count > 0) put(bits << (5 - count) & 31);
    for (std::size_t i = 0; i < kChecksumSize; ++i) {
        checksum.add(0);
    }
    for (std::size_t i = 0; i < kChecksumSize; ++i) {
        text[at++] = kAlphabet[(checksum.value() ^ 1) >> (5 * (kChecksumSize - 1 - i)) & 31];
    }
}

bool decode(std::string_view text, std::string_view prefix, ByteSpan bytes) {
    if (decodeChecked(text, prefix, bytes)) return true;
    wipe(bytes);
    return false;
}

}  // namespace sotto::crypto::age::bech32
