// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <vector>

#include <QString>

#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"
#include "study/screening.h"
#include "vault/vault.h"

namespace sotto::people {

/// How somebody said yes to being asked. Text names are stored: telephone, in-person, rehearsal.
enum class AskedHow { Telephone, InPerson, Rehearsal };
[[nodiscard]] QString askedHowName(AskedHow how);
[[nodiscard]] std::optional<AskedHow> askedHowFromName(const QString& name);

/// What was done when an answer asked for support. Text names are stored: lines-given, stayed, on-call, emergency,
/// not-wanted.
enum class SupportAction { LinesGiven, Stayed, OnCall, Emergency, NotWanted };
[[nodiscard]] QString supportActionName(SupportAction action);
[[nodiscard]] std::optional<SupportAction> supportActionFromName(const QString& name);
[[nodiscard]] const std::vector<SupportAction>& allSupportActions();

/// An answer that asked for support; kept although the answer may have been changed since.
struct RaisedAlert {
    QString form;
    QString alert;
    QString protocol;  ///< the heading that opened
    std::int64_t utcMs = 0;
    std::optional<SupportAction> action;  ///< nothing: it is still to be said
    std::int64_t actionUtcMs = 0;
};

/// The screening of one person. NotNow lasts only until the person is wiped.
struct ScreeningRecord {
    ParticipantId participant;
    QString role;
    int rulesVersion = 1;  ///< of the day on which it began
    std::int64_t agreedUtcMs = 0;
    AskedHow how = AskedHow::Telephone;
    PersonId askedBy;
    study::Fit fit = study::Fit::Open;
    std::vector<study::Deviation> deviations;
    std::vector<RaisedAlert> alerts;  ///< oldest first
};

/// What stays of somebody who is not in this home any more: a line to count. Text names are stored: not-now,
/// declined-screening, declined, no-answer, took-back.
enum class TallyOutcome { NotNow, DeclinedScreening, Declined, NoAnswer, TookBack };
struct TallyRow {
    QString day;  ///< 2026-11-23
    QString role;
    TallyOutcome outcome = TallyOutcome::NotNow;
    QString reason;        ///< coarse, NotNow only
    int rulesVersion = 0;  ///< NotNow only
};

/// Screenings, and the tally of those who left, in the sessions vault. A screening goes with the participant's row (a
/// trigger), the tally stays. Every change is durable on return, or with the transaction that is open. One thread.
class Screenings {
public:
    explicit Screenings(vault::Database& sessions) : m_sessions(&sessions) {}
    [[nodiscard]] static vault::Schema schema();

    /// They said yes to being asked. AlreadyExists; NotFound without such a participant.
    [[nodiscard]] Result<> begin(const ScreeningRecord& record);
    [[nodiscard]] Result<std::optional<ScreeningRecord>> find(const ParticipantId& id) const;
    /// How far everybody's has come, in one query.
    [[nodiscard]] Result<std::map<ParticipantId, study::Fit>> all() const;
    /// InvalidArgument without a name of who approved; NotAllowed once it is settled; AlreadyExists.
    [[nodiscard]] Result<> approve(const ParticipantId& id, const study::Deviation& deviation, const Instant& at);
    /// An answer asks for support. True if it is the first time that this one does.
    [[nodiscard]] Result<bool> raise(const ParticipantId& id, const RaisedAlert& alert);
    /// NotFound if nothing of that name was raised.
    [[nodiscard]] Result<> answerAlert(const ParticipantId& id, const QString& form, const QString& alert,
                                       SupportAction action, const Instant& at);
    /// NotAllowed while an alert waits for what was done, or if it is settled.
    [[nodiscard]] Result<> settleFits(const ParticipantId& id, const Instant& at);
    /// The same; the line of the tally is written with it. The caller wipes the person.
    [[nodiscard]] Result<> settleNotNow(const ParticipantId& id, const TallyRow& tally, const Instant& at);

    /// They would rather not: marks them for wiping, asked or not, with the line of the tally. NotAllowed while an
    /// alert waits for what was done.
    [[nodiscard]] Result<> dismiss(const ScreeningRecord& record, const TallyRow& tally, const Instant& at);

    [[nodiscard]] Result<> count(const TallyRow& row);
    /// Oldest first.
    [[nodiscard]] Result<std::vector<TallyRow>> tally() const;

private:
    [[nodiscard]] Result<ScreeningRecord> openOne(const ParticipantId& id) const;
    [[nodiscard]] Result<> settle(const ParticipantId& id, study::Fit fit, const Instant& at);
    vault::Database* m_sessions;
};

}  // namespace sotto::people
