// SPDX-License-Identifier: Apache-2.0
#include <QCoreApplication>

#include "commands.h"
#include "study/ethics_sheet.h"
#include "study/pack_source.h"
#include "study/signed_pack.h"

namespace sotto::lab {

namespace {

using app::Arguments;
using app::ExitCode;

constexpr std::uint64_t kMaxSignedPack = 64U << 20;

/// From a folder, or from a file that was signed.
Result<study::StudyPack> packAt(FileSystem& files, const Path& path) {
    if (!files.list(path)) {
        SOTTO_ASSIGN(const Bytes bytes, readFile(files, path, kMaxSignedPack));
        SOTTO_ASSIGN(auto opened, study::openSignedPack(bytes, std::nullopt));
        return std::move(opened.pack);
    }
    SOTTO_ASSIGN(const auto pack, study::readPackFolder(files, path));
    return study::parsePack(pack);
}

Result<> write(const Arguments& arguments, const QString& language) {
    PosixFileSystem files;
    SOTTO_ASSIGN(const auto pack, packAt(files, arguments.positional().at(0).toStdString()));
    const QString sheet = study::toMarkdown(study::ethicsSheet(pack, language, QCoreApplication::applicationVersion()));
    const auto out = arguments.value(QStringLiteral("out"));
    if (out) return replaceFile(files, out->toStdString(), viewOf(sheet.toUtf8()));
    if (app::print(sheet.toUtf8())) return {};
    return fail(ErrorCode::IoFailed, "the sheet could not be printed whole; write it to a file with --out");
}

int run(const Arguments& arguments) {
    const QString language = arguments.value(QStringLiteral("language")).value_or(QString());
    if (language != QStringLiteral("fr") && language != QStringLiteral("en")) {
        app::say(QStringLiteral("sotto-lab study sheet: --language takes fr or en."));
        return static_cast<int>(ExitCode::Usage);
    }
    if (const auto done = write(arguments, language); !done) return app::report(done.error());
    return static_cast<int>(ExitCode::Ok);
}

}  // namespace

app::Command studySheetCommand() {
    return {QStringLiteral("study sheet"),
            QStringLiteral("one page for an ethics board: what is kept, where, who reads it, what leaves"),
            {QStringLiteral("PACK")},
            {{QStringLiteral("language"), QStringLiteral("LANGUAGE"), QStringLiteral("fr or en"), true},
             {QStringLiteral("out"), QStringLiteral("FILE"), QStringLiteral("write it there instead of printing it"),
              false}},
            QStringLiteral(
                "PACK is a folder or a .sottostudy file. The sheet is Markdown, made from the pack and from what\n"
                "this version of Sotto does."),
            run};
}

}  // namespace sotto::lab
