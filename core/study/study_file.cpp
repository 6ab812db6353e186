// SPDX-License-Identifier: Apache-2.0
#include <QRegularExpression>

#include "study/pack_parts.h"
#include "study/study_parts.h"

namespace sotto::study {
namespace {

constexpr int kLeastBitrate = 16000;
constexpr int kMostBitrate = 128000;

QStringList readLanguages(YamlMap& study, FaultList& faults) {
    static const QRegularExpression code(QStringLiteral("^[a-z]{2,3}$"));
    QStringList result;
    for (const QString& language : study.words(QStringLiteral("languages"))) {
        if (code.match(language).hasMatch()) {
            result.append(language);
        } else {
            faults.add(study.lineOf(QStringLiteral("languages")),
                       QStringLiteral("%1 is no language code: write fr, en ...").arg(quoted(language)));
        }
    }
    if (result.isEmpty() && study.has(QStringLiteral("languages"))) {
        faults.add(study.lineOf(QStringLiteral("languages")),
                   QStringLiteral("the study needs at least one language, such as [fr, en]"));
    }
    return result;
}

void readAudio(YamlMap& study, StudyPack& pack, FaultList& faults) {
    if (!study.has(QStringLiteral("audio"))) return;
    const YamlNode* node = study.map(QStringLiteral("audio"));
    if (node == nullptr) return;
    YamlMap audio(*node, QStringLiteral("audio"), {QStringLiteral("bitrate")}, faults);
    pack.audioBitrate =
        audio.integer(QStringLiteral("bitrate"), kLeastBitrate, kMostBitrate).value_or(pack.audioBitrate);
}

}  // namespace

std::optional<YamlNode> readStudyFile(const QByteArray& text, StudyPack& pack, QDate today, FaultList& faults) {
    auto root = readYaml(text, faults);
    if (!root) return std::nullopt;
    YamlMap study(*root, QStringLiteral("study.yaml"),
                  QStringList{QStringLiteral("id"), QStringLiteral("version"), QStringLiteral("title"),
                              QStringLiteral("languages"), QStringLiteral("ethics"), QStringLiteral("practice"),
                              QStringLiteral("purge_after"), QStringLiteral("audio"), QStringLiteral("roles"),
                              QStringLiteral("emergency"), QStringLiteral("crisis_lines")} +
                      policyKeys(),
                  faults);
    constexpr int kHighestVersion = 1'000'000;
    pack.id = study.id(QStringLiteral("id"));
    pack.version = study.integer(QStringLiteral("version"), 1, kHighestVersion).value_or(1);
    pack.languages = readLanguages(study, faults);
    pack.title = study.localText(QStringLiteral("title"), pack.languages);
    pack.ethicsCertificate = study.text(QStringLiteral("ethics"));
    pack.practice = study.flag(QStringLiteral("practice"), false);
    // what cannot be understood is reported, and not held to be a real study
    if (study.has(QStringLiteral("practice")) && !pack.practice)
        pack.practice = study.optionalText(QStringLiteral("practice")) != QStringLiteral("false");
    pack.purgeAfter = study.text(QStringLiteral("purge_after"));
    if (!pack.purgeAfter.isEmpty() && pack.purgeAfter != QStringLiteral("stored") &&
        pack.purgeAfter != QStringLiteral("opened")) {
        faults.add(study.lineOf(QStringLiteral("purge_after")),
                   QStringLiteral("\"purge_after\" must be stored (the lab holds the package) or opened (the lab has "
                                  "opened it)"));
    }
    readAudio(study, pack, faults);
    readRoles(study, pack, faults);
    readCrisisLines(study, pack, today, faults);
    readPolicy(study, pack, today, faults);
    return root;
}

}  // namespace sotto::study
