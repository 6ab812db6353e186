// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "base/file.h"
#include "package/manifest.h"
#include "sync/store.h"

// Private to this module: one package between the store and a lab's disk.
namespace sotto::sync {

/// Under OUT: the packages of tablets that are not enrolled, in the same shape as the others.
inline constexpr std::string_view kUnknownFolder = "unknown-tablets";

/// Where a package is filed, ROOT/<session>/<kind>.age, and how it gets there. One run, one package.
class Filing {
public:
    /// `root`: OUT, or the place under it for unknown tablets. `manifestText` as the device signed it. All must outlive
    /// the filing.
    Filing(FileSystem& files, Store& store, const std::vector<Store::Object>& objects, const Path& root,
           const package::Manifest& manifest, ByteView manifestText);

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
    /// Moves the same package here from another filing, where state() is Whole. Then the other is to be cleared.
    [[nodiscard]] Result<> takeFrom(const Filing& other);
    /// The small files beside it: the signed manifest, and PRACTICE.
    [[nodiscard]] Result<> complete();
    /// Removes what this place still holds of just this package, and the folder if nothing else is in it. Only for a
    /// package that lies elsewhere, whole.
    [[nodiscard]] Result<> clear();
    /// The manifest of the package that lies here instead, if that one is whole.
    struct Occupant {
        package::Manifest manifest;
        Bytes text;
    };
    [[nodiscard]] Result<std::optional<Occupant>> occupant();
    /// Moves age file, manifest and opened folder to `target`; what has moved already is passed over, so that a repeat
    /// ends what a crash cut off.
    [[nodiscard]] Result<> moveTo(const Path& target);
    /// True once moveTo() has begun there.
    [[nodiscard]] Result<bool> isAt(const Path& target);
    /// True if the store holds each part with the right hash: the second copy.
    [[nodiscard]] Result<bool> storeHoldsAllParts();

private:
    [[nodiscard]] Result<Bytes> part(const package::Part& part);
    [[nodiscard]] Result<> join(const Path& into);
    [[nodiscard]] Result<bool> isWhole(const Path& path, const package::Manifest& manifest);
    [[nodiscard]] Result<bool> holdsManifest();
    [[nodiscard]] Path partFile() const;
    [[nodiscard]] Path manifestFile() const;

    FileSystem& m_files;
    Store& m_store;
    const std::vector<Store::Object>& m_objects;
    const package::Manifest& m_manifest;
    ByteView m_text;
    Path m_session;
    Path m_ageFile;
};

}  // namespace sotto::sync
