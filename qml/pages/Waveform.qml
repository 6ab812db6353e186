// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Layouts
import QtQuick.Shapes
import Sotto.Components

// The outline of a recording and where one is in it: one path, whatever its length.
Rectangle {
    id: waveform

    property var peaks: []
    property real position: 0
    readonly property int buckets: 240

    Layout.fillWidth: true
    implicitHeight: 96
    radius: Theme.radius
    color: Theme.sunken
    Accessible.role: Accessible.Graphic
    Accessible.name: qsTr("Outline of the recording")

    Shape {
        anchors.fill: parent
        anchors.margins: Theme.small

        ShapePath {
            strokeColor: Theme.accent
            strokeWidth: 2
            fillColor: "transparent"

            PathMultiline {
                paths: waveform.peaks.map((peak, index) => {
                    const x = (waveform.width - 2 * Theme.small) * index / waveform.buckets;
                    const middle = (waveform.height - 2 * Theme.small) / 2;
                    return [Qt.point(x, middle - Math.max(1, middle * peak)), Qt.point(x, middle + Math.max(1, middle * peak))];
                })
            }
        }
    }
    Rectangle {
        x: Theme.small + (waveform.width - 2 * Theme.small) * waveform.position
        width: 2
        height: waveform.height
        color: Theme.recording
    }
}
