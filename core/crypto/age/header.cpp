// SPDX-License-Identifier: Apache-2.0
#include "crypto/age/header.h"

#include <algorithm>

#include <sodium.h>

#include "base/check.h"
#include "crypto/age/base64.h"
#include "crypto/kdf.h"
#include "crypto/sodium_ready.h"

namespace sotto::crypto::age {

namespace {

constexpr std::size_t kColumns = 64;
constexpr std::string_view kMacMark = "---";
constexpr std::size_t kWrappedSize = kFileKeySize + crypto_aead_chacha20poly1305_ietf_ABYTES;
using Point = std::array<std::uint8_t, crypto_scalarmult_BYTES>;
/// A wrapping key seals one thing in its life, so its nonce may be constant.
constexpr std::array<std::uint8_t, crypto_aead_chacha20poly1305_ietf_NPUBBYTES> kZeroNonce{};

/// Hands out the lines of a text; none left, or the last one without its line feed, is nothing.
class Lines {
public:
    explicit Lines(std::string_view text) : m_text(text) {}
    [[nodiscard]] std::optional<std::string_view> next() {
        const std::size_t end = m_text.find('\n', m_position);
        if (end == std::string_view::npos) return std::nullopt;
        const std::string_view line = m_text.substr(m_position, end - m_position);
        m_position = end + 1;
        return line;
    }
    [[nodiscard]] std::size_t position() const { return m_position; }
    [[nodiscard]] bool atEnd() const { return m_position == m_text.size(); }

private:
    std::string_view m_text;
    std::size_t m_position = 0;
};

/// "-> " was taken off; single spaces part the arguments, none is empty.
std::optional<std::vector<std::string>> parseArguments(std::string_view line) {
    std::vector<std::string> arguments;
    for (;;) {
        const std::size_t end = std::min(line.find(' '), line.size());
        const std::string_view argument = line.substr(0, end);
        const auto isVisible = [](char c) { return c > 0x20 && c < 0x7f; };
        if (argument.empty() || !std::all_of(argument.begin(), argument.end(), isVisible)) return std::nullopt;
        arguments.emplace_back(argument);
        if (end == line.size()) return arguments;
        line.remove_prefix(end + 1);
    }
}

std::optional<Stanza> parseStanza(std::string_view argumentLine, Lines& lines) {
    auto arguments = parseArguments(argumentLine);
    if (!arguments) return std::nullopt;
    std::string encoded;
    for (;;) {
        const auto line = lines.next();
        if (!line || line->size() > kColumns) return std::nullopt;
        encoded += *line;
        // The first short line ends the body, even if it is empty.
        if (line->size() < kColumns) break;
    }
    auto body = fromBase64(encoded);
    if (!body) return std::nullopt;
    return Stanza{std::move(*arguments), std::move(*body)};
}

std::optional<Mac256> parseMac(std::string_view encoded) {
    const auto bytes = fromBase64(encoded);
    Mac256 mac{};
    if (!bytes || bytes->size() != mac.size()) return std::nullopt;
    std::copy(bytes->begin(), bytes->end(), mac.begin());
    return mac;
}

}  // namespace

std::optional<Header> parseHeader(std::string_view text) {
    if (!text.starts_with(kVersionLine)) return std::nullopt;
    Lines lines(text);
    static_cast<void>(lines.next());  // the version line, just checked
    Header header;
    for (;;) {
        const std::size_t begin = lines.position();
        const auto line = lines.next();
        if (!line) return std::nullopt;
        if (line->starts_with("--- ")) {
            const auto mac = parseMac(line->substr(4));
            if (!mac || header.stanzas.empty() || !lines.atEnd()) return std::nullopt;
            header.mac = *mac;
            header.macInputSize = begin + kMacMark.size();
            return header;
        }
        if (!line->starts_with("-> ") || header.stanzas.size() == kMaxStanzas) return std::nullopt;
        auto stanza = parseStanza(line->substr(3), lines);
        if (!stanza) return std::nullopt;
        header.stanzas.push_back(std::move(*stanza));
    }
}

namespace {

SecureBytes wrapKey(const SecureBytes& sharedSecret, const Point& share, const Point& recipient) {
    std::array<std::uint8_t, 2 * crypto_scalarmult_BYTES> salt{};
    std::copy(share.begin(), share.end(), salt.begin());
    std::copy(recipient.begin(), recipient.end(), salt.begin() + crypto_scalarmult_BYTES);
    return hkdfSha256(sharedSecret.view(), salt, "age-encryption.org/v1/X25519");
}

Result<Stanza> wrapFor(const Recipient& recipient, const SecureBytes& fileKey) {
    const SecureBytes ephemeral = SecureBytes::random(crypto_scalarmult_SCALARBYTES);
    SecureBytes sharedSecret(crypto_scalarmult_BYTES);
    Point share{};
    ::crypto_scalarmult_base(share.data(), ephemeral.view().data());
    // Fails for points of low order, whose shared secret anybody could guess.
    if (::crypto_scalarmult(sharedSecret.span().data(), ephemeral.view().data(), recipient.point().data()) != 0) {
        return fail(ErrorCode::InvalidArgument, "a recipient is not a usable X25519 key");
    }
    const SecureBytes key = wrapKey(sharedSecret, share, recipient.point());
    Bytes body(kWrappedSize);
    ::crypto_aead_chacha20poly1305_ietf_encrypt(body.data(), nullptr, fileKey.view().data(), fileKey.size(), nullptr, 0,
                                                nullptr, kZeroNonce.data(), key.view().data());
    return Stanza{{"X25519", toBase64(share)}, std::move(body)};
}

void appendStanza(std::string& text, const Stanza& stanza) {
    text += "->";
    for (const std::string& argument : stanza.arguments) {
        text += ' ' + argument;
    }
    text += '\n';
    const std::string encoded = toBase64(stanza.body);
    for (std::size_t at = 0; at <= encoded.size(); at += kColumns) {
        text += encoded.substr(at, kColumns) + '\n';
    }
}

Mac256 headerMac(std::string_view covered, const SecureBytes& fileKey) {
    const SecureBytes key = hkdfSha256(fileKey.view(), {}, "header");
    return hmacSha256(key.view(), viewOf(covered));
}

}  // namespace

Result<std::string> makeHeader(std::span<const Recipient> recipients, const SecureBytes& fileKey) {
    SOTTO_CHECK(fileKey.size() == kFileKeySize && !recipients.empty());
    ensureSodium();
    std::string text(kVersionLine);
    for (const Recipient& recipient : recipients) {
        SOTTO_ASSIGN(const Stanza stanza, wrapFor(recipient, fileKey));
        appendStanza(text, stanza);
    }
    text += kMacMark;
    const Mac256 mac = headerMac(text, fileKey);
    text += ' ' + toBase64(mac) + '\n';
    return text;
}

bool headerMacIsRight(std::string_view text, const Header& header, const SecureBytes& fileKey) {
    return equalConstantTime(headerMac(text.substr(0, header.macInputSize), fileKey), header.mac);
}

namespace {

bool isX25519(const Stanza& stanza) {
    return stanza.arguments.front() == "X25519";
}

/// The share of a well-formed X25519 stanza. The length of the body is looked at before any key touches it, so that
/// no file can be made to open under several keys (partitioning oracle).
std::optional<Point> shareOf(const Stanza& stanza) {
    if (stanza.arguments.size() != 2 || stanza.body.size() != kWrappedSize) return std::nullopt;
    const auto bytes = fromBase64(stanza.arguments[1]);
    Point share{};
    if (!bytes || bytes->size() != share.size()) return std::nullopt;
    std::copy(bytes->begin(), bytes->end(), share.begin());
    return share;
}

/// True if every X25519 stanza is well-formed and a passphrase stanza stands alone.
bool stanzasAreSound(const Header& header) {
    return std::all_of(header.stanzas.begin(), header.stanzas.end(), [&](const Stanza& stanza) {
        if (stanza.arguments.front() == "scrypt") return header.stanzas.size() == 1;
        return !isX25519(stanza) || shareOf(stanza).has_value();
    });
}

tl::expected<SecureBytes, UnwrapFault> unwrapOne(const Stanza& stanza, const Identity& identity,
                                                 const Recipient& recipient) {
    const Point share = *shareOf(stanza);
    SecureBytes sharedSecret(crypto_scalarmult_BYTES);
    if (::crypto_scalarmult(sharedSecret.span().data(), identity.secret().view().data(), share.data()) != 0) {
        return tl::unexpected(UnwrapFault::Header);
    }
    const SecureBytes key = wrapKey(sharedSecret, share, recipient.point());
    SecureBytes fileKey(kFileKeySize);
    const int status = ::crypto_aead_chacha20poly1305_ietf_decrypt(fileKey.span().data(), nullptr, nullptr,
                                                                   stanza.body.data(), stanza.body.size(), nullptr, 0,
                                                                   kZeroNonce.data(), key.view().data());
    if (status != 0) return tl::unexpected(UnwrapFault::NoMatch);
    return fileKey;
}

}  // namespace

tl::expected<SecureBytes, UnwrapFault> unwrapFileKey(const Header& header, std::span<const Identity> identities) {
    ensureSodium();
    if (!stanzasAreSound(header)) return tl::unexpected(UnwrapFault::Header);
    for (const Identity& identity : identities) {
        const Recipient recipient = identity.recipient();
        for (const Stanza& stanza : header.stanzas) {
            if (!isX25519(stanza)) continue;
            auto fileKey = unwrapOne(stanza, identity, recipient);
            if (fileKey || fileKey.error() == UnwrapFault::Header) return fileKey;
        }
    }
    return tl::unexpected(UnwrapFault::NoMatch);
}

}  // namespace sotto::crypto::age
