// SPDX-License-Identifier: Apache-2.0
#include "interview_view.h"

#include <algorithm>

#include "interview/speakers.h"

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

Result<InterviewView> viewOfGroup(const workflow::GroupPlan& plan, const workflow::GroupChoice& choice) {
    SOTTO_ASSIGN(const auto parties, workflow::partiesOf(plan, choice));
    const study::Guide* guide = plan.study->pack.guide(plan.group.role, workflow::languageOf(parties));
    if (guide == nullptr) return fail(ErrorCode::NotFound, "the study has no guide for this group in this language");
    InterviewView view;
    view.guide = *guide;
    view.codebook = plan.study->pack.codebook;
    view.roles = plan.study->pack.roles;
    view.hasAudio = choice.sound == interview::GroupSound::Recorded;
    view.coverage = interview::coverage(view.guide, {});
    view.isGroup = true;
    for (const workflow::MemberPlan& member : plan.members)
        view.members.emplace_back(member.participant.id.toString(), member.participant.pseudonym);
    for (const ParticipantId& member : choice.there)
        view.there.insert(member.toString());
    return view;
}

Result<std::vector<std::pair<QString, QString>>> namesInGroup(workflow::Home& home, const interview::Opening& opening) {
    std::vector<std::pair<QString, QString>> names;
    if (!opening.group) return names;
    SOTTO_ASSIGN(const auto group, people::Groups(home.sessions()).find(opening.participant));
    if (group) {
        const people::Participants participants(home.sessions());
        for (const ParticipantId& id : group->members) {
            SOTTO_ASSIGN(const auto known, participants.find(id));
            if (known) names.emplace_back(id.toString(), known->pseudonym);
        }
    }
    // Who left the group since then spoke in it all the same.
    for (const interview::GroupMember& member : opening.group->members) {
        const QString id = member.participant.toString();
        const bool isKnown =
            std::any_of(names.begin(), names.end(), [&](const auto& name) { return name.first == id; });
        if (!isKnown) names.emplace_back(id, member.pseudonym);
    }
    return names;
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
    view.isGroup = live.isGroup();
    if (view.isGroup) {
        view.there = live.membersThere();
        view.speaker = live.speaker();
        view.spokenMs = interview::speakingTime(live.events(), live.position());
    }
    view.around.people = interview::peoplePresent(live.events());
    view.around.overheard = interview::couldOverhear(live.events());
    view.around.manner = live.opening().manner;
    for (const interview::Event& event : live.events()) {
        view.marks += event.kind == EventKind::Mark ? 1 : 0;
        view.notes += event.kind == EventKind::Note ? 1 : 0;
        if (event.kind == EventKind::Probe) ++view.probesAsked[event.id];
    }
    return view;
}

}  // namespace sotto::app
