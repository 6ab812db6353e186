// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utility>

#include <QtGlobal>

namespace sotto::consent {

inline constexpr int kPadEnd = 10'000;            ///< ten pad widths: a pad taller than that is none
inline constexpr qsizetype kMostPoints = 50'000;  ///< over all strokes of one signer

[[nodiscard]] inline bool isOnPad(const std::pair<int, int>& point) {
    return point.first >= 0 && point.first <= kPadEnd && point.second >= 0 && point.second <= kPadEnd;
}

}  // namespace sotto::consent
