// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "interview/timeline.h"
#include "workflow/live_session.h"
#include "workflow/session_plan.h"

namespace sotto::app {

/// What the interview screen needs to know after each event, taken from the running session on the vault thread and
/// handed to the GUI thread. A value.
struct InterviewView {
    SessionId session;
    study::Guide guide;
    study::Codebook codebook;
    std::vector<study::Role> roles;
    bool hasAudio = false;
    bool hasRecordedBefore = false;
    std::vector<interview::QuestionCoverage> coverage;
    std::map<QString, std::int64_t> sectionMs;
    std::map<QString, int> probesAsked;  ///< probe id -> how often
    QString currentQuestion;
    int marks = 0;
    int notes = 0;
    std::optional<interview::Event> lastUndoable;
};

/// Everything at the first call; later ones may leave out what does not change (`whole` false).
[[nodiscard]] InterviewView viewOfSession(const workflow::LiveSession& live, const study::StudyPack& pack, bool whole);

/// Before it begins.
[[nodiscard]] InterviewView viewOfPlan(const workflow::SessionPlan& plan);

/// A question as the screen shows it: for the name of the other person of the pair stands their role, because somebody
/// else may be reading along.
[[nodiscard]] QString withRoles(QString text, const std::vector<study::Role>& roles, const QString& language);

}  // namespace sotto::app
