// SPDX-License-Identifier: Apache-2.0
#include "sync/store_clearing.h"

namespace sotto::sync {

namespace {

Result<> removeObject(Store& store, const QString& name) {
    Result<> removed = store.remove(name);
    if (!removed && removed.error().code == ErrorCode::NotFound) return {};
    return removed;
}

}  // namespace

Result<bool> clearFromStore(Store& store, const package::WithdrawnPackage& gone, const crypto::VerifyKey& device) {
    const QString name = gone.package.toString() + kManifestSuffix;
    const auto text = store.get(name, package::kMaxManifestSize);
    if (!text) {
        const ErrorCode code = text.error().code;
        if (code == ErrorCode::NotFound || code == ErrorCode::ParseFailed) return false;
        return Failure(text.error());
    }
    const auto manifest = package::openManifest(*text);
    if (!manifest || manifest->sha256 != gone.sha256 || manifest->device != device) return false;
    for (const package::Part& part : manifest->parts)
        SOTTO_TRY(removeObject(store, part.name));
    SOTTO_TRY(removeObject(store, receiptName(gone.package, package::ReceiptKind::Stored)));
    SOTTO_TRY(removeObject(store, receiptName(gone.package, package::ReceiptKind::Opened)));
    SOTTO_TRY(removeObject(store, name));
    return true;
}

}  // namespace sotto::sync
