// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "study/condition_file.h"
#include "study/form_parts.h"

namespace sotto::study {
namespace {

constexpr std::size_t kMaxItems = 500;
constexpr std::size_t kMaxOptions = 100;
constexpr std::size_t kMostNeeded = 100;  ///< tests that are compared with one another; more are passed over
constexpr int kMostNumber = 1'000'000;
constexpr int kMostScaleSteps = 101;

QString yesNoName() {
    return QStringLiteral("yes-no");
}

/// The list that needs no writing. Other languages write their own.
std::vector<Option> yesNo(const QStringList& languages) {
    static const LocalText yes = {{QStringLiteral("fr"), QStringLiteral("Oui")},
                                  {QStringLiteral("en"), QStringLiteral("Yes")}};
    static const LocalText no = {{QStringLiteral("fr"), QStringLiteral("Non")},
                                 {QStringLiteral("en"), QStringLiteral("No")}};
    const auto isKnown = [](const QString& language) { return yes.contains(language); };
    if (!std::ranges::all_of(languages, isKnown)) return {};
    return {Option{QStringLiteral("yes"), yes, {}, false}, Option{QStringLiteral("no"), no, {}, false}};
}

class ItemReader {
public:
    ItemReader(const QStringList& languages, Form& form, FormIds& ids, FaultList& faults)
        : m_languages(languages), m_form(form), m_ids(ids), m_faults(faults) {}

    void readLists(YamlMap& form) {
        if (!form.has(QStringLiteral("options"))) return;
        const YamlNode* lists = form.map(QStringLiteral("options"));
        if (lists == nullptr) return;
        for (const YamlNode& list : lists->items) {
            if (!isValidId(list.key) || list.key == yesNoName()) {
                m_faults.add(list.line, QStringLiteral("%1 cannot name a list of options: use small letters, digits "
                                                       "and hyphens; yes-no is there already")
                                            .arg(quoted(list.key)));
            }
            m_lists[list.key] = {readOptions(list), list.line, false};
        }
    }

    void readItems(YamlMap& form) {
        const auto* nodes = form.list(QStringLiteral("items"));
        if (nodes == nullptr) return;
        if (nodes->size() > kMaxItems) {
            m_faults.add(form.lineOf(QStringLiteral("items")),
                         QStringLiteral("a form holds at most %1 items: make two forms of it").arg(kMaxItems));
            return;
        }
        for (const YamlNode& node : *nodes) {
            FormItem item = node.find(QStringLiteral("heading")) != nullptr ? readHeading(node) : readItem(node);
            if (m_ids.take(item.id, node.line)) m_form.items.push_back(std::move(item));
        }
        const auto asks = [](const FormItem& item) { return item.type != ItemType::Heading; };
        if (std::ranges::none_of(m_form.items, asks)) {
            m_faults.add(form.lineOf(QStringLiteral("items")), QStringLiteral("a form needs at least one item"));
        }
    }

    void checkAllListsAreUsed() {
        for (const auto& [name, list] : m_lists) {
            if (list.isUsed) continue;
            m_faults.add(list.line, QStringLiteral("no item uses the list of options %1: take it out, or write "
                                                   "\"options: %2\" in an item")
                                        .arg(quoted(name), name));
        }
    }

private:
    struct NamedList {
        std::vector<Option> options;
        int line = 0;
        bool isUsed = false;
    };
    /// What must hold for an item to be asked, and how many rules follow from one another up to it.
    struct Rule {
        int depth = 0;
        std::vector<Test> needed;
    };

    FormItem readHeading(const YamlNode& node) {
        YamlMap map(node, QStringLiteral("a heading"), {QStringLiteral("heading"), QStringLiteral("id")}, m_faults);
        FormItem item;
        if (map.has(QStringLiteral("id"))) item.id = map.id(QStringLiteral("id"));
        item.text = map.localText(QStringLiteral("heading"), m_languages);
        return item;
    }

