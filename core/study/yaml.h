// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include <QByteArray>
#include <QStringList>

#include "study/faults.h"
#include "study/study_pack.h"

namespace sotto::study {

/// A value in a YAML file with the line it stands on. Scalars are kept as text: what they mean is for the reader to
/// say, so that `no` or `1.0` never turn into something else by themselves.
struct YamlNode {
    enum class Kind { Null, Scalar, Sequence, Map };
    Kind kind = Kind::Null;
    int line = 1;                 ///< from 1
    QString key;                  ///< if it is a value of a map
    QString text;                 ///< Scalar
    std::vector<YamlNode> items;  ///< elements of a Sequence or values of a Map, in order
    /// The value of that key, or null.
    [[nodiscard]] const YamlNode* find(const QString& name) const;
};

/// Reads one YAML document. Nothing if it is no YAML; duplicate keys, anchors, aliases, tags and further documents are
/// faults. `text` is UTF-8 with '\n' (readSourceText). `firstLine` is the number of its first line in the file. Never
/// throws.
[[nodiscard]] std::optional<YamlNode> readYaml(const QByteArray& text, FaultList& faults, int firstLine = 1);

/// Takes a map apart, key by key, and reports what is missing, unknown or of the wrong kind. Every accessor gives an
/// empty value after reporting. Refers to the node and the fault list.
class YamlMap {
public:
    /// `what` names the map in sentences: "a role". Keys that are not `known` are faults.
    YamlMap(const YamlNode& node, QString what, const QStringList& known, FaultList& faults);
    [[nodiscard]] int line() const { return m_node->line; }
    [[nodiscard]] int lineOf(const QString& key) const;
    [[nodiscard]] bool isMap() const { return m_node->kind == YamlNode::Kind::Map; }
    [[nodiscard]] bool has(const QString& key) const { return m_node->find(key) != nullptr; }
    /// What is written there, of whatever kind, or null.
    [[nodiscard]] const YamlNode* node(const QString& key) const { return m_node->find(key); }
    /// Required text that is not empty.
    [[nodiscard]] QString text(const QString& key);
    [[nodiscard]] QString optionalText(const QString& key);
    /// Required text that is an id (isValidId).
    [[nodiscard]] QString id(const QString& key);
    [[nodiscard]] std::optional<int> integer(const QString& key, int least, int most);
    [[nodiscard]] bool flag(const QString& key, bool otherwise);
    /// Required text in each of the languages, and in no other.
    [[nodiscard]] LocalText localText(const QString& key, const QStringList& languages);
    /// Required list of different words.
    [[nodiscard]] QStringList words(const QString& key);
    /// The elements of a required list; null after reporting.
    [[nodiscard]] const std::vector<YamlNode>* list(const QString& key);
    /// A required map; null after reporting.
    [[nodiscard]] const YamlNode* map(const QString& key);

private:
    const YamlNode* required(const QString& key, YamlNode::Kind kind, const QString& kindName);
    const YamlNode* m_node;
    QString m_what;
    FaultList* m_faults;
};

}  // namespace sotto::study
