// SPDX-License-Identifier: Apache-2.0
#include "vault/compaction.h"

#include <string>
#include <vector>

#include "crypto/secure_bytes.h"
#include "vault/vfs.h"

namespace sotto::vault {

namespace {

Result<std::vector<std::string>> searchTables(Database& database) {
    std::vector<std::string> names;
    SOTTO_ASSIGN(Statement query, database.prepare("SELECT replace(name, '\"', '\"\"') FROM sqlite_schema WHERE type = "
                                                   "'table' AND sql LIKE 'CREATE VIRTUAL TABLE%USING%fts5%'"));
    while (true) {
        SOTTO_ASSIGN(const bool hasRow, query.step());
        if (!hasRow) return names;
        names.push_back(query.text(0).toStdString());
    }
}

bool isSame(const PageImage& a, const PageImage& b) {
    if (a.pages() != b.pages()) return false;
    PageImage::Page first{};
    PageImage::Page second{};
    bool result = true;
    for (std::uint64_t page = 0; page < a.pages() && result; ++page) {
        result = a.read(page * PageImage::kPageSize, first) && b.read(page * PageImage::kPageSize, second) &&
                 first == second;
    }
    crypto::wipe(first);
    crypto::wipe(second);
    return result;
}

}  // namespace

Result<> optimizeSearch(Database& database) {
    SOTTO_ASSIGN(const std::vector<std::string> names, searchTables(database));
    for (const std::string& name : names) {
        SOTTO_TRY(database.execute("INSERT INTO \"" + name + "\" (\"" + name + "\") VALUES ('optimize')"));
    }
    return {};
}

Result<sealedlog::Replacement> writeImage(FileSystem& files, const Path& path, sealedlog::Kind kind,
                                          const PageImage& image, std::span<const crypto::age::Recipient> recipients,
                                          std::span<const crypto::age::Identity> identities) {
    SOTTO_ASSIGN(auto replacement, sealedlog::Replacement::begin(files, path, kind, recipients));
    if (image.pages() > 0) {
        Bytes record = image.encodeAll();
        const Result<> appended = replacement.append(kCommitType, record);
        crypto::wipe(record);
        SOTTO_TRY(appended);
    }
    SOTTO_TRY(replacement.verify(identities));
    PageImage replayed;
    SOTTO_TRY(replayInto(replacement.writer(), replayed));
    if (!isSame(image, replayed)) {
        return fail(ErrorCode::Damaged, "the new log of this vault does not replay to its image; the old one stays");
    }
    return replacement;
}

}  // namespace sotto::vault