    static QStringList keysOf(ItemType type) {
        QStringList keys = {QStringLiteral("id"), QStringLiteral("type"), QStringLiteral("text"),
                            QStringLiteral("when"), QStringLiteral("required")};
        const auto more = [&](const QStringList& names) { keys += names; };
        if (type == ItemType::Single) more({QStringLiteral("options"), QStringLiteral("right")});
        if (type == ItemType::Multiple) more({QStringLiteral("options")});
        if (type == ItemType::Number) more({QStringLiteral("least"), QStringLiteral("most"), QStringLiteral("unit")});
        if (type == ItemType::Scale) more({QStringLiteral("least"), QStringLiteral("most"), QStringLiteral("names")});
        if (type == ItemType::Date) more({QStringLiteral("precision")});
        if (type == ItemType::Parts) more({QStringLiteral("parts")});
        return keys;
    }

    /// Heading if it is none of them.
    static ItemType typeNamed(const QString& name) {
        static const std::map<QString, ItemType> types = {
            {QStringLiteral("single"), ItemType::Single}, {QStringLiteral("multiple"), ItemType::Multiple},
            {QStringLiteral("number"), ItemType::Number}, {QStringLiteral("scale"), ItemType::Scale},
            {QStringLiteral("date"), ItemType::Date},     {QStringLiteral("text"), ItemType::Text},
            {QStringLiteral("parts"), ItemType::Parts}};
        const auto found = types.find(name);
        return found == types.end() ? ItemType::Heading : found->second;
    }

    FormItem readItem(const YamlNode& node) {
        const YamlNode* typeNode = node.find(QStringLiteral("type"));
        FormItem item;
        item.type = typeNode != nullptr ? typeNamed(typeNode->text) : ItemType::Heading;
        if (node.kind == YamlNode::Kind::Map && item.type == ItemType::Heading) {
            m_faults.add(typeNode != nullptr ? typeNode->line : node.line,
                         QStringLiteral("an item needs a type: single, multiple, number, scale, date, text or parts"));
            return item;
        }
        YamlMap map(node, QStringLiteral("an item"), keysOf(item.type), m_faults);
        item.id = map.id(QStringLiteral("id"));
        item.text = map.localText(QStringLiteral("text"), m_languages);
        readRequired(map, item);
        readWhatItsTypeNeeds(map, item);
        if (const YamlNode* when = node.find(QStringLiteral("when"))) readWhen(*when, item);
        warnOfFreeWords(node, item);
        return item;
    }

    /// Somebody's own words could tell who they are.
    void warnOfFreeWords(const YamlNode& node, const FormItem& item) {
        const bool isFree = item.type == ItemType::Text || item.type == ItemType::Parts ||
                            std::ranges::any_of(item.options, &Option::isOther);
        if (m_form.kept != Kept::Apart || !isFree) return;
        m_faults.warn(node.line,
                      QStringLiteral("%1 asks for free words, which can name somebody in a form that is kept "
                                     "apart: offer choices instead")
                          .arg(quoted(item.id)));
    }

    void readRequired(YamlMap& map, FormItem& item) {
        item.required = map.flag(QStringLiteral("required"), false);
        if (!item.required || !m_form.skippable) return;
        m_faults.add(map.lineOf(QStringLiteral("required")),
                     QStringLiteral("every item of this form may be passed over: write \"skippable: false\" at its "
                                    "top, or take \"required\" out"));
    }

    void readWhatItsTypeNeeds(YamlMap& map, FormItem& item) {
        switch (item.type) {
            case ItemType::Single:
            case ItemType::Multiple:
                item.options = optionsOf(map);
                readRight(map, item);
                break;
            case ItemType::Number:
                readBounds(map, item);
                if (map.has(QStringLiteral("unit"))) item.unit = map.localText(QStringLiteral("unit"), m_languages);
                break;
            case ItemType::Scale:
                readBounds(map, item);
                readNames(map, item);
                break;
            case ItemType::Date:
                readPrecision(map, item);
                break;
            case ItemType::Parts:
                readParts(map, item);
                break;
            case ItemType::Text:
            case ItemType::Heading:
                break;
        }
    }

