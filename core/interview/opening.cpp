// SPDX-License-Identifier: Apache-2.0
#include "interview/opening.h"

#include <algorithm>
#include <limits>

#include "consent/strict_json.h"

namespace sotto::interview {

QString mannerName(Manner manner) {
    return manner == Manner::Telephone ? QStringLiteral("telephone") : QStringLiteral("in-person");
}

std::optional<Manner> mannerFromName(const QString& name) {
    for (const Manner manner : {Manner::InPerson, Manner::Telephone}) {
        if (mannerName(manner) == name) return manner;
    }
    return std::nullopt;
}

QJsonObject Opening::toJson() const {
    QJsonObject json{{QStringLiteral("format"), format},
                     {QStringLiteral("session"), session.toString()},
                     {QStringLiteral("participant"), participant.toString()},
                     {QStringLiteral("pseudonym"), pseudonym},
                     {QStringLiteral("role"), role},
                     {QStringLiteral("study"), studyId},
                     {QStringLiteral("study_version"), studyVersion},
                     {QStringLiteral("study_hash"), studyHash},
                     {QStringLiteral("language"), language},
                     {QStringLiteral("device_key"), deviceKey},
                     {QStringLiteral("practice"), practice},
                     {QStringLiteral("audio_allowed"), audioAllowed},
                     {QStringLiteral("at"), consent::instantToJson(at)}};
    if (group) {
        json.insert(QStringLiteral("group"), group->toJson());
    } else {
        json.insert(QStringLiteral("evidence"), evidence.toString());
        json.insert(QStringLiteral("consent_version"), consentVersion);
        json.insert(QStringLiteral("consent_items"), consent::booleansToJson(consentItems));
    }
    if (manner != Manner::InPerson) json.insert(QStringLiteral("manner"), mannerName(manner));
    return json;
}

Result<Opening> Opening::fromJson(const QJsonObject& json) {
    consent::StrictObject fields(json, "session opening");
    Opening opening;
    opening.format = fields.format(kSessionFormat);
    opening.session = fields.id<SessionId>(QLatin1String("session"));
    opening.participant = fields.id<ParticipantId>(QLatin1String("participant"));
    opening.pseudonym = fields.text(QLatin1String("pseudonym"));
    opening.role = fields.text(QLatin1String("role"));
    opening.studyId = fields.text(QLatin1String("study"));
    opening.studyVersion =
        static_cast<int>(fields.integer(QLatin1String("study_version"), 0, std::numeric_limits<int>::max()));
    opening.studyHash = fields.text(QLatin1String("study_hash"));
    opening.language = fields.text(QLatin1String("language"));
    if (fields.has(QLatin1String("group"))) {
        SOTTO_ASSIGN(opening.group, GroupOpening::fromJson(fields.object(QLatin1String("group"))));
    } else {
        opening.evidence = fields.id<EvidenceId>(QLatin1String("evidence"));
        opening.consentVersion = fields.text(QLatin1String("consent_version"));
        opening.consentItems = fields.booleans(QLatin1String("consent_items"));
    }
    opening.deviceKey = fields.text(QLatin1String("device_key"));
    opening.practice = fields.boolean(QLatin1String("practice"));
    opening.audioAllowed = fields.boolean(QLatin1String("audio_allowed"));
    opening.at = fields.instant(QLatin1String("at"));
    if (fields.has(QLatin1String("manner"))) {
        const auto manner = mannerFromName(fields.text(QLatin1String("manner")));
        if (!manner) return fail(ErrorCode::ParseFailed, "session opening: a manner that this version does not know");
        opening.manner = *manner;
    }
    SOTTO_TRY(fields.finish());
    return opening;
}

Result<Opening> makeOpening(const people::Participant& participant, const consent::ConsentState& consent,
                            const study::StudyPack& pack, const crypto::Sha256Digest& packHash,
                            const crypto::VerifyKey& device, bool practice, const Instant& at) {
    if (consent.participant != participant.id) {
        return fail(ErrorCode::InvalidArgument, "the consent is another participant's");
    }
    if (std::none_of(pack.roles.begin(), pack.roles.end(),
                     [&](const study::Role& role) { return role.id == participant.role; })) {
        return fail(ErrorCode::InvalidArgument, "the study has no such role as this participant's");
    }
    if (!consent.takesPart) return fail(ErrorCode::ConsentMissing, "the consent in force does not allow an interview");
    Opening opening;
    opening.session = SessionId::random();
    opening.participant = participant.id;
    opening.pseudonym = participant.pseudonym;
    opening.role = participant.role;
    opening.studyId = pack.id;
    opening.studyVersion = pack.version;
    opening.studyHash = QString::fromStdString(toHex(packHash));
    opening.language = consent.language;
    opening.evidence = consent.evidence;
    opening.consentVersion = consent.formVersion;
    opening.consentItems = consent.answers;
    opening.deviceKey = QString::fromStdString(toHex(device));
    opening.practice = practice || pack.practice;
    opening.audioAllowed = consent.allows(study::Permission::RecordAudio);
    opening.at = at;
    return opening;
}

}  // namespace sotto::interview
