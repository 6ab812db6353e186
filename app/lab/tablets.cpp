// SPDX-License-Identifier: Apache-2.0
#include "tablets.h"

#include <algorithm>

#include "commandline/key_files.h"
#include "study/signed_pack.h"

namespace sotto::lab {

namespace {

/// The lab's public key from the secret file or from the .pub beside it.
Result<crypto::VerifyKey> labKey(FileSystem& files, const Path& keys) {
    SOTTO_ASSIGN(const auto signing, app::readSigningKey(files, keys));
    if (signing) return signing->verifyKey();
    const Path path = keys / "lab-signing.key.pub";
    auto content = readFile(files, path, 1024);
    if (!content && content.error().code == ErrorCode::NotFound) {
        return fail(ErrorCode::NotFound, tabletsFolder(keys).string() +
                                             " holds certificates of tablets, but here is no lab-signing.key.pub to "
                                             "check them with; copy it from the desk that enrols");
    }
    if (!content) return Failure(content.error());
    // "sotto-lab-signing-1-" and 64 hex digits, as keygen writes it.
    const QByteArray text = byteArrayOf(*content).trimmed();
    const auto key = fromHex(text.mid(text.lastIndexOf('-') + 1).toStdString());
    crypto::VerifyKey result{};
    if (!text.startsWith("sotto-lab-signing-1-") || !key || key->size() != result.size()) {
        return fail(ErrorCode::ParseFailed, path.string() + " is not a lab's public signing key");
    }
    std::copy(key->begin(), key->end(), result.begin());
    return result;
}

}  // namespace

Path tabletsFolder(const Path& keys) {
    return keys / "tablets";
}

Result<std::optional<package::EnrolledTablets>> readTablets(FileSystem& files, const Path& keys) {
    SOTTO_ASSIGN(const bool present, files.exists(tabletsFolder(keys)));
    if (!present) return std::nullopt;
    SOTTO_ASSIGN(const auto entries, files.list(tabletsFolder(keys)));
    const bool any = std::any_of(entries.begin(), entries.end(), [](const DirectoryEntry& entry) {
        return !entry.isDirectory && Path(entry.name).extension() == ".tablet";
    });
    if (!any) return std::nullopt;
    SOTTO_ASSIGN(const crypto::VerifyKey lab, labKey(files, keys));
    return package::readEnrolments(files, tabletsFolder(keys), lab);
}

QString wordsOf(const crypto::VerifyKey& device) {
    return QStringLiteral("  fr: %1\n  en: %2")
        .arg(study::fingerprintWords(device, QStringLiteral("fr")),
             study::fingerprintWords(device, QStringLiteral("en")));
}

}  // namespace sotto::lab
