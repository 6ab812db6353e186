// SPDX-License-Identifier: Apache-2.0
#include "sync/filing.h"

#include <algorithm>

namespace sotto::sync {

namespace {

constexpr std::string_view kPracticeText =
    "practice session: never to be exported with real ones\n"
    "séance d'exercice : ne jamais exporter avec les vraies\n";

constexpr std::string_view kPracticeName = "PRACTICE";

std::string kindText(const package::Manifest& manifest) {
    return package::packageKindName(manifest.kind).toStdString();
}

}  // namespace

Filing::Filing(FileSystem& files, Store& store, const std::vector<Store::Object>& objects, const Path& root,
               const package::Manifest& manifest, ByteView manifestText)
    : m_files(files),
      m_store(store),
      m_objects(objects),
      m_manifest(manifest),
      m_text(manifestText),
      m_session(root / manifest.session.toString().toStdString()),
      m_ageFile(m_session / (kindText(manifest) + ".age")) {}

Path Filing::folder() const {
    return m_session / kindText(m_manifest);
}

Path Filing::partFile() const {
    return m_session / (kindText(m_manifest) + ".age.part");
}

Path Filing::manifestFile() const {
    return m_session / (kindText(m_manifest) + ".age.manifest");
}

Result<bool> Filing::isWhole(const Path& path, const package::Manifest& manifest) {
    SOTTO_ASSIGN(const auto file, m_files.open(path, OpenMode::Read));
    crypto::Sha256 hash;
    std::uint64_t size = 0;
    Bytes buffer(1 << 20);
    while (true) {
        SOTTO_ASSIGN(const std::size_t count, file->read(size, buffer));
        if (count == 0) break;
        hash.update(ByteView(buffer).first(count));
        size += count;
    }
    return size == manifest.size && hash.finish() == manifest.sha256;
}

Result<Filing::State> Filing::state() {
    SOTTO_ASSIGN(const bool present, m_files.exists(m_ageFile));
    if (!present) return State::Absent;
    SOTTO_ASSIGN(const bool whole, isWhole(m_ageFile, m_manifest));
    return whole ? State::Whole : State::Altered;
}

Result<Bytes> Filing::part(const package::Part& part) {
    const auto found = std::find_if(m_objects.begin(), m_objects.end(),
                                    [&](const Store::Object& object) { return object.name == part.name; });
    if (found == m_objects.end() || found->size < part.size) {
        return fail(ErrorCode::NotFound, "parts of it are not in the store yet; run again when the upload is finished");
    }
    SOTTO_ASSIGN(Bytes content, m_store.get(part.name, part.size));
    if (content.size() == part.size && crypto::sha256(content) == part.sha256) return content;
    return fail(ErrorCode::Damaged, "a part in the store is not what the tablet signed; let the tablet send it again");
}

Result<> Filing::join(const Path& into) {
    SOTTO_ASSIGN(const auto file, m_files.open(into, OpenMode::CreateNew));
    std::uint64_t size = 0;
    for (const package::Part& next : m_manifest.parts) {
        SOTTO_ASSIGN(const Bytes content, part(next));
        SOTTO_TRY(file->write(size, content));
        size += content.size();
    }
    SOTTO_TRY(file->sync());
    SOTTO_ASSIGN(const bool whole, isWhole(into, m_manifest));
    if (whole) return {};
    return fail(ErrorCode::Damaged, "its parts do not join to the file that the tablet signed");
}

Result<> Filing::fetch() {
    SOTTO_TRY(m_files.createDirectories(m_session));
    SOTTO_ASSIGN(const bool leftOver, m_files.exists(partFile()));
    if (leftOver) SOTTO_TRY(m_files.remove(partFile()));
    Result<> done = join(partFile());
    if (done) return done;
    // The first error is the one to tell; a left-over is ciphertext and replaced by the next run.
    static_cast<void>(m_files.remove(partFile()));
    // Nothing of a package that never arrived: the folder goes too unless other kinds are in it.
    static_cast<void>(m_files.remove(m_session));
    return done;
}

Result<> Filing::name() {
    SOTTO_TRY(m_files.rename(partFile(), m_ageFile));
    return m_files.syncDirectory(m_session);
}

Result<> Filing::takeFrom(const Filing& other) {
    SOTTO_TRY(m_files.createDirectories(m_session));
    SOTTO_TRY(m_files.rename(other.m_ageFile, m_ageFile));
    SOTTO_TRY(m_files.syncDirectory(m_session));
    return m_files.syncDirectory(other.m_session);
}

Result<bool> Filing::holdsManifest() {
    SOTTO_ASSIGN(const bool present, m_files.exists(manifestFile()));
    if (!present) return false;
    const auto text = readFile(m_files, manifestFile(), package::kMaxManifestSize);
    if (!text && text.error().code != ErrorCode::ParseFailed) return Failure(text.error());
    return text && std::equal(text->begin(), text->end(), m_text.begin(), m_text.end());
}

Result<> Filing::complete() {
    SOTTO_ASSIGN(const bool present, holdsManifest());
    if (!present) SOTTO_TRY(replaceFile(m_files, manifestFile(), m_text));
    if (!m_manifest.practice) return {};
    SOTTO_ASSIGN(const bool marked, m_files.exists(m_session / kPracticeName));
    if (marked) return {};
    return replaceFile(m_files, m_session / kPracticeName, viewOf(kPracticeText));
}

Result<> Filing::clear() {
    SOTTO_ASSIGN(const bool present, m_files.exists(m_session));
    if (!present) return {};
    SOTTO_ASSIGN(const State here, state());
    if (here == State::Whole) SOTTO_TRY(m_files.remove(m_ageFile));
    SOTTO_ASSIGN(const bool ours, holdsManifest());
    SOTTO_ASSIGN(const auto left, m_files.list(m_session));
    const bool isLast = std::all_of(left.begin(), left.end(), [&](const DirectoryEntry& entry) {
        return entry.name == kPracticeName || (ours && entry.name == manifestFile().filename());
    });
    SOTTO_ASSIGN(const bool marked, m_files.exists(m_session / kPracticeName));
    if (isLast && marked) SOTTO_TRY(m_files.remove(m_session / kPracticeName));
    // The manifest last: it is what a later run would find and go on with.
    if (ours) SOTTO_TRY(m_files.remove(manifestFile()));
    SOTTO_TRY(m_files.syncDirectory(m_session));
    if (isLast) SOTTO_TRY(m_files.remove(m_session));
    return m_files.syncDirectory(m_session.parent_path());
}

Result<std::optional<Filing::Occupant>> Filing::occupant() {
    SOTTO_ASSIGN(const bool present, m_files.exists(manifestFile()));
    if (!present) return std::nullopt;
    auto text = readFile(m_files, manifestFile(), package::kMaxManifestSize);
    if (!text && text.error().code != ErrorCode::ParseFailed) return Failure(text.error());
    const auto manifest = text ? package::openManifest(*text) : Failure(text.error());
    if (!manifest || manifest->sha256 == m_manifest.sha256) return std::nullopt;
    SOTTO_ASSIGN(const bool filed, m_files.exists(m_ageFile));
    if (!filed) return std::nullopt;
    SOTTO_ASSIGN(const bool whole, isWhole(m_ageFile, *manifest));
    if (!whole) return std::nullopt;
    return Occupant{*manifest, *std::move(text)};
}

Result<bool> Filing::isAt(const Path& target) {
    return m_files.exists(target / manifestFile().filename());
}

Result<> Filing::moveTo(const Path& target) {
    const Path name = kindText(m_manifest);
    SOTTO_TRY(m_files.createDirectories(target));
    // The manifest first: whoever finds it there knows what is to be ended.
    SOTTO_TRY(replaceFile(m_files, target / manifestFile().filename(), m_text));
    SOTTO_TRY(m_files.syncDirectory(target.parent_path()));
    SOTTO_ASSIGN(const bool present, m_files.exists(m_session));
    if (!present) return {};
    SOTTO_ASSIGN(const bool opened, m_files.exists(folder()));
    if (opened) SOTTO_TRY(m_files.rename(folder(), target / name));
    SOTTO_ASSIGN(const State here, state());
    if (here == State::Whole) SOTTO_TRY(m_files.rename(m_ageFile, target / m_ageFile.filename()));
    SOTTO_TRY(m_files.syncDirectory(target));
    return clear();
}

Result<bool> Filing::storeHoldsAllParts() {
    for (const package::Part& next : m_manifest.parts) {
        const auto content = part(next);
        if (content) continue;
        const ErrorCode code = content.error().code;
        if (code == ErrorCode::NotFound || code == ErrorCode::Damaged || code == ErrorCode::ParseFailed) return false;
        return Failure(content.error());
    }
    return true;
}

}  // namespace sotto::sync
