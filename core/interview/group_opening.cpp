// SPDX-License-Identifier: Apache-2.0
#include "interview/group_opening.h"

#include <algorithm>
#include <limits>
#include <set>

#include <QJsonArray>

#include "consent/strict_json.h"
#include "interview/opening.h"

namespace sotto::interview {

namespace {

Result<> checkParties(const std::vector<GroupParty>& parties, GroupSound sound, const study::StudyPack& pack) {
    if (parties.empty()) return fail(ErrorCode::InvalidArgument, "a group's session needs somebody to speak in it");
    std::set<ParticipantId> seen;
    for (const GroupParty& party : parties) {
        if (!seen.insert(party.participant.id).second) {
            return fail(ErrorCode::InvalidArgument, "somebody is in the group twice");
        }
        if (party.consent.participant != party.participant.id) {
            return fail(ErrorCode::InvalidArgument, "the consent is another participant's");
        }
        if (pack.role(party.participant.role) == nullptr) {
            return fail(ErrorCode::InvalidArgument, "the study has no such role as this participant's");
        }
        if (!party.consent.takesPart) {
            return fail(ErrorCode::ConsentMissing, "the consent in force of one of the group does not allow it");
        }
        if (sound == GroupSound::Recorded && !party.consent.allows(study::Permission::RecordAudio)) {
            return fail(ErrorCode::ConsentMissing, "one of the group did not agree to being recorded");
        }
    }
    return {};
}

GroupMember memberOf(const GroupParty& party) {
    GroupMember member;
    member.participant = party.participant.id;
    member.pseudonym = party.participant.pseudonym;
    member.role = party.participant.role;
    member.evidence = party.consent.evidence;
    member.consentVersion = party.consent.formVersion;
    member.consentItems = party.consent.answers;
    member.audioAllowed = party.consent.allows(study::Permission::RecordAudio);
    return member;
}

}  // namespace

QJsonObject GroupMember::toJson() const {
    return {{QStringLiteral("participant"), participant.toString()},
            {QStringLiteral("pseudonym"), pseudonym},
            {QStringLiteral("role"), role},
            {QStringLiteral("evidence"), evidence.toString()},
            {QStringLiteral("consent_version"), consentVersion},
            {QStringLiteral("consent_items"), consent::booleansToJson(consentItems)},
            {QStringLiteral("audio_allowed"), audioAllowed}};
}

Result<GroupMember> GroupMember::fromJson(const QJsonObject& json) {
    consent::StrictObject fields(json, "member of a group");
    GroupMember member;
    member.participant = fields.id<ParticipantId>(QLatin1String("participant"));
    member.pseudonym = fields.text(QLatin1String("pseudonym"));
    member.role = fields.text(QLatin1String("role"));
    member.evidence = fields.id<EvidenceId>(QLatin1String("evidence"));
    member.consentVersion = fields.text(QLatin1String("consent_version"));
    member.consentItems = fields.booleans(QLatin1String("consent_items"));
    member.audioAllowed = fields.boolean(QLatin1String("audio_allowed"));
    SOTTO_TRY(fields.finish());
    return member;
}

QJsonObject GroupOpening::toJson() const {
    QJsonArray array;
    for (const GroupMember& member : members)
        array.append(member.toJson());
    return {{QStringLiteral("members"), array}, {QStringLiteral("withdrawn"), withdrawn}};
}

Result<GroupOpening> GroupOpening::fromJson(const QJsonObject& json) {
    consent::StrictObject fields(json, "group of a session opening");
    GroupOpening group;
    const QJsonArray array = fields.array(QLatin1String("members"));
    group.withdrawn = static_cast<int>(fields.integer(QLatin1String("withdrawn"), 0, std::numeric_limits<int>::max()));
    SOTTO_TRY(fields.finish());
    for (const QJsonValue& value : array) {
        SOTTO_ASSIGN(auto member, GroupMember::fromJson(value.toObject()));
        group.members.push_back(std::move(member));
    }
    return group;
}

const GroupMember* GroupOpening::find(const QString& participant) const {
    const auto found = std::find_if(members.begin(), members.end(), [&](const GroupMember& member) {
        return member.participant.toString() == participant;
    });
    return found == members.end() ? nullptr : &*found;
}

Result<Opening> makeGroupOpening(const people::Group& group, const std::vector<GroupParty>& parties, GroupSound sound,
                                 const OpeningFrame& frame) {
    if (frame.pack.role(group.role) == nullptr) {
        return fail(ErrorCode::InvalidArgument, "the study has no such role as this group's");
    }
    SOTTO_TRY(checkParties(parties, sound, frame.pack));
    Opening opening;
    opening.session = SessionId::random();
    opening.participant = group.id;
    opening.pseudonym = group.name;
    opening.role = group.role;
    opening.studyId = frame.pack.id;
    opening.studyVersion = frame.pack.version;
    opening.studyHash = QString::fromStdString(toHex(frame.packHash));
    opening.language = frame.language;
    opening.deviceKey = QString::fromStdString(toHex(frame.device));
    opening.practice = frame.practice || frame.pack.practice;
    opening.audioAllowed = sound == GroupSound::Recorded;
    opening.at = frame.at;
    opening.group.emplace();
    for (const GroupParty& party : parties)
        opening.group->members.push_back(memberOf(party));
    return opening;
}

}  // namespace sotto::interview
