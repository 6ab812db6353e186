// SPDX-License-Identifier: Apache-2.0
#include "study/pack_checks.h"
#include "study/study_parts.h"

namespace sotto::study {
namespace {

constexpr const char* kQuebec = "QC";

void checkNothingIsLeftOpen(const ReadPack& read) {
    const QString study = QStringLiteral("study.yaml");
    const auto leftOpen = [&](const QString& file, int line) {
        read.needBeforeSigning(file, line,
                               QStringLiteral("fill in what stands in [square brackets], or say \"practice: true\""));
    };
    if (read.study) {
        forEachText(*read.study, [&](const YamlNode& node) {
            if (isToFillIn(node.text)) leftOpen(study, node.line);
        });
    }
    for (const auto& [path, text] : read.texts) {
        if (!path.startsWith(QLatin1String("consents/")) && !path.startsWith(QLatin1String("protocol."))) continue;
        const auto lines = QString::fromUtf8(text).split(QLatin1Char('\n'));
        for (int i = 0; i < lines.size(); ++i) {
            const bool isList = lines[i].startsWith(QLatin1String("sites:"));  // brackets of YAML
            if (!isList && isToFillIn(lines[i])) leftOpen(path, i + 1);
        }
    }
}

void checkStorage(const ReadPack& read) {
    const QString study = QStringLiteral("study.yaml");
    const StoragePolicy& storage = read.pack->policy.storage;
    const int line = read.lineOfStudyKey(QStringLiteral("storage"));
    if (storage.place.isEmpty()) {
        read.needBeforeSigning(study, line,
                               QStringLiteral("nothing says where the lab keeps the data: add \"storage: {place: QC, "
                                              "assessment: none}\""));
    } else if (storage.place != QLatin1String(kQuebec) && storage.assessment.isEmpty()) {
        read.needBeforeSigning(study, line,
                               QStringLiteral("storage outside Qu\u00e9bec needs its assessment: add \"assessment: "
                                              "...\" with its number and date"));
    }
}

}  // namespace

void ReadPack::needBeforeSigning(const QString& file, int line, const QString& sentence) const {
    FaultList list = listOf(file);
    if (purpose == CheckFor::Signing) {
        list.add(line, sentence);
    } else {
        list.warn(line, sentence);
    }
}

int ReadPack::lineOfStudyKey(const QString& key) const {
    const YamlNode* node = study ? study->find(key) : nullptr;
    return node != nullptr ? node->line : FaultList::kWholeFile;
}

int ReadPack::lineOfRole(const QString& role, const QString& key) const {
    const YamlNode* roles = study ? study->find(QStringLiteral("roles")) : nullptr;
    if (roles == nullptr) return FaultList::kWholeFile;
    for (const YamlNode& node : roles->items) {
        const YamlNode* id = node.find(QStringLiteral("id"));
        if (id == nullptr || id->text != role) continue;
        const YamlNode* wanted = node.find(key);
        return wanted != nullptr ? wanted->line : node.line;
    }
    return roles->line;
}

void forEachText(const YamlNode& node, const std::function<void(const YamlNode&)>& look) {
    if (node.kind == YamlNode::Kind::Scalar) look(node);
    for (const YamlNode& item : node.items)
        forEachText(item, look);
}

void checkRealStudy(const ReadPack& read) {
    if (read.pack->practice || !read.study) return;
    checkNothingIsLeftOpen(read);
    checkStorage(read);
}

}  // namespace sotto::study
