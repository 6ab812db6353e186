// SPDX-License-Identifier: Apache-2.0
#include "platform/linux/qt_speaker.h"

#include <algorithm>
#include <array>
#include <condition_variable>
#include <mutex>

#include <QAudioDevice>
#include <QAudioSink>
#include <QElapsedTimer>
#include <QMediaDevices>
#include <QTimer>

#include "base/log.h"
#include "base/units.h"
#include "crypto/secure_bytes.h"
#include "platform/sound/sample_ring.h"

namespace sotto::platform {
namespace {

constexpr std::size_t kRoomSamples = static_cast<std::size_t>(kSampleRate) / 2;
constexpr int kDeviceBufferMs = 300;  ///< what a busy machine may be late by; stop() throws it away unheard
constexpr int kPumpMs = 10;
constexpr std::int64_t kStallLimitMs = 3000;
constexpr qsizetype kSampleBytes = sizeof(std::int16_t);

/// What the audio thread and the caller share.
struct Playing {
    SampleRing ring{kRoomSamples};
    std::mutex mutex;
    std::condition_variable changed;
    std::int64_t played = 0;

    void advance(std::int64_t to);
    void end(Error error);
};

void Playing::advance(std::int64_t to) {
    {
        const std::lock_guard lock(mutex);
        played = std::max(played, to);
    }
    changed.notify_all();
}

void Playing::end(Error error) {
    {
        const std::lock_guard lock(mutex);
        ring.fail(std::move(error));
        ring.stop();
    }
    changed.notify_all();
}

/// Carries samples from the ring to the sink. Lives in the audio thread.
class Playback final : public QObject {
public:
    Playback(std::shared_ptr<Playing> playing, const QAudioDevice& device, const QAudioFormat& format);
    ~Playback() override;
    [[nodiscard]] Result<> start();
    void silence();

private:
    void pump();
    [[nodiscard]] bool fillSink();
    void watch();
    void giveUp(const std::string& why);

    std::shared_ptr<Playing> m_playing;
    QByteArray m_deviceId;
    QAudioSink m_sink;
    QIODevice* m_device = nullptr;  ///< the sink's
    QTimer m_timer;
    std::array<std::int16_t, kSampleRate / 10> m_piece{};
    std::span<std::int16_t> m_pending;  ///< of m_piece, not yet taken by the sink
    std::int64_t m_given = 0;
    std::int64_t m_played = 0;
    QElapsedTimer m_sinceProgress;
};

Playback::Playback(std::shared_ptr<Playing> playing, const QAudioDevice& device, const QAudioFormat& format)
    : m_playing(std::move(playing)), m_deviceId(device.id()), m_sink(device, format) {
    m_sink.setBufferSize(format.bytesForDuration(kDeviceBufferMs * 1000));
    m_timer.setInterval(kPumpMs);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &Playback::pump);
}

Playback::~Playback() {
    silence();
}

Result<> Playback::start() {
    m_device = m_sink.start();
    if (m_device == nullptr || m_sink.error() == QAudio::OpenError || m_sink.error() == QAudio::FatalError) {
        return fail(ErrorCode::IoFailed, "the loudspeaker can't be opened");
    }
    m_sinceProgress.start();
    m_timer.start();
    return {};
}

void Playback::silence() {
    m_timer.stop();
    m_device = nullptr;
    m_sink.reset();
    crypto::wipe({reinterpret_cast<std::uint8_t*>(m_piece.data()), sizeof(m_piece)});
    m_pending = {};
}

/// False if the sink failed.
bool Playback::fillSink() {
    for (;;) {
        if (m_pending.empty()) m_pending = std::span(m_piece).first(m_playing->ring.take(m_piece));
        const qsizetype room = std::min<qsizetype>(m_sink.bytesFree(), static_cast<qsizetype>(m_pending.size_bytes()));
        if (room < kSampleBytes) return true;
        const qint64 written =
            m_device->write(reinterpret_cast<const char*>(m_pending.data()), room / kSampleBytes * kSampleBytes);
        if (written < 0) return false;
        if (written == 0) return true;
        m_given += written / kSampleBytes;
        m_pending = m_pending.subspan(static_cast<std::size_t>(written / kSampleBytes));
    }
}

void Playback::pump() {
    if (m_playing->ring.endedWith()) return silence();
    if (m_sink.error() == QAudio::FatalError || m_sink.error() == QAudio::IOError || !fillSink()) {
        return giveUp("the loudspeaker failed");
    }
    const std::int64_t inSink = std::max<qsizetype>(m_sink.bufferSize() - m_sink.bytesFree(), 0) / kSampleBytes;
    const std::int64_t played = std::max(m_played, m_given - inSink);
    if (played > m_played || (m_pending.empty() && played == m_given)) m_sinceProgress.start();
    m_played = played;
    m_playing->advance(played);
    watch();
}

void Playback::watch() {
    if (m_sinceProgress.hasExpired(kStallLimitMs)) return giveUp("the loudspeaker stands still");
    const auto devices = QMediaDevices::audioOutputs();
    // The sound server would go on with another loudspeaker: not for a voice that was told in confidence.
    const bool isThere = std::any_of(devices.begin(), devices.end(),
                                     [this](const QAudioDevice& device) { return device.id() == m_deviceId; });
    if (!isThere) giveUp("the loudspeaker was unplugged");
}

void Playback::giveUp(const std::string& why) {
    qCWarning(logRecording, "the loudspeaker failed");
    m_playing->end({ErrorCode::IoFailed, why});
    silence();
}

using PlaybackPointer = std::unique_ptr<Playback, DeleteInItsThread>;

Result<PlaybackPointer> startPlayback(std::shared_ptr<Playing> playing) {
    const QAudioDevice device = QMediaDevices::defaultAudioOutput();
    if (device.isNull()) return fail(ErrorCode::NotFound, "there is no loudspeaker");
    QAudioFormat format;
    format.setSampleRate(static_cast<int>(kSampleRate));
    format.setChannelCount(1);
    format.setSampleFormat(QAudioFormat::Int16);
    PlaybackPointer playback(new Playback(std::move(playing), device, format));
    SOTTO_TRY(playback->start());
    return playback;
}

}  // namespace

