// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Layouts
import Sotto.App
import Sotto.Components

// Storage and battery: a quiet line while there is enough, a warning when there is not.
ColumnLayout {
    id: status

    required property DeviceViewModel device
    readonly property int hours: Math.floor(status.device.recordingMinutes / 60)

    spacing: Theme.small

    Caption {
        visible: status.device.recordingMinutes >= 0 && !status.device.lowStorage
        text: status.device.hasBattery ? qsTr("Room for about %1 h of recording. Battery %2 %.").arg(Math.min(status.hours, 999)).arg(status.device.batteryPercent) : qsTr("Room for about %1 h of recording.").arg(Math.min(status.hours, 999))
    }
    Banner {
        visible: status.device.lowStorage
        kind: "warning"
        text: qsTr("Room for less than 30 minutes of recording. Free some space before you begin.")
    }
    Banner {
        visible: status.device.lowBattery
        kind: "warning"
        text: qsTr("The battery is at %1 %. Plug the tablet in.").arg(status.device.batteryPercent)
    }
}
