// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "study/condition_file.h"
#include "study/pack_parts.h"

namespace sotto::study {
namespace {

class ScreeningReader {
public:
    ScreeningReader(const YamlNode& root, const QString& role, const StudyPack& pack, FaultList& faults)
        : m_map(root, QStringLiteral("a screening"), knownKeys(), faults), m_pack(pack), m_faults(faults) {
        m_screening.role = role;
    }

    [[nodiscard]] Screening read() {
        m_screening.askFirst = m_map.localText(QStringLiteral("ask_first"), m_pack.languages);
        m_screening.fits = m_map.localText(QStringLiteral("fits"), m_pack.languages);
        m_screening.notNow = m_map.localText(QStringLiteral("not_now"), m_pack.languages);
        readForms();
        readReasons();
        readVersions();
        readDeviations();
        warnOfWhatIsNotUsed();
        return std::move(m_screening);
    }

private:
    static QStringList knownKeys() {
        return {QStringLiteral("ask_first"), QStringLiteral("forms"), QStringLiteral("versions"),
                QStringLiteral("reasons"),   QStringLiteral("fits"),  QStringLiteral("not_now"),
                QStringLiteral("deviations")};
    }

    void readForms() {
        const int line = m_map.lineOf(QStringLiteral("forms"));
        for (const QString& id : m_map.words(QStringLiteral("forms"))) {
            const Form* form = m_pack.form(id);
            if (form == nullptr) {
                m_faults.add(line, QStringLiteral("there is no form %1: add instruments/%2.yaml").arg(quoted(id), id));
                continue;
            }
            m_screening.forms.append(id);
            m_forms.push_back(form);
            if (form->kept == Kept::Screening) continue;
            m_faults.add(line, QStringLiteral("the form %1 must say \"kept: screening\": its answers are wiped if the "
                                              "study is not the right fit now")
                                   .arg(quoted(id)));
        }
    }

    void readReasons() {
        const YamlNode* node = m_map.map(QStringLiteral("reasons"));
        if (node == nullptr) return;
        QStringList ids;
        for (const YamlNode& one : node->items) {
            ids.append(one.key);
            if (isValidId(one.key)) continue;
            m_faults.add(one.line, QStringLiteral("%1 cannot be a reason's id: use small letters, digits and hyphens")
                                       .arg(quoted(one.key)));
        }
        YamlMap reasons(*node, QStringLiteral("reasons"), ids, m_faults);
        for (const QString& id : ids) {
            m_screening.reasons[id] = reasons.localText(id, m_pack.languages);
        }
    }

    void readVersions() {
        const auto* nodes = m_map.list(QStringLiteral("versions"));
        if (nodes == nullptr) return;
        if (nodes->empty() || nodes->size() > kMaxOfEach) {
            m_faults.add(m_map.lineOf(QStringLiteral("versions")),
                         QStringLiteral("a screening has 1 to %1 versions of its rules").arg(kMaxOfEach));
            return;
        }
        for (const YamlNode& node : *nodes) {
            YamlMap map(node, QStringLiteral("a version"),
                        {QStringLiteral("version"), QStringLiteral("in_force"), QStringLiteral("rules")}, m_faults);
            RulesVersion version;
            constexpr int kHighestVersion = 1'000'000;
            version.number = map.integer(QStringLiteral("version"), 1, kHighestVersion).value_or(0);
            version.inForce = dayIn(map);
            checkOrder(map, version);
            readRules(map, version);
            m_screening.versions.push_back(std::move(version));
        }
    }

    QDate dayIn(YamlMap& map) {
        const QString written = map.text(QStringLiteral("in_force"));
        const QDate day = written.size() == 10 ? QDate::fromString(written, Qt::ISODate) : QDate();
        if (!written.isEmpty() && !day.isValid()) {
            m_faults.add(map.lineOf(QStringLiteral("in_force")),
                         QStringLiteral("%1 is no date: write it as 2026-11-23").arg(quoted(written)));
        }
        return day;
    }

    void checkOrder(const YamlMap& map, const RulesVersion& version) {
        if (m_screening.versions.empty()) return;
        const RulesVersion& before = m_screening.versions.back();
        if (version.number > 0 && version.number <= before.number) {
            m_faults.add(map.lineOf(QStringLiteral("version")),
                         QStringLiteral("version %1 after version %2: versions go up, and each has its own number")
                             .arg(version.number)
                             .arg(before.number));
        }
        if (!version.inForce.isValid() || !before.inForce.isValid()) return;
        if (version.inForce <= before.inForce) {
            m_faults.add(map.lineOf(QStringLiteral("in_force")),
                         QStringLiteral("a version is in force later than the one before it, which is so from %1")
                             .arg(before.inForce.toString(Qt::ISODate)));
        } else if (version.inForce > before.inForce.addYears(kLongestYears)) {
            m_faults.add(map.lineOf(QStringLiteral("in_force")),
                         QStringLiteral("this is more than %1 years after the version before: check the year")
                             .arg(kLongestYears));
        }
    }

