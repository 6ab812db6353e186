// SPDX-License-Identifier: Apache-2.0
#include "vault/vault.h"

#include <sqlite3.h>

#include "base/check.h"
#include "vault/compaction.h"
#include "vault/migrations.h"
#include "vault/settings.h"
#include "vault/vfs.h"

namespace sotto::vault {

struct Vault::State {
    FileSystem* files = nullptr;
    Path path;
    PageStore store;
    std::optional<PageVfs> vfs;  ///< made once the store does not move any more
};

namespace {

constexpr std::uint64_t kSmallLog = 8U << 20;  ///< bytes; below it a log is not worth compacting
constexpr std::uint64_t kSlackFactor = 4;      ///< a log may be so many times as large as the image

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

Result<std::unique_ptr<Vault>> Vault::replayAndConnect(std::unique_ptr<State> state) {
    SOTTO_TRY(state->store.replay());
    return connect(std::move(state));
}

Result<std::unique_ptr<Vault>> Vault::connect(std::unique_ptr<State> state) {
    state->vfs.emplace(state->store);
    const int flags = (state->store.canWrite() ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY) |
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
    state->files = &files;
    state->path = path;
    SOTTO_ASSIGN(state->store.writer, sealedlog::LogWriter::create(files, path, kind, recipients));
    Result<std::unique_ptr<Vault>> vault = replayAndConnect(std::move(state));
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
    state->files = &files;
    state->path = path;
    SOTTO_ASSIGN(state->store.writer, sealedlog::LogWriter::open(files, path, identities, options, recovery));
    SOTTO_ASSIGN(std::unique_ptr<Vault> vault, replayAndConnect(std::move(state)));
    SOTTO_TRY(refuseNewer(*vault, schemas));
    // Before the first commit, which a rename that was not made durable would take away.
    SOTTO_TRY(sealedlog::dropUnfinishedRewrite(files, path));
    SOTTO_TRY(migrate(*vault, schemas));
    return vault;
}

Result<std::unique_ptr<Vault>> Vault::openReadOnly(FileSystem& files, const Path& path,
                                                   std::span<const crypto::age::Identity> identities,
                                                   const sealedlog::OpenOptions& options) {
    auto state = std::make_unique<State>();
    SOTTO_ASSIGN(state->store.reader, sealedlog::LogReader::open(files, path, identities, options));
    return replayAndConnect(std::move(state));
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

bool Vault::wantsCompaction() const {
    const PageStore& store = m_state->store;
    if (!store.writer) return false;
    const std::uint64_t size = store.writer->fileSize();
    return size > kSmallLog && size > kSlackFactor * PageImage::kPageSize * store.image.pages();
}

Result<> Vault::mayCompact() const {
    const PageStore& store = m_state->store;
    if (!store.writer) return fail(ErrorCode::NotAllowed, "this vault is open for reading only");
    if (store.isPoisoned) return fail(ErrorCode::HandlePoisoned, "a sync of this vault failed earlier; open it anew");
    if (store.isBeingReplaced) return fail(ErrorCode::NotAllowed, "this vault is being compacted");
    if (inTransaction()) return fail(ErrorCode::NotAllowed, "a vault can't be compacted in a transaction");
    if (hasStatements()) return fail(ErrorCode::Busy, "a statement is still in use");
    return {};
}

/// The work is done on a copy, so that whatever fails, this connection and its pages were never touched.
Result<std::unique_ptr<Vault>> Vault::compactedCopy() const {
    auto state = std::make_unique<State>();
    state->files = m_state->files;
    state->path = m_state->path;
    state->store.isScratch = true;
    state->store.image.copyFrom(m_state->store.image);
    SOTTO_ASSIGN(std::unique_ptr<Vault> copy, connect(std::move(state)));
    SOTTO_TRY(optimizeSearch(*copy));
    SOTTO_TRY(runVacuum(*copy, copy->m_handle));
    SOTTO_TRY(checkPages(*copy));
    return copy;
}

Result<sealedlog::Rewritten> Vault::compact(std::span<const crypto::age::Recipient> recipients,
                                            std::span<const crypto::age::Identity> identities,
                                            const sealedlog::BeforeReplace& before) {
    SOTTO_TRY(mayCompact());
    PageStore& old = m_state->store;
    SOTTO_ASSIGN(std::unique_ptr<Vault> copy, compactedCopy());
    PageStore& fresh = copy->m_state->store;
    SOTTO_ASSIGN(sealedlog::Replacement replacement,
                 writeImage(*m_state->files, m_state->path, old.writer->kind(), fresh.image, recipients, identities));
    old.isBeingReplaced = true;
    Result<sealedlog::Rewritten> done = replacement.takePlace(old.writer->fileId(), old.writer->fileSize(), before);
    old.isBeingReplaced = false;
    if (!replacement.isInPlace()) return done;
    fresh.writer.emplace(replacement.takeWriter());
    fresh.isScratch = false;
    std::swap(m_state, copy->m_state);
    std::swap(m_handle, copy->m_handle);
    if (done) return done;
    m_state->store.isPoisoned = true;
    return fail(ErrorCode::HandlePoisoned, done.error().context);
}

}  // namespace sotto::vault
