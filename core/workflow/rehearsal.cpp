// SPDX-License-Identifier: Apache-2.0
#include "workflow/rehearsal.h"

#include <algorithm>
#include <array>

#include "crypto/secure_bytes.h"
#include "workflow/rebuild.h"
#include "workflow/screening.h"

namespace sotto::workflow {

namespace {

using interview::Event;
using interview::EventKind;
using study::ScriptStep;

constexpr std::int64_t kChunkSamples = kSampleRate / 50;  // 20 ms

/// A signature as a script draws it: three strokes that no person made.
std::vector<consent::Stroke> scriptedSignature() {
    return {{{100, 700}, {250, 300}, {400, 700}}, {{450, 500}, {600, 450}, {750, 550}}, {{780, 600}, {900, 420}}};
}

Event eventOf(const ScriptStep& step, const QString& lastQuestion) {
    static const std::map<ScriptStep::Action, EventKind> kKinds{{ScriptStep::Action::Ask, EventKind::Ask},
                                                                {ScriptStep::Action::Probe, EventKind::Probe},
                                                                {ScriptStep::Action::Answer, EventKind::Answer},
                                                                {ScriptStep::Action::Mark, EventKind::Mark},
                                                                {ScriptStep::Action::Code, EventKind::Code},
                                                                {ScriptStep::Action::Link, EventKind::Link},
                                                                {ScriptStep::Action::Note, EventKind::Note},
                                                                {ScriptStep::Action::Pause, EventKind::Pause},
                                                                {ScriptStep::Action::OffRecord, EventKind::OffRecord}};
    Event event;
    event.kind = kKinds.at(step.action);
    event.id = step.action == ScriptStep::Action::Answer ? lastQuestion : step.id;
    event.target = step.target;
    event.text = step.text;
    event.dimensions = step.dimensions;
    event.prompted = step.prompted;
    return event;
}

Failure misfit(const std::string& sentence) {
    return fail(ErrorCode::InvalidArgument, "the script's " + sentence);
}

Result<> checkPeople(const study::RehearsalScript& script, const study::StudyPack& pack) {
    if (pack.guide(script.role, script.language) == nullptr || pack.consent(script.role, script.language) == nullptr) {
        return misfit("participant: the study has no role '" + script.role.toStdString() + "' in the language '" +
                      script.language.toStdString() + "'");
    }
    if (script.partnerRole.isEmpty()) return {};
    if (pack.role(script.partnerRole) == nullptr) {
        return misfit("partner: the study has no role '" + script.partnerRole.toStdString() + "'");
    }
    if (script.partnerRole == script.role) return misfit("partner has the participant's own role");
    return {};
}

Result<> checkSteps(const study::RehearsalScript& script, const study::StudyPack& pack) {
    const study::Guide& guide = *pack.guide(script.role, script.language);
    QString lastQuestion;
    for (const ScriptStep& step : script.steps) {
        if (step.action == ScriptStep::Action::Ask) lastQuestion = step.id;
        if (step.action == ScriptStep::Action::Answer && lastQuestion.isEmpty()) {
            return misfit("line " + std::to_string(step.line) + ": an answer needs an 'ask' step before it");
        }
        if (const auto checked = interview::checkEvent(eventOf(step, lastQuestion), guide, pack.codebook); !checked) {
            return misfit("line " + std::to_string(step.line) + ": " + checked.error().context);
        }
    }
    return {};
}

Result<consent::Evidence> signConsent(const study::StudyPack& pack, const study::RehearsalScript& script,
                                      const ParticipantId& participant, const Instant& at,
                                      const crypto::SigningKey& device) {
    const study::ConsentForm& form = *pack.consent(script.role, script.language);
    consent::Answers answers;
    answers.items = script.consent;
    answers.strokes = {{consent::Signer::Participant, scriptedSignature()},
                       {consent::Signer::Interviewer, scriptedSignature()}};
    answers.shownAt = at;
    answers.signedAt = at;
    return consent::makeEvidence(participant, pack.id, form, answers, device);
}

Result<people::Participant> enrolPeople(Home& home, const study::RehearsalScript& script) {
    const std::optional<PairId> pair = script.partnerRole.isEmpty() ? std::nullopt : std::optional(PairId::random());
    SOTTO_ASSIGN(const auto participant,
                 people::enrol(home.sessions(), home.identities(), script.role, script.name, pair, home.clock().now()));
    if (pair) {
        SOTTO_TRY(people::enrol(home.sessions(), home.identities(), script.partnerRole, script.partnerName, pair,
                                home.clock().now()));
    }
    return participant;
}

Result<> takeConsent(Home& home, const study::RehearsalScript& script, const people::Participant& participant) {
    SOTTO_ASSIGN(const auto evidence, signConsent(home.study().pack, script, participant.id, home.clock().now(),
                                                  home.keyring().deviceKey()));
    consent::Consents consents(home.sessions(), home.identities());
    return consents.add(evidence, *home.study().pack.consent(script.role, script.language));
}

/// Plays one script against one voice. Time is counted in samples of the recording.
class Performance {
public:
    Performance(LiveSession& session, const study::RehearsalScript& script, recording::AudioInput& voice,
                const RehearsalHooks& hooks, RehearsalReport& report)
        : m_session(session), m_script(script), m_voice(voice), m_hooks(hooks), m_report(report) {}
    Performance(const Performance&) = delete;
    Performance& operator=(const Performance&) = delete;
    ~Performance() { crypto::wipe({reinterpret_cast<std::uint8_t*>(m_buffer.data()), sizeof m_buffer}); }