    std::vector<Option> optionsOf(YamlMap& item) {
        const YamlNode* node = item.node(QStringLiteral("options"));
        if (node == nullptr || node->kind != YamlNode::Kind::Scalar) {
            const bool isList = item.list(QStringLiteral("options")) != nullptr;  // reports what is missing
            return isList ? readOptions(*node) : std::vector<Option>{};
        }
        const auto list = m_lists.find(node->text);
        if (list != m_lists.end()) {
            list->second.isUsed = true;
            return list->second.options;
        }
        const auto builtIn = yesNo(m_languages);
        if (node->text == yesNoName() && !builtIn.empty()) return builtIn;
        m_faults.add(node->line,
                     QStringLiteral("there is no list of options %1: write it under \"options:\" at the top "
                                    "of the form; yes-no is there for French and English")
                         .arg(quoted(node->text)));
        return {};
    }

    std::vector<Option> readOptions(const YamlNode& node) {
        std::vector<Option> options;
        if (node.kind != YamlNode::Kind::Sequence || node.items.size() < 2 || node.items.size() > kMaxOptions) {
            m_faults.add(
                node.line,
                QStringLiteral("options are a list of 2 to %1: [{id: ..., name: {...}}, ...]").arg(kMaxOptions));
            return options;
        }
        for (const YamlNode& one : node.items) {
            Option option = readOption(one);
            const auto isSame = [&](const Option& other) { return other.id == option.id; };
            if (!option.id.isEmpty() && std::ranges::any_of(options, isSame)) {
                m_faults.add(
                    one.line,
                    QStringLiteral("the option %1 is here twice: give each option its own id").arg(quoted(option.id)));
            }
            options.push_back(std::move(option));
        }
        if (std::ranges::count_if(options, &Option::isOther) > 1) {
            m_faults.add(node.line, QStringLiteral("only one option of a list can be \"other\""));
        }
        return options;
    }

    Option readOption(const YamlNode& node) {
        YamlMap map(node, QStringLiteral("an option"),
                    {QStringLiteral("id"), QStringLiteral("name"), QStringLiteral("value"), QStringLiteral("other")},
                    m_faults);
        Option option;
        option.id = map.id(QStringLiteral("id"));
        option.name = map.localText(QStringLiteral("name"), m_languages);
        if (map.has(QStringLiteral("value"))) {
            option.value = map.integer(QStringLiteral("value"), -kMostNumber, kMostNumber);
        }
        option.isOther = map.flag(QStringLiteral("other"), false);
        return option;
    }

    void readRight(YamlMap& map, FormItem& item) {
        item.right = map.optionalText(QStringLiteral("right"));
        if (item.right.isEmpty() || item.option(item.right) != nullptr) return;
        m_faults.add(map.lineOf(QStringLiteral("right")),
                     QStringLiteral("%1 is no option of %2").arg(quoted(item.right), quoted(item.id)));
    }

    void readBounds(YamlMap& map, FormItem& item) {
        const auto least = map.integer(QStringLiteral("least"), -kMostNumber, kMostNumber);
        const auto most = map.integer(QStringLiteral("most"), -kMostNumber, kMostNumber);
        item.least = least.value_or(0);
        item.most = most.value_or(item.least + 1);
        if (least && most && *least >= *most) {
            m_faults.add(map.lineOf(QStringLiteral("least")), QStringLiteral("\"least\" must be below \"most\""));
        } else if (item.type == ItemType::Scale && item.most - item.least >= kMostScaleSteps) {
            m_faults.add(map.lineOf(QStringLiteral("most")),
                         QStringLiteral("a scale has at most %1 steps: use a number").arg(kMostScaleSteps));
            item.most = item.least + 1;
        }
    }

    void readNames(YamlMap& map, FormItem& item) {
        const YamlNode* node = map.map(QStringLiteral("names"));
        if (node == nullptr) return;
        QStringList steps;
        for (int step = item.least; step <= item.most; ++step) {
            steps.append(QString::number(step));
        }
        YamlMap names(*node, QStringLiteral("names"), steps, m_faults);
        for (const QString& step : steps) {
            if (names.has(step)) item.names[step.toInt()] = names.localText(step, m_languages);
        }
        if (item.names.contains(item.least) && item.names.contains(item.most)) return;
        m_faults.add(node->line,
                     QStringLiteral("a scale needs words for both its ends, %1 and %2").arg(item.least).arg(item.most));
    }

