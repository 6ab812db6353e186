// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace sotto::crypto {

/// Private to this module: initialises libsodium once, so that no function depends on a main() that did. Aborts if
/// the library finds no random source. Thread-safe.
void ensureSodium();

}  // namespace sotto::crypto
