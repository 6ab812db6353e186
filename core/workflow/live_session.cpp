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
    interview::SessionIndex index(home.sessions());
    SOTTO_ASSIGN(const std::uint64_t number, index.nextNumber());
    SOTTO_TRY(index.add(rowOf(*live->m_log, name, number)));
    SOTTO_TRY(home.audit(QStringLiteral("session.started"), {{QStringLiteral("session"), opening.session.toString()}}));
    if (opening.audioAllowed) {
        recording::RecorderOptions options;
        options.bitrate = home.study().pack.audioBitrate;
        SOTTO_ASSIGN(live->m_recorder, recording::Recorder::open(*live->m_log, home.clock(), options));
    }
    return live;
}

LiveSession::~LiveSession() = default;

Result<> LiveSession::record() {
    if (!m_recorder) {
        return fail(ErrorCode::ConsentMissing,
                    "this participant did not agree to being recorded; the session is notes-only");
    }
    SOTTO_TRY(m_recorder->start());
    if (!m_recordedBefore) {
        m_recordedBefore = true;
        return {};
    }
    interview::Event event;
    event.kind = EventKind::Resume;
    return commit(event);
}

Result<> LiveSession::feed(std::span<const std::int16_t> samples) {
    if (!m_recorder) return fail(ErrorCode::ConsentMissing, "this session is notes-only");
    return m_recorder->write(samples);
}

Result<> LiveSession::pause() {
    return stopRecording(recording::SegmentEnding::Pause, EventKind::Pause);
}

Result<> LiveSession::goOffRecord() {
    return stopRecording(recording::SegmentEnding::OffRecord, EventKind::OffRecord);
}

Result<> LiveSession::stopRecording(recording::SegmentEnding ending, EventKind kind) {
    if (m_recorder) SOTTO_TRY(m_recorder->stop(ending));
    interview::Event event;
    event.kind = kind;
    return commit(event);
}

Result<> LiveSession::commit(interview::Event event) {
    SOTTO_TRY(interview::checkEvent(event, *m_guide, m_home->study().pack.codebook));
    if (m_recorder) event.offset = m_recorder->position();
    event.at = m_home->clock().now();
    return m_log->commit(event);
}

Result<> LiveSession::end() {
    const auto close = [this]() -> Result<> {
        if (m_recorder && m_recorder->isRunning()) SOTTO_TRY(m_recorder->stop(recording::SegmentEnding::End));
        return m_log->finish();
    };
    Result<> closed = close();
    if (!closed && closed.error().code == ErrorCode::NoSpace) {
        SOTTO_TRY(m_home->releaseBallast());
        closed = close();
    }
    SOTTO_TRY(closed);
    interview::SessionIndex index(m_home->sessions());
    return index.setState(id(), SessionState::Open, m_log->head());
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
