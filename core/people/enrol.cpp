// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "people/codes.h"
#include "people/people.h"

namespace sotto::people {

namespace {

Result<> checkPair(const Participants& participants, const PairId& pair, const QString& role) {
    SOTTO_ASSIGN(const auto members, participants.membersOf(pair));
    if (std::any_of(members.begin(), members.end(), [&](const Participant& member) { return member.role == role; })) {
        return fail(ErrorCode::AlreadyExists, "the pair already has somebody of this role");
    }
    return {};
}

/// Everything random about somebody. Looks at the name only to avoid giving somebody their own.
Result<Participant> draw(const Participants& participants, const QString& name) {
    Participant participant;
    participant.id = ParticipantId::random();
    do {
        SOTTO_ASSIGN(participant.pseudonym, participants.freshPseudonym());
    } while (resembles(participant.pseudonym, name));
    SOTTO_ASSIGN(participant.researchCode, participants.freshResearchCode());
    return participant;
}

}  // namespace

Result<Participant> enrol(vault::Database& sessions, vault::Database& identities, const QString& role,
                          const QString& name, std::optional<PairId> pair, const Instant& at) {
    Participants participants(sessions);
    Identities names(identities);
    if (role.isEmpty()) return fail(ErrorCode::InvalidArgument, "a participant needs a role");
    if (pair) SOTTO_TRY(checkPair(participants, *pair, role));
    SOTTO_ASSIGN(Participant participant, draw(participants, name));
    participant.role = role;
    participant.pair = pair;
    SOTTO_TRY(names.add(participant.id, name, at));
    // If this fails, nobody can tell yet whether the participant reached the disk, so the identity stays unconfirmed
    // for reconcile() to judge; to remove it here could leave a participant without a name.
    SOTTO_TRY(participants.add(participant, at));
    // Both are durable now: a confirmation that fails is made up for by reconcile() and must not look like a failed
    // enrolment, which would be tried again.
    static_cast<void>(names.confirm(participant.id));
    return participant;
}

Result<Reconciliation> reconcile(vault::Database& sessions, vault::Database& identities) {
    const Participants participants(sessions);
    Identities names(identities);
    Reconciliation done;
    SOTTO_ASSIGN(const auto records, names.all());
    for (const IdentityRecord& record : records) {
        if (record.confirmed) continue;
        SOTTO_ASSIGN(const auto participant, participants.find(record.id));
        if (participant) {
            SOTTO_TRY(names.confirm(record.id));
            ++done.confirmed;
        } else {
            SOTTO_TRY(names.remove(record.id));
            ++done.removed;
        }
    }
    SOTTO_ASSIGN(const auto everybody, participants.all());
    for (const Participant& participant : everybody) {
        SOTTO_ASSIGN(const auto record, names.find(participant.id));
        if (!record) ++done.nameless;
    }
    return done;
}

}  // namespace sotto::people
