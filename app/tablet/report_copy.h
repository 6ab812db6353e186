// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "study/form.h"

namespace sotto::app {

/// The id of the form below, which no form of a study can have: it is no valid name of a file there.
inline constexpr QLatin1String kReportCopyForm("report-copy:");

/// Where somebody wants the report sent: one question, kept apart, never with a link.
[[nodiscard]] study::Form reportCopyForm();

}  // namespace sotto::app
