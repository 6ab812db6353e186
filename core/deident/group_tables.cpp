// SPDX-License-Identifier: Apache-2.0
#include "deident/group_tables.h"

#include <algorithm>
#include <set>

#include "interview/off_record.h"
#include "interview/speakers.h"

namespace sotto::deident {

namespace {

using interview::Event;
using Tables = std::vector<ResearchTable>;

QStringList coverageAlone() {
    return {QStringLiteral("coverage")};
}

QStringList sessionsAlone() {
    return {QStringLiteral("sessions")};
}

/// Everybody who was there and does not share.
std::set<QString> silentIn(const GroupInput& input) {
    std::set<QString> silent;
    for (const auto& [member, evidence] : interview::everybodyIn(*input.opening.group, input.events))
        silent.insert(member);
    for (const GroupShare& share : input.sharing)
        silent.erase(share.participant.id.toString());
    return silent;
}

QStringList pseudonymsOf(const GroupInput& input, const std::set<QString>& members) {
    QStringList pseudonyms;
    for (const interview::GroupMember& member : input.opening.group->members) {
        if (members.count(member.participant.toString()) > 0) pseudonyms += member.pseudonym;
    }
    return pseudonyms;
}

bool isSaid(const Event& event) {
    return interview::goesWith(event, {{RecordedOffset{}, event.offset}});
}

/// Of what was said, only what was by this speaker; everything else as it is.
std::vector<Event> saidBy(const std::vector<Event>& events, const QString& speaker) {
    const auto standing = interview::standingEvents(events);
    std::vector<Event> kept;
    for (const Event& event : standing) {
        QString who = isSaid(event) ? interview::speakerAt(event, standing) : speaker;
        if (who.isEmpty()) who = interview::several();
        if (who == speaker) kept.push_back(event);
    }
    return kept;
}

/// The tables of somebody who speaks in it, as if the session were theirs.
Result<Tables> tablesOf(const GroupInput& input, const people::Participant& participant,
                        const consent::ConsentState& consent, const study::ConsentForm* form,
                        const std::vector<Event>& events) {
    interview::Opening opening = input.opening;
    opening.participant = participant.id;
    return researchTables(
        {input.pack, participant, consent, opening, events, input.recordedMs, input.visit, input.dayOffset, form});
}

/// Lines of one set of tables below those of another, but for the tables that `leaveOut` names.
void append(Tables& all, Tables more, const QStringList& leaveOut) {
    for (ResearchTable& table : more) {
        if (leaveOut.contains(table.name)) table.rows.clear();
        const auto found =
            std::find_if(all.begin(), all.end(), [&](const ResearchTable& one) { return one.name == table.name; });
        if (found == all.end()) {
            all.push_back(std::move(table));
        } else {
            std::move(table.rows.begin(), table.rows.end(), std::back_inserter(found->rows));
        }
    }
}

}  // namespace

Result<std::vector<ResearchTable>> groupTables(const GroupInput& input) {
    if (!input.opening.group || input.opening.participant != input.group.id) {
        return fail(ErrorCode::InvalidArgument, "the session is not one of this group");
    }
    if (input.sharing.empty()) {
        return fail(ErrorCode::ConsentMissing, "nobody of the group agreed to sharing de-identified data");
    }
    const std::set<QString> silent = silentIn(input);
    const auto events =
        interview::withoutMembers(input.events, silent, pseudonymsOf(input, silent), {input.recordedMs});
    Tables all;
    for (const GroupShare& share : input.sharing) {
        const auto theirs = saidBy(events, share.participant.id.toString());
        SOTTO_ASSIGN(auto tables, tablesOf(input, share.participant, share.consent, share.form, theirs));
        append(all, std::move(tables), coverageAlone());
    }
    // The group itself bears a code of its own and the consent of those who share.
    const GroupShare& one = input.sharing.front();
    people::Participant group;
    group.id = input.group.id;
    group.role = input.group.role;
    group.researchCode = input.group.researchCode;
    consent::ConsentState consent = one.consent;
    consent.participant = group.id;
    const QStringList said{QStringLiteral("codes"), QStringLiteral("links"), QStringLiteral("marks")};
    const auto nobodys = saidBy(events, interview::several());
    SOTTO_ASSIGN(auto unattributed, tablesOf(input, group, consent, one.form, nobodys));
    append(all, std::move(unattributed), sessionsAlone() + coverageAlone() + (silent.empty() ? QStringList() : said));
    SOTTO_ASSIGN(auto walked, tablesOf(input, group, consent, one.form, events));
    append(all, std::move(walked), sessionsAlone() + said);
    return all;
}

}  // namespace sotto::deident