    void readRules(YamlMap& map, RulesVersion& version) {
        const auto* nodes = map.list(QStringLiteral("rules"));
        if (nodes == nullptr) return;
        if (nodes->empty() || nodes->size() > kMaxOfEach) {
            m_faults.add(map.lineOf(QStringLiteral("rules")),
                         QStringLiteral("a version has 1 to %1 rules").arg(kMaxOfEach));
            return;
        }
        for (const YamlNode& node : *nodes) {
            YamlMap rule(node, QStringLiteral("a rule"),
                         {QStringLiteral("id"), QStringLiteral("when"), QStringLiteral("reason")}, m_faults);
            readRule(rule, version);
        }
    }

    void readRule(YamlMap& map, RulesVersion& version) {
        ScreeningRule rule;
        rule.id = map.id(QStringLiteral("id"));
        rule.reason = map.text(QStringLiteral("reason"));
        m_usedReasons.insert(rule.reason);
        if (!rule.reason.isEmpty() && !m_screening.reasons.contains(rule.reason)) {
            m_faults.add(map.lineOf(QStringLiteral("reason")),
                         QStringLiteral("%1 is not among the \"reasons\" of this screening: add it there")
                             .arg(quoted(rule.reason)));
        }
        const auto isSame = [&](const ScreeningRule& other) { return other.id == rule.id; };
        if (!rule.id.isEmpty() && std::ranges::any_of(version.rules, isSame)) {
            m_faults.add(map.lineOf(QStringLiteral("id")),
                         QStringLiteral("the rule %1 is here twice: give each rule its own id").arg(quoted(rule.id)));
        }
        const auto condition = readRuleCondition(map, rule.id);
        m_hasUnreadRule = m_hasUnreadRule || !condition;
        if (!condition) return;
        rule.when = *condition;
        checkAgreesWithEarlier(rule, version, map.lineOf(QStringLiteral("when")));
        version.rules.push_back(std::move(rule));
    }

    std::optional<Condition> readRuleCondition(YamlMap& map, const QString& id) {
        const YamlNode* when = map.map(QStringLiteral("when"));
        if (when == nullptr) return std::nullopt;
        const ConditionScope scope{QStringLiteral("the rule %1").arg(quoted(id)), nullptr, m_forms,
                                   QStringLiteral("an item or a score of a form that this screening asks: write "
                                                  "form.item, and the form under \"forms\"")};
        auto condition = readCondition(*when, scope, m_faults);
        if (!condition) return std::nullopt;
        for (const std::vector<Test>& allOf : condition->anyOf) {
            for (const Test& test : allOf) {
                m_usedForms.insert(test.form);
            }
        }
        return condition;
    }

    /// Rules of which all must hold: if two of them cannot hold together, nobody ever fits.
    void checkAgreesWithEarlier(const ScreeningRule& rule, const RulesVersion& version, int line) {
        if (rule.when.anyOf.size() != 1) return;
        for (const ScreeningRule& other : version.rules) {
            if (other.when.anyOf.size() != 1 || !areOpposed(rule, other)) continue;
            m_faults.add(line, QStringLiteral("the rules %1 and %2 contradict each other: nobody could ever fit")
                                   .arg(quoted(other.id), quoted(rule.id)));
            return;
        }
    }

    bool areOpposed(const ScreeningRule& one, const ScreeningRule& other) const {
        return std::ranges::any_of(one.when.anyOf.front(), [&](const Test& test) {
            const Form& form = *m_pack.form(test.form);
            return std::ranges::any_of(other.when.anyOf.front(),
                                       [&](const Test& against) { return contradict(test, against, form); });
        });
    }

    void readDeviations() {
        const QString key = QStringLiteral("deviations");
        const YamlNode* node = m_map.has(key) ? m_map.map(key) : nullptr;
        if (node == nullptr) return;
        YamlMap map(*node, key, {QStringLiteral("approved_by")}, m_faults);
        m_screening.deviationsApprovedBy = map.localText(QStringLiteral("approved_by"), m_pack.languages);
    }

    /// Says nothing about forms while a rule could not be read: it may be the one that looks at them.
    void warnOfWhatIsNotUsed() {
        for (const Form* form : m_forms) {
            if (m_hasUnreadRule || m_usedForms.contains(form->id) || !form->alerts.empty()) continue;
            m_faults.warn(
                m_map.lineOf(QStringLiteral("forms")),
                QStringLiteral("no rule looks at the form %1: do not ask what you do not need").arg(quoted(form->id)));
        }
        for (const auto& [id, name] : m_screening.reasons) {
            if (m_usedReasons.contains(id)) continue;
            m_faults.warn(m_map.lineOf(QStringLiteral("reasons")),
                          QStringLiteral("no rule gives the reason %1").arg(quoted(id)));
        }
    }

    static constexpr int kLongestYears = 10;
    static constexpr std::size_t kMaxOfEach = 50;  ///< versions, rules
    YamlMap m_map;
    const StudyPack& m_pack;
    FaultList& m_faults;
    std::vector<const Form*> m_forms;
    std::set<QString> m_usedForms;
    std::set<QString> m_usedReasons;
    bool m_hasUnreadRule = false;
    Screening m_screening;
};

}  // namespace

Screening readScreeningFile(const QByteArray& text, const QString& role, const StudyPack& pack, FaultList& faults) {
    Screening empty;
    empty.role = role;
    const auto root = readYaml(text, faults);
    if (!root) return empty;
    return ScreeningReader(*root, role, pack, faults).read();
}

}  // namespace sotto::study
