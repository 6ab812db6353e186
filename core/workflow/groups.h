// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "consent/consent.h"
#include "interview/group_opening.h"
#include "interview/session_index.h"
#include "people/groups.h"
#include "people/people.h"
#include "workflow/home.h"

/// Groups as the study allows them: who may be in one, what a session of it would be, and where it stands.
namespace sotto::workflow {

/// Somebody in a group, and whether they may speak in its session today.
struct MemberPlan {
    people::Participant participant;
    std::optional<consent::ConsentState> consent;  ///< in force; nothing if they signed none
    std::optional<ErrorCode> obstacle;             ///< why they can't take part now; nothing if they can
    bool agreesToSound = false;
};

/// What a group's session would be, were it begun now. A value.
struct GroupPlan {
    people::Group group;
    std::vector<MemberPlan> members;
    std::shared_ptr<const study::SignedPack> study;  ///< in force
    bool mayBeNotesOnly = false;                     ///< for all, if one of them refuses the recording
    bool mayHearApart = false;                       ///< who refuses it comes to a session of their own
};

/// How its session is to be held today.
struct GroupChoice {
    std::vector<ParticipantId> there;  ///< who is in the room now; others may still come
    interview::GroupSound sound = interview::GroupSound::Recorded;
};

/// Where a group stands, for the home screen.
struct GroupOverview {
    people::Group group;
    std::vector<MemberPlan> members;
    std::optional<interview::SessionRow> open;    ///< that runs, is broken off or waits for its wrap-up
    std::optional<interview::SessionRow> latest;  ///< begun last
};

/// How many must be there for a session of a group.
inline constexpr std::size_t kLeastInGroup = 2;

/// True if the study holds groups.
[[nodiscard]] bool hasGroups(const study::StudyPack& pack);
/// True if people of this role speak in groups.
[[nodiscard]] bool speaksInGroups(const study::StudyPack& pack, const QString& role);

/// A group of people who are enrolled already, in the role of the first one. NotAllowed if the study holds no groups,
/// allows fewer, or if somebody's role is not one of a group; NotFound for somebody unknown; otherwise as
/// people::Groups. Audited without names.
[[nodiscard]] Result<people::Group> makeGroup(Home& home, const QString& name,
                                              const std::vector<ParticipantId>& members);
/// The same rules for one more. Not while its session runs: see LiveSession::join().
[[nodiscard]] Result<> addToGroup(Home& home, const ParticipantId& group, const ParticipantId& member);
[[nodiscard]] Result<> removeFromGroup(Home& home, const ParticipantId& group, const ParticipantId& member);

/// Reads only. NotFound for no such group; NotAllowed for a person without the sessions.
[[nodiscard]] Result<GroupPlan> planGroup(Home& home, const ParticipantId& group);

/// Those who are to be there, with their consents. InvalidArgument for fewer than two, somebody twice or somebody who
/// is not in the group; ConsentMissing for somebody who may not take part, or who refuses the recording in a session
/// that is to be recorded; NotAllowed for notes only where somebody refuses and the study hears such a person apart.
[[nodiscard]] Result<std::vector<interview::GroupParty>> partiesOf(const GroupPlan& plan, const GroupChoice& choice);
/// Of these, the language that most signed in (the first, if several do).
[[nodiscard]] QString languageOf(const std::vector<interview::GroupParty>& parties);

/// All groups, in the order in which they were made.
[[nodiscard]] Result<std::vector<GroupOverview>> groupOverviews(Home& home);
[[nodiscard]] Result<GroupOverview> groupOverview(Home& home, const ParticipantId& group);

}  // namespace sotto::workflow
