// SPDX-License-Identifier: Apache-2.0
#include "workflow/study_flow.h"

#include <algorithm>

#include "people/nominations.h"
#include "people/screenings.h"
#include "workflow/overview.h"

namespace sotto::workflow {

namespace {

using people::TallyOutcome;

RoleFlow& flowOf(std::vector<RoleFlow>& all, const QString& role) {
    const auto found = std::find_if(all.begin(), all.end(), [&](const RoleFlow& flow) { return flow.role == role; });
    if (found != all.end()) return *found;
    all.emplace_back().role = role;  // that an update of the study took away
    return all.back();
}

void add(const PersonOverview& person, RoleFlow& flow) {
    ++flow.contacted;
    if (person.fit == study::Fit::Fits) {
        ++flow.screened;
        ++flow.fits;
    }
    if (person.takesPart) ++flow.consented;
    if (person.state == PersonState::Declined) ++flow.declined;
    if (person.state == PersonState::TookBack) {
        ++flow.consented;
        ++flow.tookBack;
    }
}

void add(const people::TallyRow& row, RoleFlow& flow) {
    if (row.outcome == TallyOutcome::NoAnswer) {
        ++flow.noAnswer;
        return;
    }
    ++flow.contacted;
    switch (row.outcome) {
        case TallyOutcome::NotNow:
            ++flow.screened;
            ++flow.notNow;
            ++flow.reasons[row.reason];
            return;
        case TallyOutcome::DeclinedScreening:
        case TallyOutcome::Declined:
            ++flow.declined;
            return;
        case TallyOutcome::TookBack:
            ++flow.consented;
            ++flow.tookBack;
            return;
        case TallyOutcome::NoAnswer:
            return;
    }
}

Result<> addWaiting(Home& home, std::vector<RoleFlow>& all) {
    if (!home.holds(Compartment::Identities)) return {};
    SOTTO_ASSIGN(const auto waiting, people::Nominations(home.identities()).waiting());
    for (const people::Nomination& nomination : waiting)
        ++flowOf(all, nomination.role).waiting;
    return {};
}

}  // namespace

Result<std::vector<RoleFlow>> studyFlow(Home& home) {
    SOTTO_ASSIGN(const auto people, overview(home));
    std::vector<RoleFlow> all;
    for (const RoleCount& role : people.roles) {
        RoleFlow& flow = flowOf(all, role.role);
        flow.planned = role.planned;
        flow.interviewed = role.interviewed;
    }
    for (const PersonOverview& person : people.people)
        add(person, flowOf(all, person.participant.role));
    SOTTO_ASSIGN(const auto tally, people::Screenings(home.sessions()).tally());
    for (const people::TallyRow& row : tally)
        add(row, flowOf(all, row.role));
    SOTTO_TRY(addWaiting(home, all));
    return all;
}

}  // namespace sotto::workflow
