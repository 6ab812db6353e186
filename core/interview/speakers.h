// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <set>
#include <vector>

#include "interview/group_opening.h"
#include "interview/off_record.h"

/// Who speaks in a group, computed from the touches on its row of pseudonyms and never stored; and what goes with one
/// of them who takes it all back. Values and pure functions. Members are named by the text of their participant id.
namespace sotto::interview {

/// "From here on several at once, or nobody in particular", what can't be told apart: 32 zeros, the null id.
[[nodiscard]] QString several();
/// In the place of a member who was taken out of the log: 32 times f.
[[nodiscard]] QString takenOut();
/// The touch comes when somebody is heard to speak, that is, behind their first words.
inline constexpr std::int64_t kSpeakerReachMs = 2'000;

[[nodiscard]] Event speakerOf(const QString& member);
/// Somebody comes in, late or again, by the consent that `evidence` is; somebody goes.
[[nodiscard]] Event joinedOf(const ParticipantId& member, const EvidenceId& evidence);
[[nodiscard]] Event leftOf(const ParticipantId& member);

/// Who is in the room: those of the opening, then as they came and went. From events that stand.
[[nodiscard]] std::set<QString> membersThere(const GroupOpening& group, const std::vector<Event>& standing);
/// Everybody who ever was in this session, with the evidence by which they were.
[[nodiscard]] std::map<QString, EvidenceId> everybodyIn(const GroupOpening& group, const std::vector<Event>& events);
/// Who was touched last and is still there; empty for nobody.
[[nodiscard]] QString speakerNow(const GroupOpening& group, const std::vector<Event>& standing);

/// Recorded milliseconds of each member, and of several() for what belongs to nobody, up to `end`.
[[nodiscard]] std::map<QString, std::int64_t> speakingTime(const std::vector<Event>& events, RecordedOffset end);

/// Where in the recording the members of the set speak, from kSpeakerReachMs before each touch; joined, in order.
[[nodiscard]] std::vector<Span> spansOf(const std::set<QString>& members, const std::vector<Event>& events,
                                        RecordedOffset end);

/// Who was speaking when this event was told, or at the place that it is about: a member, several(), or empty before
/// the first touch. `standing` in the order of the log. In a session without sound, where every offset is 0, the order
/// of the events decides.
[[nodiscard]] QString speakerAt(const Event& event, const std::vector<Event>& standing);

/// Numbers of the events that go with these members: what was noted, marked, coded or answered while they spoke, marks
/// that reach back into their words, notes that name one of `pseudonyms`; and corrections of all these. Without the
/// touches themselves, which keep their place (withoutMembers()).
[[nodiscard]] std::set<std::uint64_t> eventsOf(const std::set<QString>& members, const QStringList& pseudonyms,
                                               const std::vector<Event>& events, RecordedOffset end);

/// The same events without what those members said: stubs for what goes with them and for their coming and going;
/// their touches say takenOut(), so that nobody else is taken for the one who spoke there.
[[nodiscard]] std::vector<Event> withoutMembers(const std::vector<Event>& events, const std::set<QString>& members,
                                                const QStringList& pseudonyms, RecordedOffset end);

/// One member out of a log, for sealedlog::rewrite(): the opening no longer names them, events as withoutMembers()
/// gives them; audio is passed on (recording::eraseFilter() with spansOf()). `events` are those of that log, as they
/// are now. Fails with ParseFailed for an event or opening that can't be read.
[[nodiscard]] sealedlog::Filter memberFilter(const ParticipantId& member, const QString& pseudonym,
                                             const std::vector<Event>& events, RecordedOffset end);

}  // namespace sotto::interview
