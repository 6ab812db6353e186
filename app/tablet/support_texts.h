// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "interview/event.h"
#include "workflow/help_file.h"

namespace sotto::app {

/// What Sotto says by itself, in the language of the app, where a study says nothing.
[[nodiscard]] std::vector<workflow::HelpHeading> ownProtocol();
/// Where there is no study yet.
[[nodiscard]] QByteArray emergencyAlone();
/// "Québec" for "QC"; what it does not know as it is.
[[nodiscard]] QString placeName(const QString& place);
/// "Go on. Decided together."
[[nodiscard]] QString decisionText(const QString& outcome, const QString& by);
/// What an event of kind support says, in a few words.
[[nodiscard]] QString supportEventText(const interview::Event& event);

}  // namespace sotto::app
