// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <vector>

#include <QJsonObject>
#include <QString>

#include "base/ids.h"
#include "base/result.h"
#include "consent/consent.h"
#include "people/groups.h"
#include "people/people.h"

namespace sotto::interview {

struct Opening;

/// Somebody in a group's session, as its opening names them: no name, but what they agreed to.
struct GroupMember {
    ParticipantId participant;
    QString pseudonym;
    QString role;
    EvidenceId evidence;
    QString consentVersion;
    std::map<QString, bool> consentItems;
    bool audioAllowed = false;

    [[nodiscard]] QJsonObject toJson() const;
    /// ParseFailed for unknown, missing or ill-typed fields.
    [[nodiscard]] static Result<GroupMember> fromJson(const QJsonObject& json);
    bool operator==(const GroupMember&) const = default;
};

/// What the opening of a group's session has besides: who may speak in it. There `participant` and `pseudonym` are
/// those of the group, and what one participant agreed to is empty.
struct GroupOpening {
    std::vector<GroupMember> members;
    int withdrawn = 0;  ///< how many were taken out since, with what they had said
    [[nodiscard]] QJsonObject toJson() const;
    [[nodiscard]] static Result<GroupOpening> fromJson(const QJsonObject& json);
    [[nodiscard]] const GroupMember* find(const QString& participant) const;
};

/// Somebody who is to be in it, with the consent that is in force for them.
struct GroupParty {
    people::Participant participant;
    consent::ConsentState consent;
};

/// May this group be recorded, or are notes taken only?
enum class GroupSound { Recorded, NotesOnly };

/// What is the same for whoever opens a session.
struct OpeningFrame {
    const study::StudyPack& pack;
    const crypto::Sha256Digest& packHash;
    const crypto::VerifyKey& device;
    QString language;
    bool practice = false;
    Instant at;
};

/// The only way by which a program opens a session of a group: binds it to the consent of every one in it.
/// ConsentMissing if one of them does not take part by their consent, or if it is to be recorded and one of them did
/// not agree to that; InvalidArgument for nobody, somebody twice, or parts that do not belong together.
[[nodiscard]] Result<Opening> makeGroupOpening(const people::Group& group, const std::vector<GroupParty>& parties,
                                               GroupSound sound, const OpeningFrame& frame);

}  // namespace sotto::interview
