// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include <QString>
#include <QStringList>

#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"
#include "people/form_answers.h"
#include "study/answers.h"
#include "vault/vault.h"

namespace sotto::people {

/// How far a participant is with one form.
struct FormProgress {
    QString form;
    QString hash;                 ///< formHash() of the words that were read
    std::int64_t begunUtcMs = 0;  ///< the first answer; for a form that is kept apart no finer than the day
    bool isFinished = false;      ///< whoever filled it in said so; answers may be missing all the same
    std::int64_t finishedUtcMs = 0;
};

/// One answer that set off an alert of its form, and when. Stays when the answer is changed afterwards.
struct FormAlert {
    QString form;
    QString alert;
    std::int64_t utcMs = 0;
};

/// Answers to the forms that are kept with the session or with the screening, in the sessions vault: by participant,
/// form, the hash of its words, and item. Each answer is durable on return. An item that is not there was not reached,
/// which is not the same as declined. They go with the participant (Participants::erase(), a trigger), whichever
/// program takes the person away. One thread; holds a pointer to the vault it was given.
class FilledForms {
public:
    explicit FilledForms(vault::Database& sessions) : m_sessions(&sessions) {}
    /// After Participants::schema().
    [[nodiscard]] static vault::Schema schema();

    /// Keeps one answer in place of the one before, or takes it back (nothing: not reached). The alerts that it set off
    /// for the first time, as ids, in the order of the form. NotFound for somebody who is not there; InvalidArgument,
    /// and the answer before stays, unless checkAnswer() finds nothing, or if the form is kept apart.
    [[nodiscard]] Result<QStringList> keep(const ParticipantId& participant, const study::Form& form,
                                           const QString& item, const std::optional<study::Answer>& answer,
                                           const Instant& at);
    /// The form was gone through to its end. For a form that is kept apart this is all that is known here of the
    /// participant's part in it, with the day. May be repeated.
    [[nodiscard]] Result<> finish(const ParticipantId& participant, const study::Form& form, const Instant& at);
    /// What was answered to just these words, given to answers that did not count too (study::isAsked()).
    [[nodiscard]] Result<study::Answers> answers(const ParticipantId& participant, const study::Form& form) const;
    [[nodiscard]] Result<study::Answers> answers(const ParticipantId& participant, const QString& form,
                                                 const QString& hash) const;
    /// Of everything that somebody began, by form and hash.
    [[nodiscard]] Result<std::vector<FormProgress>> progress(const ParticipantId& participant) const;
    /// Oldest first.
    [[nodiscard]] Result<std::vector<FormAlert>> alerts(const ParticipantId& participant) const;

private:
    vault::Database* m_sessions;
};

}  // namespace sotto::people
