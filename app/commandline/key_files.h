// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include <QString>

#include "base/file.h"
#include "crypto/age/keys.h"
#include "crypto/sign.h"
#include "study/study_pack.h"

namespace sotto::app {

/// The lab's keys as files in one folder: content.agekey, identity.agekey and analyst.agekey (age identity files, as
/// the stock tool reads them), lab-signing.key, and a .pub beside each. Secret files have mode 0600.
inline const QStringList kKeyNames{QStringLiteral("content"), QStringLiteral("identity"), QStringLiteral("analyst"),
                                   QStringLiteral("lab-signing")};

/// Makes the keys named; AlreadyExists, before anything is written, if one of them is there. After a failure none of
/// them is.
[[nodiscard]] Result<std::vector<Path>> generateKeys(FileSystem& files, const Path& folder, const QStringList& names);

/// Every age identity in the folder's *.agekey files; empty if it holds none. NotFound if there is no such folder.
[[nodiscard]] Result<std::vector<crypto::age::Identity>> readIdentities(FileSystem& files, const Path& folder);
/// Nothing if the folder has no lab-signing.key.
[[nodiscard]] Result<std::optional<crypto::SigningKey>> readSigningKey(FileSystem& files, const Path& folder);
/// The recipients that a study is sealed to: from the .pub files, or from the secret files beside them.
[[nodiscard]] Result<study::LabKeys> readLabKeys(FileSystem& files, const Path& folder);

/// The content of a passphrase file without its one trailing newline. InvalidArgument if nothing is left.
[[nodiscard]] Result<crypto::SecureBytes> readPassphrase(FileSystem& files, const Path& path);

}  // namespace sotto::app
