// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>

#include <QStringList>

namespace sotto::study {

/// Every table and field that a research package can hold; deident.yaml allows some of them. Whatever is not named
/// here cannot leave, whatever a study writes.
[[nodiscard]] const std::map<QString, QStringList>& deidentUniverse();

}  // namespace sotto::study
