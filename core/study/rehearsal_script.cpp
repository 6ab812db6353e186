// SPDX-License-Identifier: Apache-2.0
#include "study/rehearsal_script.h"

#include <cmath>
#include <set>

#include <yaml-cpp/yaml.h>

namespace sotto::study {

namespace {

constexpr std::size_t kMaxScriptSize = 1U << 20;
constexpr double kMaxSeconds = 24.0 * 3600.0;

/// Thrown inside this file only; parseRehearsalScript turns it into an Error.
struct ScriptFault {
    int line;
    std::string sentence;
};

int lineOf(const YAML::Node& node) {
    return node.Mark().line + 1;
}

[[noreturn]] void refuse(const YAML::Node& node, const std::string& sentence) {
    throw ScriptFault{lineOf(node), sentence};
}

QString textOf(const YAML::Node& node, const std::string& what) {
    if (!node.IsScalar()) refuse(node, what + " must be a plain text.");
    return QString::fromStdString(node.Scalar());
}

bool truthOf(const YAML::Node& node, const std::string& what) {
    bool value = false;
    if (!node.IsScalar() || !YAML::convert<bool>::decode(node, value)) refuse(node, what + " must be true or false.");
    return value;
}

std::int64_t millisecondsOf(const YAML::Node& node, const std::string& what) {
    double seconds = 0;
    if (!node.IsScalar() || !YAML::convert<double>::decode(node, seconds) || !(seconds >= 0) || seconds > kMaxSeconds) {
        refuse(node, what + " must be a number of seconds, 0 to 86400.");
    }
    return std::llround(seconds * 1000.0);
}

/// The map with exactly known keys, each once; anything else is refused by name.
void checkKeys(const YAML::Node& map, const std::string& where, const std::set<std::string>& known) {
    if (!map.IsMap()) refuse(map, where + " must be a list of 'key: value' pairs.");
    std::set<std::string> seen;
    for (const auto& pair : map) {
        const std::string key = pair.first.IsScalar() ? pair.first.Scalar() : std::string();
        if (!known.empty() && !known.contains(key)) {
            refuse(pair.first, "'" + key + "' is not known in " + where + ".");
        }
        if (!seen.insert(key).second) refuse(pair.first, "'" + key + "' stands twice in " + where + ".");
    }
}

YAML::Node required(const YAML::Node& map, const char* key, const std::string& where) {
    YAML::Node node = map[key];
    if (!node.IsDefined()) refuse(map, where + " lacks '" + std::string(key) + "'.");
    return node;
}

void readCode(const YAML::Node& node, ScriptStep& step) {
    checkKeys(node, "a code step", {});
    step.id = textOf(required(node, "id", "a code step"), "the id of a code");
    for (const auto& pair : node) {
        const std::string key = pair.first.Scalar();
        if (key == "id") continue;
        if (key == "prompted") {
            step.prompted = truthOf(pair.second, "'prompted'");
        } else {
            step.dimensions[QString::fromStdString(key)] = textOf(pair.second, "'" + key + "'");
        }
    }
}

void readLink(const YAML::Node& node, ScriptStep& step) {
    checkKeys(node, "a link step", {"from", "to"});
    step.id = textOf(required(node, "from", "a link step"), "'from'");
    step.target = textOf(required(node, "to", "a link step"), "'to'");
}

void readAction(const std::string& key, const YAML::Node& value, ScriptStep& step) {
    using Action = ScriptStep::Action;
    if (key == "ask" || key == "probe") {
        step.action = key == "ask" ? Action::Ask : Action::Probe;
        step.id = textOf(value, "the id of a question or probe");
    } else if (key == "answer") {
        step.action = Action::Answer;
        step.text = textOf(value, "'answer'");
        static const std::set<QString> kAnswers{QStringLiteral("nothing"), QStringLiteral("declined"),
                                                QStringLiteral("volunteered")};
        if (!kAnswers.contains(step.text)) refuse(value, "'answer' must be nothing, declined or volunteered.");
    } else if (key == "mark" || key == "note") {
        step.action = key == "mark" ? Action::Mark : Action::Note;
        step.text = textOf(value, "the text of a mark or note");
    } else if (key == "code") {
        step.action = Action::Code;
        readCode(value, step);
    } else if (key == "link") {
        step.action = Action::Link;
        readLink(value, step);
    } else {
        step.action = key == "pause" ? Action::Pause : Action::OffRecord;
        step.durationMs = millisecondsOf(value, "'" + key + "'");
    }
}

ScriptStep readStep(const YAML::Node& node) {
    static const std::set<std::string> kActions{"ask",  "probe", "answer", "mark",      "code",
                                                "link", "note",  "pause",  "off_record"};
    std::set<std::string> known = kActions;
    known.insert("at");
    checkKeys(node, "a step", known);
    if (node.size() != 2) refuse(node, "a step has 'at' and one action (ask, probe, answer, mark, code ...).");
    ScriptStep step;
    step.line = lineOf(node);
    step.atMs = millisecondsOf(required(node, "at", "a step"), "'at'");
    for (const auto& pair : node) {
        if (pair.first.Scalar() != "at") readAction(pair.first.Scalar(), pair.second, step);
    }
    return step;
}

RehearsalScript readScript(const YAML::Node& root) {
    if (!root.IsDefined() || root.IsNull()) throw ScriptFault{1, "the script is empty."};
    checkKeys(root, "the script", {"participant", "partner", "consent", "steps"});
    RehearsalScript script;
    const YAML::Node participant = required(root, "participant", "the script");
    checkKeys(participant, "'participant'", {"role", "language", "name"});
    script.role = textOf(required(participant, "role", "'participant'"), "'role'");
    script.language = textOf(required(participant, "language", "'participant'"), "'language'");
    script.name = textOf(required(participant, "name", "'participant'"), "'name'");
    if (const YAML::Node partner = root["partner"]; partner.IsDefined()) {
        checkKeys(partner, "'partner'", {"role", "name"});
        script.partnerRole = textOf(required(partner, "role", "'partner'"), "'role'");
        script.partnerName = textOf(required(partner, "name", "'partner'"), "'name'");
    }
    const YAML::Node consent = required(root, "consent", "the script");
    checkKeys(consent, "'consent'", {"items"});
    const YAML::Node items = required(consent, "items", "'consent'");
    checkKeys(items, "'items'", {});
    for (const auto& pair : items) {
        script.consent[textOf(pair.first, "an item")] = truthOf(pair.second, "the answer to an item");
    }
    const YAML::Node steps = required(root, "steps", "the script");
    if (!steps.IsSequence()) refuse(steps, "'steps' must be a list.");
    for (const YAML::Node& node : steps) {
        script.steps.push_back(readStep(node));
        const std::size_t count = script.steps.size();
        if (count > 1 && script.steps[count - 1].atMs < script.steps[count - 2].atMs) {
            refuse(node, "the steps must stand in order of time.");
        }
    }
    return script;
}

}  // namespace

Result<RehearsalScript> parseRehearsalScript(ByteView yaml) {
    if (yaml.size() > kMaxScriptSize) return fail(ErrorCode::ParseFailed, "the script is larger than 1 MiB");
    try {
        const std::string text(reinterpret_cast<const char*>(yaml.data()), yaml.size());
        return readScript(YAML::Load(text));
    } catch (const ScriptFault& fault) {
        return fail(ErrorCode::ParseFailed, "line " + std::to_string(fault.line) + ": " + fault.sentence);
    } catch (const YAML::Exception& exception) {
        return fail(ErrorCode::ParseFailed,
                    "line " + std::to_string(exception.mark.line + 1) + ": not valid YAML: " + exception.msg);
    }
}

}  // namespace sotto::study
