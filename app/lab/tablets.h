// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "package/enrolment.h"

/// Where a lab keeps the certificates of its tablets, and how it shows a tablet's key.
namespace sotto::lab {

/// DIR/tablets of a folder of keys.
[[nodiscard]] Path tabletsFolder(const Path& keys);
/// The tablets enrolled; nothing if none ever was. Certificates are checked with lab-signing.key, or with its .pub on a
/// desk that does not sign; NotFound if there are certificates and neither.
[[nodiscard]] Result<std::optional<package::EnrolledTablets>> readTablets(FileSystem& files, const Path& keys);
/// Two lines: the words of a key in French and in English, to be compared with the tablet's.
[[nodiscard]] QString wordsOf(const crypto::VerifyKey& device);

}  // namespace sotto::lab
