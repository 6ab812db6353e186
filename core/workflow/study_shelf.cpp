// SPDX-License-Identifier: Apache-2.0
#include "workflow/study_shelf.h"

#include <algorithm>

namespace sotto::workflow {

namespace {

/// Columns 0 and 1: the signed bytes, and the lab key that was pinned when they came in.
Result<study::SignedPack> open(const vault::Statement& row) {
    const Bytes key = row.blob(1);
    crypto::VerifyKey pinned{};
    if (key.size() != pinned.size()) return fail(ErrorCode::Damaged, "the pinned lab key of this home is unreadable");
    std::copy(key.begin(), key.end(), pinned.begin());
    return study::openSignedPack(row.blob(0), pinned);
}

}  // namespace

vault::Schema StudyShelf::schema() {
    return {"study",
            {"CREATE TABLE study("
             " id TEXT PRIMARY KEY, version INTEGER NOT NULL, hash BLOB NOT NULL, lab_key BLOB NOT NULL,"
             " bytes BLOB NOT NULL, imported_utc_ms INTEGER NOT NULL)",
             // One row per version, in the order in which they came.
             "CREATE TABLE study_version("
             " version INTEGER PRIMARY KEY, id TEXT NOT NULL, hash BLOB NOT NULL, lab_key BLOB NOT NULL,"
             " bytes BLOB NOT NULL, imported_utc_ms INTEGER NOT NULL) STRICT;"
             "INSERT INTO study_version(version, id, hash, lab_key, bytes, imported_utc_ms)"
             " SELECT version, id, hash, lab_key, bytes, imported_utc_ms FROM study;"
             "DROP TABLE study"}};
}

Result<> StudyShelf::add(const study::SignedPack& pack, const Instant& at) {
    SOTTO_ASSIGN(auto select, m_database->prepare("SELECT 1 FROM study_version WHERE version = ?1"));
    select.bind(1, std::int64_t{pack.pack.version});
    SOTTO_ASSIGN(const bool isThere, select.step());
    if (isThere) return fail(ErrorCode::AlreadyExists, "this version of the study is in the home already");
    SOTTO_ASSIGN(auto insert,
                 m_database->prepare("INSERT INTO study_version(id, version, hash, lab_key, bytes, imported_utc_ms)"
                                     " VALUES(?1, ?2, ?3, ?4, ?5, ?6)"));
    insert.bind(1, pack.pack.id).bind(2, std::int64_t{pack.pack.version}).bind(3, ByteView(pack.hash));
    insert.bind(4, ByteView(pack.keys.signing)).bind(5, ByteView(pack.bytes)).bind(6, at.utcMs);
    return insert.run();
}

Result<study::SignedPack> StudyShelf::newest() const {
    SOTTO_ASSIGN(auto select,
                 m_database->prepare("SELECT bytes, lab_key FROM study_version ORDER BY version DESC LIMIT 1"));
    SOTTO_ASSIGN(const bool found, select.step());
    if (!found) return fail(ErrorCode::NotFound, "this home has no study; import one");
    return open(select);
}

Result<study::SignedPack> StudyShelf::byHash(const crypto::Sha256Digest& hash) const {
    SOTTO_ASSIGN(auto select, m_database->prepare("SELECT bytes, lab_key FROM study_version WHERE hash = ?1"));
    select.bind(1, ByteView(hash));
    SOTTO_ASSIGN(const bool found, select.step());
    if (!found) return fail(ErrorCode::NotFound, "this home never had the study pack that a session was held under");
    return open(select);
}

Result<std::vector<study::SignedPack>> StudyShelf::all() const {
    SOTTO_ASSIGN(auto select, m_database->prepare("SELECT bytes, lab_key FROM study_version ORDER BY version DESC"));
    std::vector<study::SignedPack> packs;
    while (true) {
        SOTTO_ASSIGN(const bool hasRow, select.step());
        if (!hasRow) return packs;
        SOTTO_ASSIGN(auto pack, open(select));
        packs.push_back(std::move(pack));
    }
}

Result<> StudyShelf::copyFrom(const StudyShelf& other) {
    SOTTO_ASSIGN(auto select, other.m_database->prepare("SELECT version, id, hash, lab_key, bytes, imported_utc_ms"
                                                        " FROM study_version ORDER BY version"));
    while (true) {
        SOTTO_ASSIGN(const bool hasRow, select.step());
        if (!hasRow) return {};
        SOTTO_ASSIGN(auto insert, m_database->prepare("INSERT OR IGNORE INTO study_version"
                                                      "(version, id, hash, lab_key, bytes, imported_utc_ms)"
                                                      " VALUES(?1, ?2, ?3, ?4, ?5, ?6)"));
        insert.bind(1, select.integer(0)).bind(2, select.text(1)).bind(3, select.blob(2)).bind(4, select.blob(3));
        insert.bind(5, select.blob(4)).bind(6, select.integer(5));
        SOTTO_TRY(insert.run());
    }
}

}  // namespace sotto::workflow
