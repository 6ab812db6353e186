// SPDX-License-Identifier: Apache-2.0
#include "sync/exports.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "consent/strict_json.h"
#include "package/manifest.h"

namespace sotto::sync {

namespace {

constexpr int kFormat = 1;
constexpr std::uint64_t kMaxSize = std::uint64_t{64} << 20;
constexpr std::string_view kWhat = "exports.json";
constexpr int kMaxUp = 4;

Path fileIn(const Path& out) {
    return out / "exports.json";
}

Result<Export> readOne(const QJsonValue& value) {
    consent::StrictObject fields(value.toObject(), kWhat);
    Export made;
    made.how = fields.text(QLatin1String("how"));
    fields.hex(QLatin1String("sha256"), made.sha256);
    made.session = fields.id<SessionId>(QLatin1String("session"));
    made.where = fields.text(QLatin1String("where"));
    made.whom = fields.text(QLatin1String("for"));
    made.atUtcMs = fields.integer(QLatin1String("at_utc_ms"));
    SOTTO_TRY(fields.finish());
    return made;
}

QJsonObject toJson(const Export& made) {
    return {{QStringLiteral("how"), made.how},
            {QStringLiteral("sha256"), package::hexText(made.sha256)},
            {QStringLiteral("session"), made.session.toString()},
            {QStringLiteral("where"), made.where},
            {QStringLiteral("for"), made.whom},
            {QStringLiteral("at_utc_ms"), static_cast<qint64>(made.atUtcMs)}};
}

}  // namespace

Result<std::optional<Path>> deskOf(FileSystem& files, const Path& file) {
    std::error_code ignored;  // a path that can't be made absolute is looked at as it is
    Path folder = std::filesystem::absolute(file, ignored).lexically_normal().parent_path();
    for (int up = 0; up < kMaxUp && folder.has_relative_path(); ++up) {
        SOTTO_ASSIGN(const bool isDesk, files.exists(folder / "ledger.json"));
        if (isDesk) return std::optional(folder);
        folder = folder.parent_path();
    }
    return std::optional<Path>();
}

Result<> noteExport(FileSystem& files, const Path& out, const Export& made) {
    SOTTO_ASSIGN(auto all, exportsOf(files, out));
    all.push_back(made);
    QJsonArray copies;
    for (const Export& one : all)
        copies.append(toJson(one));
    const QJsonObject object{{QStringLiteral("format"), kFormat}, {QStringLiteral("copies"), copies}};
    return replaceFile(files, fileIn(out), viewOf(QJsonDocument(object).toJson()));
}

Result<std::vector<Export>> exportsOf(FileSystem& files, const Path& out) {
    std::vector<Export> all;
    SOTTO_ASSIGN(const bool present, files.exists(fileIn(out)));
    if (!present) return all;
    SOTTO_ASSIGN(const Bytes text, readFile(files, fileIn(out), kMaxSize));
    SOTTO_ASSIGN(QJsonObject object, consent::parseJsonObject(text, kWhat));
    consent::StrictObject fields(std::move(object), kWhat);
    fields.format(kFormat);
    const QJsonArray copies = fields.array(QLatin1String("copies"));
    SOTTO_TRY(fields.finish());
    for (const QJsonValue& value : copies) {
        SOTTO_ASSIGN(Export made, readOne(value));
        all.push_back(std::move(made));
    }
    return all;
}

}  // namespace sotto::sync
