// SPDX-License-Identifier: Apache-2.0
#include "workflow/member_erasure.h"

#include <algorithm>

#include "interview/session_index.h"
#include "people/groups.h"
#include "people/people.h"
#include "workflow/late_notes.h"

namespace sotto::workflow {

namespace {

/// What was noted since: by its words alone can one tell whom it is about.
Result<> dropLateNotes(Home& home, const SessionId& session, const QString& pseudonym) {
    SOTTO_ASSIGN(const auto notes, lateNotes(home, session));
    for (const LateNote& note : notes) {
        if (pseudonym.isEmpty() || !note.text.contains(pseudonym, Qt::CaseInsensitive)) continue;
        SOTTO_TRY(eraseLateNote(home.sessions(), note.id));
    }
    return {};
}

}  // namespace

Result<> planMember(Home& home, const SessionId& session, const ParticipantId& member, Erasure& erasure) {
    SOTTO_ASSIGN(const auto members, people::Groups(home.sessions()).membersOf(session));
    if (std::find(members.begin(), members.end(), member) == members.end()) {
        return fail(ErrorCode::NotFound, "this participant did not speak in that session");
    }
    erasure.member = member;
    SOTTO_ASSIGN(const auto known, people::Participants(home.sessions()).find(member));
    if (known) erasure.pseudonym = known->pseudonym;
    return {};
}

Result<> dropMember(Home& home, const Erasure& erasure) {
    if (!erasure.member) return {};
    for (const Erasure::Log& log : erasure.logs) {
        SOTTO_TRY(people::Groups(home.sessions()).forget(log.session, erasure.member));
        SOTTO_TRY(dropLateNotes(home, log.session, erasure.pseudonym));
        // Of what is found by its words in the log, the rewrite tells what stays.
        SOTTO_TRY(interview::SessionIndex(home.sessions()).index(log.session, {}));
    }
    return {};
}

}  // namespace sotto::workflow
