// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include "base/result.h"

namespace sotto::app {

/// What an error means and what to do, in the language of the screen. The one table; core holds no translated text.
[[nodiscard]] QString errorText(const Error& error);

}  // namespace sotto::app
