// SPDX-License-Identifier: Apache-2.0
#include "study/condition_file.h"

#include <algorithm>
#include <limits>

namespace sotto::study {
namespace {

constexpr Range kAnything{std::numeric_limits<int>::min() + 1, std::numeric_limits<int>::max() - 1};

struct Subject {
    const Form* form = nullptr;
    const FormItem* item = nullptr;  ///< or
    const Score* score = nullptr;
    [[nodiscard]] bool isThere() const { return item != nullptr || score != nullptr; }
    [[nodiscard]] bool hasOptions() const {
        return item != nullptr && (item->type == ItemType::Single || item->type == ItemType::Multiple);
    }
    /// What it counts from and to; nothing if there is nothing to compare.
    [[nodiscard]] std::optional<Range> range() const {
        if (score != nullptr) return possibleRange(*form, *score);
        if (item->type == ItemType::Date) return kAnything;
        return possibleRange(*item);
    }
};

class ConditionReader {
public:
    ConditionReader(const ConditionScope& scope, FaultList& faults) : m_scope(scope), m_faults(faults) {}

    [[nodiscard]] std::optional<Condition> read(const YamlNode& node) {
        Condition condition;
        if (const YamlNode* any = node.find(QStringLiteral("any"))) {
            readAny(node, *any, condition);
        } else {
            condition.anyOf.push_back(readAllOf(node));
        }
        if (m_tests > kMaxTests) {
            add(node.line,
                QStringLiteral("%1 looks at more than %2 things: make it simpler").arg(m_scope.what).arg(kMaxTests));
        }
        return m_isGood ? std::optional(std::move(condition)) : std::nullopt;
    }

private:
    void add(int line, const QString& sentence) {
        m_isGood = false;
        m_faults.add(line, sentence);
    }

    void readAny(const YamlNode& node, const YamlNode& any, Condition& condition) {
        if (node.items.size() > 1 || any.kind != YamlNode::Kind::Sequence || any.items.size() < 2) {
            add(node.line, QStringLiteral("\"any\" in %1 stands alone, with a list of two or more: "
                                          "{any: [{...}, {...}]}")
                               .arg(m_scope.what));
            return;
        }
        for (const YamlNode& alternative : any.items) {
            condition.anyOf.push_back(readAllOf(alternative));
        }
    }

    std::vector<Test> readAllOf(const YamlNode& node) {
        std::vector<Test> tests;
        if (node.kind != YamlNode::Kind::Map || node.items.empty()) {
            add(node.line, QStringLiteral("%1 must be written as {item: answer}").arg(m_scope.what));
            return tests;
        }
        m_tests += node.items.size();
        for (const YamlNode& one : node.items) {
            if (auto test = readTest(one)) tests.push_back(std::move(*test));
        }
        return tests;
    }

    std::optional<Test> readTest(const YamlNode& node) {
        const Subject subject = find(node);
        if (!subject.isThere()) return std::nullopt;
        Test test;
        test.form = subject.form->id;
        test.subject = subject.item != nullptr ? subject.item->id : subject.score->id;
        if (node.kind == YamlNode::Kind::Scalar && subject.hasOptions()) return readIs(node, subject, test);
        if (const YamlNode* option = node.find(QStringLiteral("includes"))) {
            return readIncludes(node, *option, subject, test);
        }
        return readBounds(node, subject, test);
    }

    Subject find(const YamlNode& node) {
        const qsizetype dot = node.key.indexOf(QLatin1Char('.'));
        const QString name = node.key.mid(dot + 1);
        Subject subject{m_scope.own};
        if (dot >= 0) {
            const QString formId = node.key.left(dot);
            const auto form = std::ranges::find(m_scope.named, formId, [](const Form* one) { return one->id; });
            subject.form = form != m_scope.named.end() ? *form : nullptr;
        }
        if (subject.form != nullptr) {
            subject.item = subject.form->item(name);
            subject.score = subject.form->score(name);
        }
        if (!subject.isThere()) {
            add(node.line, QStringLiteral("%1 looks at %2, which is not %3")
                               .arg(m_scope.what, quoted(node.key), m_scope.whereSubjectsAre));
        }
        return subject;
    }

    std::optional<Test> readIs(const YamlNode& node, const Subject& subject, Test test) {
        if (subject.item->type == ItemType::Multiple) {
            add(node.line,
                QStringLiteral("%1 can have several answers: write {includes: %2}").arg(quoted(node.key), node.text));
            return std::nullopt;
        }
        return withOption(node, subject, std::move(test));
    }

    std::optional<Test> readIncludes(const YamlNode& node, const YamlNode& option, const Subject& subject, Test test) {
        const bool isMultiple = subject.item != nullptr && subject.item->type == ItemType::Multiple;
        if (!isMultiple || node.items.size() != 1) {
            add(node.line, QStringLiteral("\"includes\" stands alone, and is for items with several answers: %1")
                               .arg(quoted(node.key)));
            return std::nullopt;
        }
        test.kind = Test::Kind::Includes;
        return withOption(option, subject, std::move(test));
    }

