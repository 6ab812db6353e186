// SPDX-License-Identifier: Apache-2.0
#include <QJsonArray>
#include <QJsonObject>

#include "base/check.h"
#include "package/content.h"
#include "package/json_file.h"
#include "package/seal.h"

namespace sotto::package {

namespace {

QJsonObject localText(const study::LocalText& text) {
    QJsonObject object;
    for (const auto& [language, words] : text)
        object.insert(language, words);
    return object;
}

QJsonObject formToJson(const study::ConsentForm& form) {
    QJsonArray parts;
    for (const auto& [id, text] : form.parts) {
        parts.append(QJsonObject{{QStringLiteral("id"), id}, {QStringLiteral("text"), text}});
    }
    QJsonArray items;
    for (const study::ConsentItem& item : form.items) {
        items.append(QJsonObject{{QStringLiteral("id"), item.id},
                                 {QStringLiteral("text"), item.text},
                                 {QStringLiteral("permission"), study::permissionName(item.permission)},
                                 {QStringLiteral("required"), item.required}});
    }
    return {{QStringLiteral("role"), form.role},
            {QStringLiteral("language"), form.language},
            {QStringLiteral("version"), form.version},
            {QStringLiteral("title"), form.title},
            {QStringLiteral("parts"), parts},
            {QStringLiteral("items"), items},
            {QStringLiteral("sha256"), QString::fromStdString(toHex(form.hash))}};
}

QJsonObject codebookToJson(const study::Codebook& codebook) {
    QJsonArray codes;
    for (const study::Code& code : codebook.codes) {
        codes.append(QJsonObject{{QStringLiteral("id"), code.id},
                                 {QStringLiteral("name"), localText(code.name)},
                                 {QStringLiteral("definition"), localText(code.definition)},
                                 {QStringLiteral("color"), code.color},
                                 {QStringLiteral("group"), code.group}});
    }
    QJsonObject dimensions;
    for (const auto& [name, values] : codebook.dimensions)
        dimensions.insert(name, QJsonArray::fromStringList(values));
    return {{QStringLiteral("format"), kPackageFormat},
            {QStringLiteral("codes"), codes},
            {QStringLiteral("dimensions"), dimensions}};
}

}  // namespace

std::vector<PackageFile> buildIdentity(const consent::Evidence& evidence, const study::ConsentForm& form,
                                       const people::IdentityRecord& identity, const crypto::VerifyKey& device,
                                       const SessionId& session, bool practice,
                                       const std::optional<crypto::VerifyKey>& sealedBy) {
    SOTTO_CHECK(form.hash == evidence.formHash);
    const QString deviceText = QString::fromStdString(toHex(device));
    const QJsonObject facts{{QStringLiteral("kind"), packageKindName(PackageKind::Identity)},
                            {QStringLiteral("session"), session.toString()},
                            {QStringLiteral("practice"), practice},
                            {QStringLiteral("device"), hexText(sealedBy.value_or(device))}};
    // The signed bytes as they are, so that the signature can be checked in twenty years without our JSON writer.
    const QJsonObject consent{{QStringLiteral("format"), kPackageFormat},
                              {QStringLiteral("evidence"), evidence.toJson()},
                              {QStringLiteral("signed"), QString::fromLatin1(evidence.canonicalBytes().toBase64())},
                              {QStringLiteral("signature"), QString::fromStdString(toHex(evidence.signature))},
                              {QStringLiteral("signature_context"),
                               QString::fromLatin1(consent::kEvidenceContext.data(),
                                                   static_cast<qsizetype>(consent::kEvidenceContext.size()))},
                              {QStringLiteral("device"), deviceText},
                              {QStringLiteral("form"), formToJson(form)}};
    const QJsonObject person{{QStringLiteral("format"), kPackageFormat},
                             {QStringLiteral("participant"), identity.id.toString()},
                             {QStringLiteral("name"), identity.name},
                             {QStringLiteral("role"), evidence.role}};
    return {jsonFile(kManifestName, facts), jsonFile(QLatin1String("consent.json"), consent),
            jsonFile(QLatin1String("person.json"), person)};
}

PackageFile supportNotesFile(const std::vector<people::SupportNote>& notes) {
    QJsonArray array;
    for (const people::SupportNote& note : notes) {
        QJsonObject line{{QStringLiteral("at_utc"), utcText(note.utcMs)},
                         {QStringLiteral("heading"), note.heading},
                         {QStringLiteral("text"), note.text}};
        if (note.session) line.insert(QStringLiteral("session"), note.session->toString());
        array.append(line);
    }
    return jsonFile(QLatin1String("support_notes.json"),
                    {{QStringLiteral("format"), kPackageFormat}, {QStringLiteral("notes"), array}});
}

std::vector<PackageFile> buildResearch(const std::vector<deident::ResearchTable>& tables, const study::StudyPack& pack,
                                       bool practice) {
    // No session, no participant, no device: analysts get the research code alone.
    const QJsonObject facts{{QStringLiteral("kind"), packageKindName(PackageKind::Research)},
                            {QStringLiteral("practice"), practice},
                            {QStringLiteral("status"), QStringLiteral("de-identified (coded)")}};
    const QJsonObject study{{QStringLiteral("format"), kPackageFormat},
                            {QStringLiteral("id"), pack.id},
                            {QStringLiteral("version"), pack.version},
                            {QStringLiteral("title"), localText(pack.title)},
                            {QStringLiteral("languages"), QJsonArray::fromStringList(pack.languages)},
                            {QStringLiteral("practice"), practice}};
    std::vector<PackageFile> files{jsonFile(kManifestName, facts)};
    for (const deident::ResearchTable& table : tables) {
        files.push_back({table.name + QStringLiteral(".csv"), table.toCsv()});
    }
    files.push_back(jsonFile(QLatin1String("codebook.json"), codebookToJson(pack.codebook)));
    files.push_back(jsonFile(QLatin1String("study.json"), study));
    return files;
}

}  // namespace sotto::package
