// SPDX-License-Identifier: Apache-2.0
#include "vault/vault.h"

#include <sqlite3.h>

#include "base/check.h"
#include "vault/migrations.h"
#include "vault/settings.h"
#include "vault/vfs.h"

namespace sotto::vault {

struct Vault::State {
    PageStore store;
    std::optional<PageVfs> vfs;  ///< made once the store does not move any more
};

namespace {

/// quick_check reads every page and row; it leaves out only the comparison of each index with its table, which the
/// seal of every record makes needless: nobody but SQLite writes pages. integrity_check costs about twice as much.
Result<> checkPages(Database& database) {
    SOTTO_ASSIGN(Statement query, database.prepare("PRAGMA quick_check(1)"));
    SOTTO_ASSIGN(const bool hasRow, query.step());
    if (!hasRow || query.text(0) != QLatin1String("ok")) {
        return fail(ErrorCode::Damaged, "the log verifies but the database in it does not hold together");
    }
    return {};
}

}  // namespace

Result<std::unique_ptr<Vault>> Vault::connect(std::unique_ptr<State> state) {
    SOTTO_TRY(state->store.replay());
    state->vfs.emplace(state->store);
    const bool canWrite = state->store.writer.has_value();
    const int flags = (canWrite ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY) |
                      SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_EXRESCODE;
    sqlite3* handle = nullptr;
    const int status = sqlite3_open_v2("vault", &handle, flags, state->vfs->name());
    // From here on the destructor closes the handle, opened or not.
    std::unique_ptr<Vault> vault(new Vault(std::move(state), handle));
    if (status != SQLITE_OK) return fail(ErrorCode::IoFailed, "SQLite can't open the vault's pages");
    SOTTO_TRY(applySettings(*vault, handle));
    SOTTO_TRY(checkPages(*vault));
    return vault;
}

Result<std::unique_ptr<Vault>> Vault::create(FileSystem& files, const Path& path, sealedlog::Kind kind,
                                             std::span<const crypto::age::Recipient> recipients,
                                             std::span<const Schema> schemas) {
    auto state = std::make_unique<State>();
    SOTTO_ASSIGN(state->store.writer, sealedlog::LogWriter::create(files, path, kind, recipients));
    Result<std::unique_ptr<Vault>> vault = connect(std::move(state));
    Result<> done;
    if (vault) done = migrate(**vault, schemas);
    if (vault && done) return vault;
    Error error = vault ? done.error() : vault.error();
    vault = fail(error.code, error.context);  // closes the file
    // The first error counts. A file that can't be removed is a log without tables, which open() completes.
    static_cast<void>(files.remove(path));
    return vault;
}

Result<std::unique_ptr<Vault>> Vault::open(FileSystem& files, const Path& path,
                                           std::span<const crypto::age::Identity> identities,
                                           std::span<const Schema> schemas, const sealedlog::OpenOptions& options,
                                           sealedlog::Recovery* recovery) {
    auto state = std::make_unique<State>();
    SOTTO_ASSIGN(state->store.writer, sealedlog::LogWriter::open(files, path, identities, options, recovery));
    SOTTO_ASSIGN(std::unique_ptr<Vault> vault, connect(std::move(state)));
    SOTTO_TRY(migrate(*vault, schemas));
    return vault;
}

Result<std::unique_ptr<Vault>> Vault::openReadOnly(FileSystem& files, const Path& path,
                                                   std::span<const crypto::age::Identity> identities,
                                                   const sealedlog::OpenOptions& options) {
    auto state = std::make_unique<State>();
    SOTTO_ASSIGN(state->store.reader, sealedlog::LogReader::open(files, path, identities, options));
    return connect(std::move(state));
}

Vault::Vault(std::unique_ptr<State> state, sqlite3* handle) : Database(handle), m_state(std::move(state)) {}

Vault::~Vault() {
    // A statement that outlives its vault would use freed pages: a mistake of the program, never of the data.
    SOTTO_CHECK(sqlite3_close(m_handle) == SQLITE_OK);
}

FileId Vault::fileId() const {
    const PageStore& store = m_state->store;
    return store.writer ? store.writer->fileId() : store.reader->fileId();
}

sealedlog::Anchor Vault::head() const {
    const PageStore& store = m_state->store;
    if (!store.writer) return store.reader->head();
    // A commit whose sync failed may be on the disk or not: an anchor on it would make an honest loss look like damage.
    const std::uint64_t durable = store.writer->durableSequence();
    if (durable == 0) return {};
    const sealedlog::RecordInfo& last = store.writer->records()[durable - 1];
    return {last.sequence, last.tag};
}

sealedlog::Integrity Vault::integrity() const {
    const PageStore& store = m_state->store;
    return store.writer ? sealedlog::Integrity::Ok : store.reader->integrity();
}

bool Vault::hasDamagedSlot() const {
    const PageStore& store = m_state->store;
    return !store.writer && store.reader->hasDamagedSlot();
}

Bytes Vault::plainImage() const {
    return m_state->store.image.bytes();
}

bool Vault::isNearlyFull() const {
    return m_state->store.image.pages() > PageImage::kNearlyFullPages;
}

Result<> Vault::rewrap(std::span<const crypto::age::Recipient> recipients) {
    PageStore& store = m_state->store;
    if (!store.writer) return fail(ErrorCode::NotAllowed, "this vault is open for reading only");
    if (store.isPoisoned) return fail(ErrorCode::HandlePoisoned, "a sync of this vault failed earlier; open it anew");
    return store.writer->rewrap(recipients);
}

}  // namespace sotto::vault
