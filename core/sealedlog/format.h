// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>

#include "base/bytes.h"

/// Sizes and numbers of the sealed log's byte grammar; README.md of this module is the specification.
namespace sotto::sealedlog {

inline constexpr std::uint16_t kFormatVersion = 1;
inline constexpr std::uint64_t kSlotSize = 4096;
inline constexpr std::uint64_t kRecordsStart = 2 * kSlotSize;
inline constexpr std::size_t kRecordHeaderSize = 56;  ///< up to and with the header MAC
inline constexpr std::size_t kRecordOverhead = 96;    ///< header, nonce and tag
inline constexpr std::uint32_t kMaxBody = 80U << 20;  ///< a vault commit may hold a whole image
inline constexpr std::uint16_t kFinalType = 0xFFFF;   ///< the last record of a finished log
inline constexpr std::uint16_t kFirstReservedType = 0xFF00;

/// What a log holds; part of the authenticated header. Numbers are for ever.
enum class Kind : std::uint16_t { Vault = 1, Identities = 2, Outbox = 3, Session = 4 };

using Tag = std::array<std::uint8_t, 16>;

/// A place in a log that somebody remembers elsewhere: a log that ends before it, or has another record there, was
/// truncated or replaced.
struct Anchor {
    std::uint64_t sequence = 0;
    Tag tag{};
    bool operator==(const Anchor&) const = default;
};

}  // namespace sotto::sealedlog
