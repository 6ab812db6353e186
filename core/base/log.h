// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLoggingCategory>

// All log categories of core. Logs hold codes and counts; never content, names, keys or offsets of participants.
namespace sotto {

Q_DECLARE_LOGGING_CATEGORY(logStorage)
Q_DECLARE_LOGGING_CATEGORY(logRecording)
Q_DECLARE_LOGGING_CATEGORY(logWorkflow)

}  // namespace sotto
