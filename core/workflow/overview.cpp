// SPDX-License-Identifier: Apache-2.0
#include "workflow/overview.h"

#include <algorithm>
#include <array>
#include <set>

#include "interview/session_index.h"
#include "people/contacts.h"
#include "people/screenings.h"
#include "workflow/withdrawal.h"

namespace sotto::workflow {

namespace {

using interview::SessionState;

// The one place that reads the tables of three modules at once, for one query however many people there are. The
// states of sessions are those of SessionIndex, and consent_state.state is JSON (consent/README.md).
constexpr std::string_view kPeople = R"(
SELECT p.id, p.role, p.pseudonym, p.research_code, p.pair,
       json_extract((SELECT state FROM consent_state AS c WHERE c.participant = p.id
                     ORDER BY c.sequence DESC LIMIT 1), '$.takes_part'),
       s.id, s.state, s.practice, s.started_utc_ms, s.anchor_sequence IS NOT NULL
FROM participant AS p LEFT JOIN session AS s ON s.participant = p.id
WHERE ?1 IS NULL OR p.id = ?1
ORDER BY p.sequence, s.number)";

constexpr std::string_view kGroupSpeakers = R"(
SELECT DISTINCT m.participant FROM session_member AS m JOIN session AS s ON s.id = m.session
WHERE s.practice = 0 AND (s.anchor_sequence IS NOT NULL OR s.state IN ('sealed', 'sent', 'received')))";

/// One row: a participant with one of their sessions, or with none.
struct Row {
    people::Participant participant;
    std::optional<bool> takesPart;
    std::optional<SessionId> session;
    SessionState state = SessionState::Open;
    bool isPractice = false;
    std::int64_t startedUtcMs = 0;
    bool hasAnchor = false;
};

Failure unreadable() {
    return fail(ErrorCode::Damaged, "a row of the sessions vault holds what was never written there");
}

Result<> readParticipant(const vault::Statement& from, people::Participant& participant) {
    const auto id = ParticipantId::fromString(from.text(0));
    if (!id) return unreadable();
    participant.id = *id;
    participant.role = from.text(1);
    participant.pseudonym = from.text(2);
    participant.researchCode = from.text(3);
    if (from.isNull(4)) return {};
    participant.pair = PairId::fromString(from.text(4));
    return participant.pair ? Result<>() : unreadable();
}

Result<Row> rowOf(const vault::Statement& from) {
    Row row;
    SOTTO_TRY(readParticipant(from, row.participant));
    if (!from.isNull(5)) row.takesPart = from.integer(5) != 0;
    if (from.isNull(6)) return row;
    row.session = SessionId::fromString(from.text(6));
    const auto state = interview::sessionStateFromName(from.text(7));
    if (!row.session || !state) return unreadable();
    row.state = *state;
    row.isPractice = from.integer(8) != 0;
    row.startedUtcMs = from.integer(9);
    row.hasAnchor = from.integer(10) != 0;
    return row;
}

/// Somebody with what their sessions add up to.
struct Gathered {
    PersonOverview person;
    std::optional<bool> answer;             ///< of the consent in force
    std::optional<Wish> wish;               ///< they have taken back
    std::optional<SessionState> behind;     ///< of what is over, the one that is furthest behind
    std::optional<PersonState> unfinished;  ///< what has to be done with the oldest session that is not sealed
    bool isInterviewed = false;
    int sealed = 0;
};

void addSession(const Row& row, bool isInterviewing, Gathered& to) {
    PersonOverview& person = to.person;
    ++person.sessions;
    if (row.isPractice) ++person.practiceSessions;
    person.latest = row.session;
    person.lastStartedUtcMs = row.startedUtcMs;
    const bool isOver = row.state >= SessionState::Sealed || row.hasAnchor;
    if (isOver && !row.isPractice) to.isInterviewed = true;
    if (row.state >= SessionState::Sealed) {
        to.behind = std::min(to.behind.value_or(row.state), row.state);
        if (row.state == SessionState::Sealed) ++to.sealed;
        return;
    }
    // Without an anchor it is either the one that runs or one that was left without an end.
    const bool runs = row.state == SessionState::Open && isInterviewing && !row.hasAnchor;
    const PersonState state = row.hasAnchor ? PersonState::WaitingForWrapUp
                              : runs        ? PersonState::InInterview
                                            : PersonState::BrokenOff;
    if (!to.unfinished || state < *to.unfinished) {
        to.unfinished = state;
        person.open = row.session;
    }
}

