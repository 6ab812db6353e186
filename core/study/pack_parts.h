// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <vector>

#include <QByteArray>
#include <QDate>

#include "study/faults.h"
#include "study/study_pack.h"
#include "study/yaml.h"

// The readers of the single files of a pack; private to this module. Each takes text that readSourceText() gave and
// reports to the fault list of its file.
namespace sotto::study {

/// study.yaml; gives what is written there, for checks that look at several files. Languages and roles stay empty if
/// they could not be understood. With an invalid `today` no day is weighed.
[[nodiscard]] std::optional<YamlNode> readStudyFile(const QByteArray& text, StudyPack& pack, QDate today,
                                                    FaultList& faults);
void readCodebookFile(const QByteArray& text, const QStringList& languages, Codebook& codebook, FaultList& faults);
void readDeidentFile(const QByteArray& text, DeidentPolicy& policy, FaultList& faults);

/// instruments/<id>.yaml. Without languages (unknown) its texts are not read.
[[nodiscard]] Form readFormFile(const QByteArray& text, const QString& id, const QStringList& languages,
                                FaultList& faults);

/// screening/<role>.yaml; languages and forms of the pack must have been read.
[[nodiscard]] Screening readScreeningFile(const QByteArray& text, const QString& role, const StudyPack& pack,
                                          FaultList& faults);

/// A place in a file that the same file in another language must have too.
struct Anchor {
    QString kind;  ///< "section", "question", "probe", "part", "item", "heading"
    QString id;
    QString detail;  ///< what else must be the same in every language, such as the planned minutes; empty if unknown
    int line = 0;
};

struct GuideFile {
    QString path;
    Guide guide;
    std::vector<Anchor> anchors;
};
struct ConsentFile {
    QString path;
    ConsentForm form;
    std::map<QString, int> headLines;  ///< key of the head -> line
    std::vector<Anchor> anchors;
    [[nodiscard]] int lineOf(const QString& key) const;
};
struct ProtocolFile {
    QString path;
    Protocol protocol;
    std::vector<Anchor> anchors;
};

/// A guide. With `roles` empty (unknown) names in braces are not checked.
[[nodiscard]] GuideFile readGuideFile(const QByteArray& text, const std::vector<Role>& roles, FaultList& faults);
/// A consent form; `id` is the name of its file without the language. Role and language of the form are for the caller
/// to hold against the study.
[[nodiscard]] ConsentFile readConsentFile(const QByteArray& text, const QString& id, FaultList& faults);
/// The head of a consent form, between its --- lines, which begins at line 2.
void readConsentHead(const QByteArray& yaml, ConsentFile& file, FaultList& faults);
/// Reports, in `here`, what the head of the same form in another language says otherwise.
void compareHeads(const ConsentFile& here, const ConsentFile& there, FaultList& faults);
[[nodiscard]] ProtocolFile readProtocolFile(const QByteArray& text, FaultList& faults);

/// Reports an id that is used twice in a file.
void checkUnique(const std::vector<Anchor>& anchors, FaultList& faults);

/// Reports every anchor of `here` that the other language lacks, at its own file and line; and, where both have the
/// same ones, another order or detail.
void compareAnchors(const std::vector<Anchor>& here, const std::vector<Anchor>& there, const QString& therePath,
                    FaultList& faults);

}  // namespace sotto::study
