// SPDX-License-Identifier: Apache-2.0
#include "package/seal.h"

#include "crypto/age/age.h"
#include "package/inner_manifest.h"
#include "package/sealed_file.h"
#include "package/tree.h"

namespace sotto::package {

namespace {

std::optional<FileDigest> audioDigest(const ContentPackage& content) {
    if (!content.hasAudio) return std::nullopt;
    return FileDigest{content.audioSize, content.audioSha256};
}

/// Writes the audio to a sink; empty if there is none.
using Audio = std::function<Result<>(const ByteSink&)>;

Result<> writeTar(const ByteSink& sink, const QByteArray& manifest, const std::vector<PackageFile>& content,
                  std::uint64_t audioSize, const Audio& audio) {
    SOTTO_ASSIGN(TarWriter tar, TarWriter::start(sink));
    SOTTO_TRY(tar.add(kManifestName, viewOf(manifest)));
    for (const PackageFile& file : content) {
        if (file.name != kManifestName) SOTTO_TRY(tar.add(file.name, viewOf(file.content)));
    }
    if (audio) SOTTO_TRY(tar.addStream(kAudioName, audioSize, audio));
    return tar.finish();
}

Result<SealedPackage> seal(FileSystem& files, const Path& path, std::span<const crypto::age::Recipient> recipients,
                           const std::vector<PackageFile>& content, const std::optional<FileDigest>& digest,
                           const Audio& audio) {
    SOTTO_ASSIGN(const QByteArray manifest, innerManifest(content, digest));
    SOTTO_ASSIGN(SealedFile file, SealedFile::create(files, path));
    SOTTO_ASSIGN(crypto::age::Encryptor encryptor,
                 crypto::age::Encryptor::start(recipients, [&file](ByteView bytes) { return file.write(bytes); }));
    SOTTO_TRY(writeTar([&encryptor](ByteView bytes) { return encryptor.write(bytes); }, manifest, content,
                       digest ? digest->size : 0, audio));
    SOTTO_TRY(encryptor.finish());
    return file.commit();
}

Audio audioOf(const interview::SessionRecords& session, const recording::AudioMap& map, const ContentPackage& content) {
    if (!content.hasAudio) return {};
    return [&session, &map, &content](const ByteSink& sink) -> Result<> {
        crypto::Sha256 hash;
        SOTTO_TRY(writeContentAudio(session, map, content, [&](ByteView bytes) {
            hash.update(bytes);
            return sink(bytes);
        }));
        // What was measured and what is sealed must be the same, or every lab would find the package damaged.
        if (hash.finish() == content.audioSha256) return {};
        return fail(ErrorCode::Damaged, "the recording changed while it was being packed; seal it again");
    };
}

Result<> writeFile(FileSystem& files, const Path& path, const Audio& produce) {
    SOTTO_TRY(files.createDirectories(path.parent_path()));
    SOTTO_ASSIGN(const auto file, files.open(path, OpenMode::CreateNew));
    std::uint64_t size = 0;
    const auto append = [&](ByteView bytes) -> Result<> {
        SOTTO_TRY(file->write(size, bytes));
        size += bytes.size();
        return {};
    };
    SOTTO_TRY(produce(append));
    SOTTO_TRY(file->sync());
    return files.syncDirectory(path.parent_path());
}

Result<> writeTree(FileSystem& files, const Path& root, const QByteArray& manifest,
                   const std::vector<PackageFile>& content, const Audio& audio) {
    const auto bytesOf = [](const QByteArray& bytes) {
        return [&bytes](const ByteSink& sink) { return sink(viewOf(bytes)); };
    };
    SOTTO_TRY(writeFile(files, root / kManifestName.data(), bytesOf(manifest)));
    for (const PackageFile& file : content) {
        if (file.name == kManifestName) continue;
        SOTTO_TRY(writeFile(files, root / file.name.toStdString(), bytesOf(file.content)));
    }
    if (audio) SOTTO_TRY(writeFile(files, root / kAudioName.data(), audio));
    return checkUnpacked(files, root);
}

}  // namespace

Result<SealedPackage> sealFiles(FileSystem& files, const Path& path, std::span<const crypto::age::Recipient> recipients,
                                const std::vector<PackageFile>& content) {
    return seal(files, path, recipients, content, std::nullopt, {});
}

Result<SealedPackage> sealContent(FileSystem& files, const Path& path,
                                  std::span<const crypto::age::Recipient> recipients,
                                  const interview::SessionRecords& session, const recording::AudioMap& audio,
                                  const ContentPackage& content) {
    return seal(files, path, recipients, content.files, audioDigest(content), audioOf(session, audio, content));
}

Result<> writeClearContent(FileSystem& files, const Path& target, const interview::SessionRecords& session,
                           const recording::AudioMap& audio, const ContentPackage& content) {
    SOTTO_ASSIGN(const bool taken, files.exists(target));
    if (taken) return fail(ErrorCode::AlreadyExists, target.string() + " exists already and is not overwritten");
    SOTTO_ASSIGN(const QByteArray manifest, innerManifest(content.files, audioDigest(content)));
    const Path part = withSuffix(target, ".part");
    SOTTO_TRY(removeTree(files, part));
    Result<> done = writeTree(files, part, manifest, content.files, audioOf(session, audio, content));
    if (done) done = files.rename(part, target);
    if (!done) {
        // The first error is the one to tell; a left-over is replaced by the next call.
        static_cast<void>(removeTree(files, part));
        return done;
    }
    return files.syncDirectory(folderOf(target));
}

}  // namespace sotto::package
