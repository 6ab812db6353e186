// SPDX-License-Identifier: Apache-2.0
#include "study/rehearsal_script.h"

#include <cmath>

#include "study/source_text.h"
#include "study/yaml.h"

namespace sotto::study {

namespace {

constexpr std::size_t kMaxScriptSize = 1U << 20;
constexpr double kMaxSeconds = 24.0 * 3600.0;

QStringList keysOf(const YamlNode& map) {
    QStringList keys;
    for (const YamlNode& item : map.items)
        keys += item.key;
    return keys;
}

/// Reads a script; whatever is wrong lands in the fault list.
class ScriptReader {
public:
    explicit ScriptReader(FaultList& faults) : m_faults(faults) {}

    RehearsalScript read(const YamlNode& root) {
        YamlMap map(root, QStringLiteral("the script"),
                    {QStringLiteral("participant"), QStringLiteral("partner"), QStringLiteral("consent"),
                     QStringLiteral("steps")},
                    m_faults);
        readPeople(map);
        if (const YamlNode* consent = map.map(QStringLiteral("consent"))) readConsent(*consent);
        if (const auto* steps = map.list(QStringLiteral("steps"))) {
            for (const YamlNode& step : *steps)
                readStep(step);
        }
        return std::move(m_script);
    }

private:
    void readPeople(YamlMap& map) {
        if (const YamlNode* node = map.map(QStringLiteral("participant"))) {
            YamlMap participant(*node, QStringLiteral("the participant"),
                                {QStringLiteral("role"), QStringLiteral("language"), QStringLiteral("name")}, m_faults);
            m_script.role = participant.text(QStringLiteral("role"));
            m_script.language = participant.text(QStringLiteral("language"));
            m_script.name = participant.text(QStringLiteral("name"));
        }
        if (!map.has(QStringLiteral("partner"))) return;
        if (const YamlNode* node = map.map(QStringLiteral("partner"))) {
            YamlMap partner(*node, QStringLiteral("the partner"), {QStringLiteral("role"), QStringLiteral("name")},
                            m_faults);
            m_script.partnerRole = partner.text(QStringLiteral("role"));
            m_script.partnerName = partner.text(QStringLiteral("name"));
        }
    }

    void readConsent(const YamlNode& node) {
        YamlMap consent(node, QStringLiteral("the consent"), {QStringLiteral("items")}, m_faults);
        const YamlNode* list = consent.map(QStringLiteral("items"));
        if (list == nullptr) return;
        const QStringList names = keysOf(*list);
        YamlMap items(*list, QStringLiteral("the items"), names, m_faults);
        for (const QString& name : names)
            m_script.consent[name] = items.flag(name, false);
    }

    void readStep(const YamlNode& node) {
        static const QStringList kKeys{QStringLiteral("at"),        QStringLiteral("ask"),  QStringLiteral("probe"),
                                       QStringLiteral("answer"),    QStringLiteral("mark"), QStringLiteral("code"),
                                       QStringLiteral("link"),      QStringLiteral("note"), QStringLiteral("pause"),
                                       QStringLiteral("off_record")};
        YamlMap map(node, QStringLiteral("a step"), kKeys, m_faults);
        if (node.kind != YamlNode::Kind::Map) return;  // reported already
        if (node.items.size() != 2 || !map.has(QStringLiteral("at"))) {
            m_faults.add(
                node.line,
                QStringLiteral("a step has \"at\" and one action: %1").arg(kKeys.mid(1).join(QStringLiteral(", "))));
            return;
        }
        ScriptStep step;
        step.line = node.line;
        step.atMs = milliseconds(map, QStringLiteral("at"));
        if (!m_script.steps.empty() && step.atMs < m_script.steps.back().atMs) {
            m_faults.add(node.line, QStringLiteral("the steps must stand in order of time"));
        }
        const YamlNode& action = node.items[node.items[0].key == QStringLiteral("at") ? 1 : 0];
        if (kKeys.contains(action.key)) readAction(map, action, step);
        m_script.steps.push_back(std::move(step));
    }

