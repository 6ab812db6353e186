// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string_view>

namespace sotto::study {

/// 256 short, different, everyday words without accents, one per byte value. The order is part of what people compare
/// by ear: never change it. French for "fr", English for any other language.
[[nodiscard]] const std::array<std::string_view, 256>& fingerprintWordList(std::string_view language);

}  // namespace sotto::study
