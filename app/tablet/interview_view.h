// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "around_view_model.h"
#include "interview/timeline.h"
#include "workflow/groups.h"
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
    AroundView around;
    // ---- In a group
    bool isGroup = false;
    std::vector<std::pair<QString, QString>> members;  ///< participant id and pseudonym, in fixed places; at the first
    std::set<QString> there;
    std::map<QString, std::int64_t> spokenMs;
    QString speaker;  ///< participant id, the one of interview::several(), or empty
};

/// Everything at the first call; later ones may leave out what does not change (`whole` false).
[[nodiscard]] InterviewView viewOfSession(const workflow::LiveSession& live, const study::StudyPack& pack, bool whole);

/// Before it begins.
[[nodiscard]] InterviewView viewOfPlan(const workflow::SessionPlan& plan);
/// The same of a group.
[[nodiscard]] Result<InterviewView> viewOfGroup(const workflow::GroupPlan& plan, const workflow::GroupChoice& choice);
/// Who is in the group of a session, or was when it began, with their pseudonyms.
[[nodiscard]] Result<std::vector<std::pair<QString, QString>>> namesInGroup(workflow::Home& home,
                                                                            const interview::Opening& opening);

/// A question as the screen shows it: for the name of the other person of the pair stands their role, because somebody
/// else may be reading along.
[[nodiscard]] QString withRoles(QString text, const std::vector<study::Role>& roles, const QString& language);

}  // namespace sotto::app
