// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QStringList>

#include "vault/audit.h"

namespace sotto::app {

/// What an entry of the audit trail says, as a sentence in the language of the screen; its action itself for one that
/// this version does not know, as a newer one may have written.
[[nodiscard]] QString auditText(const vault::AuditEntry& entry);

/// True if there is a sentence for this action.
[[nodiscard]] bool hasAuditText(const QString& action);

}  // namespace sotto::app
