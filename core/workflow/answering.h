// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include <QStringList>

#include "people/detached_sheets.h"
#include "people/filled_forms.h"
#include "workflow/home.h"

namespace sotto::package {
struct PackageFile;
}

namespace sotto::workflow {

/// How far somebody is with one form of their role.
struct RoleFormState {
    enum class Stage { NotBegun, Begun, Done };
    study::Form form;
    study::RoleForm asked;  ///< when, and by whom it is filled in
    Stage stage = Stage::NotBegun;
};

/// The forms of a participant's role, in the order of the study, and how far they are. Says nothing of any answer.
/// NotFound; NotAllowed without the sessions.
[[nodiscard]] Result<std::vector<RoleFormState>> roleForms(Home& home, const ParticipantId& participant);

/// One form that somebody fills in: where its answers go, and that they get there. Used on the thread of the home, and
/// only while that home is open.
class Answering {
public:
    /// A form of the study in force, by its id. NotFound.
    [[nodiscard]] static Result<Answering> begin(Home& home, const ParticipantId& participant, const QString& form);
    /// A form that Sotto brings along. NotFound for somebody who is not there.
    [[nodiscard]] static Result<Answering> begin(Home& home, const ParticipantId& participant, study::Form form);

    [[nodiscard]] const study::Form& form() const { return m_form; }
    /// What was answered before. Nothing for a sheet that is kept apart without a link.
    [[nodiscard]] const study::Answers& known() const { return m_known; }

    /// Durable on return. Which alerts it set off for the first time; that support was to be offered enters the audit
    /// trail, and not why. Errors of FilledForms::keep() and DetachedSheets::keep().
    [[nodiscard]] Result<QStringList> keep(Home& home, const QString& item, const std::optional<study::Answer>& answer);
    /// Whoever fills it in went through it to the end.
    [[nodiscard]] Result<> finish(Home& home);

private:
    Answering() = default;
    /// A sheet that is kept apart begins with its first answer: one that was only looked at leaves nothing.
    [[nodiscard]] Result<> needSheet(Home& home);

    ParticipantId m_participant;
    study::Form m_form;
    study::Answers m_known;
    bool m_isLinked = false;
    std::optional<people::SheetId> m_sheet;
};

/// What somebody answered to one form under one wording, with the form as it was read.
struct AnswersOfForm {
    study::Form form;
    study::Answers answers;  ///< only to questions that were asked in the end
    bool isFinished = false;
};

/// Everything that a participant answered to forms that are kept with the session, with the words of then, found among
/// all versions of the study that this home ever had. What is kept with the screening or apart is not among it.
[[nodiscard]] Result<std::vector<AnswersOfForm>> answersForSession(Home& home, const ParticipantId& participant);

/// The same for whoever counts them; refers to `all`, which must outlive it.
[[nodiscard]] std::vector<study::AnsweredForm> answeredForms(const std::vector<AnswersOfForm>& all);
/// The same as files of a content package, as it stands now.
[[nodiscard]] Result<std::vector<package::PackageFile>> instrumentFiles(Home& home, const ParticipantId& participant);

}  // namespace sotto::workflow
