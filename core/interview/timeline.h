// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <vector>

#include "interview/event.h"
#include "study/study_pack.h"

namespace sotto::interview {

/// How far a question got. Worst to best is not the point: each is a finding of its own.
enum class Coverage { NotReached, Asked, NothingToReport, Declined, Volunteered };
[[nodiscard]] QString coverageName(Coverage coverage);

struct QuestionCoverage {
    QString section;
    QString question;
    Coverage coverage = Coverage::NotReached;
    std::optional<RecordedOffset> firstAsked;
    int probesAsked = 0;
};

/// Views computed from the events; nothing of this is ever stored.
/// Every question of the guide in its order.
[[nodiscard]] std::vector<QuestionCoverage> coverage(const study::Guide& guide, const std::vector<Event>& events);
/// Recorded milliseconds spent in each section: from an Ask of it to the next Ask of another, up to `end`.
[[nodiscard]] std::map<QString, std::int64_t> sectionTime(const study::Guide& guide, const std::vector<Event>& events,
                                                          RecordedOffset end);

/// Refuses an event that does not fit the study: a question, probe, code or dimension value that it does not have.
[[nodiscard]] Result<> checkEvent(const Event& event, const study::Guide& guide, const study::Codebook& codebook);

}  // namespace sotto::interview
