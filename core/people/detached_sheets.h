// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <vector>

#include <QDate>
#include <QString>

#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"
#include "people/form_answers.h"
#include "study/answers.h"
#include "vault/vault.h"

namespace sotto::people {

using SheetId = Id<struct SheetTag>;  ///< one sheet that is kept apart; drawn, and known to nobody's record

/// One sheet as it lies in the vault.
struct DetachedSheet {
    SheetId id;
    QString form;
    QString hash;  ///< formHash() of the words that were read
    QDate day;     ///< when it was filled in, no finer
    bool isFinished = false;
    std::optional<ParticipantId> participant;  ///< only where pack and consent allow the link
    study::Answers answers;
};

/// Sheets that are kept apart (demographics, the address for the report): in the identities vault, under random ids and
/// in their order, with the day as the finest time. Nothing leads from a sheet to a participant, nor back, unless the
/// participant granted the link; a linked sheet goes with the identity, a sheet without a link can't be found again, by
/// nobody. For that reason a sheet that was broken off can't be gone on with: its answers stay, and it is not counted.
/// One thread; holds a pointer to the vault it was given.
class DetachedSheets {
public:
    explicit DetachedSheets(vault::Database& identities) : m_identities(&identities) {}
    /// After Identities::schema().
    [[nodiscard]] static vault::Schema schema();

    /// A sheet to be filled in; with `linkedTo` the one that this participant began, if there is one. InvalidArgument
    /// for a form that is not kept apart.
    [[nodiscard]] Result<SheetId> begin(const study::Form& form, const Instant& at,
                                        const std::optional<ParticipantId>& linkedTo = {});
    /// Durable on return. Nothing: the answer is taken back. NotFound for a sheet that is not there; InvalidArgument,
    /// and the answer before stays, unless checkAnswer() finds nothing.
    [[nodiscard]] Result<> keep(const SheetId& sheet, const study::Form& form, const QString& item,
                                const std::optional<study::Answer>& answer);
    [[nodiscard]] Result<> finish(const SheetId& sheet);
    [[nodiscard]] Result<study::Answers> answers(const SheetId& sheet) const;
    /// Every sheet of a form, finished or not, in the random order of their ids.
    [[nodiscard]] Result<std::vector<DetachedSheet>> all(const QString& form) const;
    /// The forms of which there are finished sheets, and how many.
    [[nodiscard]] Result<std::map<QString, int>> finished() const;

private:
    vault::Database* m_identities;
};

}  // namespace sotto::people
