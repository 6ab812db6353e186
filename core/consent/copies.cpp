// SPDX-License-Identifier: Apache-2.0
#include "consent/copies.h"

#include <algorithm>
#include <array>

namespace sotto::consent {

namespace {

constexpr std::array kStates{std::pair{CopyState::Owed, QLatin1String("owed")},
                             std::pair{CopyState::Given, QLatin1String("given")},
                             std::pair{CopyState::NotWanted, QLatin1String("not-wanted")}};

// Of each participant the copy of what was signed last.
constexpr std::string_view kCopies = R"(
SELECT c.evidence, c.participant, c.state, c.utc_ms
FROM consent_copy AS c JOIN consent_state AS s ON s.evidence = c.evidence
WHERE s.sequence = (SELECT max(n.sequence) FROM consent_state AS n WHERE n.participant = c.participant)
  AND (?1 IS NULL OR c.participant = ?1)
ORDER BY c.utc_ms, s.sequence)";

Result<Copy> copyFrom(const vault::Statement& row) {
    const auto evidence = EvidenceId::fromString(row.text(0));
    const auto participant = ParticipantId::fromString(row.text(1));
    const QString name = row.text(2);
    const auto* state =
        std::find_if(kStates.begin(), kStates.end(), [&name](const auto& each) { return each.second == name; });
    if (!evidence || !participant || state == kStates.end()) {
        return fail(ErrorCode::Damaged, "the list of copies holds what was never written there");
    }
    return Copy{*evidence, *participant, state->first, row.integer(3)};
}

Result<std::vector<Copy>> read(vault::Statement select) {
    std::vector<Copy> copies;
    while (true) {
        SOTTO_ASSIGN(const bool hasRow, select.step());
        if (!hasRow) return copies;
        SOTTO_ASSIGN(const Copy copy, copyFrom(select));
        copies.push_back(copy);
    }
}

}  // namespace

QString copyStateName(CopyState state) {
    const auto* found =
        std::find_if(kStates.begin(), kStates.end(), [state](const auto& each) { return each.first == state; });
    return found->second;
}

Result<> setCopy(vault::Database& sessions, const Copy& copy) {
    SOTTO_ASSIGN(auto put,
                 sessions.prepare("INSERT OR REPLACE INTO consent_copy (evidence, participant, state, utc_ms) "
                                  "VALUES (?1, ?2, ?3, ?4)"));
    put.bind(1, copy.evidence.toString()).bind(2, copy.participant.toString());
    return put.bind(3, copyStateName(copy.state)).bind(4, copy.utcMs).run();
}

Result<std::optional<Copy>> copyOf(vault::Database& sessions, const ParticipantId& participant) {
    SOTTO_ASSIGN(auto select, sessions.prepare(kCopies));
    select.bind(1, participant.toString());
    SOTTO_ASSIGN(const auto copies, read(std::move(select)));
    if (copies.empty()) return std::nullopt;
    return copies.back();
}

Result<std::vector<Copy>> copiesOwed(vault::Database& sessions) {
    SOTTO_ASSIGN(auto select, sessions.prepare(kCopies));
    select.bindNull(1);
    SOTTO_ASSIGN(auto copies, read(std::move(select)));
    std::erase_if(copies, [](const Copy& copy) { return copy.state != CopyState::Owed; });
    return copies;
}

}  // namespace sotto::consent
