// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "consent/consent.h"
#include "consent/strict_json.h"

namespace sotto::consent {

namespace {

constexpr int kPadEnd = 10'000;            ///< ten pad widths: a pad taller than that is none
constexpr qsizetype kMostPoints = 50'000;  ///< over all strokes of one signer
constexpr std::array kSigners{std::pair{Signer::Participant, QLatin1String("participant")},
                              std::pair{Signer::Interviewer, QLatin1String("interviewer")}};

bool isOnPad(const std::pair<int, int>& point) {
    return point.first >= 0 && point.first <= kPadEnd && point.second >= 0 && point.second <= kPadEnd;
}

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

QJsonObject signedFields(const Evidence& evidence) {
    QJsonObject strokes;
    for (const auto& [signer, name] : kSigners) {
        const auto drawn = evidence.strokes.find(signer);
        if (drawn != evidence.strokes.end()) strokes.insert(name, strokesToJson(drawn->second));
    }
    return {{QStringLiteral("format"), kEvidenceFormat},
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
}

Result<> checkAnswers(const study::ConsentForm& form, const std::map<QString, bool>& answers) {
    const bool allAnswered = std::all_of(form.items.begin(), form.items.end(),
                                         [&](const study::ConsentItem& item) { return answers.count(item.id) > 0; });
    if (!allAnswered) return fail(ErrorCode::InvalidArgument, "an item of the consent form is not answered");
    const bool allKnown = std::all_of(answers.begin(), answers.end(), [&](const auto& answer) {
        return std::any_of(form.items.begin(), form.items.end(),
                           [&](const study::ConsentItem& item) { return item.id == answer.first; });
    });
    if (!allKnown) return fail(ErrorCode::InvalidArgument, "an answer to an item that the consent form does not have");
    return {};
}

Result<> checkStrokes(const std::map<Signer, std::vector<Stroke>>& strokes) {
    const auto own = strokes.find(Signer::Participant);
    const bool isSigned = own != strokes.end() && std::any_of(own->second.begin(), own->second.end(),
                                                              [](const Stroke& stroke) { return !stroke.empty(); });
    if (!isSigned) return fail(ErrorCode::InvalidArgument, "the participant has not signed");
    for (const auto& [signer, drawn] : strokes) {
        std::size_t points = 0;
        for (const Stroke& stroke : drawn) {
            points += stroke.size();
            if (!std::all_of(stroke.begin(), stroke.end(), isOnPad)) {
                return fail(ErrorCode::InvalidArgument, "a signature leaves the pad");
            }
        }
        if (points > kMostPoints) return fail(ErrorCode::InvalidArgument, "a signature has too many points");
    }
    return {};
}

}  // namespace

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
    fields.format(kEvidenceFormat);
    Evidence evidence;
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
    fields.hex(QLatin1String("signature"), evidence.signature);
    SOTTO_TRY(fields.finish());
    return evidence;
}

Result<Evidence> makeEvidence(const ParticipantId& participant, const QString& studyId, const study::ConsentForm& form,
                              const Answers& answers, const crypto::SigningKey& device) {
    if (participant.isNull()) return fail(ErrorCode::InvalidArgument, "consent needs a participant");
    SOTTO_TRY(checkAnswers(form, answers.items));
    SOTTO_TRY(checkStrokes(answers.strokes));
    if (answers.shownAt.bootId == answers.signedAt.bootId && answers.signedAt.bootMs < answers.shownAt.bootMs) {
        return fail(ErrorCode::InvalidArgument, "consent can't be signed before it was shown");
    }
    Evidence evidence;
    evidence.id = EvidenceId::random();
    evidence.participant = participant;
    evidence.studyId = studyId;
    evidence.role = form.role;
    evidence.formVersion = form.version;
    evidence.language = form.language;
    evidence.formHash = form.hash;
    evidence.answers = answers.items;
    evidence.strokes = answers.strokes;
    evidence.shownAt = answers.shownAt;
    evidence.signedAt = answers.signedAt;
    evidence.signature = device.sign(kEvidenceContext, viewOf(evidence.canonicalBytes()));
    return evidence;
}

Result<> verifyEvidence(const Evidence& evidence, const crypto::VerifyKey& device) {
    const QByteArray message = evidence.canonicalBytes();
    if (crypto::verifySignature(device, kEvidenceContext, viewOf(message), evidence.signature)) return {};
    return fail(ErrorCode::SignatureInvalid, "this device did not sign this consent evidence");
}

}  // namespace sotto::consent
