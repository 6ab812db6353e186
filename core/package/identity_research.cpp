// SPDX-License-Identifier: Apache-2.0
#include <array>

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

constexpr std::array kPaperNames{QLatin1String("consent"), QLatin1String("consent-with")};

QString endingOf(const consent::Attachment& attachment) {
    if (attachment.type == consent::kPictureType) return QStringLiteral(".jpg");
    if (attachment.type == consent::kSoundType) return QStringLiteral(".ogg");
    return QStringLiteral(".bin");
}

QJsonObject paperToJson(const SignedPaper& paper, const crypto::VerifyKey& device, const QString& attachment) {
    const consent::Evidence& evidence = paper.evidence;
    SOTTO_CHECK(paper.form.hash == evidence.formHash);
    // The signed bytes as they are, so that the signature can be checked in twenty years without our JSON writer.
    QJsonObject json{{QStringLiteral("format"), kPackageFormat},
                     {QStringLiteral("evidence"), evidence.toJson()},
                     {QStringLiteral("signed"), QString::fromLatin1(evidence.canonicalBytes().toBase64())},
                     {QStringLiteral("signature"), QString::fromStdString(toHex(evidence.signature))},
                     {QStringLiteral("signature_context"),
                      QString::fromLatin1(consent::kEvidenceContext.data(),
                                          static_cast<qsizetype>(consent::kEvidenceContext.size()))},
                     {QStringLiteral("device"), QString::fromStdString(toHex(device))},
                     {QStringLiteral("form"), formToJson(paper.form)}};
    if (!attachment.isEmpty()) json.insert(QStringLiteral("attachment"), attachment);
    return json;
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

std::vector<PackageFile> buildIdentity(const std::vector<SignedPaper>& papers, const people::IdentityRecord& identity,
                                       const crypto::VerifyKey& device, const SessionId& session, bool practice,
                                       const std::optional<crypto::VerifyKey>& sealedBy) {
    SOTTO_CHECK(!papers.empty() && papers.size() <= kPaperNames.size());
    const QJsonObject facts{{QStringLiteral("kind"), packageKindName(PackageKind::Identity)},
                            {QStringLiteral("session"), session.toString()},
                            {QStringLiteral("practice"), practice},
                            {QStringLiteral("device"), hexText(sealedBy.value_or(device))}};
    const QJsonObject person{{QStringLiteral("format"), kPackageFormat},
                             {QStringLiteral("participant"), identity.id.toString()},
                             {QStringLiteral("name"), identity.name},
                             {QStringLiteral("role"), papers.front().evidence.role}};
    std::vector<PackageFile> files{jsonFile(kManifestName, facts)};
    for (std::size_t i = 0; i < papers.size(); ++i) {
        const QString name = kPaperNames[i];
        const QString attachment = papers[i].attachment ? name + endingOf(*papers[i].attachment) : QString();
        files.push_back(jsonFile(name + QStringLiteral(".json"), paperToJson(papers[i], device, attachment)));
        if (papers[i].attachment) files.push_back({attachment, byteArrayOf(papers[i].attachment->bytes)});
    }
    files.push_back(jsonFile(QStringLiteral("person.json"), person));
    return files;
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

PackageFile permissionsFile(const consent::ConsentState& consent) {
    QJsonObject permissions;
    for (const study::Permission permission : study::allPermissions())
        permissions.insert(study::permissionName(permission), consent.allows(permission));
    return jsonFile(QStringLiteral("permissions.json"),
                    {{QStringLiteral("format"), kPackageFormat},
                     {QStringLiteral("may_quote"), consent.allows(study::Permission::Quote)},
                     {QStringLiteral("permissions"), permissions}});
}

std::vector<PackageFile> buildResearch(const std::vector<deident::ResearchTable>& tables, const study::StudyPack& pack,
                                       bool practice, bool mayQuote) {
    // No session, no participant, no device: analysts get the research code alone.
    const QJsonObject facts{{QStringLiteral("kind"), packageKindName(PackageKind::Research)},
                            {QStringLiteral("practice"), practice},
                            {QStringLiteral("may_quote"), mayQuote},
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
