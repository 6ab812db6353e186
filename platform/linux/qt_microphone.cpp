// SPDX-License-Identifier: Apache-2.0
#include "platform/linux/qt_microphone.h"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <vector>

#include <QAudioDevice>
#include <QAudioSource>
#include <QElapsedTimer>
#include <QIODevice>
#include <QMediaDevices>
#include <QTimer>

#include "base/log.h"
#include "base/units.h"
#include "crypto/secure_bytes.h"
#include "platform/sound/mono_converter.h"
#include "platform/sound/sample_ring.h"

namespace sotto::platform {
namespace {

constexpr std::size_t kKeptSamples = 30 * static_cast<std::size_t>(kSampleRate);
constexpr int kChunkMs = 20;   ///< asked of the device; decides how soon the first sample comes
constexpr int kWatchMs = 250;  ///< how often the device is looked for
constexpr std::int64_t kFirstSampleLimitMs = 5000;
constexpr std::int64_t kSilenceLimitMs = 3000;
constexpr std::int64_t kNever = -1;

/// What the audio thread and the readers share.
struct Heard {
    SampleRing ring{kKeptSamples};
    std::atomic<std::int64_t> firstSampleMs{kNever};
};

QAudioFormat wantedFormat() {
    QAudioFormat format;
    format.setSampleRate(static_cast<int>(kSampleRate));
    format.setChannelCount(1);
    format.setSampleFormat(QAudioFormat::Int16);
    return format;
}

template <typename Sample>
void appendFloats(std::vector<float>& out, std::span<const char> bytes, double zero, double scale) {
    for (std::size_t at = 0; at + sizeof(Sample) <= bytes.size(); at += sizeof(Sample)) {
        Sample sample{};
        std::memcpy(&sample, bytes.data() + at, sizeof(Sample));
        out.push_back(static_cast<float>((static_cast<double>(sample) - zero) / scale));
    }
}

void toFloats(QAudioFormat::SampleFormat format, std::span<const char> bytes, std::vector<float>& out) {
    emptySound(out, bytes.size());
    switch (format) {
        case QAudioFormat::UInt8:
            return appendFloats<std::uint8_t>(out, bytes, 128.0, 128.0);
        case QAudioFormat::Int16:
            return appendFloats<std::int16_t>(out, bytes, 0, 32768.0);
        case QAudioFormat::Int32:
            return appendFloats<std::int32_t>(out, bytes, 0, 2147483648.0);
        case QAudioFormat::Float:
            return appendFloats<float>(out, bytes, 0, 1);
        case QAudioFormat::Unknown:
        case QAudioFormat::NSampleFormats:
            return;
    }
}

void wipeBytes(std::vector<char>& bytes) {
    crypto::wipe({reinterpret_cast<std::uint8_t*>(bytes.data()), bytes.size()});
    bytes.clear();
}

/// Takes what the source delivers and watches that it does. Lives in the audio thread.
class Capture final : public QIODevice {
public:
    Capture(std::shared_ptr<Heard> heard, const QAudioDevice& device, const QAudioFormat& format,
            MonoConverter converter);
    ~Capture() override;
    [[nodiscard]] Result<> start();
    void end();

protected:
    qint64 readData(char*, qint64) override { return -1; }
    qint64 writeData(const char* data, qint64 size) override;

private:
    void take(std::span<const char> frames);
    void watch();
    void giveUp(const std::string& why);

