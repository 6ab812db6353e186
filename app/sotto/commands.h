// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commandline/command.h"

namespace sotto::app {

[[nodiscard]] Command rehearseCommand();
[[nodiscard]] Command inspectCommand();
[[nodiscard]] Command passphraseCommand();
[[nodiscard]] Command tabletCommand();

}  // namespace sotto::app
