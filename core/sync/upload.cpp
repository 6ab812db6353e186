// SPDX-License-Identifier: Apache-2.0
#include "sync/upload.h"

#include <algorithm>

namespace sotto::sync {

Result<std::uint64_t> Upload::run(const OutboxItem& item, const Path& path, const Outbox::Progress& progress,
                                  const BeforeManifest& before) {
    m_isNotThePackage = false;
    SOTTO_ASSIGN(const package::Manifest manifest, package::openManifest(viewOf(item.signedManifest)));
    SOTTO_ASSIGN(const auto file, m_files.open(path, OpenMode::Read));
    SOTTO_TRY(checkFile(*file, manifest));
    std::uint64_t position = 0;
    std::uint64_t sent = 0;
    Bytes buffer;
    for (const package::Part& part : manifest.parts) {
        buffer.resize(static_cast<std::size_t>(part.size));
        SOTTO_ASSIGN(const std::size_t count, file->read(position, buffer));
        // The whole file was right a moment ago; a part that is not must not go out all the same.
        if (count != buffer.size() || crypto::sha256(buffer) != part.sha256) {
            return fail(ErrorCode::Damaged, "a sealed package changed in the outbox while it was being sent");
        }
        SOTTO_ASSIGN(const bool isNew, bring(part.name, buffer));
        if (isNew) sent += part.size;
        position += part.size;
        if (progress) progress(item.id, position, manifest.size);
    }
    if (Result<> ready = before(); !ready) {
        m_isNotThePackage = true;
        return Failure(std::move(ready).error());
    }
    // Last: whoever sees the manifest may count on every part.
    SOTTO_TRY(bring(item.id.toString() + kManifestSuffix, viewOf(item.signedManifest)));
    return sent;
}

Result<bool> Upload::hasManifest(const OutboxItem& item) const {
    const auto there = m_store.get(item.id.toString() + kManifestSuffix, package::kMaxManifestSize);
    if (there) return byteArrayOf(*there) == item.signedManifest;
    const ErrorCode code = there.error().code;
    if (code == ErrorCode::NotFound || code == ErrorCode::ParseFailed) return false;
    return Failure(there.error());
}

Result<> Upload::checkFile(const File& file, const package::Manifest& manifest) const {
    crypto::Sha256 hash;
    std::uint64_t size = 0;
    Bytes buffer(1 << 20);
    while (true) {
        SOTTO_ASSIGN(const std::size_t count, file.read(size, buffer));
        if (count == 0) break;
        hash.update(ByteView(buffer).first(count));
        size += count;
    }
    if (size == manifest.size && hash.finish() == manifest.sha256) return {};
    return fail(ErrorCode::Damaged, "a sealed package in the outbox is not what was sealed; seal its session again");
}

Result<bool> Upload::holds(const QString& name, std::uint64_t size, const crypto::Sha256Digest& sha256) {
    const auto found = std::find_if(m_objects.begin(), m_objects.end(),
                                    [&](const Store::Object& object) { return object.name == name; });
    if (found == m_objects.end()) return false;
    if (found->size == size) {
        const auto there = m_store.get(name, size);
        if (there && crypto::sha256(*there) == sha256) return true;
        const bool wrong = there || there.error().code == ErrorCode::ParseFailed;
        if (!wrong && there.error().code != ErrorCode::NotFound) return Failure(there.error());
    }
    // Our name with other bytes: a copy that a synchronising program or a dying stick broke. It is replaced.
    const Result<> removed = m_store.remove(name);
    if (!removed && removed.error().code != ErrorCode::NotFound) return Failure(removed.error());
    return false;
}

Result<bool> Upload::bring(const QString& name, ByteView content) {
    const auto stored = [&]() -> Result<bool> {
        SOTTO_ASSIGN(const bool there, holds(name, content.size(), crypto::sha256(content)));
        if (there) return false;
        SOTTO_TRY(m_store.put(name, content));
        return true;
    }();
    m_isNotThePackage = !stored;
    return stored;
}

}  // namespace sotto::sync
