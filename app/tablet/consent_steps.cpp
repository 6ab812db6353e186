// SPDX-License-Identifier: Apache-2.0
// The way through a consent: which step comes after which, and what each of them enters.
#include "consent_keeping.h"
#include "consent_view_model.h"
#include "error_text.h"
#include "settings_view_model.h"
#include "vault_thread.h"

namespace sotto::app {

namespace {

/// What is wrong with a picture of a signed paper, and what to do.
QString pictureText(const Error& error) {
    if (error.code == ErrorCode::ParseFailed) {
        return ConsentViewModel::tr(
            "This file is no picture that can be read. Take a JPEG or PNG picture of the paper.");
    }
    if (error.code == ErrorCode::InvalidArgument) {
        return ConsentViewModel::tr(
            "This picture is too large, or too small to be read. Take a smaller or a clearer one.");
    }
    return errorText(error);
}

}  // namespace

using consent::Kind;
using consent::Signer;

QList<ConsentViewModel::Step> ConsentViewModel::steps() const {
    QList<Step> list;
    // A paper was read on paper.
    if (m_kind != Kind::Paper) list += {Step::Read, Step::Understand};
    list += {Step::Item, Step::Summary};
    list += m_kind == Kind::Glass ? Step::Participant : m_kind == Kind::Paper ? Step::Picture : Step::Statement;
    if (m_kind != Kind::Paper && needsWitness()) list += Step::Witness;
    list.removeIf([this](Step step) { return countOf(step) == 0; });
    return list;
}

bool ConsentViewModel::canGoOn() const {
    const ConsentPaper* on = paper();
    if (on == nullptr || m_isBusy || isRecording()) return false;
    const bool isNamed = !on->isForSomebody() || !on->signatory.trimmed().isEmpty();
    const bool isWitnessed = !on->witness.trimmed().isEmpty();
    switch (m_step) {
        case Step::Item:
            return !answer().isEmpty();
        case Step::Understand:
            return on->understanding.count(on->questions[static_cast<std::size_t>(m_index)].id) > 0;
        case Step::Participant:
            return isNamed && !participantStrokes().isEmpty();
        case Step::Picture:
            return isNamed && on->attachment && (!needsWitness() || isWitnessed);
        case Step::Statement:
            return isNamed && on->attachment;
        case Step::Witness:
            return isWitnessed && !witnessStrokes().isEmpty();
        default:
            return true;
    }
}

void ConsentViewModel::next() {
    if (!canGoOn()) return;
    if (m_index + 1 < countOf(m_step)) return goTo(m_step, m_index + 1);
    // Of two who must both agree one said no: there is nothing for the other to sign.
    if (m_step == Step::Summary && m_papers.size() > 1 && !takesPart()) return decline();
    const QList<Step> all = steps();
    const qsizetype at = all.indexOf(m_step);
    if (at < 0) return;
    if (at + 1 < all.size()) return goTo(all[at + 1]);
    leavePaper();
}

void ConsentViewModel::leavePaper() {
    if (isLast()) return goTo(Step::Interviewer);
    ++m_at;
    takeClock();
    goTo(steps().front());
}

void ConsentViewModel::back() {
    if (m_isBusy) return;
    if (isRecording()) stopStatement();
    if (m_index > 0) return goTo(m_step, m_index - 1);
    switch (m_step) {
        case Step::Manner:
            return m_papers.empty() ? begin() : goTo(steps().front());
        case Step::Language:
            return m_forms.signers(m_site).size() > 1 ? goTo(Step::Signer) : emit finished();
        case Step::Signer:
            return m_forms.sites.size() > 1 ? goTo(Step::Site) : emit finished();
        case Step::Loading:
        case Step::Site:
        case Step::Done:
            return emit finished();
        default:
            return backFrom(m_step);
    }
}

/// Within the papers.
void ConsentViewModel::backFrom(Step step) {
    const auto goToEnd = [this](Step earlier) { goTo(earlier, countOf(earlier) - 1); };
    const QList<Step> all = steps();
    const qsizetype at = step == Step::Interviewer ? all.size() : all.indexOf(step);
    if (at > 0) return goToEnd(all[at - 1]);
    if (m_at > 0) {
        --m_at;
        return goToEnd(steps().back());
    }
    const bool isChosen = m_forms.languages(m_site, m_signer).size() > 1;
    m_papers.clear();
    if (isChosen) return goTo(Step::Language);
    if (m_forms.signers(m_site).size() > 1) return goTo(Step::Signer);
    emit finished();
}

void ConsentViewModel::answerItem(bool yes) {
    if (paper() == nullptr || m_step != Step::Item) return;
    paper()->answers[paper()->form.items[static_cast<std::size_t>(m_index)].id] = yes;
    // What was signed or said to other answers is none to these.
    paper()->strokes.clear();
    if (m_kind == Kind::Oral) paper()->attachment.reset();
    emit changed();
}

void ConsentViewModel::answerQuestion(const QString& option) {
    if (paper() == nullptr || m_step != Step::Understand) return;
    const study::FormItem& question = paper()->questions[static_cast<std::size_t>(m_index)];
    if (question.option(option) == nullptr) return;
    QStringList& given = paper()->understanding[question.id];
    if (given.isEmpty() || given.back() != option) given += option;
    emit changed();
}

void ConsentViewModel::keep(Signer signer, const QVariantList& strokes) {
    if (paper() == nullptr) return;
    paper()->strokes[signer] = strokes;
    emit changed();
}

void ConsentViewModel::keepParticipantStrokes(const QVariantList& strokes) {
    keep(Signer::Participant, strokes);
}

void ConsentViewModel::keepInterviewerStrokes(const QVariantList& strokes) {
    keep(Signer::Interviewer, strokes);
}

void ConsentViewModel::keepWitnessStrokes(const QVariantList& strokes) {
    keep(Signer::Witness, strokes);
}

void ConsentViewModel::enterSignatory(const QString& name) {
    if (paper()) paper()->signatory = name;
    emit changed();
}

void ConsentViewModel::enterWitness(const QString& name) {
    if (paper()) paper()->witness = name;
    emit changed();
}

void ConsentViewModel::setMark(bool mark) {
    if (paper()) paper()->isMark = mark;
    emit changed();
}

void ConsentViewModel::takePicture(const QString& path) {
    if (m_isBusy || m_step != Step::Picture || !m_press) return;
    m_isBusy = true;
    setError({});
    m_vault->run(
        this, [press = m_press, path](Tablet& tablet) { return pictureFrom(tablet, *press, path); },
        [this](Result<consent::Attachment> picture) {
            m_isBusy = false;
            if (!picture) return setError(pictureText(picture.error()));
            if (paper()) paper()->attachment = *std::move(picture);
            setError({});
        });
}

void ConsentViewModel::startStatement() {
    if (isRecording() || m_step != Step::Statement || paper() == nullptr) return;
    paper()->attachment.reset();
    m_recorder.start(m_settings->microphone());
    m_tick.start();
    setError({});
}

void ConsentViewModel::stopStatement() {
    if (!isRecording()) return;
    m_tick.stop();
    Result<consent::Attachment> said = m_recorder.stop();
    emit ticked();
    if (!said) {
        return setError(said.error().code == ErrorCode::InvalidArgument
                            ? tr("Nothing was heard. Try again.")
                            : tr("The microphone did not work. Try again, or take consent on paper."));
    }
    if (paper()) paper()->attachment = *std::move(said);
    setError({});
}

void ConsentViewModel::goTo(Step step, int index) {
    m_step = step;
    m_index = index;
    m_error.clear();
    emit changed();
}

}  // namespace sotto::app
