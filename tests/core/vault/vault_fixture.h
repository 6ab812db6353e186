// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "support/fault_file_system.h"
#include "support/result_check.h"
#include "vault/vault.h"

namespace sotto::test {

inline const Path kFolder = "/vaults";
inline const Path kVaultFile = kFolder / "main.vault";
inline constexpr std::array kLosses{FaultFileSystem::Loss::All,        FaultFileSystem::Loss::Nothing,
                                    FaultFileSystem::Loss::OddOnes,    FaultFileSystem::Loss::TornAt512,
                                    FaultFileSystem::Loss::TornAt4096, FaultFileSystem::Loss::Reordered};

/// A row for each of them: column `loss`, an index.
inline void addLossRows() {
    QTest::addColumn<int>("loss");
    for (std::size_t i = 0; i < kLosses.size(); ++i)
        QTest::addRow("loss %d", static_cast<int>(i)) << static_cast<int>(i);
}

inline vault::Schema noteSchema() {
    return {"notes",
            {"CREATE TABLE note (id INTEGER PRIMARY KEY, body TEXT NOT NULL UNIQUE, kind TEXT) STRICT;"
             "CREATE VIRTUAL TABLE note_search USING fts5(body, content='note', content_rowid='id',"
             " tokenize='unicode61 remove_diacritics 2');"}};
}

/// A disk with one vault, and the key to it.
struct VaultHome {
    FaultFileSystem files;
    crypto::age::Identity identity = crypto::age::Identity::generate();
    std::vector<vault::Schema> schemas{noteSchema()};

    VaultHome() { static_cast<void>(files.createDirectories(kFolder).has_value()); }

    Result<std::unique_ptr<vault::Vault>> create(const Path& path = kVaultFile) {
        const crypto::age::Recipient recipient = identity.recipient();
        return vault::Vault::create(files, path, sealedlog::Kind::Vault, {&recipient, 1}, schemas);
    }
    Result<std::unique_ptr<vault::Vault>> open(sealedlog::OpenOptions options = {},
                                               sealedlog::Recovery* recovery = nullptr) {
        return vault::Vault::open(files, kVaultFile, {&identity, 1}, schemas, options, recovery);
    }
    Result<std::unique_ptr<vault::Vault>> openReadOnly(sealedlog::OpenOptions options = {}) {
        return vault::Vault::openReadOnly(files, kVaultFile, {&identity, 1}, options);
    }
    /// The records of the vault's log, -1 if it can't be read.
    std::int64_t records() {
        const auto reader = sealedlog::LogReader::open(files, kVaultFile, {&identity, 1});
        return reader ? static_cast<std::int64_t>(reader->records().size()) : -1;
    }
};

/// A note and its line in the search index, in the transaction that is open or in one of its own.
inline Result<> addNote(vault::Database& database, const QString& body) {
    std::optional<vault::Transaction> own;
    if (!database.inTransaction()) {
        SOTTO_ASSIGN(vault::Transaction begun, vault::Transaction::begin(database));
        own.emplace(std::move(begun));
    }
    {
        SOTTO_ASSIGN(vault::Statement note, database.prepare("INSERT INTO note (body) VALUES (?)"));
        SOTTO_TRY(note.bind(1, body).run());
        SOTTO_ASSIGN(vault::Statement line, database.prepare("INSERT INTO note_search (rowid, body) VALUES (?, ?)"));
        SOTTO_TRY(line.bind(1, database.lastInsertId()).bind(2, body).run());
    }
    return own ? own->commit() : Result<>();
}

/// The one number that a query yields; -1 if it fails or yields none.
inline std::int64_t number(vault::Database& database, std::string_view sql) {
    auto query = database.prepare(sql);
    if (!query) return -1;
    const auto hasRow = query->step();
    return hasRow && *hasRow ? query->integer(0) : -1;
}

inline QString word(vault::Database& database, std::string_view sql) {
    auto query = database.prepare(sql);
    if (!query) return QStringLiteral("(error)");
    const auto hasRow = query->step();
    return hasRow && *hasRow ? query->text(0) : QStringLiteral("(none)");
}

inline std::int64_t notes(vault::Database& database) {
    return number(database, "SELECT count(*) FROM note");
}
inline QString integrity(vault::Database& database) {
    return word(database, "PRAGMA integrity_check");
}

}  // namespace sotto::test
