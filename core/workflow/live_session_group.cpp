// SPDX-License-Identifier: Apache-2.0
// A session in which several speak: who is there, who speaks, and that nobody is recorded who did not agree to it.
#include <algorithm>

#include "interview/speakers.h"
#include "workflow/groups.h"
#include "workflow/live_session.h"
#include "workflow/session_plan.h"
#include "workflow/withdrawal.h"

namespace sotto::workflow {

using interview::EventKind;

namespace {

bool isOfTheGroup(EventKind kind) {
    return kind == EventKind::Speaker || kind == EventKind::Joined || kind == EventKind::Left;
}

Result<bool> agreesToSound(Home& home, const QString& member) {
    const auto id = ParticipantId::fromString(member);
    if (!id) return fail(ErrorCode::Damaged, "a session names a member by what is no id");
    if (!refuseIfTakenBack(home, *id)) return false;
    SOTTO_ASSIGN(const auto consent, consent::consentInForce(home.sessions(), *id));
    return consent && consent->allows(study::Permission::RecordAudio);
}

}  // namespace

Result<std::unique_ptr<LiveSession>> LiveSession::beginGroup(Home& home, const ParticipantId& group,
                                                             const GroupChoice& choice, bool practice) {
    SOTTO_ASSIGN(const GroupPlan plan, planGroup(home, group));
    SOTTO_ASSIGN(const auto parties, partiesOf(plan, choice));
    const QString language = languageOf(parties);
    const study::Guide* guide = plan.study->pack.guide(plan.group.role, language);
    if (guide == nullptr) return fail(ErrorCode::NotFound, "the study has no guide for this group in this language");
    const crypto::VerifyKey device = home.keyring().deviceKey().verifyKey();
    SOTTO_ASSIGN(const auto opening, interview::makeGroupOpening(plan.group, parties, choice.sound,
                                                                 {plan.study->pack, plan.study->hash, device, language,
                                                                  practice, home.clock().now()}));
    return start(home, plan.study, guide, opening);
}

std::set<QString> LiveSession::membersThere() const {
    if (!isGroup()) return {};
    return interview::membersThere(*opening().group, m_events.standing());
}

QString LiveSession::speaker() const {
    return isGroup() ? interview::speakerNow(*opening().group, m_events.standing()) : QString();
}

Result<> LiveSession::speak(const QString& member) {
    return commit(interview::speakerOf(member));
}

Result<> LiveSession::join(const ParticipantId& member) {
    SOTTO_TRY(needHome());
    if (!isGroup()) return fail(ErrorCode::NotAllowed, "this session is not one of a group");
    SOTTO_ASSIGN(const GroupPlan plan, planGroup(*m_home, opening().participant));
    const auto found = std::find_if(plan.members.begin(), plan.members.end(),
                                    [&](const MemberPlan& one) { return one.participant.id == member; });
    if (found == plan.members.end()) return fail(ErrorCode::InvalidArgument, "somebody is not in this group");
    if (found->obstacle) return fail(*found->obstacle, "one of the group can't take part now");
    if (membersThere().count(member.toString()) > 0) return {};
    // First who they are to the index, so that forgetting them finds this session whatever comes between.
    SOTTO_TRY(people::Groups(m_home->sessions()).takePart(id(), member));
    return write(interview::joinedOf(member, found->consent->evidence), position());
}

Result<> LiveSession::leave(const ParticipantId& member) {
    SOTTO_TRY(needHome());
    if (membersThere().count(member.toString()) == 0) return fail(ErrorCode::NotFound, "this member is not there");
    return write(interview::leftOf(member), position());
}

/// Who is not there says nothing, and before somebody comes in who refuses the recording, it ends: they are not heard
/// even for the time that a write takes.
Result<> LiveSession::checkGroupEvent(const interview::Event& event) {
    if (!isOfTheGroup(event.kind)) return {};
    if (!isGroup()) return fail(ErrorCode::InvalidArgument, "only in a group it is told who speaks, comes and goes");
    if (event.kind == EventKind::Speaker) {
        if (event.id == interview::several() || membersThere().count(event.id) > 0) return {};
        return fail(ErrorCode::NotAllowed, "somebody who is not there can't speak");
    }
    if (event.kind == EventKind::Left || !isRecording()) return {};
    SOTTO_ASSIGN(const bool agrees, agreesToSound(*m_home, event.id));
    return agrees ? Result<>() : stopRecording(recording::SegmentEnding::Pause, EventKind::Pause);
}

/// The consents of the day are in the opening; those in force are asked again.
Result<> LiveSession::checkGroupAudio() const {
    const std::set<QString> there = membersThere();
    if (there.empty()) return fail(ErrorCode::ConsentMissing, "nobody of the group is there");
    for (const QString& member : there) {
        SOTTO_ASSIGN(const bool agrees, agreesToSound(*m_home, member));
        if (!agrees) {
            return fail(ErrorCode::ConsentMissing,
                        "somebody of the group is there who does not agree to being recorded");
        }
    }
    return {};
}

/// Whoever takes part no longer is not there any more. ConsentMissing if that is everybody.
Result<> LiveSession::sendAwayWhoTakesPartNoLonger() {
    for (const QString& member : membersThere()) {
        const auto id = ParticipantId::fromString(member);
        if (!id) continue;
        const auto consent = consentToTakePart(*m_home, *id);
        const bool takesPart = consent && consent->takesPart;
        if (!consent && consent.error().code == ErrorCode::IoFailed) return Failure(consent.error());
        if (!takesPart) SOTTO_TRY(write(interview::leftOf(*id), position()));
    }
    return {};
}

/// What is written down afterwards is nobody's words.
Result<> LiveSession::endTurn() {
    const QString now = speaker();
    if (now.isEmpty() || now == interview::several()) return {};
    return write(interview::speakerOf(interview::several()), position());
}

}  // namespace sotto::workflow
