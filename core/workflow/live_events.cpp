// SPDX-License-Identifier: Apache-2.0
#include "workflow/live_events.h"

#include <algorithm>

namespace sotto::workflow {

namespace {

bool isUndoable(const interview::Event& event) {
    using interview::EventKind;
    return event.kind == EventKind::Mark || event.kind == EventKind::Code || event.kind == EventKind::Link ||
           event.kind == EventKind::Answer;
}

}  // namespace

void LiveEvents::add(interview::Event event) {
    m_all.push_back(std::move(event));
    m_standing.reset();
    m_coverage.reset();
}

const std::vector<interview::Event>& LiveEvents::standing() const {
    if (!m_standing) m_standing = interview::standingEvents(m_all);
    return *m_standing;
}

const std::vector<interview::QuestionCoverage>& LiveEvents::coverage(const study::Guide& guide) const {
    if (!m_coverage) m_coverage = interview::coverage(guide, standing());
    return *m_coverage;
}

QString LiveEvents::currentQuestion() const {
    const auto& events = standing();
    const auto last = std::find_if(events.rbegin(), events.rend(), [](const interview::Event& event) {
        return event.kind == interview::EventKind::Ask;
    });
    return last == events.rend() ? QString() : last->id;
}

std::optional<interview::Event> LiveEvents::lastUndoable() const {
    const auto& events = standing();
    const auto last = std::find_if(events.rbegin(), events.rend(), isUndoable);
    return last == events.rend() ? std::nullopt : std::optional(*last);
}

}  // namespace sotto::workflow
