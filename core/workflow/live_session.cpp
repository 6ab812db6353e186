// SPDX-License-Identifier: Apache-2.0
#include "workflow/live_session.h"

#include <algorithm>

#include "base/log.h"
#include "people/groups.h"
#include "workflow/session_plan.h"
#include "workflow/withdrawal.h"

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

std::optional<sealedlog::Anchor> newestAnchor(const std::optional<sealedlog::Anchor>& a,
                                              const std::optional<sealedlog::Anchor>& b) {
    if (!a || !b) return a ? a : b;
    return a->sequence < b->sequence ? b : a;
}

bool isOfTheRecording(EventKind kind) {
    return kind == EventKind::Pause || kind == EventKind::Resume || kind == EventKind::OffRecord;
}

}  // namespace

Result<std::unique_ptr<LiveSession>> LiveSession::begin(Home& home, const people::Participant& participant,
                                                        bool practice, interview::Manner manner) {
    SOTTO_ASSIGN(const SessionPlan plan, planSession(home, participant));
    SOTTO_ASSIGN(auto opening,
                 interview::makeOpening(participant, plan.consent, home.study().pack, home.study().hash,
                                        home.keyring().deviceKey().verifyKey(), practice, home.clock().now()));
    opening.manner = manner;
    return start(home, plan.study, plan.guide, opening);
}

Result<std::unique_ptr<LiveSession>> LiveSession::start(Home& home, std::shared_ptr<const study::SignedPack> study,
                                                        const study::Guide* guide, const interview::Opening& opening) {
    std::unique_ptr<LiveSession> live(new LiveSession(home));
    live->m_study = std::move(study);
    live->m_guide = guide;
    const std::string name = opening.session.toString().toStdString() + ".session";
    const Path path = home.layout().sessionLog(name);
    SOTTO_ASSIGN(live->m_log, interview::SessionLog::create(home.files(), path, home.sessionRecipients(), opening));
    Result<> room = live->openRecorder();
    if (room && live->m_recorder) room = live->m_recorder->reserve();
    if (!room) {
        // Nobody was told of it. Should the file stay all the same, the next unlock takes it in.
        static_cast<void>(home.files().remove(path));
        return Failure(std::move(room).error());
    }
    // Should this fail, the log stays without a row, and the next unlock takes it in as interrupted.
    SOTTO_TRY(live->enterInVault(name));
    live->anchor();
    return live;
}

Result<std::unique_ptr<LiveSession>> LiveSession::resume(Home& home, const SessionId& session) {
    SOTTO_TRY(home.need({Compartment::Sessions}));
    SOTTO_ASSIGN(const auto row, interview::SessionIndex(home.sessions()).find(session));
    if (!row) return fail(ErrorCode::NotFound, "there is no such session in this home");
    if (row->state != SessionState::Open && row->state != SessionState::Interrupted) {
        return fail(ErrorCode::NotAllowed, "this session is sealed; begin another");
    }
    SOTTO_ASSIGN(const auto group, people::Groups(home.sessions()).find(row->participant));
    if (!group) {
        SOTTO_ASSIGN(const auto consent, consentToTakePart(home, row->participant));
        if (!consent.takesPart) {
            return fail(ErrorCode::ConsentMissing, "this participant no longer takes part; the interview can't go on");
        }
    }
    std::unique_ptr<LiveSession> live(new LiveSession(home));
    SOTTO_TRY(live->reopen(*row));
    SOTTO_TRY(live->sendAwayWhoTakesPartNoLonger());
    return live;
}

LiveSession::LiveSession(Home& home)
    : m_home(&home), m_files(&home.files()), m_clock(&home.clock()), m_layout(home.layout()), m_hold(home.hold()) {
    home.beginInterview();
}

LiveSession::~LiveSession() {
    if (m_home && !m_isClosed) m_home->endInterview();
}

Result<> LiveSession::walk(std::shared_ptr<const study::SignedPack> study, const QString& role,
                           const QString& language) {
    m_study = std::move(study);
    m_guide = m_study->pack.guide(role, language);
    if (m_guide != nullptr) return {};
    return fail(ErrorCode::NotFound, "the study has no guide for this role in this language");
}

Result<> LiveSession::openRecorder() {
    if (!m_log->opening().audioAllowed) return {};
    recording::RecorderOptions options;
    options.bitrate = m_study->pack.audioBitrate;
    SOTTO_ASSIGN(m_recorder, recording::Recorder::open(*m_log, *m_clock, options));
    m_recordedBefore = m_recorder->position() > RecordedOffset{};
    return {};
}

