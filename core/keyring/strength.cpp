// SPDX-License-Identifier: Apache-2.0
#include "keyring/strength.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>
#include <zxcvbn.h>

#include "keyring/frequent_passwords.h"

namespace sotto::keyring {
namespace {

constexpr double kWeakBits = 40.0;
constexpr double kFairBits = 51.0;
constexpr double kStrongBits = 64.0;
/// Rank of the first word of our lists. They are in the order of the alphabet: without an offset, words with A would
/// count as the most frequent. 2^11 is what a person's own choice of an everyday word is worth at least.
constexpr std::size_t kFirstWordRank = 2048;
/// zxcvbn looks at 100 characters in detail; more make nothing weaker, only slower.
constexpr std::size_t kLongest = 200;

// UTF-8 for U+00C0..U+00FF is C3 80..C3 BF; the letters without their accents, in that order.
constexpr char kLatin1Letters[] = "AAAAAAACEEEEIIIIDNOOOOOxOUUUUYTsaaaaaaaceeeeiiiidnooooo/ouuuuyty";

/// The passphrase as zxcvbn reads it: one byte per character, letters without accents, NUL at the end.
crypto::SecureBytes folded(ByteView utf8) {
    crypto::SecureBytes text(std::min(utf8.size(), kLongest) + 1);
    std::size_t size = 0;
    for (std::size_t i = 0; i < utf8.size() && size + 1 < text.size(); ++i) {
        const std::uint8_t byte = utf8[i];
        if (byte >= 0x80 && byte < 0xC0) continue;  // the rest of a character whose first byte stood for it
        std::uint8_t symbol = byte;
        if (byte == 0xC3 && i + 1 < utf8.size()) {
            symbol = static_cast<std::uint8_t>(kLatin1Letters[utf8[i + 1] & 0x3FU]);
        } else if (byte == 0xC5 && i + 1 < utf8.size() && (utf8[i + 1] & 0xFEU) == 0x92) {
            symbol = 'o';  // the ligature oe
        } else if (byte < 0x20) {
            symbol = 0x7F;
        } else if (byte >= 0xC0) {
            symbol = static_cast<std::uint8_t>(0x80U | (utf8[std::min(i + 1, utf8.size() - 1)] & 0x3FU));
        }
        text.span()[size++] = symbol;
    }
    return text;
}

bool isLetterOrDigit(std::uint8_t byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') || byte >= 0x80;
}

/// Without spaces, hyphens and the like: between words they are worth nothing.
crypto::SecureBytes withoutSeparators(const crypto::SecureBytes& text) {
    crypto::SecureBytes joined(text.size());
    std::size_t size = 0;
    for (const std::uint8_t byte : text.view()) {
        if (isLetterOrDigit(byte)) joined.span()[size++] = byte;
    }
    return joined;
}

/// The characters that the same keys give on QWERTY, so that zxcvbn sees the walks over a French keyboard.
crypto::SecureBytes asQwertyKeys(const crypto::SecureBytes& text) {
    static constexpr std::string_view kAzerty = "azqwmAZQWM,;:!&(-_)";
    static constexpr std::string_view kQwerty = "qwaz;QWAZ:m,./156 -";
    crypto::SecureBytes keys = text.clone();
    for (std::uint8_t& byte : keys.span()) {
        const std::size_t at = byte == 0 ? std::string_view::npos : kAzerty.find(static_cast<char>(byte));
        if (at != std::string_view::npos) byte = static_cast<std::uint8_t>(kQwerty[at]);
    }
    return keys;
}

/// Our words as zxcvbn takes them: an array of C strings in the order of their probability, null at the end.
class Dictionary {
public:
    explicit Dictionary(std::span<const WordList> lists) {
        for (const WordList& list : lists)
            m_words.insert(m_words.end(), list.begin(), list.end());
        m_pointers.assign(std::begin(kFrequentPasswords), std::end(kFrequentPasswords));
        m_pointers.resize(std::max(kFirstWordRank - 1, m_pointers.size()), "\x01");  // folded() lets no 01 through
        for (const std::string& word : m_words)
            m_pointers.push_back(word.c_str());
        m_pointers.push_back(nullptr);
    }
    [[nodiscard]] double bits(const crypto::SecureBytes& text) {
        return ZxcvbnMatch(reinterpret_cast<const char*>(text.view().data()), m_pointers.data(), nullptr);
    }

private:
    std::vector<std::string> m_words;
    std::vector<const char*> m_pointers;
};

std::uint8_t lowered(std::uint8_t byte) {
    return byte >= 'A' && byte <= 'Z' ? static_cast<std::uint8_t>(byte + ('a' - 'A')) : byte;
}

double symbolBits(std::uint8_t byte) {
    if (byte >= '0' && byte <= '9') return std::log2(10.0);
    return byte >= 0x80 ? std::log2(100.0) : std::log2(26.0);
}

/// The cheapest cut of letters and digits into words of one list and single symbols. `joined` ends with a NUL.
double cutIntoWords(const crypto::SecureBytes& joined, const WordList& list) {
    crypto::SecureBytes lower = joined.clone();
    std::transform(lower.span().begin(), lower.span().end(), lower.span().begin(), lowered);
    const auto end = std::find(lower.view().begin(), lower.view().end(), std::uint8_t{0});
    const auto size = static_cast<std::size_t>(end - lower.view().begin());
    const std::string_view text(reinterpret_cast<const char*>(lower.view().data()), size);
    const double wordBits = std::log2(static_cast<double>(std::max<std::size_t>(list.size(), 2)));
    constexpr std::size_t kLongestWord = 16;
    std::vector<double> best(size + 1, 0.0);  // of the first n symbols
    for (std::size_t n = 1; n <= size; ++n) {
        best[n] = best[n - 1] + symbolBits(lower.view()[n - 1]);
        for (std::size_t length = 2; length <= std::min(n, kLongestWord); ++length) {
            const std::string_view word = text.substr(n - length, length);
            if (std::binary_search(list.begin(), list.end(), word)) {
                best[n] = std::min(best[n], best[n - length] + wordBits);
            }
        }
    }
    return best[size];
}

/// Punctuation: five bits for each kind, however often it stands there. Spaces between words are free.
double punctuationBits(const crypto::SecureBytes& text) {
    std::vector<bool> seen(256, false);
    double bits = 0.0;
    for (const std::uint8_t byte : text.view()) {
        if (byte == 0 || byte == ' ' || isLetterOrDigit(byte)) continue;
        if (!seen[byte]) bits += std::log2(33.0);
        seen[byte] = true;
    }
    return bits;
}

}  // namespace

StrengthLevel strengthLevel(double bits) {
    if (bits < kWeakBits) return StrengthLevel::TooWeak;
    if (bits < kFairBits) return StrengthLevel::Weak;
    return bits < kStrongBits ? StrengthLevel::Fair : StrengthLevel::Strong;
}

const char* strengthName(StrengthLevel level) {
    switch (level) {
        case StrengthLevel::TooWeak:
            return "too weak";
        case StrengthLevel::Weak:
            return "weak";
        case StrengthLevel::Fair:
            return "fair";
        case StrengthLevel::Strong:
            return "strong";
    }
    return "too weak";
}

PassphraseStrength passphraseStrength(ByteView passphrase, std::span<const WordList> lists) {
    const crypto::SecureBytes text = folded(passphrase);
    const crypto::SecureBytes joined = withoutSeparators(text);
    Dictionary dictionary(lists);
    const double punctuation = punctuationBits(text);
    double bits = dictionary.bits(text);
    bits = std::min(bits, dictionary.bits(joined) + punctuation);
    bits = std::min(bits, dictionary.bits(asQwertyKeys(text)));
    for (const WordList& list : lists)
        bits = std::min(bits, cutIntoWords(joined, list) + punctuation);
    return {bits, strengthLevel(bits)};
}

Result<> checkOwnPassphrase(ByteView passphrase, std::span<const WordList> lists) {
    if (passphraseStrength(passphrase, lists).level != StrengthLevel::TooWeak) return {};
    return fail(
        ErrorCode::InvalidArgument,
        "this passphrase is too easy to guess. Take five words that `sotto passphrase` draws for you, or make it "
        "longer with words that have nothing to do with each other");
}

}  // namespace sotto::keyring
