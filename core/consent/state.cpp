// SPDX-License-Identifier: Apache-2.0
#include "consent/state.h"

#include <algorithm>

#include "consent/strict_json.h"

namespace sotto::consent {

namespace {

constexpr int kStateFormat = 1;

bool saysYes(const std::map<QString, bool>& answers, const QString& item) {
    const auto answer = answers.find(item);
    return answer != answers.end() && answer->second;
}

/// Yes to each item that names the permission, and at least one such item.
bool isGranted(study::Permission permission, const study::ConsentForm& form, const std::map<QString, bool>& answers) {
    bool named = false;
    for (const study::ConsentItem& item : form.items) {
        if (item.permission != permission) continue;
        if (!saysYes(answers, item.id)) return false;
        named = true;
    }
    return named;
}

}  // namespace

bool ConsentState::allows(study::Permission permission) const {
    if (!takesPart) return false;
    return permission == study::Permission::TakePart ||
           std::find(granted.begin(), granted.end(), permission) != granted.end();
}

ConsentState stateOf(const Evidence& evidence, const study::ConsentForm& form) {
    ConsentState state;
    state.evidence = evidence.id;
    state.participant = evidence.participant;
    state.formVersion = evidence.formVersion;
    state.language = evidence.language;
    state.formHash = evidence.formHash;
    state.answers = evidence.answers;
    if (form.hash != evidence.formHash) return state;
    state.takesPart = std::all_of(form.items.begin(), form.items.end(), [&](const study::ConsentItem& item) {
        return !item.required || saysYes(evidence.answers, item.id);
    });
    if (!state.takesPart) return state;
    for (const study::ConsentItem& item : form.items) {
        const bool isListed =
            std::find(state.granted.begin(), state.granted.end(), item.permission) != state.granted.end();
        if (!isListed && isGranted(item.permission, form, evidence.answers)) state.granted.push_back(item.permission);
    }
    return state;
}

QJsonObject stateToJson(const ConsentState& state) {
    QJsonArray granted;
    for (const study::Permission permission : state.granted) {
        granted.append(study::permissionName(permission));
    }
    return {{QStringLiteral("format"), kStateFormat},
            {QStringLiteral("evidence"), state.evidence.toString()},
            {QStringLiteral("participant"), state.participant.toString()},
            {QStringLiteral("form_version"), state.formVersion},
            {QStringLiteral("language"), state.language},
            {QStringLiteral("form_sha256"), QString::fromStdString(toHex(state.formHash))},
            {QStringLiteral("answers"), booleansToJson(state.answers)},
            {QStringLiteral("granted"), granted},
            {QStringLiteral("takes_part"), state.takesPart}};
}

Result<ConsentState> stateFromJson(const QJsonObject& json) {
    StrictObject fields(json, "consent state");
    fields.format(kStateFormat);
    ConsentState state;
    state.evidence = fields.id<EvidenceId>(QLatin1String("evidence"));
    state.participant = fields.id<ParticipantId>(QLatin1String("participant"));
    state.formVersion = fields.text(QLatin1String("form_version"));
    state.language = fields.text(QLatin1String("language"));
    fields.hex(QLatin1String("form_sha256"), state.formHash);
    state.answers = fields.booleans(QLatin1String("answers"));
    for (const QJsonValue& name : fields.array(QLatin1String("granted"))) {
        const auto permission = study::permissionFromName(name.toString());
        if (!permission) {
            fields.fault(QLatin1String("granted"), "names an unknown permission");
            continue;
        }
        state.granted.push_back(*permission);
    }
    state.takesPart = fields.boolean(QLatin1String("takes_part"));
    SOTTO_TRY(fields.finish());
    return state;
}

}  // namespace sotto::consent
