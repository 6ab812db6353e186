// SPDX-License-Identifier: Apache-2.0
#include "people/filled_forms.h"

namespace sotto::people {

namespace {

using study::Answer;
using study::Answers;
using study::Form;

// A trigger, so that nobody's answers outlive them, whichever program takes the participant away.
constexpr std::string_view kTables = R"(
CREATE TABLE filled_form (
    participant     TEXT NOT NULL,
    form            TEXT NOT NULL,
    hash            TEXT NOT NULL,
    begun_utc_ms    INTEGER NOT NULL,
    finished_utc_ms INTEGER,
    PRIMARY KEY (participant, form, hash)
) WITHOUT ROWID;
CREATE TABLE form_answer (
    participant TEXT NOT NULL,
    form        TEXT NOT NULL,
    hash        TEXT NOT NULL,
    item        TEXT NOT NULL,
    value       TEXT NOT NULL,
    PRIMARY KEY (participant, form, hash, item)
) WITHOUT ROWID;
CREATE TABLE form_alert (
    sequence    INTEGER PRIMARY KEY,
    participant TEXT NOT NULL,
    form        TEXT NOT NULL,
    hash        TEXT NOT NULL,
    alert       TEXT NOT NULL,
    utc_ms      INTEGER NOT NULL,
    UNIQUE (participant, form, hash, alert)
);
CREATE TRIGGER filled_forms_gone AFTER DELETE ON participant BEGIN
    DELETE FROM filled_form WHERE participant = OLD.id;
    DELETE FROM form_answer WHERE participant = OLD.id;
    DELETE FROM form_alert WHERE participant = OLD.id;
END;
)";

constexpr std::int64_t kMinuteMs = 60'000;
constexpr std::int64_t kDayMs = 24 * 60 * kMinuteMs;

/// Midnight of the local day, in UTC, for what must not tell when in the day it was.
std::int64_t dayOf(const Instant& at) {
    const std::int64_t local = at.utcMs + at.zoneOffsetMinutes * kMinuteMs;
    return local - local % kDayMs;
}

std::int64_t timeOf(const Form& form, const Instant& at) {
    return form.kept == study::Kept::Apart ? dayOf(at) : at.utcMs;
}

Result<> requireParticipant(vault::Database& sessions, const ParticipantId& id) {
    SOTTO_ASSIGN(auto select, sessions.prepare("SELECT 1 FROM participant WHERE id = ?1"));
    SOTTO_ASSIGN(const bool found, select.bind(1, id.toString()).step());
    if (!found) return fail(ErrorCode::NotFound, "this participant is not there");
    return {};
}

Result<> begin(vault::Database& sessions, const ParticipantId& id, const Form& form, const Instant& at) {
    SOTTO_ASSIGN(auto insert, sessions.prepare("INSERT OR IGNORE INTO filled_form (participant, form, hash, "
                                               "begun_utc_ms) VALUES (?1, ?2, ?3, ?4)"));
    return insert.bind(1, id.toString()).bind(2, form.id).bind(3, formHash(form)).bind(4, timeOf(form, at)).run();
}

Result<> write(vault::Database& sessions, const ParticipantId& id, const Form& form, const QString& item,
               const std::optional<Answer>& answer) {
    const std::string_view sql = answer ? "INSERT OR REPLACE INTO form_answer (participant, form, hash, item, value) "
                                          "VALUES (?1, ?2, ?3, ?4, ?5)"
                                        : "DELETE FROM form_answer WHERE participant = ?1 AND form = ?2 AND hash = ?3 "
                                          "AND item = ?4";
    SOTTO_ASSIGN(auto statement, sessions.prepare(sql));
    statement.bind(1, id.toString()).bind(2, form.id).bind(3, formHash(form)).bind(4, item);
    if (answer) statement.bind(5, answerText(*answer));
    return statement.run();
}

/// Writes down what is set off by now and was not before.
Result<QStringList> writeAlerts(vault::Database& sessions, const ParticipantId& id, const Form& form,
                                const Answers& answers, const Instant& at) {
    QStringList fresh;
    for (const study::Alert* alert : study::alerts({&form, answers})) {
        SOTTO_ASSIGN(auto select, sessions.prepare("SELECT 1 FROM form_alert WHERE participant = ?1 AND form = ?2 AND "
                                                   "hash = ?3 AND alert = ?4"));
        select.bind(1, id.toString()).bind(2, form.id).bind(3, formHash(form)).bind(4, alert->id);
        SOTTO_ASSIGN(const bool known, select.step());
        if (known) continue;
        SOTTO_ASSIGN(auto insert, sessions.prepare("INSERT INTO form_alert (participant, form, hash, alert, utc_ms) "
                                                   "VALUES (?1, ?2, ?3, ?4, ?5)"));
        insert.bind(1, id.toString()).bind(2, form.id).bind(3, formHash(form)).bind(4, alert->id).bind(5, at.utcMs);
        SOTTO_TRY(insert.run());
        fresh.append(alert->id);
    }
    return fresh;
}

}  // namespace

