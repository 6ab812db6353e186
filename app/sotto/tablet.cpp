// SPDX-License-Identifier: Apache-2.0
#include <QJsonDocument>
#include <QJsonObject>

#include "base/clock.h"
#include "commandline/key_files.h"
#include "commands.h"
#include "keyring/keyring.h"
#include "package/enrolment.h"
#include "package/manifest.h"
#include "study/signed_pack.h"
#include "vault/vault.h"
#include "workflow/home_layout.h"
#include "workflow/study_shelf.h"

namespace sotto::app {

namespace {

using keyring::Compartment;
using keyring::Keyring;

Result<Keyring> unlock(FileSystem& files, const Arguments& arguments, const Clock& clock) {
    SOTTO_ASSIGN(const auto passphrase, readPassphrase(files, arguments.path(QStringLiteral("passphrase-file"))));
    return Keyring::unlock(files, arguments.path(QStringLiteral("home")), passphrase.view(), clock, {},
                           arguments.value(QStringLiteral("person")).value_or(QString()));
}

/// The study of the home, read beside a running program.
Result<QString> studyOf(FileSystem& files, const Path& home, const Keyring& keys) {
    sealedlog::OpenOptions options;
    options.anchorFor = [&keys](const FileId& log) { return keys.anchor(log); };
    SOTTO_ASSIGN(const auto vault, vault::Vault::openReadOnly(files, workflow::HomeLayout{home}.sessionsVault(),
                                                              keys.identities(Compartment::Sessions), options));
    const auto study = workflow::StudyShelf(*vault).newest();
    if (study) return study->pack.id;
    return fail(study.error().code, "the study of this home can't be read (" + study.error().context +
                                        "); open the home once with this version of Sotto, then try again");
}

Result<> writeRequest(FileSystem& files, const Arguments& arguments, const Keyring& keys, const Clock& clock) {
    const Path out = arguments.path(QStringLiteral("out"));
    if (!keys.hasDeviceKey()) {
        return fail(ErrorCode::NotAllowed,
                    "only somebody who may conduct interviews can sign a request; ask one of them, or give the lab the "
                    "key that this command shows without --out");
    }
    SOTTO_ASSIGN(const bool taken, files.exists(out));
    if (taken) return fail(ErrorCode::AlreadyExists, out.string() + " is there already; name another file");
    SOTTO_ASSIGN(const QString study, studyOf(files, arguments.path(QStringLiteral("home")), keys));
    const package::TabletRequest request{keys.deviceVerifyKey(), keys.homeId(), study, clock.now().utcMs};
    return replaceFile(files, out, viewOf(package::signTabletRequest(request, keys.deviceKey())));
}

QJsonObject describe(const Keyring& keys) {
    QJsonObject words;
    for (const QString& language : {QStringLiteral("fr"), QStringLiteral("en")})
        words.insert(language, study::fingerprintWords(keys.deviceVerifyKey(), language));
    return {{QStringLiteral("device"), package::hexText(keys.deviceVerifyKey())},
            {QStringLiteral("home"), keys.homeId().toString()},
            {QStringLiteral("words"), words}};
}

Result<QJsonObject> tablet(const Arguments& arguments) {
    PosixFileSystem files;
    const SystemClock clock;
    SOTTO_ASSIGN(const auto keys, unlock(files, arguments, clock));
    if (arguments.isSet(QStringLiteral("out"))) SOTTO_TRY(writeRequest(files, arguments, keys, clock));
    return describe(keys);
}

int runTablet(const Arguments& arguments) {
    const auto shown = tablet(arguments);
    if (!shown) return report(shown.error());
    if (arguments.isSet(QStringLiteral("json"))) {
        if (print(QJsonDocument(*shown).toJson())) return static_cast<int>(ExitCode::Ok);
        return report({ErrorCode::IoFailed, "the output could not be written"});
    }
    const QJsonObject words = (*shown)[u"words"].toObject();
    say(QStringLiteral("tablet %1\n  fr: %2\n  en: %3")
            .arg((*shown)[u"device"].toString(), words[u"fr"].toString(), words[u"en"].toString()));
    say(QStringLiteral("`sotto-lab enrol` shows the same words at the lab."));
    return static_cast<int>(ExitCode::Ok);
}

}  // namespace

Command tabletCommand() {
    return {
        QStringLiteral("tablet"),
        QStringLiteral("show this tablet's key and its words, to be enrolled by the lab"),
        {},
        {{QStringLiteral("home"), QStringLiteral("DIR"), QStringLiteral("the home"), true},
         {QStringLiteral("passphrase-file"), QStringLiteral("FILE"), QStringLiteral("file with the passphrase"), true},
         {QStringLiteral("person"), QStringLiteral("NAME"), QStringLiteral("whose passphrase it is"), false},
         {QStringLiteral("out"), QStringLiteral("FILE"), QStringLiteral("write a signed request for the lab"), false},
         {QStringLiteral("json"), QString(), QStringLiteral("print JSON"), false}},
        QStringLiteral("Bring the request (or the key) to the lab: `sotto-lab enrol --tablet FILE --keys DIR`. Compare "
                       "the words,\n"
                       "by voice or by eye. Changes nothing in the home."),
        runTablet};
}

}  // namespace sotto::app
