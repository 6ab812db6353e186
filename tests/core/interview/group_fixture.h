// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/interview/interview_fixture.h"
#include "interview/speakers.h"

namespace sotto::test {

/// "aaaa...", a different id for each letter from a to e.
[[nodiscard]] inline ParticipantId memberId(char letter) {
    return *ParticipantId::fromString(QString(32, QLatin1Char(letter)));
}

[[nodiscard]] inline interview::GroupMember groupMember(char letter, const QString& pseudonym) {
    interview::GroupMember member;
    member.participant = memberId(letter);
    member.pseudonym = pseudonym;
    member.role = QStringLiteral("person");
    member.evidence = EvidenceId::random();
    member.consentVersion = QStringLiteral("2");
    member.consentItems = {{QStringLiteral("audio"), true}};
    member.audioAllowed = true;
    return member;
}

/// Of three: a, b and c.
[[nodiscard]] inline interview::GroupOpening groupOfThree() {
    return {{groupMember('a', QStringLiteral("Mira-42")), groupMember('b', QStringLiteral("Tovi-17")),
             groupMember('c', QStringLiteral("Sela-88"))},
            0};
}

[[nodiscard]] inline interview::Event touch(std::int64_t ms, char letter) {
    return eventOf(interview::EventKind::Speaker, ms, memberId(letter).toString());
}

[[nodiscard]] inline interview::Event touchSeveral(std::int64_t ms) {
    return eventOf(interview::EventKind::Speaker, ms, interview::several());
}

/// As they come out of a log: numbered from 1.
[[nodiscard]] inline std::vector<interview::Event> numbered(std::vector<interview::Event> events) {
    for (std::size_t i = 0; i < events.size(); ++i)
        events[i].number = i + 1;
    return events;
}

}  // namespace sotto::test
