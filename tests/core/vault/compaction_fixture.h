// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/vault/vault_fixture.h"

/// What the tests of compaction share.
namespace sotto::test {

/// The handle that only the module itself sees, for the tests of single steps.
struct Peek : vault::Database {
    static sqlite3* handle(vault::Database& database) { return database.*(&Peek::m_handle); }
};

/// Besides the fixture's index, which leaves the text to the table: one that keeps the text itself, with prefixes.
[[nodiscard]] inline vault::Schema diarySchema() {
    return {"diary",
            {"CREATE VIRTUAL TABLE \"odd \"\"name\" USING fts5(text, prefix='2 3');"
             "CREATE TABLE plain (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;"
             "CREATE INDEX plain_text ON plain (text);"}};
}

[[nodiscard]] inline Result<> write(vault::Database& database, const QString& text) {
    SOTTO_TRY(addNote(database, text));
    SOTTO_ASSIGN(vault::Statement diary, database.prepare("INSERT INTO \"odd \"\"name\" (text) VALUES (?)"));
    SOTTO_TRY(diary.bind(1, text).run());
    SOTTO_ASSIGN(vault::Statement plain, database.prepare("INSERT INTO plain (text) VALUES (?)"));
    return plain.bind(1, text).run();
}

/// Takes back what write() wrote, in every table that holds the word.
[[nodiscard]] inline Result<> erase(vault::Database& database, const QString& text) {
    SOTTO_ASSIGN(vault::Statement line,
                 database.prepare("INSERT INTO note_search (note_search, rowid, body) SELECT 'delete', id, body FROM "
                                  "note WHERE body = ?"));
    SOTTO_TRY(line.bind(1, text).run());
    for (const char* sql : {"DELETE FROM note WHERE body = ?", "DELETE FROM \"odd \"\"name\" WHERE text = ?",
                            "DELETE FROM plain WHERE text = ?"}) {
        SOTTO_ASSIGN(vault::Statement statement, database.prepare(sql));
        SOTTO_TRY(statement.bind(1, text).run());
    }
    return {};
}

[[nodiscard]] inline Result<> writeOthers(vault::Database& database, int from, int count) {
    for (int i = from; i < from + count; ++i) {
        SOTTO_TRY(write(database, QStringLiteral("entry %1 of an ordinary diary").arg(i)));
    }
    return {};
}

/// All rows of the tables, and what a search finds.
[[nodiscard]] inline QString dump(vault::Database& database) {
    return word(database,
                "SELECT group_concat(id || body || ifnull(kind, '-'), '|') FROM (SELECT * FROM note ORDER BY "
                "id)") +
           word(database, "SELECT group_concat(rowid || text, '|') FROM \"odd \"\"name\"") +
           word(database, "SELECT group_concat(id || text, '|') FROM (SELECT * FROM plain ORDER BY id)") +
           word(database, "SELECT group_concat(rowid, '|') FROM note_search WHERE note_search MATCH 'diary'") +
           word(database, "SELECT group_concat(name || sql, '|') FROM (SELECT * FROM sqlite_schema ORDER BY name)") +
           word(database, "SELECT group_concat(module || version, '|') FROM sotto_schema");
}

}  // namespace sotto::test
