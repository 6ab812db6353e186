// SPDX-License-Identifier: Apache-2.0
#include "base/clock.h"

#include <ctime>

#include <QDateTime>
#include <QFile>

namespace sotto {

namespace {

std::int64_t milliseconds(clockid_t clock) {
    timespec time{};
    ::clock_gettime(clock, &time);
    return std::int64_t{time.tv_sec} * 1000 + time.tv_nsec / 1'000'000;
}

}  // namespace

SystemClock::SystemClock() {
    QFile file(QStringLiteral("/proc/sys/kernel/random/boot_id"));
    // Without a boot id every start counts as a new boot: delays then run from the stored wall time on.
    if (file.open(QIODevice::ReadOnly)) m_bootId = QString::fromLatin1(file.readAll().trimmed());
}

Instant SystemClock::now() const {
    Instant instant;
    instant.utcMs = milliseconds(CLOCK_REALTIME);
    instant.bootMs = milliseconds(CLOCK_BOOTTIME);
    instant.bootId = m_bootId;
    instant.zoneOffsetMinutes = QDateTime::fromMSecsSinceEpoch(instant.utcMs).offsetFromUtc() / 60;
    return instant;
}

QString utcText(std::int64_t utcMs) {
    return QDateTime::fromMSecsSinceEpoch(utcMs, Qt::UTC).toString(Qt::ISODateWithMs);
}

}  // namespace sotto
