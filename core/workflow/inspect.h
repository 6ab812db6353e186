// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QJsonObject>

#include "base/clock.h"
#include "base/file.h"
#include "keyring/keyring.h"

namespace sotto::workflow {

/// What lies in a home, as the `inspect` command prints it. Reads only: repairs nothing, cuts nothing, and works beside
/// a running recording. Damaged logs are reported and read as far as they verify.
[[nodiscard]] Result<QJsonObject> inspectHome(FileSystem& files, const Path& home, ByteView passphrase,
                                              const Clock& clock, const keyring::KeyringOptions& options = {},
                                              const QString& person = {});

}  // namespace sotto::workflow