/// Nothing is acknowledged before the row knows that the session goes on; all of it may be broken off and repeated.
Result<> LiveSession::reopen(const interview::SessionRow& row) {
    sealedlog::OpenOptions options;
    options.anchor = newestAnchor(row.anchor, m_home->keyring().anchor(row.logId));
    auto log = interview::SessionLog::open(m_home->files(), m_home->layout().sessionLog(row.logName),
                                           m_home->keyring().identities(Compartment::Sessions), options);
    if (!log && log.error().code == ErrorCode::NotAllowed) {
        return fail(ErrorCode::NotAllowed, "this session was ended; it only waits to be sealed");
    }
    SOTTO_ASSIGN(m_log, std::move(log));
    const interview::Opening& opening = m_log->opening();
    if (opening.session != row.id || opening.participant != row.participant) {
        return fail(ErrorCode::Damaged, "the log of this session is that of another");
    }
    SOTTO_ASSIGN(auto study, m_home->studyOf(opening.studyHash));
    SOTTO_TRY(walk(std::move(study), opening.role, opening.language));
    SOTTO_ASSIGN(auto events, m_log->events());
    for (interview::Event& event : events)
        m_events.add(std::move(event));
    SOTTO_TRY(openRecorder());
    m_isStopped = row.anchor.has_value();
    SOTTO_TRY(enterAgain());
    anchor();
    return {};
}

Result<> LiveSession::enterAgain() {
    SOTTO_ASSIGN(auto transaction, vault::Transaction::begin(m_home->sessions()));
    SOTTO_TRY(interview::SessionIndex(m_home->sessions()).setState(id(), SessionState::Open));
    SOTTO_TRY(m_home->audit(QStringLiteral("session.resumed"), {{QStringLiteral("session"), id().toString()}}));
    return transaction.commit();
}

Result<> LiveSession::enterInVault(const std::string& logName) {
    SOTTO_ASSIGN(auto transaction, vault::Transaction::begin(m_home->sessions()));
    interview::SessionIndex index(m_home->sessions());
    SOTTO_ASSIGN(const std::uint64_t number, index.nextNumber());
    SOTTO_TRY(index.add(rowOf(*m_log, logName, number)));
    for (const interview::GroupMember& member : opening().group.value_or(interview::GroupOpening{}).members)
        SOTTO_TRY(people::Groups(m_home->sessions()).takePart(id(), member.participant));
    SOTTO_TRY(m_home->audit(QStringLiteral("session.started"), {{QStringLiteral("session"), id().toString()}}));
    return transaction.commit();
}

Result<> LiveSession::record() {
    if (!m_recorder) {
        return fail(ErrorCode::ConsentMissing,
                    "this participant did not agree to being recorded; the session is notes-only");
    }
    if (m_home) {
        SOTTO_TRY(checkAudioConsent());
    } else if (!m_mayRecordLocked) {
        return needHome();
    }
    SOTTO_TRY(checkThosePresent());
    SOTTO_TRY(takeBackStop());
    SOTTO_TRY(m_recorder->start());
    if (!m_recordedBefore) {
        m_recordedBefore = true;
        return {};
    }
    interview::Event event;
    event.kind = EventKind::Resume;
    Result<> committed = write(std::move(event), position());
    // Whoever is told that recording failed must not be recorded. The first error is the one that counts.
    if (!committed) static_cast<void>(stopRecorder(recording::SegmentEnding::Device));
    return committed;
}

