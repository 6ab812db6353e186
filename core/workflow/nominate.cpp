// SPDX-License-Identifier: Apache-2.0
#include "workflow/nominate.h"

#include <algorithm>

#include "people/contacts.h"
#include "people/screenings.h"
#include "workflow/screening.h"

namespace sotto::workflow {

namespace {

using people::NominationId;
using people::Nominations;
using people::TallyOutcome;

constexpr std::int64_t kDayMs = 24LL * 3600 * 1000;

Result<> needAll(Home& home) {
    return home.need({Compartment::Sessions, Compartment::Identities, Compartment::Outbox});
}

template <typename Value>
bool holds(const std::vector<Value>& all, const Value& one) {
    return std::find(all.begin(), all.end(), one) != all.end();
}

Failure notProvided() {
    return fail(ErrorCode::NotAllowed, "the study does not provide for such a nomination");
}

Result<> checkPolicy(const study::Nomination& policy, const NewNomination& wanted) {
    if (!policy.of.contains(wanted.role) || !holds(policy.ways, wanted.way)) return notProvided();
    const bool mayAll = std::all_of(wanted.maySay.begin(), wanted.maySay.end(),
                                    [&](study::MaySay what) { return holds(policy.maySay, what); });
    if (!mayAll) return notProvided();
    const bool saysNothing = holds(wanted.maySay, study::MaySay::NothingElse);
    if (saysNothing && wanted.maySay.size() > 1)
        return fail(ErrorCode::InvalidArgument, "nothing else may be said, and something besides");
    return {};
}

/// A pair with the nominator alone, so that nobody can tell from it who answered.
Result<> ensurePair(Home& home, const people::Participant& nominator) {
    if (nominator.pair) return {};
    return people::Participants(home.sessions()).joinPair(nominator.id, PairId::random());
}

/// The nominator's pair; nothing for a further one of a role that it has already.
Result<std::optional<PairId>> pairOf(Home& home, const people::Nomination& nomination) {
    const people::Participants participants(home.sessions());
    SOTTO_ASSIGN(const auto nominator, participants.find(nomination.nominator));
    if (!nominator) return fail(ErrorCode::NotFound, "whoever named this person is not in this home any more");
    if (!nominator->pair) return std::nullopt;
    SOTTO_ASSIGN(const auto members, participants.membersOf(*nominator->pair));
    const bool isTaken = std::any_of(members.begin(), members.end(),
                                     [&](const people::Participant& member) { return member.role == nomination.role; });
    return isTaken ? std::nullopt : nominator->pair;
}

/// Gone from the rows, then from every page: the erasure is written down first, so that a crash in between only turns
/// the keys once more.
Result<> forget(Home& home, const std::vector<std::pair<people::Nomination, TallyOutcome>>& gone,
                const OnProgress& progress) {
    if (gone.empty()) return {};
    SOTTO_TRY(home.refuseDuringInterview());
    const Instant now = home.clock().now();
    Erasure erasure;
    erasure.id = FileId::random().toString();
    erasure.kind = ErasureKind::Nomination;
    erasure.stage = ErasureStage::Turning;
    erasure.utcMs = now.utcMs;
    SOTTO_TRY(Erasures(home.sessions()).add(erasure));
    for (const auto& [nomination, outcome] : gone) {
        SOTTO_TRY(Nominations(home.identities()).remove(nomination.id));
        SOTTO_TRY(people::Screenings(home.sessions()).count({dayOf(now), nomination.role, outcome, {}, 0}));
    }
    SOTTO_TRY(home.audit(QStringLiteral("nominations.forgotten"),
                         {{QStringLiteral("count"), static_cast<int>(gone.size())}}));
    SOTTO_TRY(finishErasures(home, progress));
    return {};
}

}  // namespace

Result<std::map<QString, int>> placesLeft(Home& home, const people::Participant& nominator) {
    std::map<QString, int> left;
    const study::Nomination* policy = home.study().pack.policy.nominationBy(nominator.role);
    if (policy == nullptr) return left;
    for (const QString& role : policy->of)
        left[role] = policy->each;
    SOTTO_ASSIGN(const auto named, Nominations(home.identities()).namedBy(nominator.id));
    for (const people::NamedSomebody& one : named) {
        if (left.contains(one.role)) left[one.role] = std::max(0, left[one.role] - 1);
    }
    return left;
}

Result<NominationId> nominate(Home& home, const NewNomination& wanted) {
    SOTTO_TRY(needAll(home));
    SOTTO_ASSIGN(const auto nominator, people::Participants(home.sessions()).find(wanted.nominator));
    if (!nominator) return fail(ErrorCode::NotFound, "no participant of that id");
    const study::Nomination* policy = home.study().pack.policy.nominationBy(nominator->role);
    if (policy == nullptr) return notProvided();
    SOTTO_TRY(checkPolicy(*policy, wanted));
    SOTTO_ASSIGN(const auto left, placesLeft(home, *nominator));
    if (left.at(wanted.role) == 0) return fail(ErrorCode::NotAllowed, "everybody of this role was named already");
    const std::int64_t now = home.clock().now().utcMs;
    const people::Nomination nomination{NominationId::random(),
                                        wanted.nominator,
                                        wanted.role,
                                        wanted.way,
                                        wanted.name,
                                        wanted.reach,
                                        wanted.maySay,
                                        now,
                                        now + policy->forgetAfterDays * kDayMs,
                                        {}};
    SOTTO_TRY(Nominations(home.identities()).add(nomination));
    SOTTO_TRY(ensurePair(home, *nominator));
    SOTTO_TRY(home.audit(QStringLiteral("nomination.made"),
                         {{QStringLiteral("participant"), wanted.nominator.toString()},
                          {QStringLiteral("way"), people::nominationWayName(wanted.way)}}));
    return nomination.id;
}

Result<people::Participant> acceptNomination(Home& home, const NominationId& id, const QString& name) {
    SOTTO_TRY(needAll(home));
    SOTTO_ASSIGN(const auto nomination, Nominations(home.identities()).find(id));
    SOTTO_ASSIGN(const auto pair, pairOf(home, nomination));
    const QString theirs = nomination.name.isEmpty() ? name.trimmed() : nomination.name;
    const Instant now = home.clock().now();
    SOTTO_ASSIGN(const auto enrolled,
                 people::enrol(home.sessions(), home.identities(), nomination.role, theirs, pair, now));
    people::Contacts contacts(home.identities());
    if (!nomination.reach.isEmpty()) SOTTO_TRY(contacts.setSafeContact(enrolled.id, nomination.reach, {}));
    for (const people::ContactEntry& entry : nomination.tries)
        SOTTO_TRY(contacts.add(enrolled.id, entry));
    SOTTO_TRY(Nominations(home.identities()).remove(id));
    SOTTO_TRY(
        home.audit(QStringLiteral("nomination.accepted"), {{QStringLiteral("participant"), enrolled.id.toString()}}));
    return enrolled;
}

Result<> declineNomination(Home& home, const NominationId& id, const OnProgress& progress) {
    SOTTO_TRY(needAll(home));
    SOTTO_ASSIGN(auto nomination, Nominations(home.identities()).find(id));
    return forget(home, {{std::move(nomination), TallyOutcome::Declined}}, progress);
}

Result<int> forgetUnanswered(Home& home, const OnProgress& progress) {
    SOTTO_TRY(needAll(home));
    SOTTO_ASSIGN(const auto waiting, Nominations(home.identities()).waiting());
    const std::int64_t now = home.clock().now().utcMs;
    std::vector<std::pair<people::Nomination, TallyOutcome>> due;
    for (const people::Nomination& nomination : waiting) {
        if (nomination.forgetUtcMs <= now) due.emplace_back(nomination, TallyOutcome::NoAnswer);
    }
    SOTTO_TRY(forget(home, due, progress));
    return static_cast<int>(due.size());
}

}  // namespace sotto::workflow
