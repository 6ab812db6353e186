// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <QDateTime>

#include "base/clock.h"
#include "commandline/key_files.h"
#include "commands.h"
#include "package/manifest.h"
#include "tablets.h"

namespace sotto::lab {

namespace {

using app::Arguments;
using app::ExitCode;

constexpr qsizetype kKeyDigits = 64;

/// What the option names: a request that a tablet wrote, or a key as people type it.
Result<package::Enrolment> readTablet(FileSystem& files, const QString& tablet) {
    package::Enrolment enrolment;
    const auto key = tablet.size() == kKeyDigits ? fromHex(tablet.toStdString()) : std::nullopt;
    if (key) {
        std::copy(key->begin(), key->end(), enrolment.device.begin());
        return enrolment;
    }
    const Path path = tablet.toStdString();
    auto text = readFile(files, path, package::kMaxEnrolmentSize);
    if (!text && text.error().code == ErrorCode::NotFound) {
        return fail(ErrorCode::NotFound, "there is no file " + path.string() +
                                             "; give the file that `sotto tablet --out` wrote, or the 64 hex digits "
                                             "of the tablet's key");
    }
    if (!text) return Failure(text.error());
    auto request = package::openTabletRequest(*text);
    if (!request) return fail(request.error().code, path.string() + ": " + request.error().context);
    enrolment.device = request->device;
    enrolment.home = request->home;
    enrolment.study = request->study;
    return enrolment;
}

Result<package::Filed> enrol(const Arguments& arguments) {
    PosixFileSystem files;
    const Path keys = arguments.path(QStringLiteral("keys"));
    SOTTO_ASSIGN(const auto signing, app::readSigningKey(files, keys));
    if (!signing) {
        return fail(ErrorCode::NotFound,
                    keys.string() + " holds no lab-signing.key; tablets are enrolled where studies are signed");
    }
    const auto out = arguments.value(QStringLiteral("out"));
    if (out) {
        SOTTO_ASSIGN(const bool taken, files.exists(out->toStdString()));
        if (taken) return fail(ErrorCode::AlreadyExists, out->toStdString() + " is there already; name another file");
    }
    SOTTO_ASSIGN(package::Enrolment enrolment, readTablet(files, arguments.required(QStringLiteral("tablet"))));
    enrolment.atUtcMs = SystemClock().now().utcMs;
    SOTTO_ASSIGN(auto filed, package::fileEnrolment(files, tabletsFolder(keys), enrolment, *signing));
    if (!out) return filed;
    const Path certificate = package::enrolmentFile(tabletsFolder(keys), filed.enrolment.device);
    SOTTO_ASSIGN(const Bytes text, readFile(files, certificate, package::kMaxEnrolmentSize));
    SOTTO_TRY(replaceFile(files, out->toStdString(), text));
    return filed;
}

int runEnrol(const Arguments& arguments) {
    const auto filed = enrol(arguments);
    if (!filed) return app::report(filed.error());
    const package::Enrolment& tablet = filed->enrolment;
    const QString day = QDateTime::fromMSecsSinceEpoch(tablet.atUtcMs, Qt::UTC).toString(Qt::ISODate);
    app::say(filed->isNew ? QStringLiteral("enrolled the tablet %1").arg(package::hexText(tablet.device))
                          : QStringLiteral("the tablet %1 was enrolled on %2 already; nothing was changed")
                                .arg(package::hexText(tablet.device), day));
    app::say(wordsOf(tablet.device));
    app::say(
        QStringLiteral("`sotto tablet` shows the same words on the tablet. If one differs, remove the certificate: "
                       "it is another tablet's."));
    return static_cast<int>(ExitCode::Ok);
}

}  // namespace

app::Command enrolCommand() {
    return {QStringLiteral("enrol"),
            QStringLiteral("certify a tablet's signing key, so that its packages count"),
            {},
            {{QStringLiteral("tablet"), QStringLiteral("FILE|HEXKEY"),
              QStringLiteral("what `sotto tablet --out` wrote, or the key that it shows"), true},
             {QStringLiteral("keys"), QStringLiteral("DIR"), QStringLiteral("folder with lab-signing.key"), true},
             {QStringLiteral("out"), QStringLiteral("FILE"), QStringLiteral("also write the certificate here"), false}},
            QStringLiteral(
                "Prints words in French and in English: compare them with the tablet's, by voice or by eye. The\n"
                "certificate is filed as DIR/tablets/<key>.tablet; copy that folder to every desk that receives. From\n"
                "the first one on, `receive` files packages of other tablets apart."),
            runEnrol};
}

}  // namespace sotto::lab
