// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"

/// Base64 as the age header has it: RFC 4648 section 4, without padding, canonical only.
namespace sotto::crypto::age {

[[nodiscard]] std::string toBase64(ByteView bytes);

/// Nothing for any other character, for padding, for a length that no bytes give, or if unused bits are not zero.
[[nodiscard]] std::optional<Bytes> fromBase64(std::string_view text);

}  // namespace sotto::crypto::age
