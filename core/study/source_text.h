// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include <QByteArray>

#include "base/bytes.h"
#include "study/faults.h"

namespace sotto::study {

/// The bytes of a text file as valid UTF-8 with '\n' line ends: a byte order mark is dropped, CRLF and CR become LF.
/// Nothing (and a fault) for text in another encoding or with control characters.
[[nodiscard]] std::optional<QByteArray> readSourceText(ByteView bytes, FaultList& faults);

}  // namespace sotto::study
