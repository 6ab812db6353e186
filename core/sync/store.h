// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include <QString>

#include "base/file.h"
#include "base/result.h"
#include "package/manifest.h"

namespace sotto::sync {

// Names of objects: 32 hexadecimal digits for a part; a package's id, or that of a withdrawal order, and one of these
// for what belongs to it.
inline constexpr QLatin1String kManifestSuffix(".manifest");
inline constexpr QLatin1String kStoredSuffix(".stored");
inline constexpr QLatin1String kOpenedSuffix(".opened");
inline constexpr QLatin1String kWithdrawSuffix(".withdraw");
inline constexpr QLatin1String kErasedSuffix(".erased");
/// Where the lab leaves a receipt for a package.
[[nodiscard]] QString receiptName(const PackageId& package, package::ReceiptKind kind);
/// True for the names above and nothing else; lower case only.
[[nodiscard]] bool isObjectName(const QString& name);

/// Port: a dumb, untrusted place for objects with random names. Folder now; WebDAV and S3 later. Blocks; one thread.
/// Every call: InvalidArgument for a name that is none of ours. A store that can't be used answers NoSpace,
/// PermissionDenied or IoFailed with a sentence for people.
class Store {
public:
    virtual ~Store() = default;
    struct Object {
        QString name;
        std::uint64_t size = 0;
    };
    /// Objects with names of ours, in no order that means anything; foreign names are left out, and
    /// folders. PermissionDenied or IoFailed if a part or a manifest can't be read; such a receipt is left out.
    [[nodiscard]] virtual Result<std::vector<Object>> list() = 0;
    /// Appears whole under its name or not at all. AlreadyExists if the name is taken; NoSpace; PermissionDenied. A
    /// folder of that name is no object: it is moved to `<name>.in-the-way`, remove() says NotFound,
    /// and get() that it can't be read.
    [[nodiscard]] virtual Result<> put(const QString& name, ByteView content) = 0;
    /// NotFound; at most `limit` bytes, more is ParseFailed.
    [[nodiscard]] virtual Result<Bytes> get(const QString& name, std::uint64_t limit) = 0;
    [[nodiscard]] virtual Result<> remove(const QString& name) = 0;
};

/// A folder as a store (a share, a stick, a synchronised folder): write to a temporary name, sync, rename, sync the
/// folder. Conflict copies and foreign files are ignored by list(): only names that Sotto makes. NotFound if the
/// folder is not there: it is never created, or a stick that is not plugged in would turn into a folder of the tablet.
[[nodiscard]] Result<std::unique_ptr<Store>> openFolderStore(FileSystem& files, const Path& folder);

}  // namespace sotto::sync
