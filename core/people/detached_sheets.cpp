// SPDX-License-Identifier: Apache-2.0
#include "people/detached_sheets.h"

#include <QDateTime>

namespace sotto::people {

namespace {

using study::Answer;
using study::Answers;
using study::Form;

// Without row ids, so that rows lie in the order of random ids and not in that of filling in.
constexpr std::string_view kTables = R"(
CREATE TABLE detached_sheet (
    id          TEXT PRIMARY KEY,
    form        TEXT NOT NULL,
    hash        TEXT NOT NULL,
    day         TEXT NOT NULL,
    finished    INTEGER NOT NULL DEFAULT 0,
    participant TEXT
) WITHOUT ROWID;
CREATE TABLE detached_answer (
    sheet TEXT NOT NULL,
    item  TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (sheet, item)
) WITHOUT ROWID;
CREATE TRIGGER detached_sheet_gone AFTER DELETE ON detached_sheet BEGIN
    DELETE FROM detached_answer WHERE sheet = OLD.id;
END;
CREATE TRIGGER linked_sheets_gone AFTER DELETE ON identity BEGIN
    DELETE FROM detached_sheet WHERE participant = OLD.participant;
END;
)";

constexpr std::int64_t kMinuteMs = 60'000;

QString dayText(const Instant& at) {
    return QDateTime::fromMSecsSinceEpoch(at.utcMs + at.zoneOffsetMinutes * kMinuteMs, Qt::UTC)
        .date()
        .toString(Qt::ISODate);
}

Failure unreadable() {
    return fail(ErrorCode::Damaged, "a row of the detached sheets holds what was never written there");
}

Result<std::optional<SheetId>> linkedSheet(vault::Database& identities, const Form& form, const ParticipantId& id) {
    SOTTO_ASSIGN(auto select, identities.prepare("SELECT id FROM detached_sheet WHERE participant = ?1 AND form = ?2 "
                                                 "AND hash = ?3"));
    select.bind(1, id.toString()).bind(2, form.id).bind(3, formHash(form));
    SOTTO_ASSIGN(const bool found, select.step());
    if (!found) return std::nullopt;
    const auto sheet = SheetId::fromString(select.text(0));
    if (!sheet) return unreadable();
    return sheet;
}

Result<> requireSheet(vault::Database& identities, const SheetId& sheet) {
    SOTTO_ASSIGN(auto select, identities.prepare("SELECT 1 FROM detached_sheet WHERE id = ?1"));
    SOTTO_ASSIGN(const bool found, select.bind(1, sheet.toString()).step());
    if (!found) return fail(ErrorCode::NotFound, "there is no such sheet");
    return {};
}

Result<DetachedSheet> sheetOf(const vault::Statement& row, const DetachedSheets& sheets) {
    DetachedSheet sheet;
    const auto id = SheetId::fromString(row.text(0));
    if (!id) return unreadable();
    sheet.id = *id;
    sheet.form = row.text(1);
    sheet.hash = row.text(2);
    sheet.day = QDate::fromString(row.text(3), Qt::ISODate);
    sheet.isFinished = row.integer(4) != 0;
    if (!row.isNull(5)) sheet.participant = ParticipantId::fromString(row.text(5));
    if (!sheet.day.isValid() || (!row.isNull(5) && !sheet.participant)) return unreadable();
    SOTTO_ASSIGN(sheet.answers, sheets.answers(sheet.id));
    return sheet;
}

}  // namespace

vault::Schema DetachedSheets::schema() {
    return {"detached-sheets", {std::string(kTables)}};
}

Result<SheetId> DetachedSheets::begin(const Form& form, const Instant& at,
                                      const std::optional<ParticipantId>& linkedTo) {
    if (form.kept != study::Kept::Apart) {
        return fail(ErrorCode::InvalidArgument, "answers to this form are not kept apart");
    }
    if (linkedTo) {
        SOTTO_ASSIGN(const auto begun, linkedSheet(*m_identities, form, *linkedTo));
        if (begun) return *begun;
    }
    const SheetId id = SheetId::random();
    SOTTO_ASSIGN(auto insert, m_identities->prepare("INSERT INTO detached_sheet (id, form, hash, day, participant) "
                                                    "VALUES (?1, ?2, ?3, ?4, ?5)"));
    insert.bind(1, id.toString()).bind(2, form.id).bind(3, formHash(form)).bind(4, dayText(at));
    if (linkedTo) {
        insert.bind(5, linkedTo->toString());
    } else {
        insert.bindNull(5);
    }
    SOTTO_TRY(insert.run());
    return id;
}

Result<> DetachedSheets::keep(const SheetId& sheet, const Form& form, const QString& item,
                              const std::optional<Answer>& answer) {
    if (answer && checkAnswer(form, item, *answer) != AnswerFault::None) {
        return fail(ErrorCode::InvalidArgument, "this answer does not fit its question");
    }
    SOTTO_TRY(requireSheet(*m_identities, sheet));
    SOTTO_ASSIGN(auto statement,
                 m_identities->prepare(answer ? "INSERT OR REPLACE INTO detached_answer (sheet, item, value) "
                                                "VALUES (?1, ?2, ?3)"
                                              : "DELETE FROM detached_answer WHERE sheet = ?1 AND item = ?2"));
    statement.bind(1, sheet.toString()).bind(2, item);
    if (answer) statement.bind(3, answerText(*answer));
    return statement.run();
}

Result<> DetachedSheets::finish(const SheetId& sheet) {
    SOTTO_TRY(requireSheet(*m_identities, sheet));
    SOTTO_ASSIGN(auto update, m_identities->prepare("UPDATE detached_sheet SET finished = 1 WHERE id = ?1"));
    return update.bind(1, sheet.toString()).run();
}

Result<Answers> DetachedSheets::answers(const SheetId& sheet) const {
    SOTTO_ASSIGN(auto select, m_identities->prepare("SELECT item, value FROM detached_answer WHERE sheet = ?1"));
    select.bind(1, sheet.toString());
    Answers all;
    while (true) {
        SOTTO_ASSIGN(const bool hasRow, select.step());
        if (!hasRow) return all;
        auto answer = answerFromText(select.text(1));
        if (!answer) return unreadable();
        all.emplace(select.text(0), *std::move(answer));
    }
}

Result<std::vector<DetachedSheet>> DetachedSheets::all(const QString& form) const {
    SOTTO_ASSIGN(auto select, m_identities->prepare("SELECT id, form, hash, day, finished, participant "
                                                    "FROM detached_sheet WHERE form = ?1 ORDER BY id"));
    select.bind(1, form);
    std::vector<DetachedSheet> sheets;
    while (true) {
        SOTTO_ASSIGN(const bool hasRow, select.step());
        if (!hasRow) return sheets;
        SOTTO_ASSIGN(auto sheet, sheetOf(select, *this));
        sheets.push_back(std::move(sheet));
    }
}

Result<std::map<QString, int>> DetachedSheets::finished() const {
    SOTTO_ASSIGN(auto select, m_identities->prepare("SELECT form, COUNT(*) FROM detached_sheet WHERE finished = 1 "
                                                    "GROUP BY form"));
    std::map<QString, int> counts;
    while (true) {
        SOTTO_ASSIGN(const bool hasRow, select.step());
        if (!hasRow) return counts;
        counts.emplace(select.text(0), static_cast<int>(select.integer(1)));
    }
}

}  // namespace sotto::people
