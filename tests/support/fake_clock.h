// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"

namespace sotto::test {

/// A clock that stands still until a test turns it.
class FakeClock final : public Clock {
public:
    FakeClock() {
        m_instant.utcMs = 1'790'000'000'000;
        m_instant.bootMs = 3'600'000;
        m_instant.bootId = QStringLiteral("boot-1");
        m_instant.zoneOffsetMinutes = -300;
    }
    [[nodiscard]] Instant now() const override { return m_instant; }
    void advance(std::int64_t ms) {
        m_instant.utcMs += ms;
        m_instant.bootMs += ms;
    }
    void setWall(std::int64_t utcMs) { m_instant.utcMs = utcMs; }
    void reboot() {
        m_instant.bootId += QStringLiteral("+");
        m_instant.bootMs = 1000;
    }

private:
    Instant m_instant;
};

}  // namespace sotto::test
