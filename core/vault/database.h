// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include <QString>

#include "base/bytes.h"
#include "base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace sotto::vault {

/// One prepared statement, bound and stepped. Values are bound by 1-based position, columns read by 0-based position.
/// Errors of bind are remembered and reported by the next step. Lives shorter than its Database. One thread.
class Statement {
public:
    Statement(Statement&&) noexcept;
    Statement& operator=(Statement&&) noexcept;
    ~Statement();

    Statement& bind(int position, std::int64_t value);
    Statement& bind(int position, const QString& text);
    Statement& bind(int position, std::string_view text);
    /// A literal. (Not const char*, which the number 0 would fit as well.)
    template <std::size_t N>
    Statement& bind(int position, const char (&text)[N]) {
        return bind(position, std::string_view(text));
    }
    Statement& bind(int position, ByteView blob);
    Statement& bindNull(int position);

    /// True: a row is there to read. False: done.
    [[nodiscard]] Result<bool> step();
    /// Runs a statement that yields no rows, then resets it for the next use.
    [[nodiscard]] Result<> run();
    void reset();

    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] QString text(int column) const;
    [[nodiscard]] Bytes blob(int column) const;
    [[nodiscard]] bool isNull(int column) const;

private:
    friend class Database;
    Statement(sqlite3* database, sqlite3_stmt* statement, int& alive);
    sqlite3* m_database = nullptr;
    sqlite3_stmt* m_statement = nullptr;
    int* m_alive = nullptr;  ///< how many statements its Database has; counts this one while m_statement is set
    int m_bindStatus = 0;
};

/// A SQLite connection, used from one thread. SQL text is a constant of the program; values are always bound.
/// SQLite's codes map to NoSpace (SQLITE_FULL), IoFailed, Damaged (SQLITE_CORRUPT), AlreadyExists (constraint), Busy.
class Database {
public:
    virtual ~Database() = default;
    [[nodiscard]] Result<Statement> prepare(std::string_view sql);
    /// One or more statements without parameters or rows.
    [[nodiscard]] Result<> execute(std::string_view sql);
    [[nodiscard]] std::int64_t lastInsertId() const;
    [[nodiscard]] bool inTransaction() const;
    /// True while a Statement of this database lives. (SQLite's own list holds those of its search indexes too.)
    [[nodiscard]] bool hasStatements() const { return m_statements > 0; }

protected:
    explicit Database(sqlite3* handle) : m_handle(handle) {}
    sqlite3* m_handle = nullptr;

private:
    int m_statements = 0;
};

/// BEGIN IMMEDIATE now; ROLLBACK on destruction unless commit() succeeded.
class Transaction {
public:
    [[nodiscard]] static Result<Transaction> begin(Database& database);
    Transaction(Transaction&& other) noexcept;
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();
    /// Durable on return.
    [[nodiscard]] Result<> commit();

private:
    explicit Transaction(Database& database) : m_database(&database) {}
    Database* m_database;
};

}  // namespace sotto::vault
