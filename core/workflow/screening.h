// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "people/people.h"
#include "people/screenings.h"
#include "study/screening.h"
#include "workflow/forget.h"
#include "workflow/home.h"

/// Screening, from the yes to being asked to what comes of it. Whoever turns out not to be the right fit now, or would
/// rather not be asked, is wiped in the way of forget.h: a line of the tally stays, and that support was offered.
namespace sotto::workflow {

/// Where somebody stands before consent. NotNow: they are being wiped, and that was broken off.
enum class ScreeningStage { NotNeeded, ToDo, Open, Fits, NotNow };

/// None is needed if the role has no screening whose rules are in force, or if an interview was held already: rules
/// that come with an update of the study, or a vault that was made anew, do not stop what has begun. Needs the
/// sessions.
[[nodiscard]] Result<ScreeningStage> screeningStage(Home& home, const people::Participant& participant);
/// NotAllowed, with a sentence, unless an interview may be planned as far as the screening goes.
[[nodiscard]] Result<> needScreened(Home& home, const people::Participant& participant);

/// A screening as its page shows it. `forms` refer to `study`.
struct ScreeningView {
    std::shared_ptr<const study::SignedPack> study;
    const study::Screening* screening = nullptr;
    const study::RulesVersion* rules = nullptr;     ///< of the day on which it began, or of today
    std::optional<people::ScreeningRecord> record;  ///< nothing: they were not asked yet whether they may be
    std::vector<study::AnsweredForm> forms;         ///< in the order of asking; those that have no answer as well
    study::ScreeningOutcome outcome;
    QStringList broken;  ///< rules that do not hold and that nobody let pass
    [[nodiscard]] bool mayDeviate() const { return !screening->deviationsApprovedBy.empty(); }
};
/// NotFound if the role has no screening in force.
[[nodiscard]] Result<ScreeningView> screeningOf(Home& home, const people::Participant& participant);

/// They said yes to being asked: logs who asked, when and how. Needs all three compartments, so that whoever asks can
/// also wipe (NotAllowed).
[[nodiscard]] Result<> beginScreening(Home& home, const people::Participant& participant, people::AskedHow how);
/// Keeps an answer. The alerts that it set off for the first time, in the order of the form; each is logged with the
/// time. NotAllowed before they agreed, or after it is settled; and what FilledForms::keep() answers.
[[nodiscard]] Result<QStringList> keepScreeningAnswer(Home& home, const ParticipantId& participant,
                                                      const study::Form& form, const QString& item,
                                                      const std::optional<study::Answer>& answer);
/// What was done about an alert. The trail says that support was offered, when and what was done; neither whom to nor
/// why, and so it stays when the person is wiped.
[[nodiscard]] Result<> answerAlert(Home& home, const ParticipantId& participant, const people::RaisedAlert& alert,
                                   people::SupportAction action);
/// NotAllowed if the study lets nobody approve one; InvalidArgument for a rule that holds, or without a name.
[[nodiscard]] Result<> approveDeviation(Home& home, const people::Participant& participant, const QString& rule,
                                        const QString& approvedBy);
/// Ends it. Fits: consent may follow. NotNow: the person is wiped, their name, contacts and answers with them. Open is
/// answered, and nothing changed, while an answer that decides is missing.
[[nodiscard]] Result<study::Fit> settleScreening(Home& home, const people::Participant& participant,
                                                 const OnProgress& progress = {});
/// They would rather not be asked, or not take part: counted and wiped. NotAllowed once there was an interview, which
/// is taken back in its own way.
[[nodiscard]] Result<> wipeWhoDeclined(Home& home, const people::Participant& participant,
                                       const OnProgress& progress = {});
/// Wipes those whom a crash kept from being wiped. Run at unlock by whoever holds all three. Returns how many.
[[nodiscard]] Result<int> finishScreenings(Home& home);
/// A scripted rehearsal asks nobody: as if everything fitted.
[[nodiscard]] Result<> passScreening(Home& home, const people::Participant& participant);

/// "2026-11-23" on this tablet's clock.
[[nodiscard]] QString dayOf(const Instant& instant);

}  // namespace sotto::workflow
