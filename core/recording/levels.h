// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

namespace sotto::recording {

/// What the level meter and the alarms show.
struct Level {
    float peak = 0;          ///< 0 to 1, of the last 100 ms
    float rms = 0;           ///< 0 to 1, of the last 100 ms
    bool clipping = false;   ///< full scale was reached in the last second
    bool deadInput = false;  ///< exact zeros for 2 s: the microphone is dead or taken; a quiet room is never exact
};

/// Computes levels over a stream of samples. One thread.
class LevelMeter {
public:
    void feed(std::span<const std::int16_t> samples);
    [[nodiscard]] Level level() const;
    void reset();

private:
    std::int64_t m_zeroRun = 0;
    std::int64_t m_sinceClip = 0;
    bool m_everClipped = false;
    std::int64_t m_count = 0;
    double m_squares = 0;
    int m_peak = 0;
    float m_lastPeak = 0;
    float m_lastRms = 0;
};

}  // namespace sotto::recording
