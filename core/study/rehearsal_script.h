// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <vector>

#include <QString>

#include "base/bytes.h"
#include "base/result.h"

namespace sotto::study {

/// One step of a rehearsal, at a place in the recorded time.
struct ScriptStep {
    enum class Action { Ask, Probe, Answer, Mark, Code, Link, Note, Pause, OffRecord };
    Action action = Action::Note;
    std::int64_t atMs = 0;
    QString id;      ///< question, probe or code; first code of a link
    QString target;  ///< second code of a link
    QString text;    ///< note, mark, or nothing/declined/volunteered
    std::map<QString, QString> dimensions;
    std::optional<bool> prompted;
    std::int64_t durationMs = 0;  ///< of a pause or of going off the record
    int line = 0;                 ///< in the script file
};

/// A scripted interview for `sotto rehearse`; format in README.md of this module. No name, role or id is empty.
struct RehearsalScript {
    QString role;
    QString language;
    QString name;
    QString partnerRole;  ///< empty without a partner
    QString partnerName;
    std::map<QString, bool> consent;
    std::vector<ScriptStep> steps;  ///< in order of time
};

/// Parses a script. ParseFailed with "line N: sentence" for the first thing that is unknown, missing or out of order.
[[nodiscard]] Result<RehearsalScript> parseRehearsalScript(ByteView yaml);

}  // namespace sotto::study
