// SPDX-License-Identifier: Apache-2.0
// The stored form of evidence (README.md): what is signed, and how it is read back.
#include <array>

#include "consent/evidence.h"
#include "consent/pad.h"
#include "consent/strict_json.h"

namespace sotto::consent {

namespace {

constexpr std::array kSigners{std::pair{Signer::Participant, QLatin1String("participant")},
                              std::pair{Signer::Interviewer, QLatin1String("interviewer")},
                              std::pair{Signer::Witness, QLatin1String("witness")}};
constexpr std::array kKinds{std::pair{Kind::Glass, QLatin1String("glass")},
                            std::pair{Kind::Paper, QLatin1String("paper")},
                            std::pair{Kind::Oral, QLatin1String("oral")}};

QJsonArray strokesToJson(const std::vector<Stroke>& strokes) {
    QJsonArray result;
    for (const Stroke& stroke : strokes) {
        QJsonArray points;
        for (const auto& [x, y] : stroke) {
            points.append(QJsonArray{x, y});
        }
        result.append(points);
    }
    return result;
}

std::optional<std::pair<int, int>> pointFromJson(const QJsonValue& json) {
    const QJsonArray pair = json.toArray();
    if (pair.size() != 2) return std::nullopt;
    // A default off the pad stands for "not a whole number".
    const std::pair<int, int> point{pair.at(0).toInt(-1), pair.at(1).toInt(-1)};
    if (!isOnPad(point)) return std::nullopt;
    return point;
}

std::optional<std::vector<Stroke>> strokesFromJson(const QJsonArray& json) {
    std::vector<Stroke> strokes;
    qsizetype points = 0;
    for (const QJsonValue& strokeJson : json) {
        if (!strokeJson.isArray()) return std::nullopt;
        Stroke stroke;
        for (const QJsonValue& pointJson : strokeJson.toArray()) {
            const auto point = pointFromJson(pointJson);
            if (!point || ++points > kMostPoints) return std::nullopt;
            stroke.push_back(*point);
        }
        strokes.push_back(std::move(stroke));
    }
    return strokes;
}

std::map<Signer, std::vector<Stroke>> signaturesFromJson(StrictObject& fields) {
    std::map<Signer, std::vector<Stroke>> result;
    StrictObject signatures(fields.object(QLatin1String("strokes")), "signatures");
    for (const auto& [signer, name] : kSigners) {
        if (!signatures.has(name)) continue;
        auto strokes = strokesFromJson(signatures.array(name));
        if (!strokes) {
            fields.fault(QLatin1String("strokes"), "does not hold strokes on a pad");
            continue;
        }
        result.emplace(signer, *std::move(strokes));
    }
    if (!signatures.finish()) fields.fault(QLatin1String("strokes"), "names an unknown signer");
    return result;
}

QJsonObject understandingToJson(const std::map<QString, QStringList>& understanding) {
    QJsonObject result;
    for (const auto& [item, answers] : understanding)
        result.insert(item, QJsonArray::fromStringList(answers));
    return result;
}

std::map<QString, QStringList> understandingFromJson(StrictObject& fields) {
    std::map<QString, QStringList> result;
    const QJsonObject items = fields.object(QLatin1String("understanding"));
    for (auto item = items.begin(); item != items.end(); ++item) {
        const QJsonArray given = item.value().toArray();
        QStringList& answers = result[item.key()];
        for (const QJsonValue& answer : given) {
            if (!answer.isString()) fields.fault(QLatin1String("understanding"), "holds something other than text");
            answers.append(answer.toString());
        }
        if (given.isEmpty()) fields.fault(QLatin1String("understanding"), "has an item without an answer");
    }
    return result;
}

/// What format 2 adds. What is empty is left out.
void addNewerFields(const Evidence& evidence, QJsonObject& json) {
    json.insert(QStringLiteral("kind"), kindName(evidence.kind));
    json.insert(QStringLiteral("signed_by"), study::signedByName(evidence.signedBy));
    json.insert(QStringLiteral("mark"), evidence.isMark);
    json.insert(QStringLiteral("code"), evidence.code);
    const auto put = [&json](const QString& key, const QString& value) {
        if (!value.isEmpty()) json.insert(key, value);
    };
    put(QStringLiteral("signatory"), evidence.signatory);
    put(QStringLiteral("site"), evidence.site);
    put(QStringLiteral("witness"), evidence.witness);
    if (evidence.with) put(QStringLiteral("with"), evidence.with->toString());
    if (!evidence.understanding.empty())
        json.insert(QStringLiteral("understanding"), understandingToJson(evidence.understanding));
    if (!evidence.attachmentHash) return;
    json.insert(QStringLiteral("attachment_sha256"), QString::fromStdString(toHex(*evidence.attachmentHash)));
    json.insert(QStringLiteral("attachment_type"), evidence.attachmentType);
}

/// A field that may be left out and, if it is there, is not empty.
QString optionalText(StrictObject& fields, QLatin1String key) {
    if (!fields.has(key)) return {};
    const QString text = fields.text(key);
    if (text.isEmpty()) fields.fault(key, "is empty");
    return text;
}

void readNewerFields(StrictObject& fields, Evidence& evidence) {
    const auto kind = kindFromName(fields.text(QLatin1String("kind")));
    const auto signedBy = study::signedByFromName(fields.text(QLatin1String("signed_by")));
    if (!kind) fields.fault(QLatin1String("kind"), "is unknown");
    if (!signedBy) fields.fault(QLatin1String("signed_by"), "is unknown");
    evidence.kind = kind.value_or(Kind::Glass);
    evidence.signedBy = signedBy.value_or(study::SignedBy::Adult);
    evidence.isMark = fields.boolean(QLatin1String("mark"));
    evidence.code = fields.text(QLatin1String("code"));
    evidence.signatory = optionalText(fields, QLatin1String("signatory"));
    evidence.site = optionalText(fields, QLatin1String("site"));
    evidence.witness = optionalText(fields, QLatin1String("witness"));
    if (fields.has(QLatin1String("with"))) evidence.with = fields.id<EvidenceId>(QLatin1String("with"));
    if (fields.has(QLatin1String("understanding"))) evidence.understanding = understandingFromJson(fields);
    if (!fields.has(QLatin1String("attachment_sha256"))) return;
    fields.hex(QLatin1String("attachment_sha256"), evidence.attachmentHash.emplace());
    evidence.attachmentType = fields.text(QLatin1String("attachment_type"));
}

QJsonObject signedFields(const Evidence& evidence) {
    QJsonObject strokes;
    for (const auto& [signer, name] : kSigners) {
        const auto drawn = evidence.strokes.find(signer);
        if (drawn != evidence.strokes.end()) strokes.insert(name, strokesToJson(drawn->second));
    }
    QJsonObject json{{QStringLiteral("format"), evidence.format},
                     {QStringLiteral("id"), evidence.id.toString()},
                     {QStringLiteral("participant"), evidence.participant.toString()},
                     {QStringLiteral("study"), evidence.studyId},
                     {QStringLiteral("role"), evidence.role},
                     {QStringLiteral("form_version"), evidence.formVersion},
                     {QStringLiteral("language"), evidence.language},
                     {QStringLiteral("form_sha256"), QString::fromStdString(toHex(evidence.formHash))},
                     {QStringLiteral("answers"), booleansToJson(evidence.answers)},
                     {QStringLiteral("strokes"), strokes},
                     {QStringLiteral("shown_at"), instantToJson(evidence.shownAt)},
                     {QStringLiteral("signed_at"), instantToJson(evidence.signedAt)}};
    if (evidence.format >= 2) addNewerFields(evidence, json);
    return json;
}

}  // namespace

QString kindName(Kind kind) {
    for (const auto& [each, name] : kKinds) {
        if (each == kind) return name;
    }
    return {};
}

std::optional<Kind> kindFromName(const QString& name) {
    for (const auto& [kind, each] : kKinds) {
        if (each == name) return kind;
    }
    return std::nullopt;
}

QByteArray Evidence::canonicalBytes() const {
    return compactJson(signedFields(*this));
}

QJsonObject Evidence::toJson() const {
    QJsonObject json = signedFields(*this);
    json.insert(QStringLiteral("signature"), QString::fromStdString(toHex(signature)));
    return json;
}

Result<Evidence> Evidence::fromJson(const QJsonObject& json) {
    StrictObject fields(json, "consent evidence");
    Evidence evidence;
    evidence.format = fields.format(kEvidenceFormat);
    evidence.id = fields.id<EvidenceId>(QLatin1String("id"));
    evidence.participant = fields.id<ParticipantId>(QLatin1String("participant"));
    evidence.studyId = fields.text(QLatin1String("study"));
    evidence.role = fields.text(QLatin1String("role"));
    evidence.formVersion = fields.text(QLatin1String("form_version"));
    evidence.language = fields.text(QLatin1String("language"));
    fields.hex(QLatin1String("form_sha256"), evidence.formHash);
    evidence.answers = fields.booleans(QLatin1String("answers"));
    evidence.strokes = signaturesFromJson(fields);
    evidence.shownAt = fields.instant(QLatin1String("shown_at"));
    evidence.signedAt = fields.instant(QLatin1String("signed_at"));
    if (evidence.format >= 2) readNewerFields(fields, evidence);
    fields.hex(QLatin1String("signature"), evidence.signature);
    SOTTO_TRY(fields.finish());
    return evidence;
}

}  // namespace sotto::consent
