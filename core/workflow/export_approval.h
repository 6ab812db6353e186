// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "workflow/home.h"

// Where a community governs the data, nothing leaves for research before it approves. All of these need the outbox
// (NotAllowed).
namespace sotto::workflow {

struct ExportApproval {
    QString custodian;   ///< as the study named them then
    QString approvedBy;  ///< who said so, with the number or day of the decision
    std::int64_t utcMs = 0;
};

/// What was recorded for the custodian that the study names today; nothing if that is somebody else by now.
[[nodiscard]] Result<std::optional<ExportApproval>> exportApproval(Home& home);

/// True if research packages stay in the outbox: the study asks for an approval and none is recorded.
[[nodiscard]] Result<bool> isExportHeld(Home& home);

/// From the next delivery on research packages leave. Audited. InvalidArgument without a name or for one of more than
/// 200 characters; NotAllowed if the study asks nobody.
[[nodiscard]] Result<> approveExport(Home& home, const QString& approvedBy);

/// Nothing leaves for research any more; what was sent can't be called back by this. Audited. Safe to repeat.
[[nodiscard]] Result<> withdrawExportApproval(Home& home);

}  // namespace sotto::workflow