vault::Schema FilledForms::schema() {
    return {"filled-forms", {std::string(kTables)}};
}

Result<QStringList> FilledForms::keep(const ParticipantId& participant, const Form& form, const QString& item,
                                      const std::optional<Answer>& answer, const Instant& at) {
    if (form.kept == study::Kept::Apart) {
        return fail(ErrorCode::InvalidArgument, "answers to this form are kept apart from the participant");
    }
    if (answer && checkAnswer(form, item, *answer) != AnswerFault::None) {
        return fail(ErrorCode::InvalidArgument, "this answer does not fit its question");
    }
    SOTTO_ASSIGN(auto transaction, vault::Transaction::begin(*m_sessions));
    SOTTO_TRY(requireParticipant(*m_sessions, participant));
    SOTTO_TRY(begin(*m_sessions, participant, form, at));
    SOTTO_TRY(write(*m_sessions, participant, form, item, answer));
    SOTTO_ASSIGN(const Answers all, answers(participant, form));
    SOTTO_ASSIGN(const QStringList fresh, writeAlerts(*m_sessions, participant, form, all, at));
    SOTTO_TRY(transaction.commit());
    return fresh;
}

Result<> FilledForms::finish(const ParticipantId& participant, const Form& form, const Instant& at) {
    SOTTO_ASSIGN(auto transaction, vault::Transaction::begin(*m_sessions));
    SOTTO_TRY(requireParticipant(*m_sessions, participant));
    SOTTO_TRY(begin(*m_sessions, participant, form, at));
    {
        SOTTO_ASSIGN(auto update, m_sessions->prepare("UPDATE filled_form SET finished_utc_ms = ?4 WHERE "
                                                      "participant = ?1 AND form = ?2 AND hash = ?3"));
        update.bind(1, participant.toString()).bind(2, form.id).bind(3, formHash(form)).bind(4, timeOf(form, at));
        SOTTO_TRY(update.run());
    }
    return transaction.commit();
}

Result<Answers> FilledForms::answers(const ParticipantId& participant, const Form& form) const {
    return answers(participant, form.id, formHash(form));
}

Result<Answers> FilledForms::answers(const ParticipantId& participant, const QString& form, const QString& hash) const {
    SOTTO_ASSIGN(auto select, m_sessions->prepare("SELECT item, value FROM form_answer WHERE participant = ?1 AND "
                                                  "form = ?2 AND hash = ?3"));
    select.bind(1, participant.toString()).bind(2, form).bind(3, hash);
    Answers all;
    while (true) {
        SOTTO_ASSIGN(const bool hasRow, select.step());
        if (!hasRow) return all;
        auto answer = answerFromText(select.text(1));
        if (!answer) return fail(ErrorCode::Damaged, "a row of answers holds what was never written there");
        all.emplace(select.text(0), *std::move(answer));
    }
}

Result<std::vector<FormProgress>> FilledForms::progress(const ParticipantId& participant) const {
    SOTTO_ASSIGN(auto select, m_sessions->prepare("SELECT form, hash, begun_utc_ms, finished_utc_ms FROM filled_form "
                                                  "WHERE participant = ?1 ORDER BY form, hash"));
    select.bind(1, participant.toString());
    std::vector<FormProgress> all;
    while (true) {
        SOTTO_ASSIGN(const bool hasRow, select.step());
        if (!hasRow) return all;
        all.push_back({select.text(0), select.text(1), select.integer(2), !select.isNull(3), select.integer(3)});
    }
}

Result<std::vector<FormAlert>> FilledForms::alerts(const ParticipantId& participant) const {
    SOTTO_ASSIGN(auto select, m_sessions->prepare("SELECT form, alert, utc_ms FROM form_alert WHERE participant = ?1 "
                                                  "ORDER BY sequence"));
    select.bind(1, participant.toString());
    std::vector<FormAlert> all;
    while (true) {
        SOTTO_ASSIGN(const bool hasRow, select.step());
        if (!hasRow) return all;
        all.push_back({select.text(0), select.text(1), select.integer(2)});
    }
}

}  // namespace sotto::people
