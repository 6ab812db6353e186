// SPDX-License-Identifier: Apache-2.0
#include "new_passphrase.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <unistd.h>

#include "commandline/key_files.h"
#include "keyring/passphrase.h"
#include "keyring/strength.h"

namespace sotto::app {

namespace {

QString fileOption() {
    return QStringLiteral("new-passphrase-file");
}

QString generateOption() {
    return QStringLiteral("generate");
}

}  // namespace

std::vector<Option> newPassphraseOptions() {
    return {{fileOption(), QStringLiteral("FILE"), QStringLiteral("file with the new passphrase; or:"), false},
            {generateOption(), QStringLiteral("fr|en"),
             QStringLiteral("draw five words and print them on standard output, once"), false}};
}

Result<> checkNewPassphraseOptions(const Arguments& arguments) {
    const auto language = arguments.value(generateOption());
    if (arguments.isSet(fileOption()) == language.has_value()) {
        return fail(ErrorCode::InvalidArgument, "give one of --new-passphrase-file FILE and --generate fr|en");
    }
    if (language) SOTTO_TRY(wordLanguage(generateOption(), *language));
    return {};
}

Result<crypto::SecureBytes> newPassphrase(FileSystem& files, const Arguments& arguments) {
    if (const auto language = arguments.value(generateOption())) {
        SOTTO_ASSIGN(const auto chosen, wordLanguage(generateOption(), *language));
        return keyring::generatePassphrase(assets::words(chosen), keyring::kUsualWords);
    }
    SOTTO_ASSIGN(auto own, readPassphrase(files, arguments.path(fileOption())));
    const std::array lists{assets::words(assets::WordLanguage::French), assets::words(assets::WordLanguage::English)};
    SOTTO_TRY(keyring::checkOwnPassphrase(own.view(), lists));
    return own;
}

Result<> showDrawn(const Arguments& arguments, const crypto::SecureBytes& passphrase) {
    if (!arguments.isSet(generateOption()) || writeSecretLine(passphrase)) return {};
    return fail(ErrorCode::IoFailed, "the passphrase that was drawn could not be written; nothing was changed");
}

Result<assets::WordLanguage> wordLanguage(const QString& option, const QString& name) {
    if (name == u"fr") return assets::WordLanguage::French;
    if (name == u"en") return assets::WordLanguage::English;
    return fail(ErrorCode::InvalidArgument, "--" + option.toStdString() + " takes fr or en");
}

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

}  // namespace sotto::app
