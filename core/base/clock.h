// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include <QString>

namespace sotto {

/// One reading of all clocks. Wall time can be wrong or jump; boot time only grows, but starts anew at each boot,
/// which `bootId` tells apart. Anything that decides (delays, order) uses boot time.
struct Instant {
    std::int64_t utcMs = 0;     ///< milliseconds since 1970-01-01 UTC
    std::int64_t bootMs = 0;    ///< milliseconds since boot, suspend included
    QString bootId;             ///< random per boot, from the kernel
    int zoneOffsetMinutes = 0;  ///< local time minus UTC
};

/// Where the time comes from. Tests pass a clock they can turn. Safe to call from any thread.
class Clock {
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Instant now() const = 0;
};

/// The clocks of the machine.
class SystemClock final : public Clock {
public:
    SystemClock();
    [[nodiscard]] Instant now() const override;

private:
    QString m_bootId;
};

/// "2026-11-22T15:04:05.678Z"
[[nodiscard]] QString utcText(std::int64_t utcMs);

}  // namespace sotto
