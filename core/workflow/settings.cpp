// SPDX-License-Identifier: Apache-2.0
#include "workflow/settings.h"

#include <algorithm>

namespace sotto::workflow {

namespace {

const QString kStoreFolder = QStringLiteral("store.folder");

bool isWithin(const Path& path, const Path& folder) {
    const Path inner = path.lexically_normal();
    const Path outer = folder.lexically_normal();
    return std::mismatch(outer.begin(), outer.end(), inner.begin(), inner.end()).first == outer.end();
}

}  // namespace

vault::Schema Settings::schema() {
    return {"setting", {"CREATE TABLE setting(name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT"}};
}

Result<std::optional<QString>> Settings::value(const QString& name) const {
    SOTTO_ASSIGN(auto select, m_outbox->prepare("SELECT value FROM setting WHERE name = ?1"));
    SOTTO_ASSIGN(const bool found, select.bind(1, name).step());
    if (!found) return std::nullopt;
    return select.text(0);
}

Result<> Settings::setValue(const QString& name, const QString& value) {
    if (name.isEmpty()) return fail(ErrorCode::InvalidArgument, "a setting needs a name");
    if (value.isEmpty()) {
        SOTTO_ASSIGN(auto erase, m_outbox->prepare("DELETE FROM setting WHERE name = ?1"));
        return erase.bind(1, name).run();
    }
    SOTTO_ASSIGN(auto put, m_outbox->prepare("INSERT INTO setting(name, value) VALUES(?1, ?2) "
                                             "ON CONFLICT(name) DO UPDATE SET value = excluded.value"));
    return put.bind(1, name).bind(2, value).run();
}

Result<std::optional<Path>> storeFolder(Home& home) {
    SOTTO_TRY(home.need({Compartment::Outbox}));
    SOTTO_ASSIGN(const auto value, Settings(home.outbox()).value(kStoreFolder));
    if (!value) return std::nullopt;
    return Path(value->toStdString());
}

Result<> setStoreFolder(Home& home, const Path& folder) {
    SOTTO_TRY(home.need({Compartment::Outbox}));
    if (!folder.empty() && !folder.is_absolute()) {
        return fail(ErrorCode::InvalidArgument, "the store is named by its whole path");
    }
    if (!folder.empty() && isWithin(folder, home.layout().root)) {
        return fail(ErrorCode::InvalidArgument, "the store can't lie in the home itself");
    }
    SOTTO_ASSIGN(auto transaction, vault::Transaction::begin(home.outbox()));
    SOTTO_TRY(Settings(home.outbox()).setValue(kStoreFolder, QString::fromStdString(folder.string())));
    SOTTO_TRY(home.auditOutbox(QStringLiteral("store.chosen"), {{QStringLiteral("none"), folder.empty()}}));
    return transaction.commit();
}

Result<std::unique_ptr<sync::Store>> openStore(Home& home) {
    SOTTO_ASSIGN(const auto folder, storeFolder(home));
    if (!folder) return fail(ErrorCode::NotFound, "no store was chosen yet; choose a folder to deliver to");
    return sync::openFolderStore(home.files(), *folder);
}

}  // namespace sotto::workflow