    void readPrecision(YamlMap& map, FormItem& item) {
        static const QStringList names = {QStringLiteral("day"), QStringLiteral("month"), QStringLiteral("year")};
        const QString name = map.text(QStringLiteral("precision"));
        const auto index = names.indexOf(name);
        if (index >= 0) item.precision = static_cast<DatePrecision>(index);
        if (index >= 0 || name.isEmpty()) return;
        m_faults.add(map.lineOf(QStringLiteral("precision")),
                     QStringLiteral("\"precision\" of an item must be day, month or year"));
    }

    void readParts(YamlMap& map, FormItem& item) {
        const auto* nodes = map.list(QStringLiteral("parts"));
        if (nodes == nullptr) return;
        if (nodes->empty() || nodes->size() > kMaxOptions) {
            m_faults.add(map.lineOf(QStringLiteral("parts")),
                         QStringLiteral("\"parts\" is a list of 1 to %1").arg(kMaxOptions));
            return;
        }
        for (const YamlNode& node : *nodes) {
            YamlMap part(node, QStringLiteral("a part"), {QStringLiteral("id"), QStringLiteral("text")}, m_faults);
            FormPart read{part.id(QStringLiteral("id")), part.localText(QStringLiteral("text"), m_languages)};
            if (m_ids.take(read.id, node.line)) item.parts.push_back(std::move(read));
        }
    }

    void readWhen(const YamlNode& node, FormItem& item) {
        const QString what = QStringLiteral("the rule of %1").arg(quoted(item.id));
        item.when = readCondition(
            node, {what, &m_form, {}, QStringLiteral("an item above it: a rule looks at what was asked before")},
            m_faults);
        if (!item.when) return;
        const Rule rule = ruleOf(*item.when);
        m_rules[item.id] = rule;
        if (rule.depth > kDeepestSkipRules) {
            m_faults.add(node.line, QStringLiteral("%1 follows from more than %2 other rules: make it simpler")
                                        .arg(what)
                                        .arg(kDeepestSkipRules - 1));
            item.when.reset();
            m_rules.erase(item.id);
            return;
        }
        const auto hasOpposite = [&](const Test& one) {
            return std::ranges::any_of(rule.needed, [&](const Test& other) { return contradict(one, other, m_form); });
        };
        if (!std::ranges::any_of(rule.needed, hasOpposite)) return;
        m_faults.add(node.line, QStringLiteral("%1 can never be asked: what it needs contradicts itself, or the rules "
                                               "of the items that it looks at")
                                    .arg(quoted(item.id)));
    }

    /// One look at what each subject needs in turn, which is known since it stands above. Of a rule with `any` only the
    /// depth is followed.
    Rule ruleOf(const Condition& condition) const {
        Rule rule;
        for (const std::vector<Test>& allOf : condition.anyOf) {
            for (const Test& test : allOf) {
                const auto inTurn = m_rules.find(test.subject);
                const bool hasRule = inTurn != m_rules.end();
                rule.depth = std::max(rule.depth, hasRule ? inTurn->second.depth + 1 : 1);
                if (condition.anyOf.size() > 1 || rule.needed.size() > kMostNeeded) continue;
                rule.needed.push_back(test);
                if (!hasRule) continue;
                const std::vector<Test>& more = inTurn->second.needed;
                rule.needed.insert(rule.needed.end(), more.begin(), more.end());
            }
        }
        return rule;
    }

    const QStringList& m_languages;
    Form& m_form;
    FormIds& m_ids;
    FaultList& m_faults;
    std::map<QString, NamedList> m_lists;
    std::map<QString, Rule> m_rules;  ///< of the items that have one
};

}  // namespace

bool FormIds::take(const QString& id, int line) {
    if (id.isEmpty()) return true;
    const auto [earlier, isNew] = m_lines.emplace(id, line);
    if (isNew) return true;
    m_faults->add(line, QStringLiteral("the id %1 is used already at line %2: give each item, part and score its own")
                            .arg(quoted(id))
                            .arg(earlier->second));
    return false;
}

void readFormItems(YamlMap& map, const QStringList& languages, Form& form, FormIds& ids, FaultList& faults) {
    ItemReader reader(languages, form, ids, faults);
    reader.readLists(map);
    reader.readItems(map);
    reader.checkAllListsAreUsed();
}

}  // namespace sotto::study
