// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>

#include <QStringList>

#include "base/check.h"
#include "vault/database.h"

namespace sotto::test {

/// Every row of every table of a database, the inner tables of a search index too, as "table|value|value...": blobs in
/// hexadecimal and, for what they hold of text, as they are.
[[nodiscard]] inline QStringList allRows(vault::Database& database) {
    QStringList rows;
    auto tables =
        database.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%USING fts5%'");
    SOTTO_CHECK(tables.has_value());
    while (tables->step().value()) {
        const QString table = tables->text(0);
        const std::string quoted = '"' + table.toStdString() + '"';
        auto columns = database.prepare("SELECT name FROM pragma_table_info('" + table.toStdString() + "')");
        SOTTO_CHECK(columns.has_value());
        std::string sql;
        while (columns->step().value()) {
            const std::string column = '"' + columns->text(0).toStdString() + '"';
            sql += (sql.empty() ? "SELECT " : " || '|' || ") +
                   ("coalesce(CASE typeof(" + column + ") WHEN 'blob' THEN hex(" + column + ") || '=' || CAST(" +
                    column + " AS TEXT) ELSE " + column + " END, '')");
        }
        auto select = database.prepare(sql + " FROM " + quoted);
        SOTTO_CHECK(select.has_value());
        while (select->step().value())
            rows.append(table + u'|' + select->text(0));
    }
    rows.sort();
    return rows;
}

/// Those of the rows that mention one of the texts, whatever the case.
[[nodiscard]] inline QStringList mentioning(const QStringList& rows, const QStringList& texts) {
    QStringList found;
    for (const QString& row : rows) {
        for (const QString& text : texts) {
            if (row.contains(text, Qt::CaseInsensitive)) {
                found.append(row);
                break;
            }
        }
    }
    return found;
}

}  // namespace sotto::test
