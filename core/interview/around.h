// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "interview/event.h"

/// What surrounds an interview, as events and as views computed from them: who else is there, who could overhear, what
/// was done for support. No names. Values and pure functions; offset and time of an event are the session's to give.
namespace sotto::interview {

/// As what somebody besides participant and interviewer is there.
enum class PresentAs { Interpreter, Support, Other };

struct PersonPresent {
    QString id;  ///< tells them apart in this session: "1", "2"; no name
    PresentAs as = PresentAs::Other;
    bool pledged = false;      ///< promised to keep to themself what is said
    bool agreedAudio = false;  ///< to their own voice being recorded
    bool isThere = true;
    bool operator==(const PersonPresent&) const = default;
};

[[nodiscard]] QString presentAsName(PresentAs as);
[[nodiscard]] std::optional<PresentAs> presentAsFromName(const QString& name);

/// The event that says so. Said again about the same id, the last word counts.
[[nodiscard]] Event presenceOf(const PersonPresent& person);
/// Everybody of whom it was said, by their last word, in the order in which they came; from events that stand.
[[nodiscard]] std::vector<PersonPresent> peoplePresent(const std::vector<Event>& standing);
/// False while somebody is there who did not agree to being recorded: then the microphone may not run, whatever the
/// participant agreed to.
[[nodiscard]] bool mayRecordThosePresent(const std::vector<Event>& standing);

/// Could somebody overhear? The last answer; nothing if it was not asked.
[[nodiscard]] std::optional<bool> couldOverhear(const std::vector<Event>& standing);
[[nodiscard]] Event earshotOf(bool possible);

/// Whether to stop or to go on, and who decided.
enum class SupportOutcome { Stop, Go, Later };
enum class DecidedBy { Participant, Interviewer, Both, OnCall };
[[nodiscard]] QString outcomeName(SupportOutcome outcome);
[[nodiscard]] std::optional<SupportOutcome> outcomeFromName(const QString& name);
[[nodiscard]] QString decidedByName(DecidedBy who);
[[nodiscard]] std::optional<DecidedBy> decidedByFromName(const QString& name);

/// Pause and support was opened at a heading of the protocol; a step of it was done, counted from 1, or was not
/// done after all; it was decided; a note was sealed apart (what it says is not in the session).
[[nodiscard]] Event supportOpened(const QString& heading);
[[nodiscard]] Event supportStep(const QString& heading, int step);
[[nodiscard]] Event supportStepUndone(const QString& heading, int step);
[[nodiscard]] Event supportDecided(const QString& heading, SupportOutcome outcome, DecidedBy by);
[[nodiscard]] Event supportNoted(const QString& heading);
/// Pause and support was opened in this session; what the wrap-up reminds of.
[[nodiscard]] bool wasSupportOpened(const std::vector<Event>& standing);

}  // namespace sotto::interview
