// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Shapes
import Sotto.App
import Sotto.Components

// The outline of a recording and where one is in it: a touch goes there, and so do the arrow keys, ten seconds at a
// time. What is marked stands above it, what is to be taken back lies over it.
FocusScope {
    id: waveform

    required property SoundViewModel sound
    property var markers: [] // each: place (0 to 1), kind
    property real from: -1 // a stretch, 0 to 1; -1: none
    property real to: -1
    readonly property real room: width - 2 * Theme.small
    readonly property var peaks: waveform.sound.peaks
    readonly property int step: 10

    function xOf(place: real): real {
        return Theme.small + room * Math.min(1, Math.max(0, place));
    }

    Layout.fillWidth: true
    implicitHeight: 24 + 96
    activeFocusOnTab: true
    Accessible.role: Accessible.Slider
    Accessible.name: qsTr("Outline of the recording")
    Accessible.description: waveform.sound.positionText
    Accessible.focusable: true
    Accessible.onIncreaseAction: waveform.sound.skip(waveform.step)
    Accessible.onDecreaseAction: waveform.sound.skip(-waveform.step)
    Keys.onRightPressed: waveform.sound.skip(waveform.step)
    Keys.onLeftPressed: waveform.sound.skip(-waveform.step)
    Keys.onSpacePressed: waveform.sound.playOrPause()
    Keys.onPressed: event => {
        event.accepted = event.key === Qt.Key_Home || event.key === Qt.Key_End;
        if (event.accepted)
            waveform.sound.jumpToPlace(event.key === Qt.Key_Home ? 0 : 1);
    }

    Rectangle {
        id: box

        anchors.fill: parent
        anchors.topMargin: 24
        radius: Theme.radius
        color: Theme.sunken

        FocusRing {
            shown: waveform.activeFocus
        }
    }
    Rectangle {
        visible: waveform.from >= 0 && waveform.to > waveform.from
        x: waveform.xOf(waveform.from)
        y: box.y
        width: Math.max(2, waveform.xOf(waveform.to) - x)
        height: box.height
        color: Theme.recordingSoft
        border.width: 2
        border.color: Theme.recording
    }
    Shape {
        x: Theme.small
        y: box.y + Theme.small
        width: waveform.room
        height: box.height - 2 * Theme.small

        ShapePath {
            strokeColor: Theme.accent
            strokeWidth: 2
            fillColor: "transparent"

            PathMultiline {
                paths: waveform.peaks.map((peak, index) => {
                    const x = waveform.room * (index + 0.5) / Math.max(1, waveform.sound.peakCount);
                    const middle = box.height / 2 - Theme.small;
                    return [Qt.point(x, middle - Math.max(1, middle * peak)), Qt.point(x, middle + Math.max(1, middle * peak))];
                })
            }
        }
    }
    Repeater {
        model: waveform.markers

        delegate: Item {
            id: flag

            required property var modelData

            x: waveform.xOf(flag.modelData.place)
            height: waveform.height
            Accessible.ignored: true

            Rectangle {
                visible: flag.modelData.kind === "question"
                y: box.y
                width: 1
                height: box.height
                color: Theme.inkSoft
            }
            Icon {
                visible: flag.modelData.kind !== "question"
                x: -size / 2
                name: flag.modelData.kind === "mark" ? "mark" : "note"
                size: 20
                color: Theme.ink
            }
        }
    }
    Rectangle {
        x: waveform.xOf(waveform.sound.place) - 1
        y: box.y
        width: 3
        height: box.height
        color: Theme.recording
    }
    TapHandler {
        onTapped: point => {
            waveform.forceActiveFocus(Qt.MouseFocusReason);
            waveform.sound.jumpToPlace((point.position.x - Theme.small) / waveform.room);
        }
    }
}
