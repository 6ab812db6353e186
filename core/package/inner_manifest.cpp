// SPDX-License-Identifier: Apache-2.0
#include "package/inner_manifest.h"

#include <set>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "consent/strict_json.h"
#include "package/seal.h"

namespace sotto::package {

namespace {

constexpr std::string_view kWhat = "package's manifest.json";

QJsonObject lineFor(const QString& name, const FileDigest& digest) {
    return {{QStringLiteral("name"), name},
            {QStringLiteral("size"), static_cast<qint64>(digest.size)},
            {QStringLiteral("sha256"), QString::fromStdString(toHex(digest.sha256))}};
}

}  // namespace

Result<QByteArray> innerManifest(const std::vector<PackageFile>& content, const std::optional<FileDigest>& audio) {
    QJsonObject manifest;
    QJsonArray lines;
    std::set<QString> names;
    for (const PackageFile& file : content) {
        if (!names.insert(file.name).second) return fail(ErrorCode::InvalidArgument, "a package names a file twice");
        if (file.name == kManifestName) {
            SOTTO_ASSIGN(manifest, consent::parseJsonObject(viewOf(file.content), kWhat));
            continue;
        }
        lines.append(lineFor(file.name,
                             {static_cast<std::uint64_t>(file.content.size()), crypto::sha256(viewOf(file.content))}));
    }
    if (audio) {
        if (names.count(kAudioName) != 0) return fail(ErrorCode::InvalidArgument, "a package names a file twice");
        lines.append(lineFor(kAudioName, *audio));
    }
    manifest.insert(QStringLiteral("format"), kPackageFormat);
    manifest.insert(QStringLiteral("files"), lines);
    return QJsonDocument(manifest).toJson(QJsonDocument::Indented);
}

Result<std::map<std::string, FileDigest>> readInnerManifest(ByteView text) {
    if (text.size() > kMaxInnerManifest) return fail(ErrorCode::ParseFailed, "the manifest.json is too large");
    SOTTO_ASSIGN(const QJsonObject manifest, consent::parseJsonObject(text, kWhat));
    const double format = manifest.value(QStringLiteral("format")).toDouble(0);
    if (format > kPackageFormat) {
        return fail(ErrorCode::NewerVersion, "the package was made by a newer Sotto; update this program to open it");
    }
    const QJsonValue lines = manifest.value(QStringLiteral("files"));
    if (format < 1 || !lines.isArray())
        return fail(ErrorCode::ParseFailed, "the manifest.json lacks its list of files");
    std::map<std::string, FileDigest> result;
    for (const QJsonValue& value : lines.toArray()) {
        consent::StrictObject fields(value.toObject(), kWhat);
        const QByteArray name = fields.text(QLatin1String("name")).toUtf8();
        FileDigest digest;
        digest.size = static_cast<std::uint64_t>(fields.integer(QLatin1String("size"), 0));
        fields.hex(QLatin1String("sha256"), digest.sha256);
        SOTTO_TRY(fields.finish());
        const auto normal = normalisedName({name.constData(), static_cast<std::size_t>(name.size())});
        if (!normal || normal->empty() || *normal != name.toStdString() || !result.emplace(*normal, digest).second) {
            return fail(ErrorCode::ParseFailed, "the manifest.json lists a file wrongly or twice");
        }
    }
    return result;
}

}  // namespace sotto::package
