// SPDX-License-Identifier: Apache-2.0
#include "vault/database.h"

#include <utility>

#include <sqlite3.h>

#include "base/check.h"

namespace sotto::vault {

namespace {

ErrorCode codeOf(int status) {
    if (status == SQLITE_IOERR_FSYNC) return ErrorCode::HandlePoisoned;
    switch (status & 0xFF) {
        case SQLITE_FULL:
            return ErrorCode::NoSpace;
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return ErrorCode::Damaged;
        case SQLITE_CONSTRAINT:
            return ErrorCode::AlreadyExists;
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return ErrorCode::Busy;
        case SQLITE_READONLY:
            return ErrorCode::NotAllowed;
        case SQLITE_IOERR:
        case SQLITE_CANTOPEN:
        case SQLITE_NOMEM:
            return ErrorCode::IoFailed;
        default:
            return ErrorCode::InvalidArgument;
    }
}

/// A failure of SQL text that the program itself wrote; SQLite's own words may quote it.
Failure textFailure(sqlite3* database, int status) {
    return fail(codeOf(status), std::string("SQL: ") + sqlite3_errmsg(database));
}

/// A failure while values are bound: SQLite's words could quote one (a search text, for example), so only the words
/// for the code are used. Those for a constraint name tables and columns only.
Failure valueFailure(sqlite3* database, int status) {
    const bool isConstraint = (status & 0xFF) == SQLITE_CONSTRAINT;
    return fail(codeOf(status), std::string("SQL: ") +
                                    (isConstraint ? sqlite3_errmsg(database) : sqlite3_errstr(status)) + " (code " +
                                    std::to_string(status) + ")");
}

void keepFirst(int& first, int status) {
    if (first == SQLITE_OK) first = status;
}

}  // namespace

Statement::Statement(sqlite3* database, sqlite3_stmt* statement, int& alive)
    : m_database(database), m_statement(statement), m_alive(&alive) {
    if (m_statement != nullptr) ++*m_alive;
}

Statement::Statement(Statement&& other) noexcept
    : m_database(other.m_database),
      m_statement(std::exchange(other.m_statement, nullptr)),
      m_alive(other.m_alive),
      m_bindStatus(other.m_bindStatus) {}

Statement& Statement::operator=(Statement&& other) noexcept {
    std::swap(m_database, other.m_database);
    std::swap(m_statement, other.m_statement);
    std::swap(m_alive, other.m_alive);
    std::swap(m_bindStatus, other.m_bindStatus);
    return *this;
}

Statement::~Statement() {
    if (m_statement != nullptr) --*m_alive;
    // The status repeats the error of the last step, which step() has reported.
    static_cast<void>(sqlite3_finalize(m_statement));
}

Statement& Statement::bind(int position, std::int64_t value) {
    keepFirst(m_bindStatus, sqlite3_bind_int64(m_statement, position, value));
    return *this;
}

Statement& Statement::bind(int position, const QString& text) {
    const QByteArray utf8 = text.toUtf8();
    return bind(position, std::string_view(utf8.constData(), static_cast<std::size_t>(utf8.size())));
}

Statement& Statement::bind(int position, std::string_view text) {
    const char* const data = text.data() != nullptr ? text.data() : "";  // a null pointer would bind NULL
    keepFirst(m_bindStatus,
              sqlite3_bind_text64(m_statement, position, data, text.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
    return *this;
}

Statement& Statement::bind(int position, ByteView blob) {
    keepFirst(m_bindStatus,
              blob.empty() ? sqlite3_bind_zeroblob(m_statement, position, 0)
                           : sqlite3_bind_blob64(m_statement, position, blob.data(), blob.size(), SQLITE_TRANSIENT));
    return *this;
}

Statement& Statement::bindNull(int position) {
    keepFirst(m_bindStatus, sqlite3_bind_null(m_statement, position));
    return *this;
}

Result<bool> Statement::step() {
    if (m_bindStatus != SQLITE_OK) return valueFailure(m_database, std::exchange(m_bindStatus, SQLITE_OK));
    const int status = sqlite3_step(m_statement);
    if (status == SQLITE_ROW) return true;
    if (status == SQLITE_DONE) return false;
    Failure failure = valueFailure(m_database, status);
    reset();
    return failure;
}

Result<> Statement::run() {
    SOTTO_ASSIGN(const bool hasRow, step());
    reset();
    if (hasRow) return fail(ErrorCode::InvalidArgument, "SQL: a statement that was to yield no row yielded one");
    return {};
}

void Statement::reset() {
    // The status repeats the error of the last step, which step() has reported.
    static_cast<void>(sqlite3_reset(m_statement));
}

std::int64_t Statement::integer(int column) const {
    return sqlite3_column_int64(m_statement, column);
}

QString Statement::text(int column) const {
    const auto* const data = reinterpret_cast<const char*>(sqlite3_column_text(m_statement, column));
    return QString::fromUtf8(data, sqlite3_column_bytes(m_statement, column));
}

Bytes Statement::blob(int column) const {
    const auto* const data = static_cast<const std::uint8_t*>(sqlite3_column_blob(m_statement, column));
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(m_statement, column));
    return data == nullptr ? Bytes() : Bytes(data, data + size);
}

bool Statement::isNull(int column) const {
    return sqlite3_column_type(m_statement, column) == SQLITE_NULL;
}

Result<Statement> Database::prepare(std::string_view sql) {
    sqlite3_stmt* statement = nullptr;
    const char* tail = nullptr;
    const int status = sqlite3_prepare_v2(m_handle, sql.data(), static_cast<int>(sql.size()), &statement, &tail);
    if (status != SQLITE_OK) return textFailure(m_handle, status);
    Statement prepared(m_handle, statement, m_statements);
    const std::string_view rest = sql.substr(static_cast<std::size_t>(tail - sql.data()));
    if (statement == nullptr || rest.find_first_not_of(" \t\r\n;") != std::string_view::npos) {
        return fail(ErrorCode::InvalidArgument, "SQL: prepare takes just one statement");
    }
    return prepared;
}

Result<> Database::execute(std::string_view sql) {
    const int status = sqlite3_exec(m_handle, std::string(sql).c_str(), nullptr, nullptr, nullptr);
    if (status != SQLITE_OK) return textFailure(m_handle, status);
    return {};
}

std::int64_t Database::lastInsertId() const {
    return sqlite3_last_insert_rowid(m_handle);
}

bool Database::inTransaction() const {
    return sqlite3_get_autocommit(m_handle) == 0;
}

Result<Transaction> Transaction::begin(Database& database) {
    SOTTO_TRY(database.execute("BEGIN IMMEDIATE"));
    return Transaction(database);
}

Transaction::Transaction(Transaction&& other) noexcept : m_database(std::exchange(other.m_database, nullptr)) {}

Transaction::~Transaction() {
    // SQLite rolls back by itself after a full disk or an I/O error. If the rollback itself fails, the connection
    // refuses everything that follows, so nothing is hidden here.
    if (m_database != nullptr && m_database->inTransaction()) static_cast<void>(m_database->execute("ROLLBACK"));
}

Result<> Transaction::commit() {
    SOTTO_CHECK(m_database != nullptr);
    SOTTO_TRY(m_database->execute("COMMIT"));
    m_database = nullptr;
    return {};
}

}  // namespace sotto::vault
