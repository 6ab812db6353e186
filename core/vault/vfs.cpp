// SPDX-License-Identifier: Apache-2.0
#include "vault/vfs.h"

#include <atomic>
#include <chrono>
#include <cstring>
#include <new>
#include <thread>

#include <sqlite3.h>

#include "base/check.h"
#include "base/ids.h"

namespace sotto::vault {

Result<> PageStore::commit() {
    if (isPoisoned) return fail(ErrorCode::HandlePoisoned, "a sync of this vault failed earlier; open it anew");
    if (isScratch) {
        image.acceptChanges();
        return {};
    }
    const Bytes record = image.encodeChanges();
    if (record.empty()) return {};
    if (isBeingReplaced) return fail(ErrorCode::NotAllowed, "this vault is being compacted");
    if (!writer) return fail(ErrorCode::NotAllowed, "this vault is open for reading only");
    if (const auto appended = writer->append(kCommitType, record); !appended) {
        isPoisoned = appended.error().code == ErrorCode::HandlePoisoned;
        return Failure(appended.error());
    }
    if (const auto synced = writer->sync(); !synced) {
        isPoisoned = true;
        return fail(ErrorCode::HandlePoisoned, synced.error().context);
    }
    image.acceptChanges();
    return {};
}

namespace {

template <typename Log>
Result<> replayFrom(const Log& log, PageImage& image) {
    std::uint64_t expected = 1;
    for (const sealedlog::RecordInfo& record : log.records()) {
        // Behind a hole the changes would land on pages of another state: an older whole state is worth more.
        if (record.sequence != expected) break;
        ++expected;
        if (record.type >= sealedlog::kFirstReservedType) continue;
        if (record.type != kCommitType) {
            return fail(ErrorCode::NewerVersion, "this vault holds records of a kind that only a newer Sotto knows");
        }
        SOTTO_ASSIGN(const Bytes body, log.read(record));
        SOTTO_TRY(image.apply(body));
    }
    return {};
}

}  // namespace

Result<> PageStore::replay() {
    SOTTO_CHECK(writer.has_value() != reader.has_value());
    return writer ? replayFrom(*writer, image) : replayFrom(*reader, image);
}

Result<> replayInto(const sealedlog::LogWriter& log, PageImage& image) {
    return replayFrom(log, image);
}

namespace {

struct PageFile {
    sqlite3_file base;
    PageStore* store;
};

PageStore& storeOf(sqlite3_file* file) {
    return *reinterpret_cast<PageFile*>(file)->store;
}

int statusOf(const Error& error) {
    switch (error.code) {
        case ErrorCode::NoSpace:
            return SQLITE_FULL;
        case ErrorCode::HandlePoisoned:
            return SQLITE_IOERR_FSYNC;
        case ErrorCode::NotAllowed:
            return SQLITE_READONLY;
        default:
            return SQLITE_IOERR_WRITE;
    }
}

int closeFile(sqlite3_file*) {
    return SQLITE_OK;
}

int readFile(sqlite3_file* file, void* buffer, int amount, sqlite3_int64 offset) {
    const PageStore& store = storeOf(file);
    if (store.isPoisoned) return SQLITE_IOERR_FSYNC;
    const ByteSpan bytes(static_cast<std::uint8_t*>(buffer), static_cast<std::size_t>(amount));
    return store.image.read(static_cast<std::uint64_t>(offset), bytes) ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

int writeFile(sqlite3_file* file, const void* buffer, int amount, sqlite3_int64 offset) {
    PageStore& store = storeOf(file);
    if (store.isPoisoned) return SQLITE_IOERR_FSYNC;
    if (!store.canWrite()) return SQLITE_READONLY;
    constexpr auto kSize = static_cast<sqlite3_int64>(PageImage::kPageSize);
    if (amount != kSize || offset < 0 || offset % kSize != 0) return SQLITE_IOERR_WRITE;
    const sqlite3_int64 page = offset / kSize;
    if (page >= PageImage::kMaxPages) return SQLITE_FULL;
    store.image.write(static_cast<std::uint32_t>(page),
                      std::span<const std::uint8_t, PageImage::kPageSize>(static_cast<const std::uint8_t*>(buffer),
                                                                          PageImage::kPageSize));
    return SQLITE_OK;
}

int truncateFile(sqlite3_file* file, sqlite3_int64 size) {
    PageStore& store = storeOf(file);
    if (store.isPoisoned) return SQLITE_IOERR_FSYNC;
    if (!store.canWrite()) return SQLITE_READONLY;
    constexpr auto kSize = static_cast<sqlite3_int64>(PageImage::kPageSize);
    const sqlite3_int64 pages = (size + kSize - 1) / kSize;
    if (size < 0 || pages > PageImage::kMaxPages) return SQLITE_FULL;
    store.image.resize(static_cast<std::uint32_t>(pages));
    return SQLITE_OK;
}

int syncFile(sqlite3_file* file, int) {
    const Result<> done = storeOf(file).commit();
    return done ? SQLITE_OK : statusOf(done.error());
}

int fileSize(sqlite3_file* file, sqlite3_int64* size) {
    *size = static_cast<sqlite3_int64>(storeOf(file).image.pages()) * static_cast<int>(PageImage::kPageSize);
    return SQLITE_OK;
}

// The log holds the lock of the file; there is one connection, so SQLite's own locks have nothing to do.
int lockFile(sqlite3_file* file, int) {
    return storeOf(file).isPoisoned ? SQLITE_IOERR_FSYNC : SQLITE_OK;
}
int unlockFile(sqlite3_file*, int) {
    return SQLITE_OK;
}
int checkReserved(sqlite3_file*, int* result) {
    *result = 0;
    return SQLITE_OK;
}

int fileControl(sqlite3_file*, int operation, void* argument) {
    if (operation != SQLITE_FCNTL_MMAP_SIZE) return SQLITE_NOTFOUND;
    *static_cast<sqlite3_int64*>(argument) = 0;  // there is no mapping; lets the pragma be read back
    return SQLITE_OK;
}

int sectorSize(sqlite3_file*) {
    return static_cast<int>(PageImage::kPageSize);
}
int characteristics(sqlite3_file*) {
    return 0;
}

sqlite3_io_methods makeMethods() {
    sqlite3_io_methods methods{};
    methods.iVersion = 1;
    methods.xClose = closeFile;
    methods.xRead = readFile;
    methods.xWrite = writeFile;
    methods.xTruncate = truncateFile;
    methods.xSync = syncFile;
    methods.xFileSize = fileSize;
    methods.xLock = lockFile;
    methods.xUnlock = unlockFile;
    methods.xCheckReservedLock = checkReserved;
    methods.xFileControl = fileControl;
    methods.xSectorSize = sectorSize;
    methods.xDeviceCharacteristics = characteristics;
    return methods;
}
const sqlite3_io_methods kMethods = makeMethods();

int openFile(sqlite3_vfs* vfs, const char*, sqlite3_file* file, int flags, int* outFlags) {
    file->pMethods = nullptr;
    if ((flags & SQLITE_OPEN_MAIN_DB) == 0) return SQLITE_CANTOPEN;
    auto* const store = static_cast<PageStore*>(vfs->pAppData);
    new (file) PageFile{{&kMethods}, store};
    if (outFlags != nullptr) *outFlags = store->canWrite() ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
    return SQLITE_OK;
}

int deleteFile(sqlite3_vfs*, const char*, int) {
    return SQLITE_IOERR_DELETE_NOENT;
}

int access(sqlite3_vfs*, const char*, int, int* result) {
    *result = 0;  // no journal and no WAL ever exists
    return SQLITE_OK;
}

int fullPathname(sqlite3_vfs*, const char* name, int size, char* out) {
    sqlite3_snprintf(size, out, "%s", name);
    return SQLITE_OK;
}

int randomness(sqlite3_vfs*, int size, char* out) {
    randomFill({reinterpret_cast<std::uint8_t*>(out), static_cast<std::size_t>(size)});
    return size;
}

int sleep(sqlite3_vfs*, int microseconds) {
    std::this_thread::sleep_for(std::chrono::microseconds(microseconds));
    return microseconds;
}

int currentTime(sqlite3_vfs*, double* julianDay) {
    constexpr double kUnixEpoch = 2440587.5;
    constexpr double kMsPerDay = 86'400'000.0;
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
    *julianDay = kUnixEpoch + static_cast<double>(ms) / kMsPerDay;
    return SQLITE_OK;
}

int lastError(sqlite3_vfs*, int, char*) {
    return 0;
}

std::string freshName() {
    static std::atomic<std::uint64_t> counter{0};
    return "sotto-" + std::to_string(++counter);
}

}  // namespace

PageVfs::PageVfs(PageStore& store) : m_name(freshName()), m_vfs(std::make_unique<sqlite3_vfs>()) {
    m_vfs->iVersion = 1;
    m_vfs->szOsFile = static_cast<int>(sizeof(PageFile));
    m_vfs->mxPathname = 64;
    m_vfs->zName = m_name.c_str();
    m_vfs->pAppData = &store;
    m_vfs->xOpen = openFile;
    m_vfs->xDelete = deleteFile;
    m_vfs->xAccess = access;
    m_vfs->xFullPathname = fullPathname;
    m_vfs->xRandomness = randomness;
    m_vfs->xSleep = sleep;
    m_vfs->xCurrentTime = currentTime;
    m_vfs->xGetLastError = lastError;
    SOTTO_CHECK(sqlite3_vfs_register(m_vfs.get(), 0) == SQLITE_OK);
}

PageVfs::~PageVfs() {
    sqlite3_vfs_unregister(m_vfs.get());
}

}  // namespace sotto::vault