PersonState stateOf(const Gathered& of) {
    const PersonOverview& person = of.person;
    if (of.wish) return *of.wish == Wish::Later ? PersonState::Undecided : PersonState::TookBack;
    if (of.unfinished) return *of.unfinished;
    if (person.appointmentUtcMs) return PersonState::Appointment;
    if (of.behind) {
        return *of.behind == SessionState::Sealed ? PersonState::Sealed
               : *of.behind == SessionState::Sent ? PersonState::Sent
                                                  : PersonState::Received;
    }
    if (of.answer) return *of.answer ? PersonState::Consented : PersonState::Declined;
    if (!person.fit) return PersonState::Contacted;
    return *person.fit == study::Fit::Fits ? PersonState::Fits : PersonState::Screening;
}

NextStep nextStepOf(const PersonOverview& person, PersonState state) {
    if (person.needsScreening) return NextStep::Screen;
    switch (state) {
        case PersonState::InInterview:
        case PersonState::BrokenOff:
            return person.takesPart ? NextStep::GoOn : NextStep::WrapUp;
        case PersonState::WaitingForWrapUp:
            return NextStep::WrapUp;
        case PersonState::Appointment:
        case PersonState::Consented:
            return person.takesPart ? NextStep::BeginInterview : NextStep::TakeConsent;
        case PersonState::Sealed:
            return NextStep::Send;
        case PersonState::Sent:
            return NextStep::WaitForReceipt;
        case PersonState::Screening:
        case PersonState::Fits:
        case PersonState::Contacted:
            return NextStep::TakeConsent;
        case PersonState::Undecided:  // settle() looks at the day
        case PersonState::TookBack:
        case PersonState::Received:
        case PersonState::Declined:
            return NextStep::Nothing;
    }
    return NextStep::Nothing;
}

using Appointments = std::map<ParticipantId, people::Appointment>;
using Fits = std::map<ParticipantId, study::Fit>;

Result<Appointments> appointmentsOf(Home& home) {
    if (!home.holds(Compartment::Identities)) return Appointments{};
    return people::Contacts(home.identities()).appointments();
}

/// Of those who have taken back, what they want.
Result<> addWithdrawals(Home& home, std::vector<Gathered>& all) {
    SOTTO_ASSIGN(const auto withdrawals, Withdrawals(home.sessions()).all());
    for (const Withdrawal& withdrawal : withdrawals) {
        if (!withdrawal.participant || withdrawal.wish == Wish::GoOn) continue;
        const auto found = std::find_if(all.begin(), all.end(), [&](const Gathered& one) {
            return one.person.participant.id == *withdrawal.participant;
        });
        if (found == all.end()) continue;
        found->wish = withdrawal.wish;
        found->person.decideUtcMs = withdrawal.untilUtcMs;
    }
    return {};
}

