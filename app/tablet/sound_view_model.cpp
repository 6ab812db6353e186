// SPDX-License-Identifier: Apache-2.0
#include "sound_view_model.h"

#include <algorithm>
#include <array>
#include <limits>

#include <QLocale>

#include "vault_thread.h"
#include "wrap_up_view_model.h"

namespace sotto::app {

namespace {

constexpr int kWatchMs = 100;
constexpr std::int64_t kPeaks = 240;
constexpr std::int64_t kDecodeMs = 60'000;
constexpr std::int64_t kSecondMs = 1000;
constexpr std::array kTempos{0.75, 1.0, 1.25, 1.5, 2.0};
constexpr int kUsualTempo = 1;
constexpr std::int64_t kToTheEnd = std::numeric_limits<std::int64_t>::max();

}  // namespace

Result<SoundViewModel::Source> SoundViewModel::open(
    const std::function<Result<std::unique_ptr<workflow::Listening>>()>& open) {
    Source source;
    SOTTO_ASSIGN(source.listening, open());
    SOTTO_ASSIGN(auto scanned, open());
    source.scanned = std::move(scanned);
    const std::int64_t bucket = std::max<std::int64_t>(1, source.scanned->durationMs() / kPeaks);
    SOTTO_ASSIGN(auto scan, workflow::WaveformScan::begin(*source.scanned, bucket));
    source.scan = std::make_shared<workflow::WaveformScan>(std::move(scan));
    return source;
}

SoundViewModel::SoundViewModel(VaultThread& vault, std::shared_ptr<recording::SoundDevices> sound, Source source,
                               QObject* parent)
    : QObject(parent),
      m_vault(&vault),
      m_scanned(std::move(source.scanned)),
      m_scan(std::move(source.scan)),
      m_peakCount(static_cast<int>(m_scan->buckets())),
      m_durationMs(source.listening->durationMs()),
      m_player(std::make_unique<SoundPlayer>(std::move(sound), std::move(source.listening))),
      m_tempo(kUsualTempo) {
    connect(&m_watch, &QTimer::timeout, this, &SoundViewModel::watch);
    outline();
}

SoundViewModel::~SoundViewModel() {
    close();
}

void SoundViewModel::close() {
    m_watch.stop();
    m_player.reset();
    // The scan was used on the vault thread and ends there.
    m_vault->post([scan = std::move(m_scan), scanned = std::move(m_scanned)](Tablet&) mutable {
        scan.reset();
        scanned.reset();
    });
}

/// A minute of sound after the other, so that whatever else is asked of the vault thread comes in between.
void SoundViewModel::outline() {
    using Step = std::pair<bool, std::vector<float>>;
    m_vault->run(
        this,
        [scan = m_scan, scanned = m_scanned](Tablet&) -> Result<Step> {
            SOTTO_ASSIGN(const bool isDone, scan->advance(kDecodeMs));
            return Step{isDone, scan->peaks()};
        },
        [this](const Result<Step>& step) {
            if (!step) {
                emit failed(step.error());
                return;
            }
            m_peaks = QList<double>(step->second.begin(), step->second.end());
            emit outlined();
            if (!step->first && m_scan) outline();
        });
}

std::int64_t SoundViewModel::positionMs() const {
    return m_watch.isActive() ? m_player->positionMs() : m_restMs;
}

double SoundViewModel::place() const {
    return durationMs() == 0 ? 0 : static_cast<double>(positionMs()) / static_cast<double>(durationMs());
}

QString SoundViewModel::positionText() const {
    return tr("%1 of %2").arg(timeText(positionMs()), timeText(durationMs()));
}

int SoundViewModel::fastest() {
    return static_cast<int>(kTempos.size()) - 1;
}

QString SoundViewModel::tempoText() const {
    //: how fast the sound is played, as in 1.5×
    return tr("%1×").arg(QLocale().toString(kTempos.at(static_cast<std::size_t>(m_tempo)), 'g', 3));
}

void SoundViewModel::playOrPause() {
    if (isPlaying()) return pause();
    // From the end it begins anew.
    play(m_restMs < durationMs() ? m_restMs : 0, kToTheEnd);
}

void SoundViewModel::pause() {
    if (!m_player) return;
    m_restMs = positionMs();
    m_player->pause();
    watch();
}

void SoundViewModel::play(std::int64_t fromMs, std::int64_t toMs) {
    if (!m_player) return;
    m_restMs = std::clamp<std::int64_t>(fromMs, 0, durationMs());
    m_player->play(m_restMs, toMs);
    m_watch.start(kWatchMs);
    emit moved();
}

void SoundViewModel::update(std::vector<interview::Event> events) {
    if (m_player) m_player->update(std::move(events));
}

void SoundViewModel::playStretch(std::int64_t fromMs, std::int64_t toMs) {
    play(fromMs, toMs);
}

void SoundViewModel::jumpTo(double ms) {
    const auto wanted = static_cast<std::int64_t>(std::clamp(ms, 0.0, static_cast<double>(durationMs())));
    if (isPlaying()) return play(wanted, kToTheEnd);
    m_restMs = wanted;
    emit moved();
}

void SoundViewModel::jumpToPlace(double place) {
    jumpTo(place * static_cast<double>(durationMs()));
}

void SoundViewModel::skip(int seconds) {
    jumpTo(static_cast<double>(positionMs() + std::int64_t{seconds} * kSecondMs));
}

void SoundViewModel::chooseTempo(int tempo) {
    m_tempo = std::clamp(tempo, 0, fastest());
    if (m_player) m_player->setTempo(kTempos.at(static_cast<std::size_t>(m_tempo)));
    emit tempoChanged();
}

void SoundViewModel::watch() {
    if (!isPlaying() && m_watch.isActive()) {
        m_watch.stop();
        m_restMs = m_player->positionMs();
        emit ended();
    }
    emit moved();
}

}  // namespace sotto::app
