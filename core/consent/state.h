// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QJsonObject>

#include "consent/consent.h"

namespace sotto::consent {

/// The stored form of a state, in both vaults (README.md).
[[nodiscard]] QJsonObject stateToJson(const ConsentState& state);
/// ParseFailed or NewerVersion.
[[nodiscard]] Result<ConsentState> stateFromJson(const QJsonObject& json);

}  // namespace sotto::consent
