// SPDX-License-Identifier: Apache-2.0
#include "interview_view.h"

namespace sotto::app {

using interview::EventKind;

QString withRoles(QString text, const std::vector<study::Role>& roles, const QString& language) {
    for (const study::Role& role : roles)
        text.replace(u'{' + role.id + u'}', study::standIn(role, language));
    return text;
}

InterviewView viewOfPlan(const workflow::SessionPlan& plan) {
    InterviewView view;
    view.guide = *plan.guide;
    view.codebook = plan.study->pack.codebook;
    view.roles = plan.study->pack.roles;
    view.hasAudio = plan.hasAudio;
    view.coverage = interview::coverage(view.guide, {});
    return view;
}

InterviewView viewOfSession(const workflow::LiveSession& live, const study::StudyPack& pack, bool whole) {
    InterviewView view;
    view.session = live.id();
    if (whole) {
        view.guide = live.guide();
        view.codebook = pack.codebook;
        view.roles = pack.roles;
    }
    view.hasAudio = live.hasAudio();
    view.hasRecordedBefore = live.hasRecordedBefore();
    view.coverage = live.coverage();
    view.sectionMs = live.sectionTimes();
    view.currentQuestion = live.currentQuestion();
    view.lastUndoable = live.lastUndoable();
    for (const interview::Event& event : live.events()) {
        view.marks += event.kind == EventKind::Mark ? 1 : 0;
        view.notes += event.kind == EventKind::Note ? 1 : 0;
        if (event.kind == EventKind::Probe) ++view.probesAsked[event.id];
    }
    return view;
}

}  // namespace sotto::app
