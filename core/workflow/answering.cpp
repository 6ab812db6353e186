// SPDX-License-Identifier: Apache-2.0
#include "workflow/answering.h"

#include <algorithm>

#include "consent/consent.h"
#include "package/content.h"
#include "people/people.h"
#include "workflow/study_shelf.h"

namespace sotto::workflow {

namespace {

using people::DetachedSheets;
using people::FilledForms;
using people::FormProgress;
using study::Kept;

RoleFormState::Stage stageOf(const std::vector<FormProgress>& all, const study::Form& form) {
    const QString hash = people::formHash(form);
    const auto found =
        std::ranges::find_if(all, [&](const FormProgress& one) { return one.form == form.id && one.hash == hash; });
    if (found == all.end()) return RoleFormState::Stage::NotBegun;
    return found->isFinished ? RoleFormState::Stage::Done : RoleFormState::Stage::Begun;
}

/// Answers to what was not asked in the end were taken back by another answer.
study::Answers askedOnly(const study::Form& form, const study::Answers& answers) {
    const study::AnsweredForm answered{&form, answers};
    study::Answers asked;
    const auto take = [&](const QString& id) {
        const auto found = answers.find(id);
        if (found != answers.end()) asked.insert(*found);
    };
    for (const study::FormItem& item : form.items) {
        if (study::isAsked(answered, item) != study::Verdict::Yes) continue;
        take(item.id);
        for (const study::FormPart& part : item.parts)
            take(part.id);
    }
    return asked;
}

/// The form with just these words, among the versions of the study.
const study::Form* formOf(const std::vector<study::SignedPack>& packs, const FormProgress& progress) {
    for (const study::SignedPack& one : packs) {
        const study::Form* form = one.pack.form(progress.form);
        if (form != nullptr && people::formHash(*form) == progress.hash) return form;
    }
    return nullptr;
}

}  // namespace

Result<std::vector<RoleFormState>> roleForms(Home& home, const ParticipantId& participant) {
    SOTTO_TRY(home.need({Compartment::Sessions}));
    SOTTO_ASSIGN(const auto known, people::Participants(home.sessions()).find(participant));
    if (!known) return fail(ErrorCode::NotFound, "this participant is not there");
    SOTTO_ASSIGN(const auto progress, FilledForms(home.sessions()).progress(participant));
    const study::StudyPack& pack = home.study().pack;
    std::vector<RoleFormState> states;
    const study::Role* role = pack.role(known->role);
    if (role == nullptr) return states;
    for (const study::RoleForm& asked : role->forms) {
        const study::Form* form = pack.form(asked.form);
        if (form != nullptr) states.push_back({*form, asked, stageOf(progress, *form)});
    }
    return states;
}

Result<Answering> Answering::begin(Home& home, const ParticipantId& participant, const QString& form) {
    const study::Form* known = home.study().pack.form(form);
    if (known == nullptr) return fail(ErrorCode::NotFound, "the study has no form of that name");
    return begin(home, participant, *known);
}

Result<Answering> Answering::begin(Home& home, const ParticipantId& participant, study::Form form) {
    SOTTO_TRY(home.need({Compartment::Sessions}));
    if (form.kept == Kept::Apart) SOTTO_TRY(home.need({Compartment::Identities}));
    SOTTO_ASSIGN(const auto known, people::Participants(home.sessions()).find(participant));
    if (!known) return fail(ErrorCode::NotFound, "this participant is not there");
    Answering answering;
    answering.m_participant = participant;
    answering.m_form = std::move(form);
    if (answering.m_form.kept != Kept::Apart) {
        SOTTO_ASSIGN(answering.m_known, FilledForms(home.sessions()).answers(participant, answering.m_form));
        return answering;
    }
    SOTTO_ASSIGN(const auto consent, consent::consentInForce(home.sessions(), participant));
    // The link is the study's and the participant's to give; the address for the report never has one.
    answering.m_isLinked = consent && consent->allows(study::Permission::LinkSheet) &&
                           home.study().pack.form(answering.m_form.id) != nullptr;
    if (answering.m_isLinked) {
        SOTTO_TRY(answering.needSheet(home));
        SOTTO_ASSIGN(answering.m_known, DetachedSheets(home.identities()).answers(*answering.m_sheet));
    }
    return answering;
}

Result<> Answering::needSheet(Home& home) {
    if (m_sheet) return {};
    SOTTO_ASSIGN(m_sheet, DetachedSheets(home.identities())
                              .begin(m_form, home.clock().now(),
                                     m_isLinked ? std::optional(m_participant) : std::optional<ParticipantId>()));
    return {};
}

Result<QStringList> Answering::keep(Home& home, const QString& item, const std::optional<study::Answer>& answer) {
    if (m_form.kept == Kept::Apart) {
        if (!m_sheet && !answer) return QStringList();
        SOTTO_TRY(needSheet(home));
        SOTTO_TRY(DetachedSheets(home.identities()).keep(*m_sheet, m_form, item, answer));
        return QStringList();
    }
    SOTTO_ASSIGN(const QStringList alerts,
                 FilledForms(home.sessions()).keep(m_participant, m_form, item, answer, home.clock().now()));
    for (qsizetype i = 0; i < alerts.size(); ++i) {
        // The answer is kept and somebody must be told of it at once: a full audit trail may not stand between.
        static_cast<void>(
            home.audit(QStringLiteral("support.offered"), {{QStringLiteral("participant"), m_participant.toString()}}));
    }
    return alerts;
}

Result<> Answering::finish(Home& home) {
    if (m_sheet) SOTTO_TRY(DetachedSheets(home.identities()).finish(*m_sheet));
    return FilledForms(home.sessions()).finish(m_participant, m_form, home.clock().now());
}

Result<std::vector<AnswersOfForm>> answersForSession(Home& home, const ParticipantId& participant) {
    const FilledForms filled(home.sessions());
    SOTTO_ASSIGN(const auto progress, filled.progress(participant));
    std::vector<AnswersOfForm> all;
    if (progress.empty()) return all;
    SOTTO_ASSIGN(const auto packs, StudyShelf(home.sessions()).all());
    for (const FormProgress& one : progress) {
        const study::Form* form = formOf(packs, one);
        if (form == nullptr || form->kept != Kept::Session) continue;
        SOTTO_ASSIGN(const auto answers, filled.answers(participant, one.form, one.hash));
        all.push_back({*form, askedOnly(*form, answers), one.isFinished});
    }
    return all;
}

std::vector<study::AnsweredForm> answeredForms(const std::vector<AnswersOfForm>& all) {
    std::vector<study::AnsweredForm> answered;
    answered.reserve(all.size());
    for (const AnswersOfForm& one : all)
        answered.push_back({&one.form, one.answers});
    return answered;
}

Result<std::vector<package::PackageFile>> instrumentFiles(Home& home, const ParticipantId& participant) {
    SOTTO_ASSIGN(const auto all, answersForSession(home, participant));
    std::vector<package::PackageFile> files;
    files.reserve(all.size());
    std::map<QString, int> wordings;
    for (const AnswersOfForm& one : all) {
        files.push_back(package::instrumentFile({&one.form, one.answers}, people::formHash(one.form), one.isFinished,
                                                wordings[one.form.id]++));
    }
    return files;
}

}  // namespace sotto::workflow
