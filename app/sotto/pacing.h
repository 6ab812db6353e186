// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>

#include <QString>

#include "frame_counter.h"
#include "workflow/rehearsal.h"

namespace sotto::app {

/// What surrounds a rehearsal: the frame counter, real-time pacing with its line per second, and a look at memory.
/// One thread.
class Pacing {
public:
    [[nodiscard]] static Result<Pacing> open(bool isRealtime, const std::optional<QString>& counterFile);
    void countSamples(std::size_t samples);
    /// After each 20 ms of voice; sleeps in real time.
    void tick(const workflow::RehearsalProgress& progress);
    /// "Memory while recording: ..." with the resident size seen while recording and the peak of the process.
    [[nodiscard]] QString memoryReport() const;

private:
    using SteadyClock = std::chrono::steady_clock;
    Pacing() = default;
    void printProgress(const workflow::RehearsalProgress& progress);

    bool m_isRealtime = false;
    std::optional<FrameCounter> m_counter;
    SteadyClock::time_point m_start;
    std::int64_t m_ticks = 0;
    std::int64_t m_secondsPrinted = 0;
    std::int64_t m_residentFirstKiB = 0;
    std::int64_t m_residentMostKiB = 0;
};

}  // namespace sotto::app
