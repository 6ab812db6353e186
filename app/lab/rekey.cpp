// SPDX-License-Identifier: Apache-2.0
#include "workflow/rekey.h"

#include <array>

#include "assets/assets.h"
#include "commandline/key_files.h"
#include "commands.h"
#include "keyring/strength.h"
#include "package/manifest.h"
#include "tablets.h"

namespace sotto::lab {

namespace {

using app::Arguments;
using app::ExitCode;

constexpr int kUnlockMs = 500;

Result<workflow::RekeyReport> rekey(const Arguments& arguments) {
    PosixFileSystem files;
    const SystemClock clock;
    const Path folder = arguments.path(QStringLiteral("keys"));
    SOTTO_ASSIGN(const auto passphrase, app::readPassphrase(files, arguments.path(QStringLiteral("passphrase-file"))));
    const std::array lists{assets::words(assets::WordLanguage::French), assets::words(assets::WordLanguage::English)};
    SOTTO_TRY(keyring::checkOwnPassphrase(passphrase.view(), lists));
    SOTTO_ASSIGN(const auto identities, app::readIdentities(files, folder));
    if (identities.empty()) {
        return fail(ErrorCode::WrongKey,
                    folder.string() + " holds no .agekey file; the content key and the identity key are needed, both");
    }
    keyring::KeyringOptions options;
    SOTTO_ASSIGN(options.cost, crypto::calibrateArgon2(options.cost, kUnlockMs));
    return workflow::rekeyHome(files, arguments.positional().at(0).toStdString(), identities, passphrase.view(), clock,
                               options, arguments.value(QStringLiteral("person")).value_or(QString()));
}

int runRekey(const Arguments& arguments) {
    const auto done = rekey(arguments);
    if (!done) return app::report(done.error());
    app::say(QStringLiteral("%1 log(s) open with the new passphrase; no earlier one opens anything.").arg(done->logs));
    app::say(QStringLiteral("The tablet has a new key and must be enrolled again: `sotto-lab enrol --tablet %1`.")
                 .arg(package::hexText(done->deviceKey)));
    app::say(wordsOf(done->deviceKey));
    app::say(QStringLiteral("Others who worked with it have to be added again with `sotto person add`."));
    for (const Path& log : done->unreadable) {
        app::say(QStringLiteral("%1: no key given opens it; it stays as it is")
                     .arg(QString::fromStdString(log.filename().string())));
    }
    return static_cast<int>(done->unreadable.empty() ? ExitCode::Ok : ExitCode::Damaged);
}

}  // namespace

app::Command rekeyCommand() {
    return {QStringLiteral("rekey"),
            QStringLiteral("give a home a new passphrase when all are forgotten"),
            {QStringLiteral("HOME")},
            {{QStringLiteral("keys"), QStringLiteral("DIR"),
              QStringLiteral("folder with the content key and the identity key"), true},
             {QStringLiteral("passphrase-file"), QStringLiteral("FILE"),
              QStringLiteral("the new passphrase; `sotto passphrase` draws a good one"), true},
             {QStringLiteral("person"), QStringLiteral("NAME"), QStringLiteral("whose it will be"), false}},
            QStringLiteral(
                "At the lab, on the tablet's folder or a copy of it: both keys, which no tablet ever sees. Nothing in\n"
                "the interviews changes. Exit code 4 if a log stays behind that no key given opens."),
            runRekey};
}

}  // namespace sotto::lab
