// SPDX-License-Identifier: Apache-2.0
#include "package/manifest.h"

#include <algorithm>
#include <array>
#include <set>

#include <QJsonArray>
#include <QJsonObject>

#include "consent/strict_json.h"
#include "package/signed_text.h"

namespace sotto::package {

namespace {

constexpr int kFormat = 1;
constexpr std::string_view kWhat = "package manifest";

constexpr std::array kKindNames{QLatin1String("content"), QLatin1String("identity"), QLatin1String("research")};

Result<std::vector<Part>> readParts(const QJsonArray& array, std::uint64_t total) {
    if (static_cast<std::size_t>(array.size()) > kMaxParts) {
        return fail(ErrorCode::ParseFailed, "the package manifest names too many parts");
    }
    std::vector<Part> parts;
    std::set<QString> names;
    std::uint64_t sum = 0;
    for (const QJsonValue& value : array) {
        consent::StrictObject fields(value.toObject(), "package part");
        Part part;
        part.name = fields.text(QLatin1String("name"));
        part.size =
            static_cast<std::uint64_t>(fields.integer(QLatin1String("size"), 1, static_cast<std::int64_t>(kPartSize)));
        fields.hex(QLatin1String("sha256"), part.sha256);
        SOTTO_TRY(fields.finish());
        if (!isPartName(part.name) || !names.insert(part.name).second) {
            return fail(ErrorCode::ParseFailed, "the package manifest names a part wrongly or twice");
        }
        sum += part.size;
        parts.push_back(part);
    }
    if (sum != total) return fail(ErrorCode::ParseFailed, "the parts of the package manifest do not add up");
    return parts;
}

QByteArray manifestBody(const Manifest& manifest) {
    QJsonArray parts;
    for (const Part& part : manifest.parts) {
        parts.append(QJsonObject{{QStringLiteral("name"), part.name},
                                 {QStringLiteral("size"), static_cast<qint64>(part.size)},
                                 {QStringLiteral("sha256"), hexText(part.sha256)}});
    }
    return consent::compactJson({{QStringLiteral("format"), kFormat},
                                 {QStringLiteral("package"), manifest.package.toString()},
                                 {QStringLiteral("session"), manifest.session.toString()},
                                 {QStringLiteral("kind"), packageKindName(manifest.kind)},
                                 {QStringLiteral("practice"), manifest.practice},
                                 {QStringLiteral("device"), hexText(manifest.device)},
                                 {QStringLiteral("sequence"), static_cast<qint64>(manifest.sequence)},
                                 {QStringLiteral("size"), static_cast<qint64>(manifest.size)},
                                 {QStringLiteral("sha256"), hexText(manifest.sha256)},
                                 {QStringLiteral("parts"), parts},
                                 {QStringLiteral("audit_head"), hexText(manifest.auditHead)}});
}

Result<Manifest> readBody(const QByteArray& body) {
    SOTTO_ASSIGN(QJsonObject object, consent::parseJsonObject(viewOf(body), kWhat));
    consent::StrictObject fields(std::move(object), kWhat);
    fields.format(kFormat);
    Manifest manifest;
    manifest.package = fields.id<PackageId>(QLatin1String("package"));
    manifest.session = fields.id<SessionId>(QLatin1String("session"));
    const auto kind = packageKindFromName(fields.text(QLatin1String("kind")));
    if (!kind) fields.fault(QLatin1String("kind"), "is no kind of package");
    manifest.kind = kind.value_or(PackageKind::Content);
    manifest.practice = fields.boolean(QLatin1String("practice"));
    fields.hex(QLatin1String("device"), manifest.device);
    manifest.sequence = static_cast<std::uint64_t>(fields.integer(QLatin1String("sequence"), 0));
    manifest.size = static_cast<std::uint64_t>(fields.integer(QLatin1String("size"), 1));
    fields.hex(QLatin1String("sha256"), manifest.sha256);
    const QJsonArray parts = fields.array(QLatin1String("parts"));
    fields.hex(QLatin1String("audit_head"), manifest.auditHead);
    SOTTO_TRY(fields.finish());
    SOTTO_ASSIGN(manifest.parts, readParts(parts, manifest.size));
    return manifest;
}

}  // namespace

QString hexText(ByteView bytes) {
    return QString::fromStdString(toHex(bytes));
}

bool isPartName(QStringView name) {
    return name.size() == 32 && std::all_of(name.begin(), name.end(), [](QChar c) {
               return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f');
           });
}

QString packageKindName(PackageKind kind) {
    return kKindNames[static_cast<std::size_t>(kind)];
}

std::optional<PackageKind> packageKindFromName(const QString& name) {
    for (std::size_t i = 0; i < kKindNames.size(); ++i) {
        if (name == kKindNames[i]) return static_cast<PackageKind>(i);
    }
    return std::nullopt;
}

QByteArray signManifest(const Manifest& manifest, const crypto::SigningKey& device) {
    return wrapSigned(manifestBody(manifest), kManifestContext, device);
}

Result<Manifest> openManifest(ByteView text) {
    SOTTO_ASSIGN(const SignedText envelope, unwrapSigned(text, kMaxManifestSize, kWhat));
    SOTTO_ASSIGN(Manifest manifest, readBody(envelope.body));
    SOTTO_TRY(checkSigned(envelope, kManifestContext, manifest.device, kWhat));
    return manifest;
}

}  // namespace sotto::package
