// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/file.h"
#include "crypto/age/keys.h"
#include "sealedlog/log_writer.h"
#include "sealedlog/rewrite.h"
#include "vault/database.h"

namespace sotto::vault {

/// The tables that one module keeps in a vault: a name and one SQL script per version, the first for version 1.
/// A script that has shipped is never edited; a change is a further script.
struct Schema {
    std::string module;
    std::vector<std::string> scripts;
};

/// An open vault: a SQLite database whose pages live in memory and whose commits are records of a sealed log (VFS
/// described in README.md). No journal, WAL or temporary file can reach the disk. One connection, one thread.
class Vault final : public Database {
public:
    /// Makes an empty vault file for the recipients and applies the schemas.
    [[nodiscard]] static Result<std::unique_ptr<Vault>> create(FileSystem& files, const Path& path,
                                                               sealedlog::Kind kind,
                                                               std::span<const crypto::age::Recipient> recipients,
                                                               std::span<const Schema> schemas);
    /// Opens, replays and checks; removes what an unfinished compaction left; then migrates each module's tables in one
    /// transaction per step. NewerVersion if a module's tables are newer than this program knows: refused before
    /// anything is written.
    [[nodiscard]] static Result<std::unique_ptr<Vault>> open(FileSystem& files, const Path& path,
                                                             std::span<const crypto::age::Identity> identities,
                                                             std::span<const Schema> schemas,
                                                             const sealedlog::OpenOptions& options = {},
                                                             sealedlog::Recovery* recovery = nullptr);
    /// Opens without ever writing: an unsynced tail is left out, not cut; migrations are not run (NewerVersion and
    /// older versions are both readable as far as the caller's SQL fits). For `inspect` and rescue.
    [[nodiscard]] static Result<std::unique_ptr<Vault>> openReadOnly(FileSystem& files, const Path& path,
                                                                     std::span<const crypto::age::Identity> identities,
                                                                     const sealedlog::OpenOptions& options = {});
    ~Vault() override;

    [[nodiscard]] FileId fileId() const;
    /// The last commit that is known to be on the disk; sequence 0 if there is none.
    [[nodiscard]] sealedlog::Anchor head() const;
    [[nodiscard]] sealedlog::Integrity integrity() const;
    /// Of a vault open for reading only: one of the two header slots is unreadable. Nothing is lost by that alone.
    [[nodiscard]] bool hasDamagedSlot() const;
    /// The database as an ordinary SQLite file image. Clear text: only for a lab that decrypts on purpose.
    [[nodiscard]] Bytes plainImage() const;
    /// True once the image passes 32 MiB (the limit is 64).
    [[nodiscard]] bool isNearlyFull() const;
    /// Re-wraps the file key of the log beneath.
    [[nodiscard]] Result<> rewrap(std::span<const crypto::age::Recipient> recipients);

    /// True if the log is larger than 8 MiB and than 4 times the image.
    [[nodiscard]] bool wantsCompaction() const;
    /// Forgets what was deleted, on the disk too: optimizes every FTS5 table, VACUUMs, and writes the image as one
    /// commit into a new log under a new file key, which takes the place of the old one (sealedlog/rewrite.h).
    /// Afterwards this object goes on with the new log. TEMP tables do not survive it.
    ///
    /// NotAllowed in a transaction, or when open for reading only; Busy while a Statement of this vault lives. After a
    /// failure the vault is as it was and goes on with the old log, with one exception, as in sealedlog::rewrite(): if
    /// the folder can't be synced after the rename the answer is HandlePoisoned, and the vault must be opened anew.
    /// `before` may read this vault but write nothing into it, and must leave no Statement behind.
    [[nodiscard]] Result<sealedlog::Rewritten> compact(std::span<const crypto::age::Recipient> recipients,
                                                       std::span<const crypto::age::Identity> identities,
                                                       const sealedlog::BeforeReplace& before = {});

private:
    struct State;
    Vault(std::unique_ptr<State> state, sqlite3* handle);
    [[nodiscard]] static Result<std::unique_ptr<Vault>> replayAndConnect(std::unique_ptr<State> state);
    [[nodiscard]] static Result<std::unique_ptr<Vault>> connect(std::unique_ptr<State> state);
    [[nodiscard]] Result<> mayCompact() const;
    [[nodiscard]] Result<std::unique_ptr<Vault>> compactedCopy() const;
    std::unique_ptr<State> m_state;
};

}  // namespace sotto::vault
