// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QTimer>
#include <QtQml/qqmlregistration.h>

#include "devices.h"

namespace sotto::app {

/// Storage and battery at a glance, read every ten seconds. GUI thread; each reading takes well under a millisecond.
class DeviceViewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the app")
    Q_PROPERTY(int recordingMinutes READ recordingMinutes NOTIFY changed FINAL)
    Q_PROPERTY(bool lowStorage READ isLowStorage NOTIFY changed FINAL)
    Q_PROPERTY(bool hasBattery READ hasBattery NOTIFY changed FINAL)
    Q_PROPERTY(int batteryPercent READ batteryPercent NOTIFY changed FINAL)
    Q_PROPERTY(bool charging READ isCharging NOTIFY changed FINAL)
    Q_PROPERTY(bool lowBattery READ isLowBattery NOTIFY changed FINAL)

public:
    static constexpr int kLowMinutes = 30;
    static constexpr int kLowPercent = 15;

    explicit DeviceViewModel(const Devices& devices, QObject* parent = nullptr);

    /// How long could be recorded; -1 if the room can't be told.
    [[nodiscard]] int recordingMinutes() const { return m_minutes; }
    [[nodiscard]] bool isLowStorage() const { return m_minutes >= 0 && m_minutes < kLowMinutes; }
    [[nodiscard]] bool hasBattery() const { return m_battery.has_value(); }
    [[nodiscard]] int batteryPercent() const { return m_battery ? m_battery->percent : 0; }
    [[nodiscard]] bool isCharging() const { return m_battery && m_battery->isCharging; }
    [[nodiscard]] bool isLowBattery() const {
        return m_battery && !m_battery->isCharging && m_battery->percent < kLowPercent;
    }
    void read();

signals:
    void changed();

private:
    const Devices* m_devices;
    QTimer m_timer;
    int m_minutes = -1;
    std::optional<workflow::BatteryState> m_battery;
};

}  // namespace sotto::app
