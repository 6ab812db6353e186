// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "crypto/age/keys.h"
#include "crypto/hash.h"

/// The text header of an age v1 file: version line, one stanza per wrapped file key, MAC (C2SP age.md).
namespace sotto::crypto::age {

inline constexpr std::string_view kVersionLine = "age-encryption.org/v1\n";
inline constexpr std::size_t kFileKeySize = 16;
/// Bounds on what a stranger's file can make us hold and try; the format itself has none.
inline constexpr std::size_t kMaxHeaderSize = 1024 * 1024;
inline constexpr std::size_t kMaxStanzas = 1024;

struct Stanza {
    std::vector<std::string> arguments;  ///< at least one: the type
    Bytes body;
};

struct Header {
    std::vector<Stanza> stanzas;
    Mac256 mac{};
    std::size_t macInputSize = 0;  ///< the MAC covers this many bytes from the first of the file, "---" included
};

/// `text` is the whole header, its last line feed included, and nothing more. Nothing if it breaks the grammar.
[[nodiscard]] std::optional<Header> parseHeader(std::string_view text);

/// The whole header for a file key of kFileKeySize bytes. InvalidArgument if a recipient is not a usable point.
[[nodiscard]] Result<std::string> makeHeader(std::span<const Recipient> recipients, const SecureBytes& fileKey);

/// True if the MAC belongs to this header text and file key.
[[nodiscard]] bool headerMacIsRight(std::string_view text, const Header& header, const SecureBytes& fileKey);

enum class UnwrapFault { NoMatch, Header };
/// The file key, by the first identity and stanza that fit; or why not. Stanzas of unknown type are passed over, a
/// malformed X25519 stanza condemns the header, and so does a passphrase stanza beside others.
[[nodiscard]] tl::expected<SecureBytes, UnwrapFault> unwrapFileKey(const Header& header,
                                                                   std::span<const Identity> identities);

}  // namespace sotto::crypto::age
