// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include <QString>
#include <QStringList>

#include "study/study_pack.h"

// One page for an ethics board: what a study keeps, where, under which key, who can read it, how long, what leaves, and
// how this was tested. Made from the pack and from what this build does; nobody writes it by hand. Pure, any thread.
namespace sotto::study {

struct SheetPart {
    QString title;
    QStringList lines;  ///< a sentence or two each, without markup
};

struct EthicsSheet {
    QString title;
    QString about;  ///< study, version, certificate, build, on one line
    std::vector<SheetPart> parts;
};

/// In French for "fr", otherwise in English; words of the study in that language, or else in its first one. `build` is
/// the version of the program. What the pack does not say is called not said.
[[nodiscard]] EthicsSheet ethicsSheet(const StudyPack& pack, const QString& language, const QString& build);

/// The sheet as Markdown, with a line end at its end.
[[nodiscard]] QString toMarkdown(const EthicsSheet& sheet);

}  // namespace sotto::study
