// SPDX-License-Identifier: Apache-2.0
#include "consent_keeping.h"

#include <algorithm>

#include "consent/copies.h"
#include "people/people.h"
#include "workflow/participant_copy.h"
#include "workflow/signed_consent.h"

namespace sotto::app {

namespace {

using workflow::Compartment;

constexpr std::uint64_t kMostPictureFile = std::uint64_t{40} << 20;

Result<> keepOne(workflow::Home& home, const ParticipantId& participant, const ConsentPaper& paper,
                 const consent::Answers& answers) {
    SOTTO_ASSIGN(const auto evidence, consent::makeEvidence(participant, home.study().pack.id, paper.form, answers,
                                                            home.keyring().deviceKey()));
    SOTTO_TRY(consent::Consents(home.sessions(), home.identities()).add(evidence, paper.form, answers.attachment));
    return home.audit(QStringLiteral("consent.signed"), {{QStringLiteral("evidence"), evidence.id.toString()},
                                                         {QStringLiteral("kind"), consent::kindName(answers.kind)}});
}

Result<> keepBoth(workflow::Home& home, const ParticipantId& participant, const std::vector<ConsentPaper>& papers,
                  const std::vector<consent::Answers>& answers) {
    SOTTO_ASSIGN(const auto both,
                 consent::makeBoundEvidence(participant, home.study().pack.id, {papers[0].form, answers[0]},
                                            {papers[1].form, answers[1]}, home.keyring().deviceKey()));
    SOTTO_TRY(consent::Consents(home.sessions(), home.identities())
                  .addBound({both.first, papers[0].form}, answers[0].attachment, {both.second, papers[1].form},
                            answers[1].attachment));
    for (const consent::Evidence* evidence : {&both.first, &both.second}) {
        SOTTO_TRY(home.audit(QStringLiteral("consent.signed"),
                             {{QStringLiteral("evidence"), evidence->id.toString()},
                              {QStringLiteral("kind"), consent::kindName(evidence->kind)},
                              {QStringLiteral("signed_by"), study::signedByName(evidence->signedBy)}}));
    }
    return {};
}

}  // namespace

Result<ConsentForms> formsToSign(Tablet& tablet, const ParticipantId& participant) {
    SOTTO_ASSIGN(auto* home, tablet.home());
    SOTTO_TRY(home->need({Compartment::Sessions, Compartment::Identities}));
    SOTTO_ASSIGN(const auto self, people::Participants(home->sessions()).find(participant));
    if (!self) return fail(ErrorCode::NotFound, "this participant is not there");
    const study::StudyPack& pack = home->study().pack;
    ConsentForms forms;
    forms.role = self->role;
    forms.day = workflow::signingDay(*home, self->role);
    forms.sites = pack.policy.sites;
    forms.questions = pack.forms;
    for (const study::ConsentForm& form : pack.consents) {
        const bool isSomewhere = form.isInForce(forms.day, form.sites.isEmpty() ? QString() : form.sites.front());
        if (form.role == self->role && isSomewhere) forms.forms.push_back(form);
    }
    SOTTO_ASSIGN(const auto inForce, consent::consentInForce(home->sessions(), participant));
    if (inForce && inForce->takesPart) {
        SOTTO_ASSIGN(forms.isRenewal, workflow::needsNewConsent(*home, self->role, *inForce));
    }
    return forms;
}

Result<> keepConsent(Tablet& tablet, const ParticipantId& participant, const std::vector<ConsentPaper>& papers,
                     consent::Kind kind, const QString& site) {
    SOTTO_ASSIGN(auto* home, tablet.home());
    std::vector<consent::Answers> answers;
    for (const ConsentPaper& paper : papers) {
        answers.push_back(paper.toAnswers(kind, site));
        answers.back().signedAt = tablet.clock().now();
        // The interviewer signs once, for all of it.
        answers.back().strokes[consent::Signer::Interviewer] =
            papers.back().toAnswers(kind, site).strokes[consent::Signer::Interviewer];
    }
    SOTTO_TRY(papers.size() == 1 ? keepOne(*home, participant, papers.front(), answers.front())
                                 : keepBoth(*home, participant, papers, answers));
    // It is signed and in force: should this fail, nothing that was agreed to is lost.
    static_cast<void>(workflow::noteCopy(*home, participant, consent::CopyState::Owed));
    return {};
}

Result<> noteRefusal(Tablet& tablet, const ParticipantId& participant) {
    SOTTO_ASSIGN(auto* home, tablet.home());
    return home->audit(QStringLiteral("consent.not-given"), {{QStringLiteral("participant"), participant.toString()}});
}

Result<consent::Attachment> pictureFrom(Tablet& tablet, const consent::Press& press, const QString& path) {
    const Path file = path.trimmed().toStdString();
    SOTTO_ASSIGN(const auto open, tablet.files().open(file, OpenMode::Read));
    SOTTO_ASSIGN(const std::uint64_t size, open->size());
    if (size > kMostPictureFile) return fail(ErrorCode::InvalidArgument, "this picture is too large to be taken in");
    SOTTO_ASSIGN(const Bytes bytes, readFile(tablet.files(), file, kMostPictureFile));
    return press.picture(bytes);
}

}  // namespace sotto::app
