// SPDX-License-Identifier: Apache-2.0
#include "interview_view_model.h"

#include <QDateTime>

#include "capture.h"
#include "error_text.h"
#include "settings_view_model.h"
#include "vault_thread.h"

namespace sotto::app {

using interview::Event;
using interview::EventKind;

namespace {

constexpr int kTickMs = 100;

Event eventOf(EventKind kind, const QString& id = {}, const QString& text = {}) {
    Event event;
    event.kind = kind;
    event.id = id;
    event.text = text;
    return event;
}

Result<people::Participant> participantOf(workflow::Home& home, const ParticipantId& id) {
    SOTTO_ASSIGN(const auto participant, people::Participants(home.sessions()).find(id));
    if (!participant) return fail(ErrorCode::NotFound, "this participant is not there");
    return *participant;
}

using Group = std::optional<workflow::GroupChoice>;
/// Which visit of this person it is, practice and real ones apart.
Result<> countVisits(workflow::Home& home, const ParticipantId& id, const std::optional<SessionId>& session,
                     AroundView& view) {
    const study::StudyPack& pack = home.study().pack;
    view.visitsMost = std::max(1, pack.policy.visits.most);
    SOTTO_ASSIGN(const auto rows, interview::SessionIndex(home.sessions()).all());
    int last = 0;
    for (const interview::SessionRow& row : rows) {
        if (row.participant != id || row.practice != pack.practice) continue;
        if (session && row.id == *session) {
            view.visit = row.visit;
            return {};
        }
        last = std::max(last, row.visit);
    }
    view.visit = last + 1;
    return {};
}

/// A new interview is only looked at: nothing of it is on the disk before it begins.
Result<InterviewView> openSession(Tablet& tablet, const ParticipantId& id, const std::optional<SessionId>& resumed,
                                  const Group& group) {
    SOTTO_ASSIGN(auto* home, tablet.home());
    if (!resumed && group) {
        SOTTO_ASSIGN(const auto plan, workflow::planGroup(*home, id));
        return viewOfGroup(plan, *group);
    }
    if (!resumed) {
        SOTTO_ASSIGN(const auto participant, participantOf(*home, id));
        SOTTO_ASSIGN(const auto plan, workflow::planSession(*home, participant));
        InterviewView view = viewOfPlan(plan);
        SOTTO_TRY(countVisits(*home, id, {}, view.around));
        return view;
    }
    if (tablet.live() == nullptr) {
        SOTTO_ASSIGN(auto live, workflow::LiveSession::resume(*home, *resumed));
        tablet.takeLive(std::move(live));
    }
    InterviewView view = viewOfSession(*tablet.live(), home->study().pack, true);
    SOTTO_ASSIGN(view.members, namesInGroup(*home, tablet.live()->opening()));
    SOTTO_TRY(countVisits(*home, id, resumed, view.around));
    return view;
}

Result<std::unique_ptr<workflow::LiveSession>> beginLive(workflow::Home& home, const ParticipantId& id,
                                                         const Group& group, interview::Manner manner) {
    const bool isPractice = home.study().pack.practice;
    if (group) return workflow::LiveSession::beginGroup(home, id, *group, isPractice);
    SOTTO_ASSIGN(const auto participant, participantOf(home, id));
    return workflow::LiveSession::begin(home, participant, isPractice, manner);
}

/// What an interview is begun with.
struct Beginning {
    QString question;  ///< on the screen
    bool withSound = false;
    interview::Manner manner = interview::Manner::InPerson;
    std::vector<Event> before;  ///< said before it began
};

/// Pieces of sound that come meanwhile wait behind this job, and are recorded after it.
Result<> beginSession(Tablet& tablet, const ParticipantId& id, const Group& group, const Beginning& beginning) {
    const auto& [question, withSound, manner, before] = beginning;
    if (tablet.live() == nullptr) {
        SOTTO_ASSIGN(auto* home, tablet.home());
        SOTTO_ASSIGN(auto begun, beginLive(*home, id, group, manner));
        tablet.takeLive(std::move(begun));
    }
    SOTTO_ASSIGN(auto* live, tablet.liveSession());
    // Before anything is recorded: who is there decides whether it may be.
    for (const Event& event : before)
        SOTTO_TRY(live->commit(event));
    if (withSound) {
        SOTTO_TRY(tablet.record());
    }
    // The question on the screen when it begins is the one that is asked.
    if (question.isEmpty() || question == live->currentQuestion()) return {};
    return live->commit(eventOf(EventKind::Ask, question));
}

}  // namespace

InterviewViewModel::InterviewViewModel(VaultThread& vault, SettingsViewModel& settings, Capture& capture,
                                       const ParticipantId& participant, const std::optional<SessionId>& resumed,
                                       QObject* parent, const std::optional<workflow::GroupChoice>& group)
    : QObject(parent),
      m_vault(&vault),
      m_settings(&settings),
      m_capture(&capture),
      m_participant(participant),
      m_resumed(resumed),
      m_group(group),
      m_unlocking(vault, UnlockViewModel::Target::Interview),
      m_around([this](Event event) { sayAround(std::move(event)); },
               [this](std::int64_t fromMs, std::int64_t toMs) { takeBack(fromMs, toMs); }) {
    connect(&m_around, &AroundViewModel::changed, this, &InterviewViewModel::alarmChanged);
    connect(&settings, &SettingsViewModel::languageChanged, &m_around, &AroundViewModel::changed);
    connect(&m_unlocking, &UnlockViewModel::unlocked, this, &InterviewViewModel::cameBack);
    connect(&m_tenth, &QTimer::timeout, this, &InterviewViewModel::tick);
    connect(&capture, &Capture::recordingFailed, this, [this](const Error& error) {
        m_recordingFailed = true;
        setState(State::Failed);
        setError(error);
    });
    connect(&settings, &SettingsViewModel::languageChanged, this, &InterviewViewModel::changed);
    m_capture->arm(settings.microphone());
    open();
}

void InterviewViewModel::open() {
    m_vault->run(
        this,
        [participant = m_participant, resumed = m_resumed, group = m_group](Tablet& tablet) {
            return openSession(tablet, participant, resumed, group);
        },
        [this](Result<InterviewView> view) { opened(std::move(view)); });
}

void InterviewViewModel::opened(Result<InterviewView> view) {
    if (!view) {
        setState(State::Failed);
        return setError(view.error());
    }
    m_view = *std::move(view);
    const auto& sections = m_view->guide.sections;
    m_shown = m_view->currentQuestion;
    if (m_shown.isEmpty() && !sections.empty() && !sections.front().questions.empty())
        m_shown = sections.front().questions.front().id;
    if (!m_view->hasAudio) m_capture->disarm();
    m_hasBegun = isResumed();
    if (m_hasBegun) m_around.begun();
    m_around.update(m_view->around);
    setState(m_view->hasAudio || !m_hasBegun ? State::Ready : State::NotesOnly);
    m_tenth.start(kTickMs);
    emit changed();
    emit alarmChanged();  // canRecord() too is known only now
}

void InterviewViewModel::perform(Action action, std::function<void()> then) {
    if (m_isLocked) return;  // who is there now is not known
    ++m_underWay;
    m_vault->run(
        this,
        [action = std::move(action)](Tablet& tablet) -> Result<InterviewView> {
            const Result<> done = action(tablet);
            tablet.followRecording();
            SOTTO_TRY(done);
            SOTTO_ASSIGN(auto* live, tablet.liveSession());
            return viewOfSession(*live, {}, false);
        },
        [this, then = std::move(then)](Result<InterviewView> view) {
            --m_underWay;
            if (!view) return failed(view.error());
            m_hasBegun = true;
            m_error.clear();
            update(*std::move(view));
            if (then) then();
        });
}

/// The session may have done a part of it; the screen says what is so.
void InterviewViewModel::failed(const Error& error) {
    if (m_state == State::Ending) setState(State::Failed);
    const bool isSilent = !m_vault->live().isRecording && m_capture->state() != Capture::State::Lost;
    if (m_state == State::Recording && isSilent) setState(State::Paused);
    setError(error);
}

void InterviewViewModel::tell(std::function<Result<>(workflow::LiveSession&)> event) {
    if (!m_hasBegun) return;
    perform([event = std::move(event)](Tablet& tablet) -> Result<> {
        SOTTO_ASSIGN(auto* live, tablet.liveSession());
        return event(*live);
    });
}

void InterviewViewModel::commit(Event event) {
    tell([event = std::move(event)](workflow::LiveSession& live) { return live.commit(event); });
}

void InterviewViewModel::update(InterviewView view) {
    view.guide = std::move(m_view->guide);
    view.codebook = std::move(m_view->codebook);
    view.roles = std::move(m_view->roles);
    view.members = std::move(m_view->members);
    view.around.visit = m_view->around.visit;
    view.around.visitsMost = m_view->around.visitsMost;
    m_view = std::move(view);
    m_around.update(m_view->around);
    emit changed();
}

void InterviewViewModel::record() {
    if (!canRecord()) return;
    m_recordingFailed = false;
    begin(true, State::Recording);
}

void InterviewViewModel::beginWithNotes() {
    if (m_state == State::Ready) begin(false, hasAudio() ? State::Paused : State::NotesOnly);
}

void InterviewViewModel::begin(bool withSound, State state) {
    // Should it fail, what was said before waits on: the session takes it at the next try, be it for the second time.
    const Beginning beginning{m_shown, withSound, m_around.manner(), m_around.waiting()};
    perform([id = m_participant, group = m_group,
             beginning](Tablet& tablet) { return beginSession(tablet, id, group, beginning); },
            [this, state] {
                m_around.begun();
                setState(state);
            });
}

void InterviewViewModel::pause() {
    if (!m_hasBegun) return;
    perform([](Tablet& tablet) { return tablet.pause(); },
            [this] { setState(m_view->hasAudio ? State::Paused : State::NotesOnly); });
}

void InterviewViewModel::goOffRecord() {
    // Whatever becomes of the event, the screen must not say that it records.
    if (m_isLocked || !m_hasBegun) return;
    if (m_state == State::Recording) setState(State::OffRecord);
    perform([](Tablet& tablet) { return tablet.goOffRecord(); });
}

void InterviewViewModel::next() {
    if (const auto* question = neighbour(1)) ask(question->id);
}

void InterviewViewModel::previous() {
    if (const auto* question = neighbour(-1)) ask(question->id);
}

void InterviewViewModel::ask(const QString& question) {
    if (m_isLocked || !m_view || m_view->guide.question(question) == nullptr) return;
    m_shown = question;
    emit changed();
    // Before the recording begins it is only looked at.
    if (m_state != State::Ready) commit(eventOf(EventKind::Ask, question));
}

void InterviewViewModel::askProbe(const QString& probe) {
    commit(eventOf(EventKind::Probe, probe));
}

void InterviewViewModel::answer(const QString& kind) {
    commit(eventOf(EventKind::Answer, m_shown, kind));
}

void InterviewViewModel::mark() {
    commit(eventOf(EventKind::Mark));
}

void InterviewViewModel::note(const QString& text) {
    if (!text.trimmed().isEmpty()) commit(eventOf(EventKind::Note, {}, text.trimmed()));
}

void InterviewViewModel::code(const QString& id) {
    commit(eventOf(EventKind::Code, id));
}

void InterviewViewModel::refineCode(const QString& dimension, const QString& value) {
    if (!m_view || !m_view->lastUndoable || m_view->lastUndoable->kind != EventKind::Code) return;
    Event event = *m_view->lastUndoable;
    const std::uint64_t number = event.number;
    event.number = 0;
    event.dimensions[dimension] = value;
    tell([number, event](workflow::LiveSession& live) { return live.amend(number, event); });
}

void InterviewViewModel::link(const QString& from, const QString& to) {
    Event event = eventOf(EventKind::Link, from);
    event.target = to;
    commit(std::move(event));
}

void InterviewViewModel::undo() {
    if (!m_view || !m_view->lastUndoable) return;
    const std::uint64_t number = m_view->lastUndoable->number;
    tell([number](workflow::LiveSession& live) { return live.correct(number); });
}

void InterviewViewModel::end() {
    if (m_isLocked || m_state == State::Ending || !m_hasBegun) return;
    setState(State::Ending);
    perform([](Tablet& tablet) { return tablet.stop(); }, [this] { emit ended(m_view->session); });
}

void InterviewViewModel::leave() {
    m_vault->post([](Tablet& tablet) { tablet.takeLive(nullptr); });
    emit abandoned();
}

void InterviewViewModel::setState(State state) {
    if (m_state == state) return;
    m_state = state;
    emit stateChanged();
}

void InterviewViewModel::setError(const Error& error) {
    m_error = errorText(error);
    emit changed();
}

void InterviewViewModel::tick() {
    // After a lost microphone recording goes on by itself, and what failed in part may have begun it.
    const bool isStill = m_state == State::Ready || m_state == State::Paused || m_state == State::OffRecord;
    if (m_underWay == 0 && isStill && m_vault->live().isRecording) setState(State::Recording);
    listenForQuiet();
    const Alarm now = alarmNow();
    if (now != m_alarm) {
        m_alarm = now;
        emit alarmChanged();
    }
    emit ticked();
}

}  // namespace sotto::app
