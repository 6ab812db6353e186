// SPDX-License-Identifier: Apache-2.0
#include <QJsonObject>

#include "consent/strict_json.h"
#include "crypto/age/age.h"
#include "package/inner_manifest.h"
#include "package/seal.h"
#include "package/tree.h"

namespace sotto::package {

namespace {

ByteSource sourceOf(const File& file, std::uint64_t& position) {
    return [&file, &position](ByteSpan buffer) -> Result<std::size_t> {
        SOTTO_ASSIGN(const std::size_t count, file.read(position, buffer));
        position += count;
        return count;
    };
}

Result<> decryptTo(FileSystem& files, const Path& ageFile, std::span<const crypto::age::Identity> identities,
                   const Path& clear) {
    SOTTO_ASSIGN(const auto input, files.open(ageFile, OpenMode::Read));
    SOTTO_ASSIGN(const auto output, files.open(clear, OpenMode::CreateNew));
    std::uint64_t position = 0;
    std::uint64_t written = 0;
    const auto sink = [&](ByteView bytes) -> Result<> {
        SOTTO_TRY(output->write(written, bytes));
        written += bytes.size();
        return {};
    };
    SOTTO_ASSIGN(const auto outcome, crypto::age::decrypt(sourceOf(*input, position), identities, sink));
    if (outcome.fault != crypto::age::DecryptFault::None) return Failure(outcome.error);
    return {};
}

Result<Bytes> readManifest(FileSystem& files, const Path& folder) {
    auto text = readFile(files, folder / kManifestName.data(), kMaxInnerManifest);
    if (!text && text.error().code == ErrorCode::NotFound) {
        return fail(ErrorCode::ParseFailed, "the package has no manifest.json");
    }
    return text;
}

Result<> decryptAndUnpack(FileSystem& files, const Path& ageFile, std::span<const crypto::age::Identity> identities,
                          const Path& clear, const Path& target, const Manifest* outer) {
    SOTTO_TRY(decryptTo(files, ageFile, identities, clear));
    SOTTO_ASSIGN(const auto tar, files.open(clear, OpenMode::Read));
    std::uint64_t position = 0;
    // The clear tar goes before the folder gets its name: who sees the folder need not look for left-overs.
    return unpackTar(files, sourceOf(*tar, position), target, [&](const Path& tree) -> Result<> {
        SOTTO_TRY(checkUnpacked(files, tree));
        if (outer) SOTTO_TRY(checkLabel(files, tree, *outer));
        return removeTree(files, clear);
    });
}

}  // namespace

Result<> openPackage(FileSystem& files, const Path& ageFile, std::span<const crypto::age::Identity> identities,
                     const Path& target, const Manifest* outer) {
    SOTTO_ASSIGN(const bool taken, files.exists(target));
    if (taken) return fail(ErrorCode::AlreadyExists, target.string() + " exists already and is not overwritten");
    // age pushes, libarchive pulls. A file between them needs no thread, and nothing is unpacked before the last chunk
    // of the package was authenticated.
    const Path clear = withSuffix(target, ".part.tar");
    SOTTO_TRY(files.createDirectories(folderOf(target)));
    SOTTO_TRY(removeTree(files, clear));
    const Result<> done = decryptAndUnpack(files, ageFile, identities, clear, target, outer);
    // The first error is the one to tell; a left-over is replaced by the next call for this target.
    if (!done) static_cast<void>(removeTree(files, clear));
    return done;
}

Result<> checkUnpacked(FileSystem& files, const Path& folder) {
    SOTTO_ASSIGN(const Bytes text, readManifest(files, folder));
    SOTTO_ASSIGN(const auto listed, readInnerManifest(text));
    SOTTO_ASSIGN(auto found, digestsBelow(files, folder));
    found.erase(kManifestName.data());
    for (const auto& [name, digest] : listed) {
        const auto file = found.find(name);
        if (file == found.end()) return fail(ErrorCode::Damaged, "the package lacks " + name);
        if (file->second != digest)
            return fail(ErrorCode::Damaged, "the package holds another " + name + " than it says");
        found.erase(file);
    }
    if (found.empty()) return {};
    return fail(ErrorCode::Damaged, "the package holds a file that its manifest.json does not list");
}

Result<> checkLabel(FileSystem& files, const Path& folder, const Manifest& outer) {
    SOTTO_ASSIGN(const Bytes text, readManifest(files, folder));
    SOTTO_ASSIGN(const QJsonObject inner, consent::parseJsonObject(text, "package's manifest.json"));
    const auto differs = [&inner](QLatin1String key, const QJsonValue& expected) {
        return inner.value(key) != expected;
    };
    const auto contradicts = [&](QLatin1String key, const QString& expected) {
        return inner.contains(key) && differs(key, expected);
    };
    const char* what = nullptr;
    if (differs(QLatin1String("kind"), packageKindName(outer.kind))) what = "kind";
    if (differs(QLatin1String("practice"), outer.practice)) what = "mark of practice";
    if (contradicts(QLatin1String("session"), outer.session.toString())) what = "session";
    if (contradicts(QLatin1String("device"), hexText(outer.device))) what = "device";
    if (!what) return {};
    return fail(ErrorCode::NotAllowed,
                std::string("the package inside states another ") + what + " than the signed manifest outside");
}

}  // namespace sotto::package
