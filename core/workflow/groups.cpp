// SPDX-License-Identifier: Apache-2.0
#include "workflow/groups.h"

#include <algorithm>
#include <map>
#include <set>

#include "workflow/session_plan.h"

namespace sotto::workflow {

namespace {

using study::AudioRefusal;

Result<people::Participant> participantOf(Home& home, const ParticipantId& id) {
    SOTTO_ASSIGN(const auto known, people::Participants(home.sessions()).find(id));
    if (!known) return fail(ErrorCode::NotFound, "there is no such participant in this home");
    return *known;
}

Result<> checkMayJoin(const study::StudyPack& pack, const people::Participant& participant) {
    if (speaksInGroups(pack, participant.role)) return {};
    return fail(ErrorCode::NotAllowed, "people of this role do not speak in a group");
}

Result<> checkSize(const study::StudyPack& pack, std::size_t size) {
    if (size <= static_cast<std::size_t>(pack.policy.group->most)) return {};
    return fail(ErrorCode::NotAllowed, "the study allows no group as large as this");
}

Result<people::Group> groupOf(Home& home, const ParticipantId& id) {
    SOTTO_TRY(home.need({Compartment::Sessions}));
    SOTTO_ASSIGN(auto group, people::Groups(home.sessions()).find(id));
    if (!group) return fail(ErrorCode::NotFound, "there is no such group in this home");
    return *std::move(group);
}

/// An interview with them alone would be refused for the same reasons, so that these are in one place.
Result<MemberPlan> memberOf(Home& home, const ParticipantId& id) {
    MemberPlan member;
    SOTTO_ASSIGN(member.participant, participantOf(home, id));
    SOTTO_ASSIGN(member.consent, consent::consentInForce(home.sessions(), id));
    const auto alone = planSession(home, member.participant);
    if (!alone) {
        member.obstacle = alone.error().code;
    } else {
        member.agreesToSound = alone->consent.allows(study::Permission::RecordAudio);
    }
    return member;
}

Result<std::vector<MemberPlan>> membersOf(Home& home, const people::Group& group) {
    std::vector<MemberPlan> members;
    for (const ParticipantId& id : group.members) {
        SOTTO_ASSIGN(auto member, memberOf(home, id));
        members.push_back(std::move(member));
    }
    return members;
}

bool allows(const study::StudyPack& pack, AudioRefusal way) {
    if (!pack.policy.group) return false;
    const auto& ways = pack.policy.group->ifOneRefusesAudio;
    return ways.empty() || std::find(ways.begin(), ways.end(), way) != ways.end();
}

Result<GroupOverview> overviewOf(Home& home, people::Group group, const std::vector<interview::SessionRow>& rows) {
    GroupOverview overview;
    SOTTO_ASSIGN(overview.members, membersOf(home, group));
    overview.group = std::move(group);
    for (const interview::SessionRow& row : rows) {
        if (row.participant != overview.group.id) continue;
        overview.latest = row;
        const bool isOpen =
            row.state == interview::SessionState::Open || row.state == interview::SessionState::Interrupted;
        if (isOpen && !overview.open) overview.open = row;
    }
    return overview;
}

}  // namespace

bool hasGroups(const study::StudyPack& pack) {
    return pack.policy.group && std::any_of(pack.roles.begin(), pack.roles.end(), [](const study::Role& role) {
               return role.manner == study::SessionManner::Group;
           });
}

bool speaksInGroups(const study::StudyPack& pack, const QString& role) {
    const study::Role* known = pack.role(role);
    return pack.policy.group && known != nullptr && known->manner == study::SessionManner::Group;
}

Result<people::Group> makeGroup(Home& home, const QString& name, const std::vector<ParticipantId>& members) {
    SOTTO_TRY(home.need({Compartment::Sessions}));
    const study::StudyPack& pack = home.study().pack;
    if (!hasGroups(pack)) return fail(ErrorCode::NotAllowed, "this study holds no groups");
    if (members.empty()) return fail(ErrorCode::InvalidArgument, "a group needs somebody in it");
    SOTTO_TRY(checkSize(pack, members.size()));
    QString role;
    for (const ParticipantId& id : members) {
        SOTTO_ASSIGN(const auto participant, participantOf(home, id));
        SOTTO_TRY(checkMayJoin(pack, participant));
        if (role.isEmpty()) role = participant.role;
    }
    SOTTO_ASSIGN(auto transaction, vault::Transaction::begin(home.sessions()));
    people::Groups groups(home.sessions());
    SOTTO_ASSIGN(people::Group group, groups.create(name, role, home.clock().now()));
    for (const ParticipantId& id : members)
        SOTTO_TRY(groups.join(group.id, id));
    SOTTO_TRY(home.audit(QStringLiteral("group.made"), {{QStringLiteral("group"), group.id.toString()}}));
    SOTTO_TRY(transaction.commit());
    group.members = members;
    return group;
}

Result<> addToGroup(Home& home, const ParticipantId& group, const ParticipantId& member) {
    SOTTO_ASSIGN(const auto known, groupOf(home, group));
    const study::StudyPack& pack = home.study().pack;
    SOTTO_ASSIGN(const auto participant, participantOf(home, member));
    SOTTO_TRY(checkMayJoin(pack, participant));
    SOTTO_TRY(checkSize(pack, known.members.size() + 1));
    return people::Groups(home.sessions()).join(group, member);
}

Result<> removeFromGroup(Home& home, const ParticipantId& group, const ParticipantId& member) {
    SOTTO_TRY(home.need({Compartment::Sessions}));
    return people::Groups(home.sessions()).leave(group, member);
}

Result<GroupPlan> planGroup(Home& home, const ParticipantId& group) {
    GroupPlan plan;
    SOTTO_ASSIGN(plan.group, groupOf(home, group));
    SOTTO_ASSIGN(plan.members, membersOf(home, plan.group));
    SOTTO_ASSIGN(plan.study, home.studyOf(QString::fromStdString(toHex(home.study().hash))));
    plan.mayBeNotesOnly = allows(plan.study->pack, AudioRefusal::NotesOnly);
    plan.mayHearApart = allows(plan.study->pack, AudioRefusal::Apart);
    return plan;
}

Result<std::vector<interview::GroupParty>> partiesOf(const GroupPlan& plan, const GroupChoice& choice) {
    if (choice.there.size() < kLeastInGroup) return fail(ErrorCode::InvalidArgument, "a group is two people or more");
    std::set<ParticipantId> seen;
    std::vector<interview::GroupParty> parties;
    for (const ParticipantId& id : choice.there) {
        const auto member = std::find_if(plan.members.begin(), plan.members.end(),
                                         [&](const MemberPlan& one) { return one.participant.id == id; });
        if (member == plan.members.end() || !seen.insert(id).second) {
            return fail(ErrorCode::InvalidArgument, "somebody is not in this group, or there twice");
        }
        if (member->obstacle) return fail(*member->obstacle, "one of the group can't take part now");
        if (!member->agreesToSound && choice.sound == interview::GroupSound::Recorded) {
            return fail(ErrorCode::ConsentMissing, "one of the group did not agree to being recorded");
        }
        if (!member->agreesToSound && !plan.mayBeNotesOnly) {
            return fail(ErrorCode::NotAllowed, "this study hears apart who does not agree to being recorded");
        }
        parties.push_back({member->participant, *member->consent});
    }
    return parties;
}

QString languageOf(const std::vector<interview::GroupParty>& parties) {
    std::map<QString, int> count;
    for (const interview::GroupParty& party : parties)
        ++count[party.consent.language];
    const auto most = std::max_element(parties.begin(), parties.end(), [&](const auto& a, const auto& b) {
        return count[a.consent.language] < count[b.consent.language];
    });
    return most == parties.end() ? QString() : most->consent.language;
}

Result<std::vector<GroupOverview>> groupOverviews(Home& home) {
    SOTTO_TRY(home.need({Compartment::Sessions}));
    SOTTO_ASSIGN(auto groups, people::Groups(home.sessions()).all());
    SOTTO_ASSIGN(const auto rows, interview::SessionIndex(home.sessions()).all());
    std::vector<GroupOverview> overviews;
    for (people::Group& group : groups) {
        SOTTO_ASSIGN(auto overview, overviewOf(home, std::move(group), rows));
        overviews.push_back(std::move(overview));
    }
    return overviews;
}

Result<GroupOverview> groupOverview(Home& home, const ParticipantId& group) {
    SOTTO_ASSIGN(auto known, groupOf(home, group));
    SOTTO_ASSIGN(const auto rows, interview::SessionIndex(home.sessions()).all());
    return overviewOf(home, std::move(known), rows);
}

}  // namespace sotto::workflow
