// SPDX-License-Identifier: Apache-2.0
#include "package/sealed_file.h"

#include <algorithm>
#include <utility>

#include "package/tree.h"

namespace sotto::package {

SealedFile::SealedFile(SealedFile&& other) noexcept
    : m_files(other.m_files),
      m_path(std::move(other.m_path)),
      m_present(std::exchange(other.m_present, {})),
      m_file(std::move(other.m_file)),
      m_hash(std::move(other.m_hash)),
      m_partHash(std::move(other.m_partHash)),
      m_partSize(other.m_partSize),
      m_result(std::move(other.m_result)) {}

SealedFile::~SealedFile() {
    m_file.reset();
    // Whoever gave up knows the reason; a left-over is ciphertext and replaced by the next run.
    if (!m_present.empty()) static_cast<void>(m_files->remove(m_present));
}

Result<SealedFile> SealedFile::create(FileSystem& files, const Path& path) {
    SOTTO_ASSIGN(const bool taken, files.exists(path));
    if (taken) return fail(ErrorCode::AlreadyExists, path.string() + " exists already and is not overwritten");
    const Path part = withSuffix(path, ".part");
    SOTTO_TRY(removeTree(files, part));
    SealedFile sealed(files, path);
    SOTTO_ASSIGN(sealed.m_file, files.open(part, OpenMode::CreateNew));
    sealed.m_present = part;
    return sealed;
}

Result<> SealedFile::write(ByteView bytes) {
    SOTTO_TRY(m_file->write(m_result.size, bytes));
    m_result.size += bytes.size();
    m_hash.update(bytes);
    while (!bytes.empty()) {
        const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(bytes.size(), kPartSize - m_partSize));
        m_partHash.update(bytes.first(count));
        m_partSize += count;
        bytes = bytes.subspan(count);
        if (m_partSize == kPartSize) closePart();
    }
    return {};
}

void SealedFile::closePart() {
    // A random name: what lies in the store says nothing about what it belongs to.
    m_result.parts.push_back({PackageId::random().toString(), m_partSize, m_partHash.finish()});
    m_partHash = crypto::Sha256();
    m_partSize = 0;
}

Result<SealedPackage> SealedFile::commit() {
    if (m_partSize > 0) closePart();
    if (m_result.parts.size() > kMaxParts) {
        return fail(ErrorCode::Unsupported, "the package is larger than a manifest can describe");
    }
    m_result.sha256 = m_hash.finish();
    SOTTO_TRY(m_file->sync());
    m_file.reset();
    SOTTO_TRY(m_files->rename(m_present, m_path));
    m_present = m_path;
    SOTTO_TRY(m_files->syncDirectory(folderOf(m_path)));
    m_present.clear();
    return std::move(m_result);
}

}  // namespace sotto::package