    std::shared_ptr<Heard> m_heard;
    QByteArray m_deviceId;
    QAudioFormat m_format;
    MonoConverter m_converter;
    QAudioSource m_source;
    QTimer m_watch;
    QElapsedTimer m_sinceOpen;
    QElapsedTimer m_sinceSample;
    std::vector<char> m_partFrame;
    std::vector<float> m_floats;
};

Capture::Capture(std::shared_ptr<Heard> heard, const QAudioDevice& device, const QAudioFormat& format,
                 MonoConverter converter)
    : m_heard(std::move(heard)),
      m_deviceId(device.id()),
      m_format(format),
      m_converter(std::move(converter)),
      m_source(device, format) {
    m_source.setBufferSize(format.bytesForDuration(kChunkMs * 1000));
    connect(&m_source, &QAudioSource::stateChanged, this, [this](QAudio::State state) {
        if (state == QAudio::StoppedState) giveUp("the microphone stopped by itself");
    });
    m_watch.setInterval(kWatchMs);
    connect(&m_watch, &QTimer::timeout, this, &Capture::watch);
}

Capture::~Capture() {
    end();
    wipeBytes(m_partFrame);
    wipeSound(m_floats);
}

Result<> Capture::start() {
    open(QIODevice::WriteOnly | QIODevice::Unbuffered);
    m_sinceOpen.start();
    m_source.start(this);
    if (m_source.error() != QAudio::NoError) {
        return fail(ErrorCode::IoFailed, "the microphone can't be opened; another program may hold it");
    }
    m_watch.start();
    return {};
}

void Capture::end() {
    m_watch.stop();
    m_source.disconnect(this);
    m_source.stop();
}

qint64 Capture::writeData(const char* data, qint64 size) {
    const auto frame = static_cast<std::size_t>(m_format.bytesPerFrame());
    const std::span<const char> bytes(data, static_cast<std::size_t>(size));
    if (m_partFrame.empty() && bytes.size() % frame == 0) {
        take(bytes);
    } else {
        m_partFrame.insert(m_partFrame.end(), bytes.begin(), bytes.end());
        const std::size_t whole = m_partFrame.size() / frame * frame;
        std::vector<char> rest(m_partFrame.begin() + static_cast<std::ptrdiff_t>(whole), m_partFrame.end());
        take(std::span(m_partFrame).first(whole));
        wipeBytes(m_partFrame);
        m_partFrame = std::move(rest);
    }
    return size;
}

void Capture::take(std::span<const char> frames) {
    if (frames.empty()) return;
    m_sinceSample.start();
    toFloats(m_format.sampleFormat(), frames, m_floats);
    const auto samples = m_converter.convert(m_floats);
    if (!samples) return giveUp(samples.error().context);
    // Before the reader is woken, who may ask for it.
    if (m_heard->firstSampleMs == kNever && !samples->empty()) m_heard->firstSampleMs = m_sinceOpen.elapsed();
    m_heard->ring.offer(*samples);
}

void Capture::watch() {
    const auto devices = QMediaDevices::audioInputs();
    const bool isThere = std::any_of(devices.begin(), devices.end(),
                                     [this](const QAudioDevice& device) { return device.id() == m_deviceId; });
    if (!isThere) return giveUp("the microphone was unplugged");
    if (m_sinceSample.isValid()) {
        if (m_sinceSample.hasExpired(kSilenceLimitMs)) giveUp("the microphone delivers nothing any more");
    } else if (m_sinceOpen.hasExpired(kFirstSampleLimitMs)) {
        giveUp("the microphone delivers nothing");
    }
}

void Capture::giveUp(const std::string& why) {
    m_watch.stop();
    m_heard->ring.fail({ErrorCode::IoFailed, why});
    qCWarning(logRecording, "a microphone failed");
    // Later, for this may be called from within the source.
    QMetaObject::invokeMethod(
        this, [this] { end(); }, Qt::QueuedConnection);
}

using CapturePointer = std::unique_ptr<Capture, DeleteInItsThread>;

Result<QAudioDevice> findMicrophone(const QString& id) {
    const auto devices = QMediaDevices::audioInputs();
    if (devices.isEmpty()) return fail(ErrorCode::NotFound, "there is no microphone");
    if (id.isEmpty()) {
        const QAudioDevice usual = QMediaDevices::defaultAudioInput();
        return usual.isNull() ? devices.first() : usual;
    }
    for (const QAudioDevice& device : devices) {
        if (device.id() == id.toUtf8()) return device;
    }
    return fail(ErrorCode::NotFound, "that microphone is not plugged in");
}

Result<CapturePointer> startCapture(std::shared_ptr<Heard> heard, const QString& id) {
    SOTTO_ASSIGN(const QAudioDevice device, findMicrophone(id));
    QAudioFormat format = wantedFormat();
    if (!device.isFormatSupported(format)) format = device.preferredFormat();
    if (format.bytesPerFrame() <= 0) return fail(ErrorCode::IoFailed, "the microphone has no format that can be read");
    SOTTO_ASSIGN(auto converter, MonoConverter::create(format.sampleRate(), format.channelCount()));
    CapturePointer capture(new Capture(std::move(heard), device, format, std::move(converter)));
    SOTTO_TRY(capture->start());
    return capture;
}

}  // namespace

struct QtMicrophone::State {
    std::shared_ptr<AudioThread> thread;
    std::shared_ptr<Heard> heard = std::make_shared<Heard>();
    CapturePointer capture;
};

QtMicrophone::QtMicrophone(std::unique_ptr<State> state) : m_state(std::move(state)) {}

QtMicrophone::~QtMicrophone() {
    stop();
}

Result<std::unique_ptr<QtMicrophone>> QtMicrophone::open(std::shared_ptr<AudioThread> thread, const QString& deviceId) {
    auto state = std::make_unique<State>();
    state->thread = std::move(thread);
    SOTTO_ASSIGN(state->capture, state->thread->call([heard = state->heard, deviceId]() -> Result<CapturePointer> {
        return startCapture(heard, deviceId);
    }));
    return std::unique_ptr<QtMicrophone>(new QtMicrophone(std::move(state)));
}

Result<std::size_t> QtMicrophone::read(std::span<std::int16_t> out) {
    return m_state->heard->ring.read(out);
}

void QtMicrophone::stop() {
    m_state->heard->ring.stop();
    Capture* capture = m_state->capture.get();
    QMetaObject::invokeMethod(
        capture, [capture] { capture->end(); }, Qt::QueuedConnection);
}

void QtMicrophone::discard() {
    m_state->heard->ring.discard();
}

bool QtMicrophone::isDelivering() const {
    return m_state->heard->firstSampleMs != kNever && !m_state->heard->ring.endedWith();
}

std::optional<std::int64_t> QtMicrophone::firstSampleMs() const {
    const std::int64_t ms = m_state->heard->firstSampleMs;
    return ms == kNever ? std::nullopt : std::optional(ms);
}

std::int64_t QtMicrophone::lostSamples() const {
    return m_state->heard->ring.lost();
}

}  // namespace sotto::platform
