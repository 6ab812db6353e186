// SPDX-License-Identifier: Apache-2.0
#include "base/log.h"

namespace sotto {

Q_LOGGING_CATEGORY(logStorage, "sotto.storage", QtInfoMsg)
Q_LOGGING_CATEGORY(logRecording, "sotto.recording", QtInfoMsg)
Q_LOGGING_CATEGORY(logWorkflow, "sotto.workflow", QtInfoMsg)

}  // namespace sotto
