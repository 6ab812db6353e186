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
    Ask,            ///< primary question `id` was asked
    Probe,          ///< probe `id` was asked
    Answer,         ///< how question `id` was met: `text` is nothing, declined or volunteered
    Mark,           ///< a moment is kept; `text` may say why; reaches back 20 s
    Code,           ///< code `id` with dimensions
    Link,           ///< from code `id` to code `target`
    Note,           ///< written by the interviewer; `text`
    Pause,          ///< recording was paused
    Resume,         ///< recording goes on after a pause or off the record
    OffRecord,      ///< recording stopped at the participant's wish; nothing of it is kept
    Correct,        ///< takes back event number `id`; the earlier one stays in the log
    OffRecordSpan,  ///< taken back afterwards: `offset` to `until` is off the record (off_record.h)
    Erased,         ///< stub that keeps number, offset and time of an event whose content was erased
    Present,        ///< who else is there; `id` tells them apart, `dimensions` say as what, and what they agreed to
    CameIn,         ///< somebody came in who has no business here
    Earshot,        ///< could somebody overhear; `text` is nobody or possible
    Support,        ///< pause and support; `id` is a heading of the protocol, `text` what was done (around.h)
    Confirmed,      ///< the consent, asked again at a visit or after a pause; `text` is fine or stop
    Speaker,        ///< from here on member `id` of a group speaks (speakers.h)
    Joined,         ///< member `id` of a group comes in, late or again, by the consent `target`
    Left,           ///< member `id` of a group has gone
};

/// How far back a mark reaches: what made the interviewer touch the key was said before.
inline constexpr std::int64_t kMarkReachMs = 20'000;
/// Longest JSON of one event, in bytes.
inline constexpr qsizetype kMaxEventBytes = qsizetype{1} << 20;

/// One thing that happened. A value. Absent fields are empty.
struct Event {
    EventKind kind = EventKind::Note;
    RecordedOffset offset;  ///< place in the stitched recording
    Instant at;
    QString id;                             ///< question, probe or code; for Correct the number of an event, in digits
    QString target;                         ///< second code of a link
    QString text;                           ///< note, mark, or one of the words that the kind has
    std::map<QString, QString> dimensions;  ///< valence, reciprocity, ...; of newer kinds: what else is to be said
    std::optional<bool> prompted;           ///< code: was it asked about
    std::optional<RecordedOffset> until;    ///< end of a span, behind its offset
    std::uint64_t number = 0;               ///< 1, 2, 3 ... in its log; given by SessionLog::commit(), 0 before

    [[nodiscard]] QJsonObject toJson() const;
    /// ParseFailed for unknown kinds, unknown fields, fields of a wrong type, or fields that the kind does not have.
    [[nodiscard]] static Result<Event> fromJson(const QJsonObject& json);
    /// Where what it is about begins: for a mark up to 20 s earlier, otherwise its offset.
    [[nodiscard]] RecordedOffset start() const;
};

[[nodiscard]] QString eventKindName(EventKind kind);
[[nodiscard]] std::optional<EventKind> eventKindFromName(const QString& name);

/// InvalidArgument if the event lacks a field that its kind needs, or bears one that its kind does not have. Says
/// nothing about whether the study knows the ids: see checkEvent() in timeline.h.
[[nodiscard]] Result<> checkShape(const Event& event);

/// Makes the Correct event that takes back event `number`.
[[nodiscard]] Event correctionOf(std::uint64_t number, RecordedOffset offset, const Instant& at);

}  // namespace sotto::interview
