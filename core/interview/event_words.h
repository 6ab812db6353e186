// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "interview/event.h"

namespace sotto::interview {

/// True if id, text and dimensions are made of the words that the event's kind has, none missing and none beside them.
/// Always true for kinds whose text is free, and for a coding, whose dimensions the study lays down. What surrounds an
/// interview is told in such words alone, so that no name can be in it.
[[nodiscard]] bool hasItsWords(const Event& event);

}  // namespace sotto::interview
