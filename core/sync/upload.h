// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sync/outbox.h"

// Private to this module: one package on its way into a store.
namespace sotto::sync {

/// Brings the parts and then the manifest of one package into the store, leaving out what is there already. One run.
class Upload {
public:
    /// `objects`: what the store holds. All must outlive the upload.
    Upload(FileSystem& files, Store& store, const std::vector<Store::Object>& objects)
        : m_files(files), m_store(store), m_objects(objects) {}

    /// Called when every part is there, before the manifest leaves; an error ends the run.
    using BeforeManifest = std::function<Result<>()>;
    /// Bytes sent. Errors of the local file (Damaged, NotFound) come before anything was sent.
    [[nodiscard]] Result<std::uint64_t> run(const OutboxItem& item, const Path& file, const Outbox::Progress& progress,
                                            const BeforeManifest& before);
    /// True if the last run failed because of the store or the queue, not of the package.
    [[nodiscard]] bool isNotThePackage() const { return m_isNotThePackage; }
    /// Whether the store has the package's manifest as it was signed.
    [[nodiscard]] Result<bool> hasManifest(const OutboxItem& item) const;

private:
    [[nodiscard]] Result<> checkFile(const File& file, const package::Manifest& manifest) const;
    [[nodiscard]] Result<bool> holds(const QString& name, std::uint64_t size, const crypto::Sha256Digest& sha256);
    /// True if it was sent, false if it was there.
    [[nodiscard]] Result<bool> bring(const QString& name, ByteView content);

    FileSystem& m_files;
    Store& m_store;
    const std::vector<Store::Object>& m_objects;
    bool m_isNotThePackage = false;
};

}  // namespace sotto::sync
