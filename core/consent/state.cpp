// SPDX-License-Identifier: Apache-2.0
#include "consent/state.h"

#include <algorithm>

#include "consent/strict_json.h"

namespace sotto::consent {

namespace {

constexpr int kStateFormat = 2;

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

/// Fills in what the answers of `state` amount to under this form alone.
void decide(const study::ConsentForm& form, ConsentState& state) {
    state.takesPart = std::all_of(form.items.begin(), form.items.end(), [&](const study::ConsentItem& item) {
        return !item.required || saysYes(state.answers, item.id);
    });
    if (!state.takesPart) return;
    for (const study::ConsentItem& item : form.items) {
        const bool isListed =
            std::find(state.granted.begin(), state.granted.end(), item.permission) != state.granted.end();
        if (!isListed && isGranted(item.permission, form, state.answers)) state.granted.push_back(item.permission);
    }
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
    state.signedBy = evidence.signedBy;
    state.site = evidence.site;
    state.signedUtcMs = evidence.signedAt.utcMs;
    state.with = evidence.with;
    if (form.hash != evidence.formHash || evidence.with) return state;
    decide(form, state);
    return state;
}

ConsentState stateOf(const Signed& own, const Signed& other) {
    ConsentState state = stateOf(own.evidence, own.form);
    const bool isBound = own.evidence.with == other.evidence.id && other.evidence.with == own.evidence.id &&
                         own.evidence.participant == other.evidence.participant;
    if (!isBound || own.form.hash != own.evidence.formHash || other.form.hash != other.evidence.formHash) return state;
    ConsentState others = stateOf(other.evidence, other.form);
    decide(own.form, state);
    decide(other.form, others);
    const auto names = [](const study::ConsentForm& form, study::Permission permission) {
        return std::any_of(form.items.begin(), form.items.end(),
                           [&](const study::ConsentItem& item) { return item.permission == permission; });
    };
    std::vector<study::Permission> granted;
    for (const study::Permission permission : study::allPermissions()) {
        const bool ownYes = !names(own.form, permission) || state.allows(permission);
        const bool othersYes = !names(other.form, permission) || others.allows(permission);
        const bool isNamed = names(own.form, permission) || names(other.form, permission);
        if (isNamed && ownYes && othersYes) granted.push_back(permission);
    }
    state.takesPart = state.takesPart && others.takesPart;
    state.granted = state.takesPart ? granted : std::vector<study::Permission>{};
    for (const auto& [item, yes] : other.evidence.answers) {
        const auto [mine, isNew] = state.answers.try_emplace(item, yes);
        if (!isNew) mine->second = mine->second && yes;
    }
    return state;
}

QJsonObject stateToJson(const ConsentState& state) {
    QJsonArray granted;
    for (const study::Permission permission : state.granted) {
        granted.append(study::permissionName(permission));
    }
    QJsonObject json{{QStringLiteral("format"), kStateFormat},
                     {QStringLiteral("evidence"), state.evidence.toString()},
                     {QStringLiteral("participant"), state.participant.toString()},
                     {QStringLiteral("form_version"), state.formVersion},
                     {QStringLiteral("language"), state.language},
                     {QStringLiteral("form_sha256"), QString::fromStdString(toHex(state.formHash))},
                     {QStringLiteral("answers"), booleansToJson(state.answers)},
                     {QStringLiteral("granted"), granted},
                     {QStringLiteral("signed_by"), study::signedByName(state.signedBy)},
                     {QStringLiteral("signed_utc_ms"), static_cast<qint64>(state.signedUtcMs)},
                     {QStringLiteral("takes_part"), state.takesPart}};
    if (!state.site.isEmpty()) json.insert(QStringLiteral("site"), state.site);
    if (state.with) json.insert(QStringLiteral("with"), state.with->toString());
    return json;
}

namespace {

void readNewerFields(StrictObject& fields, ConsentState& state) {
    const auto signedBy = study::signedByFromName(fields.text(QLatin1String("signed_by")));
    if (!signedBy) fields.fault(QLatin1String("signed_by"), "is unknown");
    state.signedBy = signedBy.value_or(study::SignedBy::Adult);
    state.signedUtcMs = fields.integer(QLatin1String("signed_utc_ms"));
    if (fields.has(QLatin1String("site"))) state.site = fields.text(QLatin1String("site"));
    if (fields.has(QLatin1String("with"))) state.with = fields.id<EvidenceId>(QLatin1String("with"));
}

}  // namespace

Result<ConsentState> stateFromJson(const QJsonObject& json) {
    StrictObject fields(json, "consent state");
    const int format = fields.format(kStateFormat);
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
    if (format >= 2) readNewerFields(fields, state);
    SOTTO_TRY(fields.finish());
    return state;
}

}  // namespace sotto::consent
