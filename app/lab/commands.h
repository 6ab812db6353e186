// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commandline/command.h"

/// The commands of sotto-lab, one function each; every one reads its arguments, calls core and reports.
namespace sotto::lab {

[[nodiscard]] app::Command keygenCommand();
[[nodiscard]] app::Command studyCheckCommand();
[[nodiscard]] app::Command studyFormsCommand();
[[nodiscard]] app::Command studySignCommand();
[[nodiscard]] app::Command studySheetCommand();
[[nodiscard]] app::Command enrolCommand();
[[nodiscard]] app::Command receiveCommand();
[[nodiscard]] app::Command withdrawListCommand();
[[nodiscard]] app::Command openCommand();
[[nodiscard]] app::Command rescueCommand();
[[nodiscard]] app::Command rekeyCommand();
[[nodiscard]] app::Command unsealCommand();

}  // namespace sotto::lab
