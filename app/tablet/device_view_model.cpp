// SPDX-License-Identifier: Apache-2.0
#include "device_view_model.h"

#include <algorithm>
#include <limits>

namespace sotto::app {

namespace {

constexpr int kEveryMs = 10'000;
constexpr int kUsualBitrate = 32'000;

}  // namespace

DeviceViewModel::DeviceViewModel(const Devices& devices, QObject* parent) : QObject(parent), m_devices(&devices) {
    connect(&m_timer, &QTimer::timeout, this, &DeviceViewModel::read);
    m_timer.start(kEveryMs);
    read();
}

void DeviceViewModel::read() {
    const int minutesBefore = m_minutes;
    const auto batteryBefore = m_battery;
    m_minutes = -1;
    if (m_devices->storage) {
        if (const auto free = m_devices->storage->freeBytes()) {
            m_minutes = static_cast<int>(std::min<std::int64_t>(workflow::minutesOfRecording(*free, kUsualBitrate),
                                                                std::numeric_limits<int>::max()));
        }
    }
    m_battery = m_devices->battery ? m_devices->battery->state() : std::nullopt;
    if (m_minutes != minutesBefore || m_battery != batteryBefore) emit changed();
}

}  // namespace sotto::app
