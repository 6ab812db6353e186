// SPDX-License-Identifier: Apache-2.0
#include "study/yaml.h"

#include <algorithm>
#include <sstream>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

namespace sotto::study {
namespace {

constexpr std::size_t kDeepest = 16;

/// Builds our own tree from yaml-cpp's events: no aliases are ever expanded, so a small file stays small.
class TreeBuilder final : public YAML::EventHandler {
public:
    TreeBuilder(FaultList& faults, int firstLine) : m_faults(faults), m_firstLine(firstLine) {}
    [[nodiscard]] YamlNode take() { return std::move(m_root); }

    void OnDocumentStart(const YAML::Mark& mark) override {
        if (m_documents++ > 0) throw YAML::ParserException(mark, "a second document begins after ---");
    }
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        refuseAnchor(mark, anchor);
        add(mark, {YamlNode::Kind::Null, lineOf(mark), {}, {}, {}});
    }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
        m_faults.add(lineOf(mark),
                     QStringLiteral("a reference with * is not allowed: write the value out, or put it in "
                                    "quotation marks if it begins with *"));
        add(mark, {YamlNode::Kind::Null, lineOf(mark), {}, {}, {}});
    }
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override {
        refuseAnchor(mark, anchor);
        refuseTag(mark, tag);
        add(mark, {YamlNode::Kind::Scalar, lineOf(mark), {}, QString::fromStdString(value), {}});
    }
    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value) override {
        open(mark, tag, anchor, YamlNode::Kind::Sequence);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value) override {
        open(mark, tag, anchor, YamlNode::Kind::Map);
    }
    void OnMapEnd() override { close(); }

private:
    struct Open {
        YamlNode node;
        bool atKey = true;
        QString key;
    };

    [[nodiscard]] int lineOf(const YAML::Mark& mark) const { return m_firstLine + std::max(mark.line, 0); }
    void refuseAnchor(const YAML::Mark& mark, YAML::anchor_t anchor) {
        if (anchor == 0) return;
        m_faults.add(lineOf(mark),
                     QStringLiteral("an anchor with & is not allowed: put the value in quotation marks if it "
                                    "begins with &"));
    }
    void refuseTag(const YAML::Mark& mark, const std::string& tag) {
        if (tag.empty() || tag == "?" || tag == "!") return;
        m_faults.add(lineOf(mark), QStringLiteral("a tag with ! is not allowed: put the value in quotation marks if it "
                                                  "begins with !"));
    }
    void open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, YamlNode::Kind kind) {
        refuseAnchor(mark, anchor);
        refuseTag(mark, tag);
        refuseAsKey(mark);
        if (m_open.size() >= kDeepest) throw YAML::ParserException(mark, "lists and maps are nested too deeply");
        m_open.push_back({{kind, lineOf(mark), {}, {}, {}}, true, {}});
    }
    void refuseAsKey(const YAML::Mark& mark) const {
        if (!m_open.empty() && m_open.back().node.kind == YamlNode::Kind::Map && m_open.back().atKey) {
            throw YAML::ParserException(mark, "a key must be a word");
        }
    }
    void close() {
        YamlNode node = std::move(m_open.back().node);
        m_open.pop_back();
        place(std::move(node));
    }
    void add(const YAML::Mark& mark, YamlNode node) {
        if (m_open.empty() || m_open.back().node.kind != YamlNode::Kind::Map || !m_open.back().atKey) {
            place(std::move(node));
            return;
        }
        if (node.kind != YamlNode::Kind::Scalar) refuseAsKey(mark);
        Open& map = m_open.back();
        if (const YamlNode* earlier = map.node.find(node.text)) {
            m_faults.add(node.line, QStringLiteral("the key %1 is here twice (first at line %2): keep one of the two")
                                        .arg(quoted(node.text))
                                        .arg(earlier->line));
        }
        map.key = node.text;
        map.atKey = false;
    }
    void place(YamlNode node) {
        if (m_open.empty()) {
            m_root = std::move(node);
            return;
        }
        Open& parent = m_open.back();
        if (parent.node.kind == YamlNode::Kind::Map) {
            node.key = parent.key;
            parent.atKey = true;
        }
        parent.node.items.push_back(std::move(node));
    }

    FaultList& m_faults;
    int m_firstLine;
    int m_documents = 0;
    YamlNode m_root;
    std::vector<Open> m_open;
};

}  // namespace

const YamlNode* YamlNode::find(const QString& name) const {
    if (kind != Kind::Map) return nullptr;
    const auto found = std::ranges::find(items, name, &YamlNode::key);
    return found == items.end() ? nullptr : &*found;
}

std::optional<YamlNode> readYaml(const QByteArray& text, FaultList& faults, int firstLine) {
    std::istringstream stream(text.toStdString());
    TreeBuilder builder(faults, firstLine);
    try {
        YAML::Parser parser(stream);
        while (parser.HandleNextDocument(builder)) {
        }
    } catch (const YAML::Exception& exception) {
        faults.add(firstLine + std::max(exception.mark.line, 0),
                   QStringLiteral("this cannot be read as YAML (%1): check the indentation, the colons and the "
                                  "quotation marks around here")
                       .arg(QString::fromStdString(exception.msg)));
        return std::nullopt;
    }
    return builder.take();
}

