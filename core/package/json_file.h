// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QJsonObject>

#include "package/content.h"

// Private to this module.
namespace sotto::package {

/// Indented, keys sorted, UTF-8: custodians read these files with their eyes too.
[[nodiscard]] PackageFile jsonFile(const QString& name, const QJsonObject& object);

}  // namespace sotto::package
