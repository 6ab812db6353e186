// SPDX-License-Identifier: Apache-2.0
#include <QRegularExpression>

#include "study/deident_fields.h"
#include "study/pack_parts.h"
#include "study/yaml.h"

namespace sotto::study {
namespace {

Code readCode(const YamlNode& node, const QStringList& languages, FaultList& faults) {
    static const QRegularExpression hex(QStringLiteral("^#[0-9A-Fa-f]{6}$"));
    YamlMap map(node, QStringLiteral("a code"),
                {QStringLiteral("id"), QStringLiteral("name"), QStringLiteral("definition"), QStringLiteral("color"),
                 QStringLiteral("group")},
                faults);
    Code code;
    code.id = map.id(QStringLiteral("id"));
    code.name = map.localText(QStringLiteral("name"), languages);
    code.definition = map.localText(QStringLiteral("definition"), languages);
    code.color = map.text(QStringLiteral("color"));
    code.group = map.id(QStringLiteral("group"));
    if (!code.color.isEmpty() && !hex.match(code.color).hasMatch()) {
        faults.add(
            map.lineOf(QStringLiteral("color")),
            QStringLiteral("%1 is no colour: write it as \"#1b6ca8\", in quotation marks").arg(quoted(code.color)));
    }
    return code;
}

void readDimensions(YamlMap& map, Codebook& codebook, FaultList& faults) {
    if (!map.has(QStringLiteral("dimensions"))) return;
    const YamlNode* node = map.map(QStringLiteral("dimensions"));
    if (node == nullptr) return;
    QStringList names;
    for (const YamlNode& item : node->items) {
        names.append(item.key);
    }
    YamlMap dimensions(*node, QStringLiteral("dimensions"), names, faults);
    for (const QString& name : names) {
        const QStringList values = dimensions.words(name);
        for (const QString& word : values + QStringList(name)) {
            if (isValidId(word)) continue;
            faults.add(
                dimensions.lineOf(name),
                QStringLiteral("%1 cannot be used for a dimension: use small letters without accents, digits and "
                               "hyphens, beginning with a letter")
                    .arg(quoted(word)));
        }
        codebook.dimensions[name] = values;
    }
}

}  // namespace

void readCodebookFile(const QByteArray& text, const QStringList& languages, Codebook& codebook, FaultList& faults) {
    const auto root = readYaml(text, faults);
    if (!root) return;
    YamlMap map(*root, QStringLiteral("codebook.yaml"),
                {QStringLiteral("codes"), QStringLiteral("dimensions"), QStringLiteral("live_coding")}, faults);
    codebook.liveCoding = map.flag(QStringLiteral("live_coding"), false);
    readDimensions(map, codebook, faults);
    const auto* codes = map.list(QStringLiteral("codes"));
    if (codes == nullptr) return;
    for (const YamlNode& node : *codes) {
        Code code = readCode(node, languages, faults);
        if (code.id.isEmpty()) continue;
        if (codebook.code(code.id) != nullptr) {
            faults.add(node.line,
                       QStringLiteral("the code %1 is here twice: give each code its own id").arg(quoted(code.id)));
            continue;
        }
        codebook.codes.push_back(std::move(code));
    }
}

void readDeidentFile(const QByteArray& text, DeidentPolicy& policy, FaultList& faults) {
    const auto root = readYaml(text, faults);
    if (!root) return;
    YamlMap map(*root, QStringLiteral("deident.yaml"), {QStringLiteral("tables")}, faults);
    const YamlNode* node = map.map(QStringLiteral("tables"));
    if (node == nullptr) return;
    QStringList names;
    for (const auto& table : deidentUniverse()) {
        names.append(table.first);
    }
    YamlMap tables(*node, QStringLiteral("tables"), names, faults);
    for (const auto& [name, fields] : deidentUniverse()) {
        if (!tables.has(name)) continue;
        const QStringList allowed = tables.words(name);
        for (const QString& field : allowed) {
            if (fields.contains(field)) continue;
            faults.add(tables.lineOf(name), QStringLiteral("%1 is no field of the table %2: its fields are %3")
                                                .arg(quoted(field), quoted(name), fields.join(QStringLiteral(", "))));
        }
        policy.allowedFields[name] = allowed;
    }
}

}  // namespace sotto::study
