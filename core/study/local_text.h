// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>

#include <QString>

namespace sotto::study {

/// Text in each language of the study: key "fr", "en".
using LocalText = std::map<QString, QString>;

}  // namespace sotto::study
