// SPDX-License-Identifier: Apache-2.0
#include "keyring/passphrase.h"

#include <cerrno>
#include <unistd.h>

#include "assets/assets.h"
#include "commands.h"
#include "keyring/strength.h"

namespace sotto::app {

namespace {

Result<assets::WordLanguage> language(const Arguments& arguments) {
    const QString name = arguments.required(QStringLiteral("language"));
    if (name == u"fr") return assets::WordLanguage::French;
    if (name == u"en") return assets::WordLanguage::English;
    return fail(ErrorCode::InvalidArgument, "--language takes fr or en");
}

Result<int> wordCount(const Arguments& arguments) {
    const std::optional<QString> typed = arguments.value(QStringLiteral("words"));
    if (!typed) return keyring::kUsualWords;
    bool isNumber = false;
    const int count = typed->toInt(&isNumber);
    if (!isNumber || count < keyring::kFewestWords || count > keyring::kMostWords) {
        return fail(ErrorCode::InvalidArgument, "--words takes a number from 4 to 10; five is what Sotto is built for");
    }
    return count;
}

/// What was typed makes no sense: a usage error, not a failure.
int refuse(const Error& error) {
    static_cast<void>(report(error));  // its exit code is that of a failure
    return static_cast<int>(ExitCode::Usage);
}

/// Straight from secret memory to the output: no stream keeps a copy in its buffer.
bool writeSecretLine(const crypto::SecureBytes& secret) {
    crypto::SecureBytes line(secret.size() + 1);
    std::copy(secret.view().begin(), secret.view().end(), line.span().begin());
    line.span()[secret.size()] = '\n';
    for (std::size_t done = 0; done < line.size();) {
        const ssize_t written = ::write(STDOUT_FILENO, line.view().data() + done, line.size() - done);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        done += static_cast<std::size_t>(written);
    }
    return true;
}

int runPassphrase(const Arguments& arguments) {
    const auto chosen = language(arguments);
    if (!chosen) return refuse(chosen.error());
    const auto count = wordCount(arguments);
    if (!count) return refuse(count.error());
    const keyring::WordList words = assets::words(*chosen);
    if (!writeSecretLine(keyring::generatePassphrase(words, *count))) {
        return report({ErrorCode::IoFailed, "the passphrase could not be written"});
    }
    const double bits = keyring::generatedStrengthBits(*count, words.size());
    say(QStringLiteral(
            "%1 words of %2: %3 bits, %4. Nobody has seen it before and nothing keeps it: learn it, and keep "
            "the paper where you keep money.")
            .arg(*count)
            .arg(words.size())
            .arg(bits, 0, 'f', 1)
            .arg(QLatin1String(keyring::strengthName(keyring::strengthLevel(bits)))));
    return static_cast<int>(ExitCode::Ok);
}

}  // namespace

Command passphraseCommand() {
    return {
        QStringLiteral("passphrase"),
        QStringLiteral("draw a passphrase of everyday words"),
        {},
        {{QStringLiteral("language"), QStringLiteral("LANG"), QStringLiteral("fr or en"), true},
         {QStringLiteral("words"), QStringLiteral("N"), QStringLiteral("4 to 10 words (5)"), false}},
        QStringLiteral("The passphrase is the one line on standard output; how strong it is stands on standard error."),
        runPassphrase};
}

}  // namespace sotto::app