YamlMap::YamlMap(const YamlNode& node, QString what, const QStringList& known, FaultList& faults)
    : m_node(&node), m_what(std::move(what)), m_faults(&faults) {
    if (node.kind != YamlNode::Kind::Map) {
        faults.add(node.line, QStringLiteral("%1 must be written as \"key: value\" lines with the keys %2")
                                  .arg(m_what, known.join(QStringLiteral(", "))));
        return;
    }
    for (const YamlNode& item : node.items) {
        if (known.contains(item.key)) continue;
        faults.add(item.line, QStringLiteral("unknown key %1 in %2: the keys here are %3")
                                  .arg(quoted(item.key), m_what, known.join(QStringLiteral(", "))));
    }
}

int YamlMap::lineOf(const QString& key) const {
    const YamlNode* node = m_node->find(key);
    return node != nullptr ? node->line : m_node->line;
}

const YamlNode* YamlMap::required(const QString& key, YamlNode::Kind kind, const QString& kindName) {
    if (m_node->kind != YamlNode::Kind::Map) return nullptr;  // reported already
    const YamlNode* node = m_node->find(key);
    if (node == nullptr) {
        m_faults->add(m_node->line,
                      QStringLiteral("%1 lacks %2: add a line \"%3: ...\"").arg(m_what, quoted(key), key));
        return nullptr;
    }
    if (node->kind != kind) {
        m_faults->add(node->line, QStringLiteral("%1 of %2 must be %3").arg(quoted(key), m_what, kindName));
        return nullptr;
    }
    return node;
}

QString YamlMap::text(const QString& key) {
    const YamlNode* node = required(key, YamlNode::Kind::Scalar, QStringLiteral("a text"));
    if (node == nullptr) return {};
    const QString result = node->text.trimmed();
    if (result.isEmpty()) {
        m_faults->add(node->line, QStringLiteral("%1 of %2 is empty: write something there").arg(quoted(key), m_what));
    }
    return result;
}

QString YamlMap::optionalText(const QString& key) {
    return has(key) ? text(key) : QString();
}

QString YamlMap::id(const QString& key) {
    const QString result = text(key);
    if (result.isEmpty() || isValidId(result)) return result;
    m_faults->add(lineOf(key),
                  QStringLiteral("%1 cannot be an id: use small letters without accents, digits and hyphens, "
                                 "beginning with a letter")
                      .arg(quoted(result)));
    return {};
}

std::optional<int> YamlMap::integer(const QString& key, int least, int most) {
    const QString digits = text(key);
    if (digits.isEmpty()) return std::nullopt;
    bool understood = false;
    const int number = digits.toInt(&understood);
    if (understood && number >= least && number <= most) return number;
    m_faults->add(
        lineOf(key),
        QStringLiteral("%1 of %2 must be a whole number from %3 to %4").arg(quoted(key), m_what).arg(least).arg(most));
    return std::nullopt;
}

bool YamlMap::flag(const QString& key, bool otherwise) {
    if (!has(key)) return otherwise;
    const QString word = text(key);
    if (word == QStringLiteral("true")) return true;
    if (word != QStringLiteral("false") && !word.isEmpty()) {
        m_faults->add(lineOf(key), QStringLiteral("%1 of %2 must be true or false").arg(quoted(key), m_what));
    }
    return false;
}

LocalText YamlMap::localText(const QString& key, const QStringList& languages) {
    const YamlNode* node =
        required(key, YamlNode::Kind::Map, QStringLiteral("a text in each language, such as {fr: ..., en: ...}"));
    if (node == nullptr || languages.isEmpty()) return {};  // unknown languages were reported
    YamlMap texts(*node, QStringLiteral("%1 of %2").arg(quoted(key), m_what), languages, *m_faults);
    LocalText result;
    for (const QString& language : languages) {
        result[language] = texts.text(language);
    }
    return result;
}

QStringList YamlMap::words(const QString& key) {
    QStringList result;
    const auto* elements = list(key);
    if (elements == nullptr) return result;
    for (const YamlNode& element : *elements) {
        if (element.kind != YamlNode::Kind::Scalar || element.text.trimmed().isEmpty()) {
            m_faults->add(element.line, QStringLiteral("%1 of %2 must hold single words").arg(quoted(key), m_what));
        } else if (result.contains(element.text)) {
            m_faults->add(
                element.line,
                QStringLiteral("%1 is here twice in %2: keep one of the two").arg(quoted(element.text), quoted(key)));
        } else {
            result.append(element.text);
        }
    }
    return result;
}

const std::vector<YamlNode>* YamlMap::list(const QString& key) {
    const YamlNode* node = required(key, YamlNode::Kind::Sequence, QStringLiteral("a list"));
    return node != nullptr ? &node->items : nullptr;
}

const YamlNode* YamlMap::map(const QString& key) {
    return required(key, YamlNode::Kind::Map, QStringLiteral("a map of \"key: value\" lines"));
}

}  // namespace sotto::study
