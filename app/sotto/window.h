// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "base/file.h"

namespace sotto::app {

/// Opens the app on a home, by default the one in the user's data folder, and runs the event loop. Needs a
/// QGuiApplication; returns its exit code.
[[nodiscard]] int openWindow(const std::optional<Path>& home);

}  // namespace sotto::app
