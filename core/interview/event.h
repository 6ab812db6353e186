// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>

#include <QJsonObject>
#include <QString>

#include "base/clock.h"
#include "base/result.h"
#include "base/units.h"

namespace sotto::interview {

/// What can happen in a session. Text names are stored ("ask", "probe", ...) and never change their meaning.
enum class EventKind {
    Ask,        ///< primary question `id` was asked
    Probe,      ///< probe `id` was asked
    Answer,     ///< how question `id` was met: `text` is nothing, declined or volunteered
    Mark,       ///< a moment is kept; `text` may say why; reaches back 20 s
    Code,       ///< code `id` with dimensions
    Link,       ///< from code `id` to code `target`
    Note,       ///< written by the interviewer; `text`
    Pause,      ///< recording was paused
    Resume,     ///< recording goes on after a pause or off the record
    OffRecord,  ///< recording stopped at the participant's wish; nothing of it is kept
    Correct,    ///< takes back event number `id`; the earlier one stays in the log
};

/// One thing that happened. A value. Absent fields are empty.
struct Event {
    EventKind kind = EventKind::Note;
    RecordedOffset offset;  ///< place in the stitched recording
    Instant at;
    QString id;                             ///< question, probe or code
    QString target;                         ///< second code of a link
    QString text;                           ///< note, mark, or the kind of answer
    std::map<QString, QString> dimensions;  ///< valence, reciprocity, ...
    std::optional<bool> prompted;           ///< code: was it asked about

    [[nodiscard]] QJsonObject toJson() const;
    /// ParseFailed for unknown kinds or fields of a wrong type.
    [[nodiscard]] static Result<Event> fromJson(const QJsonObject& json);
};

[[nodiscard]] QString eventKindName(EventKind kind);
[[nodiscard]] std::optional<EventKind> eventKindFromName(const QString& name);

}  // namespace sotto::interview
