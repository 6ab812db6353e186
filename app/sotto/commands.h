// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commandline/command.h"

namespace sotto::app {

[[nodiscard]] Command rehearseCommand();
[[nodiscard]] Command inspectCommand();
[[nodiscard]] Command deliverCommand();
[[nodiscard]] Command eraseCommand();
[[nodiscard]] Command withdrawCommand();
[[nodiscard]] Command auditCommand();
/// person list, add, grant, revoke, remove.
[[nodiscard]] std::vector<Command> personCommands();
[[nodiscard]] Command passwdCommand();
[[nodiscard]] Command rotateCommand();
[[nodiscard]] Command rebuildCommand();
[[nodiscard]] Command sealCommand();
[[nodiscard]] Command studyUpdateCommand();
[[nodiscard]] Command passphraseCommand();
[[nodiscard]] Command tabletCommand();

}  // namespace sotto::app
