// SPDX-License-Identifier: Apache-2.0
#include "base/log.h"

namespace sotto {

Q_LOGGING_CATEGORY(logStorage, "sotto.storage")
Q_LOGGING_CATEGORY(logRecording, "sotto.recording")
Q_LOGGING_CATEGORY(logWorkflow, "sotto.workflow")

}  // namespace sotto