    std::optional<Test> withOption(const YamlNode& node, const Subject& subject, Test test) {
        test.option = node.text;
        if (subject.item->option(test.option) != nullptr) return test;
        add(node.line, QStringLiteral("%1 is no option of %2").arg(quoted(node.text), quoted(subject.item->id)));
        return std::nullopt;
    }

    std::optional<Test> readBounds(const YamlNode& node, const Subject& subject, Test test) {
        const auto possible = subject.range();
        if (!possible) {
            add(node.line, QStringLiteral("%1 has no number to compare: use an item with numbers, a scale, a date, a "
                                          "score, or options that all have a value")
                               .arg(quoted(node.key)));
            return std::nullopt;
        }
        Range wanted = kAnything;
        if (!readWanted(node, subject, wanted)) return std::nullopt;
        test.kind = Test::Kind::Within;
        test.least = wanted.least;
        test.most = wanted.most;
        if (wanted.least > wanted.most || !wanted.meets(*possible)) {
            add(node.line, QStringLiteral("%1 can never hold for %2").arg(m_scope.what, quoted(node.key)) +
                               reach(subject, *possible));
        } else if (wanted.holds(*possible)) {
            add(node.line, QStringLiteral("%1 always holds for %2").arg(m_scope.what, quoted(node.key)) +
                               reach(subject, *possible));
        }
        return test;
    }

    static QString reach(const Subject& subject, Range possible) {
        if (subject.item != nullptr && subject.item->type == ItemType::Date)
            return QStringLiteral(": check its bounds");
        return QStringLiteral(", which goes from %1 to %2").arg(possible.least).arg(possible.most);
    }

    /// A bare number, or bounds.
    bool readWanted(const YamlNode& node, const Subject& subject, Range& wanted) {
        if (node.kind == YamlNode::Kind::Scalar) {
            const auto number = numberIn(node, subject);
            if (number) wanted = {*number, *number};
            return number.has_value();
        }
        if (node.kind != YamlNode::Kind::Map || node.items.empty()) {
            add(node.line, QStringLiteral("%1 needs an answer, or bounds such as {least: 1}").arg(quoted(node.key)));
            return false;
        }
        return std::ranges::all_of(node.items, [&](const YamlNode& bound) { return narrow(bound, subject, wanted); });
    }

    bool narrow(const YamlNode& bound, const Subject& subject, Range& wanted) {
        static const QStringList keys = {QStringLiteral("least"), QStringLiteral("most"), QStringLiteral("above"),
                                         QStringLiteral("below")};
        const auto kind = keys.indexOf(bound.key);
        if (kind < 0) {
            add(bound.line, QStringLiteral("unknown key %1 in %2: the keys here are %3")
                                .arg(quoted(bound.key), m_scope.what, keys.join(QStringLiteral(", "))));
            return false;
        }
        const auto number = numberIn(bound, subject);
        if (!number) return false;
        if (kind == 0) wanted.least = std::max(wanted.least, *number);
        if (kind == 1) wanted.most = std::min(wanted.most, *number);
        if (kind == 2) wanted.least = std::max(wanted.least, *number + 1);
        if (kind == 3) wanted.most = std::min(wanted.most, *number - 1);
        return true;
    }

    std::optional<int> numberIn(const YamlNode& node, const Subject& subject) {
        const bool isDate = subject.item != nullptr && subject.item->type == ItemType::Date;
        constexpr int kMost = 1'000'000'000;
        bool understood = false;
        std::optional<int> number = node.text.toInt(&understood);
        if (isDate) number = dateNumber(node.text, subject.item->precision);
        if (node.kind == YamlNode::Kind::Scalar && number && (isDate || understood) && *number >= -kMost &&
            *number <= kMost) {
            return number;
        }
        add(node.line, isDate ? QStringLiteral("%1 is no date as precise as the item asks for").arg(quoted(node.text))
                              : QStringLiteral("%1 must be a whole number").arg(quoted(node.text)));
        return std::nullopt;
    }

    const ConditionScope& m_scope;
    FaultList& m_faults;
    std::size_t m_tests = 0;
    bool m_isGood = true;
};

/// The numbers for which a test holds; nothing if it is not about numbers.
std::optional<Range> rangeOf(const Test& test, const Form& form) {
    if (test.kind == Test::Kind::Within) return Range{test.least, test.most};
    const FormItem* item = form.item(test.subject);
    const Option* option = item != nullptr && test.kind == Test::Kind::Is ? item->option(test.option) : nullptr;
    if (option == nullptr || !option->value) return std::nullopt;
    return Range{*option->value, *option->value};
}

}  // namespace

std::optional<Condition> readCondition(const YamlNode& node, const ConditionScope& scope, FaultList& faults) {
    return ConditionReader(scope, faults).read(node);
}

bool contradict(const Test& one, const Test& other, const Form& form) {
    if (one.form != other.form || one.subject != other.subject) return false;
    if (one.kind == Test::Kind::Is && other.kind == Test::Kind::Is) return one.option != other.option;
    const auto here = rangeOf(one, form);
    const auto there = rangeOf(other, form);
    return here && there && !here->meets(*there);
}

}  // namespace sotto::study