struct QtSpeaker::State {
    std::shared_ptr<AudioThread> thread;
    std::shared_ptr<Playing> playing = std::make_shared<Playing>();
    PlaybackPointer playback;
    std::int64_t taken = 0;
};

QtSpeaker::QtSpeaker(std::unique_ptr<State> state) : m_state(std::move(state)) {}

QtSpeaker::~QtSpeaker() {
    stop();
}

Result<std::unique_ptr<QtSpeaker>> QtSpeaker::open(std::shared_ptr<AudioThread> thread) {
    auto state = std::make_unique<State>();
    state->thread = std::move(thread);
    SOTTO_ASSIGN(state->playback, state->thread->call([playing = state->playing]() -> Result<PlaybackPointer> {
        return startPlayback(playing);
    }));
    return std::unique_ptr<QtSpeaker>(new QtSpeaker(std::move(state)));
}

Result<> QtSpeaker::write(std::span<const std::int16_t> samples) {
    SOTTO_TRY(m_state->playing->ring.write(samples));
    m_state->taken += static_cast<std::int64_t>(samples.size());
    return {};
}

Result<> QtSpeaker::finish() {
    Playing& playing = *m_state->playing;
    std::unique_lock lock(playing.mutex);
    playing.changed.wait(lock,
                         [&] { return playing.ring.endedWith().has_value() || playing.played >= m_state->taken; });
    if (auto error = playing.ring.endedWith()) return Failure(*std::move(error));
    return {};
}

void QtSpeaker::stop() {
    m_state->playing->end({ErrorCode::Cancelled, "the loudspeaker was closed"});
    Playback* playback = m_state->playback.get();
    QMetaObject::invokeMethod(
        playback, [playback] { playback->silence(); }, Qt::QueuedConnection);
}

std::int64_t QtSpeaker::playedSamples() const {
    const std::lock_guard lock(m_state->playing->mutex);
    return m_state->playing->played;
}

}  // namespace sotto::platform