void settle(const study::StudyPack& pack, const Fits& fits, const Appointments& appointments, std::int64_t nowUtcMs,
            Gathered& one) {
    PersonOverview& person = one.person;
    if (const auto fit = fits.find(person.participant.id); fit != fits.end()) person.fit = fit->second;
    // As screeningStage() has it.
    const bool isScreened = person.fit == study::Fit::Fits || (!person.fit && person.sessions > 0);
    person.needsScreening = !isScreened && (person.fit || pack.screening(person.participant.role) != nullptr);
    person.takesPart = one.answer.value_or(false);
    const auto agreed = appointments.find(person.participant.id);
    // An interview that began since then is the one that was agreed on.
    const bool isOpen = agreed != appointments.end() &&
                        (!person.lastStartedUtcMs || *person.lastStartedUtcMs < agreed->second.agreedUtcMs);
    if (isOpen) person.appointmentUtcMs = agreed->second.utcMs;
    person.state = stateOf(one);
    person.next = nextStepOf(person, person.state);
    if (one.wish) {
        person.takesPart = false;
        person.next = NextStep::Nothing;
    }
    if (person.state == PersonState::Undecided && person.decideUtcMs.value_or(0) <= nowUtcMs) {
        person.next = NextStep::Decide;
    }
}

/// Who spoke in a session of a group that is over and was no practice: it is an interview of each of them.
Result<std::set<ParticipantId>> spokeInGroups(Home& home) {
    SOTTO_ASSIGN(auto select, home.sessions().prepare(kGroupSpeakers));
    std::set<ParticipantId> all;
    while (true) {
        SOTTO_ASSIGN(const bool hasRow, select.step());
        if (!hasRow) return all;
        const auto id = ParticipantId::fromString(select.text(0));
        if (!id) return unreadable();
        all.insert(*id);
    }
}

/// Everybody, or one.
Result<std::vector<Gathered>> gather(Home& home, const std::optional<ParticipantId>& alone) {
    SOTTO_TRY(home.need({Compartment::Sessions}));
    SOTTO_ASSIGN(const auto appointments, appointmentsOf(home));
    SOTTO_ASSIGN(const auto fits, people::Screenings(home.sessions()).all());
    SOTTO_ASSIGN(const auto spoke, spokeInGroups(home));
    SOTTO_ASSIGN(auto select, home.sessions().prepare(kPeople));
    if (alone) {
        select.bind(1, alone->toString());
    } else {
        select.bindNull(1);
    }
    std::vector<Gathered> all;
    while (true) {
        SOTTO_ASSIGN(const bool hasRow, select.step());
        if (!hasRow) break;
        SOTTO_ASSIGN(Row row, rowOf(select));
        if (all.empty() || all.back().person.participant.id != row.participant.id) {
            all.emplace_back().person.participant = row.participant;
            all.back().answer = row.takesPart;
        }
        if (row.session) addSession(row, home.isInterviewing(), all.back());
    }
    SOTTO_TRY(addWithdrawals(home, all));
    for (Gathered& one : all) {
        one.isInterviewed = one.isInterviewed || spoke.count(one.person.participant.id) > 0;
        settle(home.study().pack, fits, appointments, home.clock().now().utcMs, one);
    }
    return all;
}

void count(const Gathered& one, std::vector<RoleCount>& roles) {
    const auto found = std::find_if(roles.begin(), roles.end(),
                                    [&one](const RoleCount& role) { return role.role == one.person.participant.role; });
    // A role that an update of the study took away.
    RoleCount& role = found == roles.end() ? roles.emplace_back() : *found;
    role.role = one.person.participant.role;
    ++role.people;
    if (one.person.takesPart) ++role.takePart;
    if (one.isInterviewed) ++role.interviewed;
}

}  // namespace

Result<Overview> overview(Home& home) {
    SOTTO_ASSIGN(auto all, gather(home, std::nullopt));
    Overview result;
    for (const study::Role& role : home.study().pack.roles)
        result.roles.push_back({role.id, 0, 0, 0, role.planned});
    result.people.reserve(all.size());
    for (Gathered& one : all) {
        count(one, result.roles);
        result.waitingToBeSent += one.sealed;
        result.people.push_back(std::move(one.person));
    }
    return result;
}

Result<PersonOverview> overviewOf(Home& home, const ParticipantId& participant) {
    SOTTO_ASSIGN(auto found, gather(home, participant));
    if (found.empty()) return fail(ErrorCode::NotFound, "there is no such participant in this home");
    return std::move(found.front().person);
}

}  // namespace sotto::workflow
