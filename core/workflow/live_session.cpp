// SPDX-License-Identifier: Apache-2.0
#include "workflow/live_session.h"

#include "base/log.h"

namespace sotto::workflow {

namespace {

using interview::EventKind;
using interview::SessionState;

interview::SessionRow rowOf(const interview::SessionLog& log, const std::string& name, std::uint64_t number) {
    interview::SessionRow row;
    row.id = log.opening().session;
    row.participant = log.opening().participant;
    row.logName = name;
    row.logId = log.fileId();
    row.number = number;
    row.state = SessionState::Open;
    row.practice = log.opening().practice;
    row.startedUtcMs = log.opening().at.utcMs;
    return row;
}

}  // namespace

Result<std::unique_ptr<LiveSession>> LiveSession::begin(Home& home, const people::Participant& participant,
                                                        bool practice) {
    SOTTO_TRY(home.need({Compartment::Sessions}));
    SOTTO_ASSIGN(const auto consent, consent::consentInForce(home.sessions(), participant.id));
    if (!consent) {
        return fail(ErrorCode::ConsentMissing,
                    "this participant has not consented yet; take consent before the interview");
    }
    std::unique_ptr<LiveSession> live(new LiveSession(home));
    live->m_guide = home.study().pack.guide(participant.role, consent->language);
    if (live->m_guide == nullptr) {
        return fail(ErrorCode::NotFound, "the study has no guide for this role in this language");
    }
    SOTTO_ASSIGN(const auto opening,
                 interview::makeOpening(participant, *consent, home.study().pack, home.study().hash,
                                        home.keyring().deviceKey().verifyKey(), practice, home.clock().now()));
    const std::string name = opening.session.toString().toStdString() + ".session";
    SOTTO_ASSIGN(live->m_log, interview::SessionLog::create(home.files(), home.layout().sessionLog(name),
                                                            home.sessionRecipients(), opening));
    // Should this fail, the log stays without a row, and the next unlock takes it in as interrupted.
    SOTTO_TRY(live->enterInVault(name));
    live->anchor();
    if (opening.audioAllowed) {
        recording::RecorderOptions options;
        options.bitrate = home.study().pack.audioBitrate;
        SOTTO_ASSIGN(live->m_recorder, recording::Recorder::open(*live->m_log, home.clock(), options));
    }
    return live;
}

LiveSession::LiveSession(Home& home) : m_home(&home) {
    home.beginInterview();
}

LiveSession::~LiveSession() {
    if (!m_isClosed) m_home->endInterview();
}

Result<> LiveSession::enterInVault(const std::string& logName) {
    SOTTO_ASSIGN(auto transaction, vault::Transaction::begin(m_home->sessions()));
    interview::SessionIndex index(m_home->sessions());
    SOTTO_ASSIGN(const std::uint64_t number, index.nextNumber());
    SOTTO_TRY(index.add(rowOf(*m_log, logName, number)));
    SOTTO_TRY(m_home->audit(QStringLiteral("session.started"), {{QStringLiteral("session"), id().toString()}}));
    return transaction.commit();
}

Result<> LiveSession::record() {
    if (!m_recorder) {
        return fail(ErrorCode::ConsentMissing,
                    "this participant did not agree to being recorded; the session is notes-only");
    }
    SOTTO_ASSIGN(const auto inForce, consent::consentInForce(m_home->sessions(), m_log->opening().participant));
    if (!inForce || !inForce->allows(study::Permission::RecordAudio)) {
        return fail(ErrorCode::ConsentMissing, "this participant's consent to being recorded is no longer in force");
    }
    SOTTO_TRY(m_recorder->start());
    if (!m_recordedBefore) {
        m_recordedBefore = true;
        return {};
    }
    interview::Event event;
    event.kind = EventKind::Resume;
    Result<> committed = commit(event);
    // Whoever is told that recording failed must not be recorded. The first error is the one that counts.
    if (!committed) static_cast<void>(stopRecorder(recording::SegmentEnding::Device));
    return committed;
}

Result<> LiveSession::feed(std::span<const std::int16_t> samples) {
    if (!m_recorder) return fail(ErrorCode::ConsentMissing, "this session is notes-only");
    const bool wasRunning = m_recorder->isRunning();
    Result<> fed = m_recorder->write(samples);
    m_brokeOff = m_brokeOff || (wasRunning && !fed);
    return fed;
}

Result<> LiveSession::pause() {
    return stopRecording(recording::SegmentEnding::Pause, EventKind::Pause);
}

Result<> LiveSession::goOffRecord() {
    return stopRecording(recording::SegmentEnding::OffRecord, EventKind::OffRecord);
}

/// Nothing to do if a pause or an error stopped the recorder before.
Result<> LiveSession::stopRecorder(recording::SegmentEnding ending) {
    if (!m_recorder || !m_recorder->isRunning()) return {};
    Result<> stopped = m_recorder->stop(ending);
    m_brokeOff = m_brokeOff || !stopped;
    return stopped;
}

Result<> LiveSession::stopRecording(recording::SegmentEnding ending, EventKind kind) {
    // Before the first write, as in end().
    m_home->releaseBallast();
    const Result<> stopped = stopRecorder(ending);
    // Whatever became of the last samples, nobody is being recorded now, and the log is to say why.
    interview::Event event;
    event.kind = kind;
    const Result<> committed = commit(event);
    anchor();
    m_home->renewBallast();
    SOTTO_TRY(stopped);
    return committed;
}

/// From now on a copy of the log from before is noticed, should it be put in its place. Should this fail, the interview
/// goes on all the same: it has lost nothing.
void LiveSession::anchor() {
    if (m_log->durableSequence() != m_log->head().sequence) return;
    if (const auto set = m_home->keyring().setAnchors({{m_log->fileId(), m_log->head()}}); !set) {
        qCWarning(logWorkflow) << "a running interview was not anchored:" << errorName(set.error().code);
    }
}

Result<> LiveSession::commit(interview::Event event) {
    SOTTO_TRY(interview::checkEvent(event, *m_guide, m_home->study().pack.codebook));
    event.offset = position();
    event.at = m_home->clock().now();
    return m_log->commit(event);
}

Result<> LiveSession::end() {
    // Before the first write: the last samples are encoded once only, and on a full disk they would have no room.
    m_home->releaseBallast();
    Result<> closed = close();
    m_home->renewBallast();
    return closed;
}

Result<> LiveSession::close() {
    if (!m_finished) {
        SOTTO_TRY(stopRecorder(recording::SegmentEnding::End));
        if (m_brokeOff)
            SOTTO_TRY(recording::Recorder::open(*m_log, m_home->clock()));  // writes the end that is missing
        SOTTO_TRY(m_log->finish());
        m_finished = true;
    }
    interview::SessionIndex index(m_home->sessions());
    SOTTO_TRY(index.setState(id(), SessionState::Open, m_log->head()));
    if (!m_isClosed) m_home->endInterview();
    m_isClosed = true;
    m_home->dropLiveAnchor(m_log->fileId());  // the row has it now
    return {};
}

RecordedOffset LiveSession::position() const {
    return m_recorder ? m_recorder->position() : RecordedOffset{};
}

RecordedOffset LiveSession::synced() const {
    return m_recorder ? m_recorder->synced() : RecordedOffset{};
}

recording::Level LiveSession::level() const {
    return m_recorder ? m_recorder->level() : recording::Level{};
}

}  // namespace sotto::workflow
