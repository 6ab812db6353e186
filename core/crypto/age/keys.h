// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "crypto/secure_bytes.h"

namespace sotto::crypto::age {

/// An X25519 public key that files are encrypted to. Text form "age1..." (Bech32, BIP 173, without its length limit).
class Recipient {
public:
    explicit Recipient(const std::array<std::uint8_t, 32>& point) : m_point(point) {}
    /// ParseFailed for anything but one well-formed age1... recipient.
    [[nodiscard]] static Result<Recipient> parse(std::string_view text);
    [[nodiscard]] std::string toString() const;
    [[nodiscard]] const std::array<std::uint8_t, 32>& point() const { return m_point; }
    bool operator==(const Recipient&) const = default;

private:
    std::array<std::uint8_t, 32> m_point;
};

/// The secret half. Text form "AGE-SECRET-KEY-1...". Move-only.
class Identity {
public:
    [[nodiscard]] static Identity generate();
    [[nodiscard]] static Result<Identity> fromSecret(SecureBytes scalar);
    [[nodiscard]] static Result<Identity> parse(std::string_view text);

    [[nodiscard]] Recipient recipient() const;
    [[nodiscard]] const SecureBytes& secret() const { return m_scalar; }
    [[nodiscard]] Identity clone() const;
    /// The text form, as secret as the key itself.
    [[nodiscard]] SecureBytes toText() const;

private:
    explicit Identity(SecureBytes scalar) : m_scalar(std::move(scalar)) {}
    SecureBytes m_scalar;
};

/// Reads an age identity file: one identity per line, '#' comments and blank lines skipped.
[[nodiscard]] Result<std::vector<Identity>> parseIdentityFile(ByteView content);

}  // namespace sotto::crypto::age
