// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "base/file.h"
#include "package/manifest.h"
#include "sync/store.h"

// Private to this module: one package between the store and a lab's disk.
namespace sotto::sync {

/// Where a package is filed, OUT/<session>/<kind>.age, and how it gets there. One run, one package.
class Filing {
public:
    Filing(FileSystem& files, Store& store, const std::vector<Store::Object>& objects, const Path& out,
           const package::Manifest& manifest);

    [[nodiscard]] const Path& ageFile() const { return m_ageFile; }
    /// Where it is unpacked to.
    [[nodiscard]] Path folder() const;

    enum class State { Absent, Whole, Altered };
    /// What lies there, read and hashed.
    [[nodiscard]] Result<State> state();
    /// Joins the parts to `<kind>.age.part`, synced, read back and hashed. NotFound if parts are missing or not whole
    /// yet, Damaged if one is not what was signed. On failure nothing stays.
    [[nodiscard]] Result<> fetch();
    /// Gives the fetched file its name.
    [[nodiscard]] Result<> name();
    /// The small files beside it: the signed manifest, and PRACTICE.
    [[nodiscard]] Result<> complete(ByteView manifestText);
    /// True if the store holds each part with the right hash: the second copy.
    [[nodiscard]] Result<bool> storeHoldsAllParts();

private:
    [[nodiscard]] Result<Bytes> part(const package::Part& part);
    [[nodiscard]] Result<> join(const Path& into);
    [[nodiscard]] Result<bool> isWhole(const Path& path);
    [[nodiscard]] Path partFile() const;

    FileSystem& m_files;
    Store& m_store;
    const std::vector<Store::Object>& m_objects;
    const package::Manifest& m_manifest;
    Path m_session;
    Path m_ageFile;
};

}  // namespace sotto::sync