Result<> LiveSession::checkAudioConsent() const {
    if (isGroup()) return checkGroupAudio();
    SOTTO_TRY(refuseIfTakenBack(*m_home, m_log->opening().participant));
    SOTTO_ASSIGN(const auto inForce, consent::consentInForce(m_home->sessions(), m_log->opening().participant));
    if (inForce && inForce->allows(study::Permission::RecordAudio)) return {};
    return fail(ErrorCode::ConsentMissing, "this participant's consent to being recorded is no longer in force");
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

Result<> LiveSession::loseMicrophone() {
    releaseBallast();
    Result<> stopped = stopRecorder(recording::SegmentEnding::Device);
    renewBallast();
    return stopped;
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
    releaseBallast();
    const Result<> stopped = stopRecorder(ending);
    // Whatever became of the last samples, nobody is being recorded now, and the log is to say why.
    interview::Event event;
    event.kind = kind;
    const Result<> committed = write(std::move(event), position());
    anchor();
    renewBallast();
    SOTTO_TRY(stopped);
    return committed;
}

/// Whoever dies from now on while recording was broken off.
Result<> LiveSession::takeBackStop() {
    if (!m_isStopped) return {};
    SOTTO_TRY(needHome());
    anchor();
    SOTTO_TRY(interview::SessionIndex(m_home->sessions()).dropAnchor(id()));
    m_isStopped = false;
    return {};
}

Result<> LiveSession::stop() {
    SOTTO_TRY(needHome());
    releaseBallast();
    Result<> stopped = stopRecorder(recording::SegmentEnding::End);
    if (stopped) stopped = endTurn();
    if (stopped) stopped = m_log->sync();
    if (stopped) {
        stopped = interview::SessionIndex(m_home->sessions()).setState(id(), SessionState::Open, m_log->head());
        m_isStopped = stopped.has_value();
    }
    renewBallast();
    return stopped;
}

/// From now on a copy of the log from before is noticed, should it be put in its place. Should this fail, the interview
/// goes on all the same: it has lost nothing.
void LiveSession::anchor() {
    if (!m_home || m_log->durableSequence() != m_log->head().sequence) return;
    if (const auto set = m_home->keyring().setAnchors({{m_log->fileId(), m_log->head()}}); !set) {
        qCWarning(logWorkflow) << "a running interview was not anchored:" << errorName(set.error().code);
    }
}

Result<> LiveSession::commit(interview::Event event) {
    if (event.kind != EventKind::Support) SOTTO_TRY(needHome());
    return write(std::move(event), position());
}

Result<> LiveSession::commitAt(interview::Event event, RecordedOffset offset) {
    SOTTO_TRY(needHome());
    if (isOfTheRecording(event.kind) || event.kind == EventKind::Correct) {
        return fail(ErrorCode::InvalidArgument, "this kind of event can't be told afterwards");
    }
    const RecordedOffset end = position();
    if (offset < RecordedOffset{} || offset > end || event.until.value_or(offset) > end) {
        return fail(ErrorCode::InvalidArgument, "the recording has no such place");
    }
    return write(std::move(event), offset);
}

Result<> LiveSession::amend(std::uint64_t number, interview::Event event) {
    SOTTO_ASSIGN(const interview::Event old, correctable(number));
    SOTTO_TRY(commitAt(std::move(event), old.offset));
    return correct(number);
}

Result<> LiveSession::correct(std::uint64_t number) {
    SOTTO_TRY(needHome());
    SOTTO_TRY(correctable(number));
    return write(interview::correctionOf(number, {}, {}), position());
}

Result<interview::Event> LiveSession::correctable(std::uint64_t number) const {
    const auto& standing = m_events.standing();
    const auto found = std::find_if(standing.begin(), standing.end(),
                                    [number](const interview::Event& event) { return event.number == number; });
    if (found == standing.end()) return fail(ErrorCode::NotFound, "no event of that number stands in this session");
    if (!isOfTheRecording(found->kind)) return *found;
    return fail(ErrorCode::NotAllowed, "what the recording did can't be taken back");
}

Result<> LiveSession::write(interview::Event event, RecordedOffset offset) {
    event.offset = offset;
    event.at = m_clock->now();
    SOTTO_TRY(interview::checkEvent(event, *m_guide, m_study->pack.codebook));
    SOTTO_TRY(stopForThosePresent(event));
    SOTTO_TRY(checkGroupEvent(event));
    const std::uint64_t before = m_log->eventCount();
    Result<> committed = m_log->commit(event);
    event.number = m_log->eventCount();
    // Be it that the sync failed: then the event stands in the log all the same.
    if (event.number > before) m_events.add(std::move(event));
    return committed;
}

const std::vector<interview::QuestionCoverage>& LiveSession::coverage() const {
    return m_events.coverage(*m_guide);
}

std::map<QString, std::int64_t> LiveSession::sectionTimes() const {
    return interview::sectionTime(*m_guide, m_events.standing(), position());
}

Result<> LiveSession::end() {
    SOTTO_TRY(needHome());
    // Before the first write: the last samples are encoded once only, and on a full disk they would have no room.
    releaseBallast();
    Result<> closed = close();
    renewBallast();
    return closed;
}

Result<> LiveSession::close() {
    if (!m_finished) {
        SOTTO_TRY(stopRecorder(recording::SegmentEnding::End));
        if (m_brokeOff) SOTTO_TRY(recording::Recorder::open(*m_log, *m_clock));  // writes the end that is missing
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
