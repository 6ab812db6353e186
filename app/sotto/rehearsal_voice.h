// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include <QString>

#include "base/file.h"

namespace sotto::app {

/// The WAV to hear: the one given, or a sample that espeak-ng speaks into `<home>.voice.<language>.wav`.
[[nodiscard]] Result<Path> voiceFor(FileSystem& files, const std::optional<QString>& voice, const QString& language,
                                    const Path& home);

}  // namespace sotto::app
