// SPDX-License-Identifier: Apache-2.0
#include "wrap_up_view_model.h"

#include <algorithm>

#include "error_text.h"
#include "interview/off_record.h"
#include "people/contacts.h"
#include "settings_view_model.h"
#include "vault_thread.h"
#include "workflow/forget.h"
#include "workflow/seal_session.h"

namespace sotto::app {

using interview::Event;
using interview::EventKind;

/// What the screen shows, and at first also the way to the sound.
struct WrapUpViewModel::Opened {
    InterviewView view;
    std::vector<Event> events;
    std::vector<Event> allEvents;
    std::int64_t durationMs = 0;
    std::optional<SoundViewModel::Source> sound;
};

namespace {

constexpr std::int64_t kAroundMs = 20'000;

Result<workflow::LiveSession*> openSession(Tablet& tablet, const SessionId& session) {
    SOTTO_ASSIGN(auto* home, tablet.home());
    if (tablet.live() == nullptr) {
        SOTTO_ASSIGN(auto live, workflow::LiveSession::resume(*home, session));
        tablet.takeLive(std::move(live));
        SOTTO_TRY(tablet.stop());
    }
    return tablet.live();
}

/// What was taken back is destroyed before anything leaves.
Result<workflow::SealReport> endAndSeal(Tablet& tablet) {
    SOTTO_ASSIGN(auto* home, tablet.home());
    SOTTO_ASSIGN(auto* live, tablet.liveSession());
    const SessionId session = live->id();
    std::vector<workflow::ErasedSpan> spans;
    for (const interview::Span& span : interview::spansTakenBack(live->allEvents()))
        spans.push_back({span.from.ms, span.to.ms});
    SOTTO_TRY(live->end());
    tablet.takeLive(nullptr);
    if (!spans.empty()) SOTTO_TRY(workflow::eraseSpans(*home, session, spans));
    return workflow::sealSession(*home, session);
}

}  // namespace

WrapUpViewModel::WrapUpViewModel(VaultThread& vault, SettingsViewModel& settings,
                                 std::shared_ptr<recording::SoundDevices> sound, const SessionId& session,
                                 QObject* parent)
    : QObject(parent), m_vault(&vault), m_settings(&settings), m_sound(std::move(sound)), m_session(session) {
    connect(&settings, &SettingsViewModel::languageChanged, this, &WrapUpViewModel::changed);
    open();
}

WrapUpViewModel::~WrapUpViewModel() = default;

void WrapUpViewModel::open() {
    m_vault->run(
        this,
        [session = m_session](Tablet& tablet) -> Result<Opened> {
            SOTTO_ASSIGN(auto* live, openSession(tablet, session));
            SOTTO_ASSIGN(auto* home, tablet.home());
            Opened opened{viewOfSession(*live, home->study().pack, true),
                          live->events(),
                          live->allEvents(),
                          live->position().ms,
                          {}};
            // Without sound, or with a log that can't be heard, there is still all the rest to wrap up.
            auto sound = SoundViewModel::open([home, live] { return workflow::Listening::open(*home, *live); });
            if (sound) opened.sound = *std::move(sound);
            return opened;
        },
        [this](Result<Opened> result) { opened(std::move(result)); });
}

void WrapUpViewModel::opened(Result<Opened> opened) {
    if (!opened) {
        setState(State::Failed);
        return setError(errorText(opened.error()));
    }
    if (opened->sound && m_sound) hear(*std::move(opened->sound));
    m_durationMs = opened->durationMs;
    m_events = std::move(opened->events);
    m_view = std::move(opened->view);
    setState(State::Open);
}

void WrapUpViewModel::hear(SoundViewModel::Source source) {
    m_player = std::make_unique<SoundViewModel>(*m_vault, m_sound, std::move(source));
    m_draft = std::make_unique<SpanViewModel>(*m_player);
    connect(m_player.get(), &SoundViewModel::ended, this, &WrapUpViewModel::playedToItsEnd);
    connect(m_settings, &SettingsViewModel::languageChanged, m_player.get(), &SoundViewModel::moved);
    connect(m_settings, &SettingsViewModel::languageChanged, m_player.get(), &SoundViewModel::tempoChanged);
    connect(m_settings, &SettingsViewModel::languageChanged, m_draft.get(), &SpanViewModel::changed);
    connect(m_draft.get(), &SpanViewModel::taken, this, [this](std::int64_t fromMs, std::int64_t toMs) {
        Event event;
        event.kind = EventKind::OffRecordSpan;
        event.until = RecordedOffset{toMs};
        commitAt(event, fromMs);
    });
    emit soundChanged();
}

/// The recording is let go of at once; the screen only shows it until it is told.
void WrapUpViewModel::dropSound() {
    if (!m_player) return;
    m_player->close();
    SoundViewModel* player = m_player.release();
    SpanViewModel* draft = m_draft.release();
    emit soundChanged();
    draft->deleteLater();
    player->deleteLater();
}

void WrapUpViewModel::perform(Action action) {
    m_vault->run(
        this,
        [action = std::move(action)](Tablet& tablet) -> Result<Opened> {
            SOTTO_ASSIGN(auto* live, tablet.liveSession());
            SOTTO_TRY(action(tablet, *live));
            return Opened{viewOfSession(*live, {}, false), live->events(), live->allEvents(), live->position().ms, {}};
        },
        [this](Result<Opened> opened) {
            if (!opened) return setError(errorText(opened.error()));
            opened->view.guide = std::move(m_view->guide);
            opened->view.codebook = std::move(m_view->codebook);
            opened->view.roles = std::move(m_view->roles);
            m_view = std::move(opened->view);
            m_events = std::move(opened->events);
            // What was taken back is silent from now on, be it here.
            if (m_player) m_player->update(std::move(opened->allEvents));
            m_error.clear();
            emit changed();
        });
}

void WrapUpViewModel::commitAt(const Event& event, std::int64_t offsetMs) {
    perform([event, offsetMs](Tablet&, workflow::LiveSession& live) { return live.commitAt(event, {offsetMs}); });
}

void WrapUpViewModel::answer(const QString& question, const QString& kind) {
    Event event;
    event.kind = EventKind::Answer;
    event.id = question;
    event.text = kind;
    commitAt(event, m_durationMs);
}

void WrapUpViewModel::play(int mark) {
    const Event* event = eventOf(mark);
    if (event == nullptr || !m_player) return;
    if (m_playingMark == mark) return m_player->pause();
    m_player->playStretch(event->offset.ms - kAroundMs, event->offset.ms + kAroundMs / 4);
    m_playingMark = mark;
    emit played();
}

void WrapUpViewModel::playedToItsEnd() {
    m_playingMark = 0;
    if (m_player && m_player->hasFailed()) setError(tr("The loudspeaker does not work."));
    emit played();
}

void WrapUpViewModel::describe(int mark, const QString& text) {
    const Event* event = eventOf(mark);
    if (event == nullptr) return;
    Event changed = *event;
    changed.number = 0;
    changed.text = text.trimmed();
    perform([number = event->number, changed](Tablet&, workflow::LiveSession& live) {
        return live.amend(number, changed);
    });
}

void WrapUpViewModel::code(int mark, const QString& code) {
    const Event* event = eventOf(mark);
    if (event == nullptr) return;
    const auto known = std::find_if(m_events.begin(), m_events.end(), [&](const Event& other) {
        return other.kind == EventKind::Code && other.offset == event->offset && other.id == code;
    });
    if (known != m_events.end()) return correct(static_cast<int>(known->number));
    Event coded;
    coded.kind = EventKind::Code;
    coded.id = code;
    commitAt(coded, event->offset.ms);
}

void WrapUpViewModel::link(int mark, const QString& from, const QString& to) {
    const Event* event = eventOf(mark);
    if (event == nullptr) return;
    Event linked;
    linked.kind = EventKind::Link;
    linked.id = from;
    linked.target = to;
    commitAt(linked, event->offset.ms);
}

void WrapUpViewModel::correct(int number) {
    perform([number = static_cast<std::uint64_t>(number)](Tablet&, workflow::LiveSession& live) {
        return live.correct(number);
    });
}

void WrapUpViewModel::memo(const QString& text) {
    if (text.trimmed().isEmpty()) return;
    Event event;
    event.kind = EventKind::Note;
    event.text = text.trimmed();
    commitAt(event, m_durationMs);
}

void WrapUpViewModel::compensate(const QString& text) {
    if (text.trimmed().isEmpty()) return;
    perform([text = text.trimmed()](Tablet& tablet, workflow::LiveSession& live) -> Result<> {
        SOTTO_ASSIGN(auto* home, tablet.home());
        SOTTO_TRY(home->need({workflow::Compartment::Identities}));
        return people::Contacts(home->identities())
            .addCompensation(live.opening().participant, {home->clock().now().utcMs, text});
    });
}

void WrapUpViewModel::seal() {
    if (m_state != State::Open && m_state != State::Failed) return;
    dropSound();
    m_error.clear();
    setState(State::Sealing);
    m_vault->run(
        this, [](Tablet& tablet) { return endAndSeal(tablet); },
        [this](const Result<workflow::SealReport>& report) {
            if (!report) {
                setError(errorText(report.error()));
                return setState(State::Failed);
            }
            setState(State::Sealed);
        });
}

void WrapUpViewModel::setState(State state) {
    m_state = state;
    emit changed();
}

void WrapUpViewModel::setError(const QString& error) {
    m_error = error;
    emit changed();
}

}  // namespace sotto::app