    Result<> run() {
        const Result<> played = play();
        m_report.stepsDone = static_cast<int>(m_next);
        m_report.stepsAfterEnd = static_cast<int>(m_script.steps.size() - m_next);
        Result<> ended = m_session.end();
        SOTTO_TRY(played);  // the first error is the one that counts
        return ended;
    }

private:
    Result<> play() {
        if (m_session.hasAudio()) SOTTO_TRY(m_session.record());
        while (!m_ended) {
            SOTTO_TRY(doStepsDue());
            SOTTO_TRY(hear());
        }
        return doStepsDue();
    }

    [[nodiscard]] std::int64_t dueAt() const { return RecordedOffset{m_script.steps[m_next].atMs}.samples(); }

    Result<> doStepsDue() {
        while (m_next < m_script.steps.size() && dueAt() <= m_recorded) {
            const ScriptStep& step = m_script.steps[m_next];
            ++m_next;
            SOTTO_TRY(perform(step));
        }
        return {};
    }

    Result<> perform(const ScriptStep& step) {
        if (step.action == ScriptStep::Action::Ask) m_lastQuestion = step.id;
        if (step.action == ScriptStep::Action::Pause) {
            SOTTO_TRY(m_session.pause());
            return letPass(step.durationMs);
        }
        if (step.action == ScriptStep::Action::OffRecord) {
            SOTTO_TRY(m_session.goOffRecord());
            return letPass(step.durationMs);
        }
        return m_session.commit(eventOf(step, m_lastQuestion));
    }

    /// The voice speaks on and nobody records it.
    Result<> letPass(std::int64_t ms) {
        std::int64_t left = RecordedOffset{ms}.samples();
        while (left > 0 && !m_ended) {
            SOTTO_ASSIGN(const std::size_t count, readVoice(left));
            left -= static_cast<std::int64_t>(count);
            tick();
        }
        if (!m_session.hasAudio() || m_ended) return {};
        SOTTO_TRY(m_session.record());
        // Each segment begins on a packet border: the recording is that little bit longer than what was heard.
        m_recorded = m_session.position().samples();
        return {};
    }

    /// Hears up to 20 ms, and never past the next step, so that each step falls on its sample.
    Result<> hear() {
        std::int64_t room = kChunkSamples;
        if (m_next < m_script.steps.size()) room = std::min(room, dueAt() - m_recorded);
        SOTTO_ASSIGN(const std::size_t count, readVoice(room));
        if (count == 0) return {};
        if (m_session.hasAudio()) {
            if (m_hooks.samplesHanded) m_hooks.samplesHanded(count);
            SOTTO_TRY(m_session.feed(std::span(m_buffer).first(count)));
        }
        m_recorded += static_cast<std::int64_t>(count);
        tick();
        return {};
    }

    Result<std::size_t> readVoice(std::int64_t samples) {
        const auto wanted = static_cast<std::size_t>(std::min(samples, kChunkSamples));
        SOTTO_ASSIGN(const std::size_t count, m_voice.read(std::span(m_buffer).first(wanted)));
        m_ended = count == 0;
        m_heard += static_cast<std::int64_t>(count);
        return count;
    }

