// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "assets/assets.h"
#include "commandline/command.h"
#include "crypto/secure_bytes.h"

/// Passphrases that a command sets: somebody's own, or drawn here.
namespace sotto::app {

/// --new-passphrase-file and --generate.
[[nodiscard]] std::vector<Option> newPassphraseOptions();
/// InvalidArgument, which is a usage error, unless one of the two was given and --generate names a language.
[[nodiscard]] Result<> checkNewPassphraseOptions(const Arguments& arguments);
/// From the file, refused (InvalidArgument) if it is too easy to guess; or five words drawn.
[[nodiscard]] Result<crypto::SecureBytes> newPassphrase(FileSystem& files, const Arguments& arguments);
/// Prints a passphrase that was drawn: to be called before anything depends on it. IoFailed.
[[nodiscard]] Result<> showDrawn(const Arguments& arguments, const crypto::SecureBytes& passphrase);

[[nodiscard]] Result<assets::WordLanguage> wordLanguage(const QString& option, const QString& name);
/// Straight from secret memory to stdout: no stream keeps a copy in its buffer. False if it was not written whole.
[[nodiscard]] bool writeSecretLine(const crypto::SecureBytes& secret);

}  // namespace sotto::app
