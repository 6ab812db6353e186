// SPDX-License-Identifier: Apache-2.0
#include "crypto/age/keys.h"

#include <algorithm>

#include <sodium.h>

#include "base/check.h"
#include "crypto/age/bech32.h"
#include "crypto/sodium_ready.h"

namespace sotto::crypto::age {

namespace {

constexpr std::size_t kKeySize = crypto_scalarmult_BYTES;
constexpr std::string_view kRecipientPrefix = "age";
constexpr std::string_view kIdentityPrefix = "age-secret-key-";

}  // namespace

Result<Recipient> Recipient::parse(std::string_view text) {
    std::array<std::uint8_t, kKeySize> point{};
    if (!bech32::decode(text, kRecipientPrefix, point)) {
        return fail(ErrorCode::ParseFailed, "not an age recipient (age1...): mistyped, cut short or of another kind");
    }
    return Recipient(point);
}

std::string Recipient::toString() const {
    std::string text(bech32::encodedSize(kRecipientPrefix.size(), kKeySize), ' ');
    bech32::encode(kRecipientPrefix, m_point, text);
    return text;
}

Identity Identity::generate() {
    return Identity(SecureBytes::random(kKeySize));
}

Result<Identity> Identity::fromSecret(SecureBytes scalar) {
    if (scalar.size() != kKeySize) return fail(ErrorCode::ParseFailed, "an age identity has 32 bytes");
    return Identity(std::move(scalar));
}

Result<Identity> Identity::parse(std::string_view text) {
    SecureBytes scalar(kKeySize);
    if (!bech32::decode(text, kIdentityPrefix, scalar.span())) {
        return fail(ErrorCode::ParseFailed,
                    "not an age identity (AGE-SECRET-KEY-1...): mistyped, cut short or of another kind");
    }
    return Identity(std::move(scalar));
}

Recipient Identity::recipient() const {
    SOTTO_CHECK(m_scalar.size() == kKeySize);
    ensureSodium();
    std::array<std::uint8_t, kKeySize> point{};
    ::crypto_scalarmult_base(point.data(), m_scalar.view().data());
    return Recipient(point);
}

Identity Identity::clone() const {
    return Identity(m_scalar.clone());
}

SecureBytes Identity::toText() const {
    SOTTO_CHECK(m_scalar.size() == kKeySize);
    SecureBytes text(bech32::encodedSize(kIdentityPrefix.size(), kKeySize));
    const std::span<char> characters(reinterpret_cast<char*>(text.span().data()), text.size());
    bech32::encode(kIdentityPrefix, m_scalar.view(), characters);
    for (char& c : characters) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    return text;
}

Result<std::vector<Identity>> parseIdentityFile(ByteView content) {
    std::vector<Identity> identities;
    std::string_view rest(reinterpret_cast<const char*>(content.data()), content.size());
    for (int number = 1; !rest.empty(); ++number) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        std::string_view line = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (line.empty() || line.starts_with('#')) continue;
        Result<Identity> identity = Identity::parse(line);
        if (!identity) {
            return fail(ErrorCode::ParseFailed, "line " + std::to_string(number) + ": " + identity.error().context);
        }
        identities.push_back(std::move(*identity));
    }
    if (identities.empty()) return fail(ErrorCode::ParseFailed, "no AGE-SECRET-KEY-1... line in the key file");
    return identities;
}

}  // namespace sotto::crypto::age