    void readAction(YamlMap& map, const YamlNode& node, ScriptStep& step) {
        using Action = ScriptStep::Action;
        const QString& key = node.key;
        if (key == QStringLiteral("ask") || key == QStringLiteral("probe")) {
            step.action = key == QStringLiteral("ask") ? Action::Ask : Action::Probe;
            step.id = map.text(key);
        } else if (key == QStringLiteral("answer")) {
            step.action = Action::Answer;
            readAnswer(map, node, step);
        } else if (key == QStringLiteral("mark") || key == QStringLiteral("note")) {
            step.action = key == QStringLiteral("mark") ? Action::Mark : Action::Note;
            // As it was written: a note may well end in an empty line.
            if (!map.text(key).isEmpty()) step.text = node.text;
        } else if (key == QStringLiteral("code")) {
            step.action = Action::Code;
            if (const YamlNode* code = map.map(key)) readCode(*code, step);
        } else if (key == QStringLiteral("link")) {
            step.action = Action::Link;
            if (const YamlNode* link = map.map(key)) readLink(*link, step);
        } else {
            step.action = key == QStringLiteral("pause") ? Action::Pause : Action::OffRecord;
            step.durationMs = milliseconds(map, key);
        }
    }

    void readAnswer(YamlMap& map, const YamlNode& node, ScriptStep& step) {
        static const QStringList kAnswers{QStringLiteral("nothing"), QStringLiteral("declined"),
                                          QStringLiteral("volunteered")};
        step.text = map.text(node.key);
        if (step.text.isEmpty() || kAnswers.contains(step.text)) return;
        m_faults.add(node.line,
                     QStringLiteral("%1 is no answer: write nothing, declined or volunteered").arg(quoted(step.text)));
    }

    /// What else a code may bear is for the study to say.
    void readCode(const YamlNode& node, ScriptStep& step) {
        YamlMap map(node, QStringLiteral("a code step"), keysOf(node), m_faults);
        step.id = map.text(QStringLiteral("id"));
        for (const YamlNode& item : node.items) {
            if (item.key == QStringLiteral("id")) continue;
            if (item.key == QStringLiteral("prompted")) {
                step.prompted = map.flag(item.key, false);
            } else {
                step.dimensions[item.key] = map.text(item.key);
            }
        }
    }

    void readLink(const YamlNode& node, ScriptStep& step) {
        YamlMap map(node, QStringLiteral("a link step"), {QStringLiteral("from"), QStringLiteral("to")}, m_faults);
        step.id = map.text(QStringLiteral("from"));
        step.target = map.text(QStringLiteral("to"));
    }

    std::int64_t milliseconds(YamlMap& map, const QString& key) {
        const QString number = map.text(key);
        if (number.isEmpty()) return 0;  // reported already
        bool understood = false;
        const double seconds = number.toDouble(&understood);
        if (understood && seconds >= 0 && seconds <= kMaxSeconds) return std::llround(seconds * 1000.0);
        m_faults.add(map.lineOf(key), QStringLiteral("%1 must be a number of seconds, 0 to 86400").arg(quoted(key)));
        return 0;
    }

    FaultList& m_faults;
    RehearsalScript m_script;
};

}  // namespace

Result<RehearsalScript> parseRehearsalScript(ByteView yaml) {
    if (yaml.size() > kMaxScriptSize) return fail(ErrorCode::ParseFailed, "the script is larger than 1 MiB");
    std::vector<Fault> all;
    FaultList faults({}, all);
    RehearsalScript script;
    if (const auto text = readSourceText(yaml, faults)) {
        if (const auto root = readYaml(*text, faults)) script = ScriptReader(faults).read(*root);
    }
    if (all.empty()) return script;
    return fail(ErrorCode::ParseFailed,
                "line " + std::to_string(all.front().line) + ": " + all.front().sentence.toStdString());
}

}  // namespace sotto::study