    void tick() {
        if (!m_hooks.tick) return;
        m_hooks.tick({m_session.id(), m_session.position().ms, m_session.synced().ms, m_session.eventCount(),
                      RecordedOffset::fromSamples(m_heard).ms});
    }

    LiveSession& m_session;
    const study::RehearsalScript& m_script;
    recording::AudioInput& m_voice;
    const RehearsalHooks& m_hooks;
    RehearsalReport& m_report;
    std::array<std::int16_t, kChunkSamples> m_buffer{};
    std::size_t m_next = 0;
    std::int64_t m_recorded = 0;
    std::int64_t m_heard = 0;
    bool m_ended = false;
    QString m_lastQuestion;
};

/// Whether an error says something about that one session, and not about disk or home.
bool isAboutTheSession(const Error& error) {
    return error.code == ErrorCode::Damaged || error.code == ErrorCode::NotFound ||
           error.code == ErrorCode::ParseFailed || error.code == ErrorCode::NewerVersion ||
           error.code == ErrorCode::WrongKey || error.code == ErrorCode::SignatureInvalid;
}

/// One session that can't be sealed must not keep the others on the tablet.
Result<> sealEarlier(Home& home, RehearsalReport& report) {
    SOTTO_ASSIGN(const auto rows, unsealedSessions(home));
    SOTTO_ASSIGN(const std::uint64_t heldBack, heldBackUpTo(home));
    for (const auto& row : rows) {
        if (row.number <= heldBack) {
            ++report.heldBack;
            continue;
        }
        auto sealed = sealSession(home, row.id);
        if (!sealed && !isAboutTheSession(sealed.error())) return Failure(std::move(sealed).error());
        if (sealed) {
            report.sealedEarlier.push_back(*std::move(sealed));
        } else {
            ++report.notSealed;
        }
    }
    return {};
}

void sayEarlier(const RehearsalReport& report, const std::function<void(const QString&)>& say) {
    for (const SealReport& earlier : report.sealedEarlier) {
        say(QStringLiteral("An interview that was broken off was kept and sealed: %1 s of it are there.")
                .arg(static_cast<double>(earlier.recordedMs) / 1000.0, 0, 'f', 1));
    }
    if (report.heldBack > 0) {
        say(QStringLiteral("%1 interview(s) from before a rebuild may have been sealed and sent already, and wait;"
                           " `sotto seal SESSION` seals those that the lab lacks.")
                .arg(report.heldBack));
    }
    if (report.notSealed > 0) {
        say(QStringLiteral("%1 earlier interview(s) can't be sealed; `sotto-lab rescue` gives back what verifies.")
                .arg(report.notSealed));
    }
}

}  // namespace

Result<> checkScript(const study::RehearsalScript& script, const study::StudyPack& pack) {
    SOTTO_TRY(checkPeople(script, pack));
    SOTTO_TRY(checkSteps(script, pack));
    // The consent by a trial that is thrown away, with a key that signs nothing else.
    const auto trial = signConsent(pack, script, ParticipantId::random(), {}, crypto::SigningKey::generate());
    if (!trial) return misfit("consent: " + trial.error().context);
    return {};
}

Result<RehearsalReport> rehearse(Home& home, const study::RehearsalScript& script, recording::AudioInput& voice,
                                 const RehearsalHooks& hooks) {
    const auto say = [&hooks](const QString& line) {
        if (hooks.say) hooks.say(line);
    };
    SOTTO_TRY(checkScript(script, home.study().pack));
    RehearsalReport report;
    SOTTO_TRY(sealEarlier(home, report));
    sayEarlier(report, say);
    SOTTO_ASSIGN(const auto participant, enrolPeople(home, script));
    say(QStringLiteral("%1 (role: %2) is enrolled; the name is kept apart, under another key.")
            .arg(participant.pseudonym, participant.role));
    SOTTO_TRY(passScreening(home, participant));
    SOTTO_TRY(takeConsent(home, script, participant));
    say(QStringLiteral("Consent is signed, item by item, bound to the exact text."));
    SOTTO_ASSIGN(const auto session, LiveSession::begin(home, participant, true));
    say(session->hasAudio() ? QStringLiteral("The interview is recorded and encrypted from the first byte.")
                            : QStringLiteral("No consent to audio: the interview is notes-only."));
    SOTTO_TRY(Performance(*session, script, voice, hooks, report).run());
    SOTTO_ASSIGN(report.sealed, sealSession(home, session->id()));
    return report;
}

}  // namespace sotto::workflow
