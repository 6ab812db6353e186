// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "workflow/speech.h"

namespace sotto::platform {

/// The system's voice, looked for when it is first asked for. Null in a build without Qt TextToSpeech. GUI thread.
[[nodiscard]] std::unique_ptr<workflow::Speech> systemSpeech();

}  // namespace sotto::platform
