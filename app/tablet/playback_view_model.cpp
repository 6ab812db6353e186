// SPDX-License-Identifier: Apache-2.0
#include "playback_view_model.h"

#include <algorithm>
#include <limits>

#include "error_text.h"
#include "interview_view.h"
#include "settings_view_model.h"
#include "vault_thread.h"
#include "wrap_up_view_model.h"

namespace sotto::app {

using interview::Event;
using interview::EventKind;

struct PlaybackViewModel::Opened {
    std::unique_ptr<workflow::Listening> listening;
    std::shared_ptr<workflow::Listening> scanned;
    std::shared_ptr<workflow::WaveformScan> scan;
    study::Guide guide;
    std::vector<study::Role> roles;
};

namespace {

constexpr int kWatchMs = 100;
constexpr std::int64_t kBuckets = 240;
constexpr std::int64_t kDecodeMs = 60'000;
constexpr int kSecondMs = 1000;

QVariantMap markerOf(const Event& event, const QString& kind, const QString& text) {
    return {{QStringLiteral("at"), static_cast<double>(event.start().ms)},
            {QStringLiteral("time"), timeText(event.start().ms)},
            {QStringLiteral("kind"), kind},
            {QStringLiteral("text"), text}};
}

QVariantList markersOf(const workflow::Listening& listening, const study::Guide& guide,
                       const std::vector<study::Role>& roles) {
    QVariantList list;
    for (const Event& event : interview::standingEvents(listening.events())) {
        if (event.kind == EventKind::Ask) {
            const study::Question* question = guide.question(event.id);
            list.append(markerOf(event, QStringLiteral("question"),
                                 question != nullptr ? withRoles(question->text, roles, guide.language) : event.id));
        }
        if (event.kind == EventKind::Mark) list.append(markerOf(event, QStringLiteral("mark"), event.text));
        if (event.kind == EventKind::Note) list.append(markerOf(event, QStringLiteral("note"), event.text));
    }
    return list;
}

}  // namespace

PlaybackViewModel::PlaybackViewModel(VaultThread& vault, SettingsViewModel& settings,
                                     std::shared_ptr<recording::SoundDevices> sound, const SessionId& session,
                                     QObject* parent)
    : QObject(parent), m_vault(&vault), m_settings(&settings), m_sound(std::move(sound)), m_session(session) {
    connect(&settings, &SettingsViewModel::languageChanged, this, &PlaybackViewModel::changed);
    connect(&m_watch, &QTimer::timeout, this, &PlaybackViewModel::watch);
}

PlaybackViewModel::~PlaybackViewModel() {
    // The scan was used on the vault thread and ends there.
    m_vault->post([scan = std::move(m_scan), scanned = std::move(m_scanned)](Tablet&) mutable {
        scan.reset();
        scanned.reset();
    });
}

void PlaybackViewModel::giveReason(const QString& reason) {
    if (m_isBusy || isOpen()) return;
    if (reason.trimmed().isEmpty()) return setError(tr("Say why you listen. It is kept in the audit trail."));
    m_isBusy = true;
    m_error.clear();
    emit changed();
    m_vault->run(
        this,
        [session = m_session, reason = reason.trimmed()](Tablet& tablet) -> Result<Opened> {
            SOTTO_ASSIGN(auto* home, tablet.home());
            Opened opened;
            SOTTO_ASSIGN(opened.listening, workflow::Listening::open(*home, session, reason));
            SOTTO_ASSIGN(auto scanned, workflow::Listening::open(*home, session, reason));
            opened.scanned = std::move(scanned);
            const std::int64_t bucket = std::max<std::int64_t>(1, opened.scanned->durationMs() / kBuckets);
            SOTTO_ASSIGN(auto scan, workflow::WaveformScan::begin(*opened.scanned, bucket));
            opened.scan = std::make_shared<workflow::WaveformScan>(std::move(scan));
            const auto& opening = opened.listening->opening();
            SOTTO_ASSIGN(const auto study, home->studyOf(opening.studyHash));
            if (const auto* guide = study->pack.guide(opening.role, opening.language)) opened.guide = *guide;
            opened.roles = study->pack.roles;
            return opened;
        },
        [this](Result<Opened> result) { opened(std::move(result)); });
}

void PlaybackViewModel::opened(Result<Opened> opened) {
    m_isBusy = false;
    if (!opened) return setError(errorText(opened.error()));
    m_markers = markersOf(*opened->listening, opened->guide, opened->roles);
    m_scan = std::move(opened->scan);
    m_scanned = std::move(opened->scanned);
    m_player = std::make_unique<SoundPlayer>(m_sound, std::move(opened->listening));
    m_watch.start(kWatchMs);
    emit changed();
    outline();
}

/// A minute of sound after the other, so that whatever else is asked of the vault thread comes in between.
void PlaybackViewModel::outline() {
    using Step = std::pair<bool, std::vector<float>>;
    m_vault->run(
        this,
        [scan = m_scan](Tablet&) -> Result<Step> {
            SOTTO_ASSIGN(const bool isDone, scan->advance(kDecodeMs));
            return Step{isDone, scan->peaks()};
        },
        [this](const Result<Step>& step) {
            if (!step) return setError(errorText(step.error()));
            m_peaks = QList<double>(step->second.begin(), step->second.end());
            emit changed();
            if (!step->first) outline();
        });
}

double PlaybackViewModel::position() const {
    if (!m_player || m_player->durationMs() == 0) return 0;
    const std::int64_t now = isPlaying() ? m_player->positionMs() : m_fromMs;
    return static_cast<double>(now) / static_cast<double>(m_player->durationMs());
}

QString PlaybackViewModel::positionText() const {
    if (!m_player) return {};
    return tr("%1 of %2")
        .arg(timeText(isPlaying() ? m_player->positionMs() : m_fromMs), timeText(m_player->durationMs()));
}

void PlaybackViewModel::playOrPause() {
    if (!m_player) return;
    if (isPlaying()) {
        m_fromMs = m_player->positionMs();
        m_player->pause();
    } else {
        m_player->play(m_fromMs, std::numeric_limits<std::int64_t>::max());
    }
    emit moved();
}

void PlaybackViewModel::jumpTo(double ms) {
    if (!m_player) return;
    m_fromMs = std::clamp<std::int64_t>(static_cast<std::int64_t>(ms), 0, m_player->durationMs());
    if (isPlaying()) m_player->play(m_fromMs, std::numeric_limits<std::int64_t>::max());
    emit moved();
}

void PlaybackViewModel::skip(int seconds) {
    if (!m_player) return;
    const std::int64_t now = isPlaying() ? m_player->positionMs() : m_fromMs;
    jumpTo(static_cast<double>(now + std::int64_t{seconds} * kSecondMs));
}

void PlaybackViewModel::watch() {
    if (m_player->hasFailed() && m_error.isEmpty()) setError(tr("The loudspeaker does not work."));
    emit moved();
}

void PlaybackViewModel::setError(const QString& error) {
    m_error = error;
    emit changed();
}

}  // namespace sotto::app
