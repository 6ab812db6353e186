// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>

#include <QJsonObject>
#include <QString>

#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"
#include "consent/consent.h"
#include "interview/group_opening.h"
#include "people/people.h"
#include "study/study_pack.h"

namespace sotto::interview {

/// Version of the session log's records; the field "format" of the opening. A program reads every version up to its
/// own and refuses a newer one. 2: the event kinds off-record-span and erased, the record AudioErased. 3: the kinds of
/// what surrounds an interview (present to speaker, joined, left), the manner and the group.
inline constexpr int kSessionFormat = 3;

/// How the two speak with each other.
enum class Manner { InPerson, Telephone };
/// "in-person", "telephone".
[[nodiscard]] QString mannerName(Manner manner);
[[nodiscard]] std::optional<Manner> mannerFromName(const QString& name);

/// The first record: everything that makes the log readable on its own, without the vault. No name is in it.
struct Opening {
    int format = kSessionFormat;  ///< that the log was begun with or rewritten to
    SessionId session;
    ParticipantId participant;
    QString pseudonym;
    QString role;
    QString studyId;
    int studyVersion = 0;
    QString studyHash;  ///< hex SHA-256 of the signed pack
    QString language;
    EvidenceId evidence;
    QString consentVersion;
    std::map<QString, bool> consentItems;
    QString deviceKey;  ///< hex Ed25519 verify key
    bool practice = false;
    bool audioAllowed = false;  ///< the gate of the microphone; makeOpening() derives it from the consent
    Manner manner = Manner::InPerson;
    /// Of a group's session. Then `participant` and `pseudonym` are the group's, and `evidence`, `consentVersion` and
    /// `consentItems` are empty: each member has their own.
    std::optional<GroupOpening> group;
    Instant at;
    [[nodiscard]] QJsonObject toJson() const;
    /// NewerVersion for a newer "format"; ParseFailed for unknown, missing or ill-typed fields.
    [[nodiscard]] static Result<Opening> fromJson(const QJsonObject& json);
};

/// The only way by which a program opens a session: binds it to the consent in force. A fresh session id.
/// ConsentMissing if the participant does not take part by that consent; InvalidArgument if consent, participant and
/// study do not belong together. `practice` is forced by a practice study.
[[nodiscard]] Result<Opening> makeOpening(const people::Participant& participant, const consent::ConsentState& consent,
                                          const study::StudyPack& pack, const crypto::Sha256Digest& packHash,
                                          const crypto::VerifyKey& device, bool practice, const Instant& at);

}  // namespace sotto::interview
