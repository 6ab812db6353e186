// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Layouts

// The level of the sound, from 0 to 1, and whether it is too loud. Four rectangles; set `level` 10 to 15 times a second.
Item {
    id: meter

    property real level: 0
    property bool clipping: false
    property bool active: true // false: paused or off the record
    property color color: Theme.recording
    readonly property real shown: active ? Math.min(1, Math.max(0, level)) : 0

    property real eased: shown

    Layout.fillWidth: true
    implicitWidth: 120
    implicitHeight: 14
    Accessible.role: Accessible.Indicator
    Accessible.name: qsTr("Sound level")
    Accessible.description: !active ? qsTr("not recording") : clipping ? qsTr("too loud") : qsTr("%1 percent").arg(Math.round(shown * 20) * 5)

    Behavior on eased {
        NumberAnimation {
            duration: Math.min(Theme.fast, 80)
        }
    }
    Rectangle {
        id: track

        anchors.fill: parent
        radius: height / 2
        color: Theme.sunken
        border.width: meter.clipping ? 2 : 1
        border.color: meter.clipping ? Theme.recording : Theme.line
    }
    Rectangle {
        id: bar

        x: 3
        y: 3
        width: Math.max(height, (parent.width - 6) * meter.eased)
        height: parent.height - 6
        radius: height / 2
        visible: meter.active
        color: meter.color
    }
    Rectangle {
        // Above this line speech is close to too loud.
        x: parent.width * 0.9
        y: 3
        width: 2
        height: parent.height - 6
        color: bar.width > x ? Theme.recordingInk : Theme.line
    }
}
