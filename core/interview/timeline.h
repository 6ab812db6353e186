// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <vector>

#include "interview/event.h"
#include "study/study_pack.h"

namespace sotto::interview {

/// The events that nobody corrected, without the corrections themselves, in their order. A correction can be taken back
/// too, which brings back what it took.
[[nodiscard]] std::vector<Event> uncorrectedEvents(const std::vector<Event>& events);

/// The events that still stand: uncorrected, neither erased nor in a stretch that was taken off the record afterwards,
/// be it that the log still holds them (off_record.h). Every view and every export starts here.
[[nodiscard]] std::vector<Event> standingEvents(const std::vector<Event>& events);

/// How far a question got. Worst to best is not the point: each is a finding of its own.
enum class Coverage { NotReached, Asked, NothingToReport, Declined, Volunteered };
[[nodiscard]] QString coverageName(Coverage coverage);

struct QuestionCoverage {
    QString section;
    QString question;
    Coverage coverage = Coverage::NotReached;
    std::optional<RecordedOffset> firstAsked;  ///< of the question or, without it, of its first probe
    int probesAsked = 0;
};

/// Views computed from the events, corrected ones left out; nothing of this is ever stored.
/// Every question of the guide in its order. What was said last about a question counts: asking again after
/// "declined" makes it asked; but what was volunteered stays volunteered however often it is asked afterwards. A probe
/// counts as asking its question.
[[nodiscard]] std::vector<QuestionCoverage> coverage(const study::Guide& guide, const std::vector<Event>& events);
/// Recorded milliseconds spent in each section of the guide (0 for those never entered): from an Ask of it to the
/// next Ask of another, up to `end`. Several visits to a section add up.
[[nodiscard]] std::map<QString, std::int64_t> sectionTime(const study::Guide& guide, const std::vector<Event>& events,
                                                          RecordedOffset end);

/// Refuses (InvalidArgument) an event that does not fit the study: a question, probe, code or dimension value that it
/// does not have; or an event of the wrong shape.
[[nodiscard]] Result<> checkEvent(const Event& event, const study::Guide& guide, const study::Codebook& codebook);

}  // namespace sotto::interview
