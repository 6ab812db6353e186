// SPDX-License-Identifier: Apache-2.0
#include "package/tree.h"

#include <QString>

#include "package/tar.h"

namespace sotto::package {

namespace {

constexpr std::size_t kBuffer = 1 << 20;
constexpr std::size_t kMaxName = 1024;
constexpr std::size_t kMaxComponent = 200;
constexpr int kMaxDepth = 32;

bool isUtf8(std::string_view text) {
    const QByteArray bytes(text.data(), static_cast<qsizetype>(text.size()));
    return QString::fromUtf8(bytes).toUtf8() == bytes;
}

bool hasForbiddenCharacter(std::string_view name) {
    for (const char character : name) {
        const auto code = static_cast<unsigned char>(character);
        if (code < 0x20 || code == 0x7f || character == '\\' || character == ':') return true;
    }
    return false;
}

Result<> digestTree(FileSystem& files, const Path& folder, const std::string& prefix, int depth,
                    std::map<std::string, FileDigest>& into) {
    if (depth > kMaxDepth) return fail(ErrorCode::ParseFailed, "the package's folders are nested too deep");
    SOTTO_ASSIGN(const auto entries, files.list(folder));
    for (const DirectoryEntry& entry : entries) {
        const std::string name = prefix + entry.name;
        if (entry.isDirectory) {
            SOTTO_TRY(digestTree(files, folder / entry.name, name + "/", depth + 1, into));
            continue;
        }
        if (into.size() >= static_cast<std::size_t>(kMaxTarEntries)) {
            return fail(ErrorCode::ParseFailed, "the folder holds more files than a package may have");
        }
        SOTTO_ASSIGN(into[name], digestOf(files, folder / entry.name));
    }
    return {};
}

}  // namespace

std::optional<std::string> normalisedName(std::string_view name) {
    if (name.empty() || name.size() > kMaxName || name.front() == '/' || hasForbiddenCharacter(name)) return {};
    if (!isUtf8(name)) return {};
    std::string result;
    int depth = 0;
    while (!name.empty()) {
        const std::size_t end = std::min(name.find('/'), name.size());
        const std::string_view part = name.substr(0, end);
        name.remove_prefix(std::min(end + 1, name.size()));
        if (part.empty() || part == ".") continue;
        if (part == ".." || part.size() > kMaxComponent || ++depth > kMaxDepth) return {};
        if (!result.empty()) result += '/';
        result += part;
    }
    return result;
}

Result<> removeTree(FileSystem& files, const Path& path) {
    // First as if it were a file: that unlinks a symbolic link instead of walking into where it points.
    const Result<> removed = files.remove(path);
    if (removed || removed.error().code == ErrorCode::NotFound) return {};
    const auto entries = files.list(path);
    if (!entries) return removed;
    for (const DirectoryEntry& entry : *entries)
        SOTTO_TRY(removeTree(files, path / entry.name));
    return files.remove(path);
}

Result<FileDigest> digestOf(FileSystem& files, const Path& path) {
    SOTTO_ASSIGN(const auto file, files.open(path, OpenMode::Read));
    crypto::Sha256 hash;
    FileDigest digest;
    Bytes buffer(kBuffer);
    while (true) {
        SOTTO_ASSIGN(const std::size_t count, file->read(digest.size, buffer));
        if (count == 0) break;
        hash.update(ByteView(buffer).first(count));
        digest.size += count;
    }
    digest.sha256 = hash.finish();
    return digest;
}

Result<std::map<std::string, FileDigest>> digestsBelow(FileSystem& files, const Path& root) {
    std::map<std::string, FileDigest> result;
    SOTTO_TRY(digestTree(files, root, {}, 0, result));
    return result;
}

Path withSuffix(const Path& path, std::string_view suffix) {
    Path result = path;
    // "a/b/" names the same folder as "a/b", but would get its suffix inside.
    if (!result.has_filename()) result = result.parent_path();
    result += suffix;
    return result;
}

Path folderOf(const Path& path) {
    Path plain = path;
    if (!plain.has_filename()) plain = plain.parent_path();
    const Path folder = plain.parent_path();
    return folder.empty() ? Path(".") : folder;
}

}  // namespace sotto::package
