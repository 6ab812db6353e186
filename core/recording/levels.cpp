// SPDX-License-Identifier: Apache-2.0
#include "recording/levels.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "base/units.h"

namespace sotto::recording {
namespace {

constexpr std::int64_t kWindow = kSampleRate / 10;
constexpr std::int64_t kDeadAfter = 2 * kSampleRate;
constexpr std::int64_t kClipHold = kSampleRate;
constexpr int kFullScale = 32767;

}  // namespace

void LevelMeter::feed(std::span<const std::int16_t> samples) {
    for (const std::int16_t sample : samples) {
        const int magnitude = std::abs(static_cast<int>(sample));
        m_zeroRun = magnitude == 0 ? m_zeroRun + 1 : 0;
        m_sinceClip++;
        if (magnitude >= kFullScale) {
            m_everClipped = true;
            m_sinceClip = 0;
        }
        m_peak = std::max(m_peak, magnitude);
        m_squares += static_cast<double>(magnitude) * magnitude;
        if (++m_count < kWindow) continue;
        m_lastPeak = std::min(1.0F, static_cast<float>(m_peak) / static_cast<float>(kFullScale));
        m_lastRms =
            std::min(1.0F, static_cast<float>(std::sqrt(m_squares / static_cast<double>(m_count)) / kFullScale));
        m_count = 0;
        m_squares = 0;
        m_peak = 0;
    }
}

Level LevelMeter::level() const {
    Level level;
    level.peak = m_lastPeak;
    level.rms = m_lastRms;
    level.clipping = m_everClipped && m_sinceClip < kClipHold;
    level.deadInput = m_zeroRun >= kDeadAfter;
    return level;
}

void LevelMeter::reset() {
    *this = LevelMeter();
}

}  // namespace sotto::recording
