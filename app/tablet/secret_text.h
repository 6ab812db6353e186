// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include "crypto/secure_bytes.h"

namespace sotto::app {

/// Takes a secret that was typed out of a QString into secret memory, as UTF-8 (NFC), and overwrites the QString's
/// characters if nobody else shares them. Copies that the toolkit made before can't be reached from here: SECURITY.md.
[[nodiscard]] crypto::SecureBytes takeSecret(QString& typed);

/// A secret for the screen, where there is no other way; to be dropped with dropSecret() as soon as it was read.
[[nodiscard]] QString showSecret(const crypto::SecureBytes& secret);
void dropSecret(QString& shown);

}  // namespace sotto::app
