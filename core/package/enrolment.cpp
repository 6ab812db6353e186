// SPDX-License-Identifier: Apache-2.0
#include "package/enrolment.h"

#include <algorithm>

#include <QJsonObject>

#include "consent/strict_json.h"
#include "package/manifest.h"
#include "package/signed_text.h"
#include "package/tree.h"

namespace sotto::package {

namespace {

constexpr int kFormat = 1;
constexpr std::string_view kRequest = "tablet's request";
constexpr std::string_view kCertificate = "tablet's certificate";
constexpr std::string_view kExtension = ".tablet";
constexpr qsizetype kLongestStudy = 200;

void checkStudy(consent::StrictObject& fields, const QString& study) {
    const bool isPlain = std::all_of(study.begin(), study.end(), [](QChar c) { return c.isPrint(); });
    if (study.isEmpty() || study.size() > kLongestStudy || !isPlain) fields.fault(QLatin1String("study"), "is no id");
}

Result<Bytes> readCertificate(FileSystem& files, const Path& path) {
    auto text = readFile(files, path, kMaxEnrolmentSize);
    if (text || text.error().code != ErrorCode::ParseFailed) return text;
    return fail(ErrorCode::ParseFailed, "the " + std::string(kCertificate) + " is too large");
}

/// The certificate at `path`, which must be for the tablet that its name says.
Result<Enrolment> openFiled(FileSystem& files, const Path& path, const crypto::VerifyKey& lab) {
    SOTTO_ASSIGN(const Bytes text, readCertificate(files, path));
    SOTTO_ASSIGN(Enrolment enrolment, openEnrolment(text, lab));
    if (path.filename() == enrolmentFile({}, enrolment.device).filename()) return enrolment;
    return fail(ErrorCode::SignatureInvalid, "the certificate is for another tablet than its name says");
}

bool concernsTheFile(ErrorCode code) {
    return code == ErrorCode::ParseFailed || code == ErrorCode::SignatureInvalid || code == ErrorCode::NewerVersion;
}

}  // namespace

QByteArray signTabletRequest(const TabletRequest& request, const crypto::SigningKey& device) {
    const QJsonObject body{{QStringLiteral("format"), kFormat},
                           {QStringLiteral("device"), hexText(device.verifyKey())},
                           {QStringLiteral("home"), request.home.toString()},
                           {QStringLiteral("study"), request.study},
                           {QStringLiteral("at_utc_ms"), static_cast<qint64>(request.atUtcMs)}};
    return wrapSigned(consent::compactJson(body), kTabletContext, device);
}

Result<TabletRequest> openTabletRequest(ByteView text) {
    SOTTO_ASSIGN(const SignedText envelope, unwrapSigned(text, kMaxEnrolmentSize, kRequest));
    SOTTO_ASSIGN(QJsonObject object, consent::parseJsonObject(viewOf(envelope.body), kRequest));
    consent::StrictObject fields(std::move(object), kRequest);
    fields.format(kFormat);
    TabletRequest request;
    fields.hex(QLatin1String("device"), request.device);
    request.home = fields.id<HomeId>(QLatin1String("home"));
    request.study = fields.text(QLatin1String("study"));
    checkStudy(fields, request.study);
    request.atUtcMs = fields.integer(QLatin1String("at_utc_ms"));
    SOTTO_TRY(fields.finish());
    SOTTO_TRY(checkSigned(envelope, kTabletContext, request.device, kRequest));
    return request;
}

QByteArray signEnrolment(const Enrolment& enrolment, const crypto::SigningKey& lab) {
    QJsonObject body{{QStringLiteral("format"), kFormat},
                     {QStringLiteral("device"), hexText(enrolment.device)},
                     {QStringLiteral("lab"), hexText(lab.verifyKey())},
                     {QStringLiteral("at_utc_ms"), static_cast<qint64>(enrolment.atUtcMs)}};
    if (enrolment.home) body.insert(QStringLiteral("home"), enrolment.home->toString());
    if (enrolment.study) body.insert(QStringLiteral("study"), *enrolment.study);
    return wrapSigned(consent::compactJson(body), kEnrolmentContext, lab);
}

Result<Enrolment> openEnrolment(ByteView text, const crypto::VerifyKey& lab) {
    SOTTO_ASSIGN(const SignedText envelope, unwrapSigned(text, kMaxEnrolmentSize, kCertificate));
    SOTTO_TRY(checkSigned(envelope, kEnrolmentContext, lab, kCertificate));
    SOTTO_ASSIGN(QJsonObject object, consent::parseJsonObject(viewOf(envelope.body), kCertificate));
    consent::StrictObject fields(std::move(object), kCertificate);
    fields.format(kFormat);
    Enrolment enrolment;
    fields.hex(QLatin1String("device"), enrolment.device);
    if (fields.has(QLatin1String("home"))) enrolment.home = fields.id<HomeId>(QLatin1String("home"));
    if (fields.has(QLatin1String("study"))) {
        enrolment.study = fields.text(QLatin1String("study"));
        checkStudy(fields, *enrolment.study);
    }
    fields.hex(QLatin1String("lab"), enrolment.lab);
    enrolment.atUtcMs = fields.integer(QLatin1String("at_utc_ms"));
    SOTTO_TRY(fields.finish());
    if (enrolment.lab == lab) return enrolment;
    return fail(ErrorCode::SignatureInvalid, "the tablet's certificate names another lab key than signed it");
}

Path enrolmentFile(const Path& folder, const crypto::VerifyKey& device) {
    return folder / (toHex(device) + std::string(kExtension));
}

Result<Filed> fileEnrolment(FileSystem& files, const Path& folder, const Enrolment& enrolment,
                            const crypto::SigningKey& lab) {
    const Path path = enrolmentFile(folder, enrolment.device);
    SOTTO_ASSIGN(const bool present, files.exists(path));
    if (present) {
        auto before = openFiled(files, path, lab.verifyKey());
        if (before) return Filed{*std::move(before), false};
        const Error& error = before.error();
        if (!concernsTheFile(error.code)) return Failure(error);
        return fail(error.code, path.string() + " is there already and is left as it is, but " + error.context +
                                    "; take it away if it is none of yours, then enrol the tablet again");
    }
    SOTTO_TRY(files.createDirectories(folder));
    SOTTO_TRY(files.syncDirectory(folderOf(folder)));
    const QByteArray text = signEnrolment(enrolment, lab);
    SOTTO_TRY(replaceFile(files, path, viewOf(text)));
    SOTTO_ASSIGN(auto filed, openFiled(files, path, lab.verifyKey()));
    return Filed{std::move(filed), true};
}

Result<std::optional<EnrolledTablets>> readEnrolments(FileSystem& files, const Path& folder,
                                                      const crypto::VerifyKey& lab) {
    SOTTO_ASSIGN(const bool present, files.exists(folder));
    if (!present) return std::nullopt;
    SOTTO_ASSIGN(const auto entries, files.list(folder));
    std::optional<EnrolledTablets> tablets;
    for (const DirectoryEntry& entry : entries) {
        if (entry.isDirectory || Path(entry.name).extension() != kExtension) continue;
        if (!tablets) tablets.emplace();
        auto enrolment = openFiled(files, folder / entry.name, lab);
        if (enrolment) {
            tablets->devices.insert(enrolment->device);
            continue;
        }
        if (!concernsTheFile(enrolment.error().code)) return Failure(enrolment.error());
        tablets->refused.push_back(QString::fromStdString(entry.name + ": " + enrolment.error().context));
    }
    return tablets;
}

}  // namespace sotto::package
