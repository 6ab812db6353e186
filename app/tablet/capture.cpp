// SPDX-License-Identifier: Apache-2.0
#include "capture.h"

#include <chrono>
#include <thread>
#include <vector>

#include <QThread>

#include "crypto/secure_bytes.h"
#include "vault_thread.h"

namespace sotto::app {

namespace {

constexpr std::size_t kPiece = kSampleRate / 25;  // 40 ms
constexpr int kMostWaiting = 30 * 25;             // 30 s of pieces: more than any pause of a healthy disk
constexpr int kTryAgainMs = 1000;
constexpr int kStepMs = 50;

void wipeSamples(std::span<std::int16_t> samples) {
    crypto::wipe({reinterpret_cast<std::uint8_t*>(samples.data()), samples.size_bytes()});
}

}  // namespace

Capture::Capture(VaultThread& vault, std::shared_ptr<recording::SoundDevices> sound, QObject* parent)
    : QObject(parent), m_vault(&vault), m_sound(std::move(sound)) {}

Capture::~Capture() {
    disarm();
}

void Capture::arm(const QString& device) {
    if (m_thread) return;
    m_isStopping = false;
    setState(State::Arming);
    m_thread.reset(QThread::create([this, device] { listen(device); }));
    m_thread->setObjectName(QStringLiteral("microphone"));
    m_thread->start(QThread::TimeCriticalPriority);
}

void Capture::disarm() {
    if (!m_thread) return;
    m_isStopping = true;
    {
        const std::lock_guard lock(m_inputMutex);
        if (m_input != nullptr) m_input->stop();  // whoever waits for sound waits no more
    }
    m_thread->wait();
    m_thread.reset();
    m_peak = 0;
    m_rms = 0;
    setState(State::Off);
}

recording::Level Capture::level() const {
    return {m_peak.load(), m_rms.load(), m_isClipping.load(), m_isDead.load()};
}

/// The microphone's thread.
void Capture::listen(const QString& device) {
    bool wasThere = false;
    while (!m_isStopping) {
        const auto input = m_sound->openMicrophone(device);
        if (input) {
            m_whyLost = ErrorCode::Cancelled;
            listenTo(**input);
            wasThere = wasThere || (*input)->isDelivering();
        }
        if (m_isStopping) return;
        // One that is unplugged can't be found: it went all the same.
        if (!input && !(wasThere && input.error().code == ErrorCode::NotFound)) m_whyLost = input.error().code;
        loseDevice();
        pauseBeforeNextTry();
    }
}

void Capture::listenTo(recording::LiveInput& input) {
    {
        const std::lock_guard lock(m_inputMutex);
        m_input = &input;
    }
    recording::LevelMeter meter;
    while (!m_isStopping && hear(input, meter)) {
    }
    const std::lock_guard lock(m_inputMutex);
    m_input = nullptr;
}

/// One piece; false if the device is gone.
bool Capture::hear(recording::AudioInput& input, recording::LevelMeter& meter) {
    std::vector<std::int16_t> piece(kPiece);
    const auto count = input.read(piece);
    if (!count || *count == 0) return false;
    piece.resize(*count);
    meter.feed(piece);
    const recording::Level level = meter.level();
    m_peak = level.peak;
    m_rms = level.rms;
    m_isClipping = level.clipping;
    m_isDead = level.deadInput;
    if (m_state != State::Ready) setState(State::Ready);
    hand(std::move(piece));
    return true;
}

void Capture::hand(std::vector<std::int16_t> samples) {
    if (m_waiting->load() >= kMostWaiting) {
        wipeSamples(samples);
        return loseDevice();
    }
    ++*m_waiting;
    // The job may outlive this object, but not the vault thread.
    m_vault->post([vault = m_vault, self = QPointer<Capture>(this), waiting = m_waiting,
                   samples = std::move(samples)](Tablet& tablet) mutable {
        const Result<> fed = tablet.hear(samples);
        wipeSamples(samples);
        --*waiting;
        if (fed) return;
        vault->tell([self, error = fed.error()] {
            if (self) emit self->recordingFailed(error);
        });
    });
}

void Capture::loseDevice() {
    m_peak = 0;
    m_rms = 0;
    setState(State::Lost);
    m_vault->post([vault = m_vault, self = QPointer<Capture>(this)](Tablet& tablet) {
        if (!tablet.loseMicrophone()) return;
        vault->tell([self] {
            if (self) emit self->recordingInterrupted();
        });
    });
}

void Capture::setState(State state) {
    if (m_state.exchange(state) == state) return;
    m_vault->tell([self = QPointer<Capture>(this)] {
        if (self) emit self->stateChanged();
    });
}

void Capture::pauseBeforeNextTry() {
    for (int waited = 0; waited < kTryAgainMs && !m_isStopping; waited += kStepMs)
        std::this_thread::sleep_for(std::chrono::milliseconds(kStepMs));
}

}  // namespace sotto::app
