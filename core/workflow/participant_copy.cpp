// SPDX-License-Identifier: Apache-2.0
#include "workflow/participant_copy.h"

#include <algorithm>

#include "consent/code.h"
#include "workflow/signed_consent.h"

namespace sotto::workflow {

namespace {

Result<EvidenceId> lastEvidence(Home& home, const ParticipantId& participant) {
    SOTTO_ASSIGN(const auto state, consent::consentInForce(home.sessions(), participant));
    if (!state) return fail(ErrorCode::NotFound, "this participant has not consented, so there is nothing to copy");
    return state->evidence;
}

QString inLanguage(const study::LocalText& text, const QString& language) {
    const auto found = text.find(language);
    if (found != text.end()) return found->second;
    return text.empty() ? QString() : text.begin()->second;
}

/// Below the home lies nothing in clear.
Result<> checkFolder(const Home& home, const Path& folder) {
    const Path inner = folder.lexically_normal();
    const Path outer = home.layout().root.lexically_normal();
    const auto [end, rest] = std::mismatch(outer.begin(), outer.end(), inner.begin(), inner.end());
    if (end == outer.end()) return fail(ErrorCode::NotAllowed, "a copy is not put among the sealed files");
    return {};
}

Result<> writeNew(FileSystem& files, const Path& path, ByteView bytes) {
    const auto write = [&]() -> Result<> {
        SOTTO_ASSIGN(const auto file, files.open(path, OpenMode::CreateNew));
        SOTTO_TRY(file->write(0, bytes));
        return file->sync();
    };
    Result<> written = write();
    // What is there in part is of no use to anybody.
    if (!written && written.error().code != ErrorCode::AlreadyExists) static_cast<void>(files.remove(path));
    return written;
}

}  // namespace

Result<consent::Document> documentOf(Home& home, const ParticipantId& participant) {
    SOTTO_ASSIGN(const auto evidence, lastEvidence(home, participant));
    SOTTO_ASSIGN(const auto consent, signedConsent(home, evidence));
    // Whoever signs for somebody comes first, as it was signed.
    const bool ownIsAssent = consent.own.evidence.signedBy == study::SignedBy::Assent;
    std::vector<const SignedForm*> forms{&consent.own};
    if (consent.with) forms.insert(ownIsAssent ? forms.begin() : forms.end(), &*consent.with);
    const study::StudyPack& pack = forms.front()->study->pack;
    consent::Document document;
    document.studyTitle = inLanguage(pack.title, forms.front()->form.language);
    document.ethics = pack.ethicsCertificate;
    document.team = pack.policy.contacts.team;
    document.complaints = pack.policy.contacts.complaints;
    for (const SignedForm* form : forms)
        document.papers.push_back({form->form, form->evidence});
    return document;
}

Result<QString> codeOf(Home& home, const ParticipantId& participant) {
    if (!home.holds(Compartment::Identities)) return QString();
    SOTTO_ASSIGN(const auto state, consent::consentInForce(home.sessions(), participant));
    if (!state) return QString();
    SOTTO_ASSIGN(const auto evidence, consent::Consents(home.sessions(), home.identities()).evidence(state->evidence));
    return evidence.code;
}

Result<Path> saveCopy(Home& home, const ParticipantId& participant, const consent::Press& press, const Path& folder,
                      consent::PageSize size) {
    SOTTO_TRY(checkFolder(home, folder));
    SOTTO_ASSIGN(const auto document, documentOf(home, participant));
    SOTTO_ASSIGN(Bytes pdf, press.print(document, size));
    const Path path = folder / ("document-" + consent::freshCode().left(6).toStdString() + ".pdf");
    const Result<> written = writeNew(home.files(), path, pdf);
    crypto::wipe(pdf);
    SOTTO_TRY(written);
    SOTTO_TRY(home.audit(QStringLiteral("consent.copy-saved"),
                         {{QStringLiteral("evidence"), document.papers.front().evidence->id.toString()}}));
    SOTTO_TRY(noteCopy(home, participant, consent::CopyState::Given));
    return path;
}

Result<> noteCopy(Home& home, const ParticipantId& participant, consent::CopyState state) {
    SOTTO_TRY(home.need({Compartment::Sessions}));
    SOTTO_ASSIGN(const auto evidence, lastEvidence(home, participant));
    return consent::setCopy(home.sessions(), {evidence, participant, state, home.clock().now().utcMs});
}

}  // namespace sotto::workflow
