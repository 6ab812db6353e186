// SPDX-License-Identifier: Apache-2.0
// What is done for support, and where that is kept: the second half of SupportViewModel.
#include "error_text.h"
#include "interview/around.h"
#include "people/support_notes.h"
#include "support_texts.h"
#include "support_view_model.h"
#include "vault_thread.h"

namespace sotto::app {

namespace {

QJsonObject detailsOf(const interview::Event& event, std::int64_t utcMs,
                      const std::optional<ParticipantId>& participant) {
    QJsonObject details{{QStringLiteral("heading"), event.id}, {QStringLiteral("at_utc_ms"), qint64{utcMs}}};
    for (const auto& [name, value] : event.dimensions)
        details.insert(name, value);
    if (participant) details.insert(QStringLiteral("participant"), participant->toString());
    return details;
}

/// To the interview if one runs, locked or not. Whatever keeps it from being taken there (it was ended), the audit
/// trail takes it.
Result<> keep(Tablet& tablet, const interview::Event& event, std::int64_t utcMs,
              const std::optional<ParticipantId>& participant) {
    if (tablet.live() != nullptr && tablet.live()->commit(event)) return {};
    SOTTO_ASSIGN(auto* home, tablet.home());
    SOTTO_TRY(home->need({workflow::Compartment::Sessions}));
    return home->audit(QStringLiteral("support.") + event.text, detailsOf(event, utcMs, participant));
}

Result<> keepNoteOf(Tablet& tablet, people::SupportNote note) {
    SOTTO_ASSIGN(auto* home, tablet.home());
    SOTTO_TRY(home->need({workflow::Compartment::Identities}));
    if (tablet.live() != nullptr) {
        note.session = tablet.live()->id();
        note.participant.reset();  // a group has no identity
        if (!tablet.live()->isGroup()) note.participant = tablet.live()->opening().participant;
    }
    return people::SupportNotes(home->identities()).add(note);
}

}  // namespace

void SupportViewModel::openAt(const QString& heading) {
    const bool isKnown = m_sheet.heading(heading) != nullptr;
    m_heading = isKnown ? heading : QString::fromLatin1(study::kProtocolPause);
    m_isNoteKept = false;
    m_error.clear();
    // An alert is kept under its own name, be it that the study has no steps for it.
    say(interview::supportOpened(heading.isEmpty() ? m_heading : heading));
    emit changed();
    if (m_isOpen) return;
    m_isOpen = true;
    emit openChanged();
}

void SupportViewModel::turnTo(const QString& heading) {
    if (m_sheet.heading(heading) == nullptr || heading == m_heading) return;
    m_heading = heading;
    say(interview::supportOpened(heading));
    emit changed();
}

void SupportViewModel::tick(int step) {
    if (m_isForParticipant || !shown() || step < 1 || step > shown()->steps.size()) return;
    auto& done = m_done[m_heading];
    if (done.erase(step) > 0) {
        say(interview::supportStepUndone(m_heading, step));
    } else {
        done[step] = now();
        say(interview::supportStep(m_heading, step));
    }
    emit changed();
}

void SupportViewModel::decide(const QString& outcome, const QString& by) {
    const auto what = interview::outcomeFromName(outcome);
    const auto who = interview::decidedByFromName(by);
    if (m_isForParticipant || !what || !who) return;
    say(interview::supportDecided(m_heading, *what, *who));
    m_decision = decisionText(outcome, by);
    emit changed();
}

void SupportViewModel::keepNote(const QString& text) {
    if (!canNote() || text.trimmed().isEmpty()) return;
    m_vault->run(
        this,
        [note = people::SupportNote{now(), m_heading, text.trimmed(), m_participant, {}}](Tablet& tablet) {
            return keepNoteOf(tablet, note);
        },
        [this, heading = m_heading](const Result<>& kept) {
            m_error = kept ? QString() : errorText(kept.error());
            m_isNoteKept = kept.has_value();
            if (kept) say(interview::supportNoted(heading));
            emit changed();
        });
}

void SupportViewModel::say(interview::Event event) {
    tell({std::move(event), now(), m_participant});
}

void SupportViewModel::tell(const Said& said) {
    m_vault->run(
        this, [said](Tablet& tablet) { return keep(tablet, said.event, said.utcMs, said.participant); },
        [this, said](const Result<>& kept) {
            if (kept) return;
            // Locked and without an interview there is nobody to tell: it is said at the next unlock.
            if (kept.error().code == ErrorCode::Locked) return m_waiting.push_back(said);
            if (kept.error().code == ErrorCode::NotAllowed) return;  // an assistant's tablet keeps no interviews
            m_error = errorText(kept.error());
            emit changed();
        });
}

void SupportViewModel::tellWhatWaits() {
    std::vector<Said> waiting;
    waiting.swap(m_waiting);
    for (const Said& said : waiting)
        tell(said);
}

}  // namespace sotto::app
