// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <map>
#include <optional>

#include <QDate>

#include "study/study_pack.h"
#include "study/yaml.h"

// The parts of the reader of study.yaml; private to this module. Each reads its own keys of the map and reports.
namespace sotto::study {

/// `roles`; the pack's languages must be known.
void readRoles(YamlMap& study, StudyPack& pack, FaultList& faults);
/// `emergency`, `crisis_lines`; languages and roles must be known. With an invalid `today` no day is weighed.
void readCrisisLines(YamlMap& study, StudyPack& pack, QDate today, FaultList& faults);
/// Everything of StudyPolicy; languages and roles must be known. With an invalid `today` no day is weighed.
void readPolicy(YamlMap& study, StudyPack& pack, QDate today, FaultList& faults);
/// The keys that readPolicy() reads.
[[nodiscard]] QStringList policyKeys();

/// True if it holds [something in square brackets], which is how a pack marks what a team must still fill in.
[[nodiscard]] bool isToFillIn(const QString& text);
[[nodiscard]] bool isPhone(const QString& text);
/// "2026-11-23"; otherwise invalid.
[[nodiscard]] QDate dayFrom(const QString& text);
/// A required day, or an invalid one after reporting.
[[nodiscard]] QDate dayIn(YamlMap& map, const QString& key, FaultList& faults);

/// One of a few words; `otherwise` if there is none, or after reporting. `what` names the map.
template <typename Value>
[[nodiscard]] Value oneOf(YamlMap& map, const QString& key, const QString& what, const std::map<QString, Value>& words,
                          Value otherwise, FaultList& faults) {
    if (!map.has(key)) return otherwise;
    const QString word = map.text(key);
    const auto found = words.find(word);
    if (found != words.end()) return found->second;
    QStringList names;
    for (const auto& [name, value] : words)
        names.append(name);
    if (!word.isEmpty()) {
        faults.add(
            map.lineOf(key),
            QStringLiteral("%1 of %2 must be one of %3").arg(quoted(key), what, names.join(QStringLiteral(", "))));
    }
    return otherwise;
}

}  // namespace sotto::study
