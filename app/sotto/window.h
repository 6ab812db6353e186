// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace sotto::app {

/// Loads the first window and runs the event loop. Needs a QGuiApplication; returns its exit code.
[[nodiscard]] int openWindow();

}  // namespace sotto::app
