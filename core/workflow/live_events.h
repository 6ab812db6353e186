// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "interview/timeline.h"

namespace sotto::workflow {

/// The events of a running interview in memory, so that nothing has to read the log to show them. What is computed from
/// them is kept until the next event. A value; one thread.
class LiveEvents {
public:
    /// What the log holds already, or has just taken.
    void add(interview::Event event);

    /// With corrected ones and corrections; the event of number n stands at n - 1, unless the log was damaged once.
    [[nodiscard]] const std::vector<interview::Event>& all() const { return m_all; }
    [[nodiscard]] const std::vector<interview::Event>& standing() const;
    /// Of the same guide at each call.
    [[nodiscard]] const std::vector<interview::QuestionCoverage>& coverage(const study::Guide& guide) const;
    [[nodiscard]] QString currentQuestion() const;
    /// The last mark, code, link or answer that stands.
    [[nodiscard]] std::optional<interview::Event> lastUndoable() const;

private:
    std::vector<interview::Event> m_all;
    mutable std::optional<std::vector<interview::Event>> m_standing;
    mutable std::optional<std::vector<interview::QuestionCoverage>> m_coverage;
};

}  // namespace sotto::workflow
