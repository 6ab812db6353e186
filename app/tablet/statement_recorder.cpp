// SPDX-License-Identifier: Apache-2.0
#include "statement_recorder.h"

#include <vector>

#include <QThread>

#include "base/units.h"
#include "crypto/secure_bytes.h"

namespace sotto::app {

namespace {

constexpr std::size_t kPiece = kSampleRate / 25;  // 40 ms

}  // namespace

StatementRecorder::StatementRecorder(std::shared_ptr<recording::SoundDevices> sound, QObject* parent)
    : QObject(parent), m_sound(std::move(sound)), m_result(fail(ErrorCode::NotAllowed, "nothing was recorded")) {}

StatementRecorder::~StatementRecorder() {
    // Whoever leaves the page leaves nothing behind.
    if (m_thread) static_cast<void>(stop());
}

void StatementRecorder::start(const QString& device) {
    if (m_thread) return;
    m_isStopping = false;
    m_hasFailed = false;
    m_durationMs = 0;
    m_thread.reset(QThread::create([this, device] { listen(device); }));
    m_thread->setObjectName(QStringLiteral("statement"));
    m_thread->start(QThread::TimeCriticalPriority);
}

Result<consent::Attachment> StatementRecorder::stop() {
    if (!m_thread) return fail(ErrorCode::NotAllowed, "nothing is being recorded");
    m_isStopping = true;
    {
        const std::lock_guard lock(m_mutex);
        if (m_input != nullptr) m_input->stop();
    }
    m_thread->wait();
    m_thread.reset();
    m_peak = 0;
    Result<Bytes> result = std::move(m_result);
    m_result = fail(ErrorCode::NotAllowed, "nothing was recorded");
    if (!result) return Failure(std::move(result).error());
    return consent::Attachment{consent::kSoundType, *std::move(result)};
}

/// The microphone's thread.
void StatementRecorder::listen(const QString& device) {
    const auto record = [&]() -> Result<Bytes> {
        SOTTO_ASSIGN(auto memo, recording::VoiceMemo::begin());
        SOTTO_ASSIGN(const auto input, m_sound->openMicrophone(device));
        SOTTO_TRY(listenTo(*input, memo));
        return memo.finish();
    };
    m_result = record();
    m_hasFailed = !m_result && !m_isStopping;
}

Result<> StatementRecorder::listenTo(recording::LiveInput& input, recording::VoiceMemo& memo) {
    {
        const std::lock_guard lock(m_mutex);
        m_input = &input;
    }
    recording::LevelMeter meter;
    std::vector<std::int16_t> piece(kPiece);
    Result<> heard;
    while (!m_isStopping && heard && memo.durationMs() < recording::VoiceMemo::kMostMs) {
        const auto count = input.read(piece);
        if (!count || *count == 0) {
            if (!m_isStopping) heard = fail(ErrorCode::IoFailed, "the microphone went away");
            break;
        }
        const std::span<const std::int16_t> samples(piece.data(), *count);
        meter.feed(samples);
        m_peak = meter.level().peak;
        heard = memo.write(samples);
        m_durationMs = memo.durationMs();
    }
    crypto::wipe({reinterpret_cast<std::uint8_t*>(piece.data()), piece.size() * sizeof(std::int16_t)});
    const std::lock_guard lock(m_mutex);
    m_input = nullptr;
    return heard;
}

}  // namespace sotto::app
