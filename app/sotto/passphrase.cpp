// SPDX-License-Identifier: Apache-2.0
#include "keyring/passphrase.h"

#include "commands.h"
#include "keyring/strength.h"
#include "new_passphrase.h"
#include "unlocking.h"

namespace sotto::app {

namespace {

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

int runPassphrase(const Arguments& arguments) {
    const auto chosen = wordLanguage(QStringLiteral("language"), arguments.required(QStringLiteral("language")));
    if (!chosen) return refuseUsage(chosen.error());
    const auto count = wordCount(arguments);
    if (!count) return refuseUsage(count.error());
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
