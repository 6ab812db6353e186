// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <QDate>
#include <QRegularExpression>

#include "study/pack_parts.h"
#include "study/yaml.h"

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

LocalText readCalled(YamlMap& role, const QStringList& languages, FaultList& faults) {
    const QString key = QStringLiteral("called");
    if (!role.has(key)) return {};
    LocalText called = role.localText(key, languages);
    for (const auto& [language, words] : called) {
        if (!words.contains(QLatin1Char('{')) && !words.contains(QLatin1Char('}'))) continue;
        faults.add(role.lineOf(key), QStringLiteral("\"called\" stands for a name in a question and can hold no braces "
                                                    "itself: write \"the person close to you\""));
        break;
    }
    return called;
}

void readRoles(YamlMap& study, StudyPack& pack, FaultList& faults) {
    const auto* list = study.list(QStringLiteral("roles"));
    if (list == nullptr) return;
    for (const YamlNode& node : *list) {
        YamlMap map(node, QStringLiteral("a role"),
                    {QStringLiteral("id"), QStringLiteral("name"), QStringLiteral("called")}, faults);
        Role role{map.id(QStringLiteral("id")), map.localText(QStringLiteral("name"), pack.languages),
                  readCalled(map, pack.languages, faults)};
        if (role.id.isEmpty()) continue;
        if (pack.role(role.id) != nullptr) {
            faults.add(map.lineOf(QStringLiteral("id")),
                       QStringLiteral("the role %1 is here twice: give each role its own id").arg(quoted(role.id)));
            continue;
        }
        pack.roles.push_back(std::move(role));
    }
    if (list->empty()) {
        faults.add(study.lineOf(QStringLiteral("roles")), QStringLiteral("the study needs at least one role"));
    }
}

bool isPhone(const QString& text) {
    static const QRegularExpression phone(QStringLiteral("^[0-9+*#][0-9A-Z+*#() .-]*$"));
    return phone.match(text).hasMatch();
}

CrisisLine readCrisisLine(const YamlNode& node, const QString& what, const QStringList& languages, FaultList& faults) {
    YamlMap map(node, what,
                {QStringLiteral("place"), QStringLiteral("name"), QStringLiteral("phone"), QStringLiteral("text"),
                 QStringLiteral("web"), QStringLiteral("verified")},
                faults);
    CrisisLine line;
    line.place = map.text(QStringLiteral("place"));
    line.name = map.localText(QStringLiteral("name"), languages);
    line.phone = map.optionalText(QStringLiteral("phone"));
    line.text = map.optionalText(QStringLiteral("text"));
    line.web = map.optionalText(QStringLiteral("web"));
    line.verified = map.text(QStringLiteral("verified"));
    if (node.kind != YamlNode::Kind::Map) return line;
    if (line.phone.isEmpty() && line.text.isEmpty() && line.web.isEmpty()) {
        faults.add(map.line(), QStringLiteral("%1 gives no way to reach it: add phone, text or web").arg(what));
    }
    for (const QString& key : {QStringLiteral("phone"), QStringLiteral("text")}) {
        const QString number = key == QStringLiteral("phone") ? line.phone : line.text;
        if (number.isEmpty() || isPhone(number)) continue;
        faults.add(map.lineOf(key), QStringLiteral("%1 is no telephone number").arg(quoted(number)));
    }
    const bool isDate = line.verified.size() == 10 && QDate::fromString(line.verified, Qt::ISODate).isValid();
    if (!line.verified.isEmpty() && !isDate) {
        faults.add(map.lineOf(QStringLiteral("verified")),
                   QStringLiteral("%1 is no date: write the day somebody called it to check, as 2026-11-22")
                       .arg(quoted(line.verified)));
    }
    return line;
}

void readCrisisLines(YamlMap& study, StudyPack& pack, FaultList& faults) {
    if (const YamlNode* emergency = study.map(QStringLiteral("emergency"))) {
        pack.emergency = readCrisisLine(*emergency, QStringLiteral("the emergency line"), pack.languages, faults);
    }
    const auto* list = study.list(QStringLiteral("crisis_lines"));
    if (list == nullptr) return;
    for (const YamlNode& node : *list) {
        pack.crisisLines.push_back(readCrisisLine(node, QStringLiteral("a crisis line"), pack.languages, faults));
    }
    if (list->empty()) {
        faults.add(study.lineOf(QStringLiteral("crisis_lines")),
                   QStringLiteral("the study needs at least one crisis line: help must be one touch away"));
    }
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

void readStudyFile(const QByteArray& text, StudyPack& pack, FaultList& faults) {
    const auto root = readYaml(text, faults);
    if (!root) return;
    YamlMap study(
        *root, QStringLiteral("study.yaml"),
        {QStringLiteral("id"), QStringLiteral("version"), QStringLiteral("title"), QStringLiteral("languages"),
         QStringLiteral("ethics"), QStringLiteral("practice"), QStringLiteral("purge_after"), QStringLiteral("audio"),
         QStringLiteral("roles"), QStringLiteral("emergency"), QStringLiteral("crisis_lines")},
        faults);
    constexpr int kHighestVersion = 1'000'000;
    pack.id = study.id(QStringLiteral("id"));
    pack.version = study.integer(QStringLiteral("version"), 1, kHighestVersion).value_or(1);
    pack.languages = readLanguages(study, faults);
    pack.title = study.localText(QStringLiteral("title"), pack.languages);
    pack.ethicsCertificate = study.text(QStringLiteral("ethics"));
    pack.practice = study.flag(QStringLiteral("practice"), false);
    pack.purgeAfter = study.text(QStringLiteral("purge_after"));
    if (!pack.purgeAfter.isEmpty() && pack.purgeAfter != QStringLiteral("stored") &&
        pack.purgeAfter != QStringLiteral("opened")) {
        faults.add(study.lineOf(QStringLiteral("purge_after")),
                   QStringLiteral("\"purge_after\" must be stored (the lab holds the package) or opened (the lab has "
                                  "opened it)"));
    }
    readAudio(study, pack, faults);
    readRoles(study, pack, faults);
    readCrisisLines(study, pack, faults);
}

}  // namespace sotto::study
