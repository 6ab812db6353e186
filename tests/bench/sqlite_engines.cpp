// SPDX-License-Identifier: Apache-2.0
#include "sqlite_engines.h"

#include <cstdio>
#include <cstdlib>
#include <dlfcn.h>

#include <sqlite3.h>

#include "vault/vault.h"

namespace sotto::bench {

void giveUp(const std::string& what) {
    std::fprintf(stderr, "bench: %s\n", what.c_str());
    std::exit(1);
}

namespace {

/// The calls used, from the SQLite that is linked or from a library loaded beside it.
struct Api {
    decltype(&sqlite3_open_v2) open = nullptr;
    decltype(&sqlite3_close) close = nullptr;
    decltype(&sqlite3_exec) exec = nullptr;
    decltype(&sqlite3_errmsg) errmsg = nullptr;
    decltype(&sqlite3_prepare_v2) prepare = nullptr;
    decltype(&sqlite3_finalize) finalize = nullptr;
    decltype(&sqlite3_reset) reset = nullptr;
    decltype(&sqlite3_step) step = nullptr;
    decltype(&sqlite3_bind_int64) bindInteger = nullptr;
    decltype(&sqlite3_bind_text) bindText = nullptr;
    decltype(&sqlite3_column_int64) integer = nullptr;
    decltype(&sqlite3_column_text) text = nullptr;
    decltype(&sqlite3_column_bytes) bytes = nullptr;
};

template <typename Call>
void load(void* library, const char* name, Call& call) {
    call = reinterpret_cast<Call>(::dlsym(library, name));
    if (call == nullptr) giveUp(std::string("SQLCipher lacks ") + name);
}

const Api kLinked{sqlite3_open_v2,     sqlite3_close,     sqlite3_exec,         sqlite3_errmsg,
                  sqlite3_prepare_v2,  sqlite3_finalize,  sqlite3_reset,        sqlite3_step,
                  sqlite3_bind_int64,  sqlite3_bind_text, sqlite3_column_int64, sqlite3_column_text,
                  sqlite3_column_bytes};

/// Null if there is no SQLCipher. RTLD_DEEPBIND: its own symbols, not those of the SQLite linked here.
const Api* loadCipher() {
    void* const library = ::dlopen("libsqlcipher.so.0", RTLD_NOW | RTLD_LOCAL | RTLD_DEEPBIND);
    if (library == nullptr) return nullptr;
    static Api api;
    load(library, "sqlite3_open_v2", api.open);
    load(library, "sqlite3_close", api.close);
    load(library, "sqlite3_exec", api.exec);
    load(library, "sqlite3_errmsg", api.errmsg);
    load(library, "sqlite3_prepare_v2", api.prepare);
    load(library, "sqlite3_finalize", api.finalize);
    load(library, "sqlite3_reset", api.reset);
    load(library, "sqlite3_step", api.step);
    load(library, "sqlite3_bind_int64", api.bindInteger);
    load(library, "sqlite3_bind_text", api.bindText);
    load(library, "sqlite3_column_int64", api.integer);
    load(library, "sqlite3_column_text", api.text);
    load(library, "sqlite3_column_bytes", api.bytes);
    return &api;
}

class RawQuery final : public Query {
public:
    RawQuery(const Api& api, sqlite3* database, std::string_view sql) : m_api(api), m_database(database) {
        if (api.prepare(database, sql.data(), static_cast<int>(sql.size()), &m_statement, nullptr) != SQLITE_OK) {
            giveUp(api.errmsg(database));
        }
    }
    RawQuery(const RawQuery&) = delete;
    RawQuery& operator=(const RawQuery&) = delete;
    ~RawQuery() override { m_api.finalize(m_statement); }
    void bind(int position, std::int64_t value) override { m_api.bindInteger(m_statement, position, value); }
    void bind(int position, std::string_view text) override {
        m_api.bindText(m_statement, position, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
    }
    bool step() override {
        const int status = m_api.step(m_statement);
        if (status != SQLITE_ROW && status != SQLITE_DONE) giveUp(m_api.errmsg(m_database));
        return status == SQLITE_ROW;
    }
    std::int64_t integer(int column) override { return m_api.integer(m_statement, column); }
    std::size_t textSize(int column) override {
        static_cast<void>(m_api.text(m_statement, column));
        return static_cast<std::size_t>(m_api.bytes(m_statement, column));
    }
    void reset() override { m_api.reset(m_statement); }

private:
    const Api& m_api;
    sqlite3* m_database;
    sqlite3_stmt* m_statement = nullptr;
};

class RawConnection final : public Connection {
public:
    RawConnection(const Api& api, const Path& folder, const char* key) : m_api(api) {
        const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
        if (api.open((folder / "raw.db").c_str(), &m_database, flags, nullptr) != SQLITE_OK) giveUp("cannot open");
        if (key != nullptr) execute(key);
        execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL");
    }
    RawConnection(const RawConnection&) = delete;
    RawConnection& operator=(const RawConnection&) = delete;
    ~RawConnection() override { m_api.close(m_database); }
    void execute(std::string_view sql) override {
        if (m_api.exec(m_database, std::string(sql).c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
            giveUp(m_api.errmsg(m_database));
        }
    }
    std::unique_ptr<Query> prepare(std::string_view sql) override {
        return std::make_unique<RawQuery>(m_api, m_database, sql);
    }

private:
    const Api& m_api;
    sqlite3* m_database = nullptr;
};

template <typename T>
T orGiveUp(Result<T> result) {
    if (!result) giveUp(result.error().context);
    if constexpr (!std::is_void_v<T>) return *std::move(result);
}

class VaultQuery final : public Query {
public:
    explicit VaultQuery(vault::Statement statement) : m_statement(std::move(statement)) {}
    void bind(int position, std::int64_t value) override { m_statement.bind(position, value); }
    void bind(int position, std::string_view text) override { m_statement.bind(position, text); }
    bool step() override { return orGiveUp(m_statement.step()); }
    std::int64_t integer(int column) override { return m_statement.integer(column); }
    std::size_t textSize(int column) override { return static_cast<std::size_t>(m_statement.text(column).size()); }
    void reset() override { m_statement.reset(); }

private:
    vault::Statement m_statement;
};

const crypto::age::Identity& benchIdentity() {
    static const crypto::age::Identity identity = crypto::age::Identity::generate();
    return identity;
}

class VaultConnection final : public Connection {
public:
    explicit VaultConnection(const Path& folder) {
        const Path path = folder / "sotto.vault";
        const auto recipient = benchIdentity().recipient();
        m_vault = orGiveUp(m_files.exists(path))
                      ? orGiveUp(vault::Vault::open(m_files, path, {&benchIdentity(), 1}, {}))
                      : orGiveUp(vault::Vault::create(m_files, path, sealedlog::Kind::Vault, {&recipient, 1}, {}));
    }
    void execute(std::string_view sql) override { orGiveUp(m_vault->execute(sql)); }
    std::unique_ptr<Query> prepare(std::string_view sql) override {
        return std::make_unique<VaultQuery>(orGiveUp(m_vault->prepare(sql)));
    }

private:
    PosixFileSystem m_files;
    std::unique_ptr<vault::Vault> m_vault;
};

bool hasFts5(const Api& api) {
    sqlite3* database = nullptr;
    if (api.open(":memory:", &database, SQLITE_OPEN_READWRITE, nullptr) != SQLITE_OK) return false;
    const bool has = api.exec(database, "CREATE VIRTUAL TABLE t USING fts5(a)", nullptr, nullptr, nullptr) == SQLITE_OK;
    api.close(database);
    return has;
}

}  // namespace

Engine plainSqlite() {
    return {"SQLite", [](const Path& folder) { return std::make_unique<RawConnection>(kLinked, folder, nullptr); },
            true};
}

Engine sqlCipher() {
    const Api* const api = loadCipher();
    if (api == nullptr) return {"SQLCipher", {}, false};
    static constexpr const char* kKey =
        "PRAGMA key = \"x'2DD29CA851E7B56E4697B0E1F08507293D761A05CE4D1B628663F411A8086D99'\"";
    return {"SQLCipher", [api](const Path& folder) { return std::make_unique<RawConnection>(*api, folder, kKey); },
            hasFts5(*api)};
}

Engine sottoVault() {
    return {"vault", [](const Path& folder) { return std::make_unique<VaultConnection>(folder); }, true};
}

}  // namespace sotto::bench
