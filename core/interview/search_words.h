// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include "base/result.h"

namespace sotto::interview {

/// What was typed into a search as an FTS5 query that means these words and nothing else: every word must occur, the
/// last may be the beginning of one. Empty for nothing but punctuation; InvalidArgument above 64 words.
[[nodiscard]] Result<QString> matchOfWords(const QString& typed);

}  // namespace sotto::interview
