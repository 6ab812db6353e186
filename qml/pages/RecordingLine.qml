// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Layouts
import Sotto.App
import Sotto.Components

// Whether it records: icon, word, time and a level that moves. Never colour alone. Placed by hand, for it changes ten
// times a second and must not make a layout think each time.
Item {
    id: line

    required property InterviewViewModel viewModel
    readonly property int state: line.viewModel.state
    readonly property bool recording: state === InterviewViewModel.Recording && line.viewModel.recordingNow
    readonly property string word: line.recording ? (line.viewModel.alarm === InterviewViewModel.Quiet ? qsTr("Recording, quiet") : qsTr("Recording")) : state === InterviewViewModel.OffRecord ? qsTr("Off the record") : state === InterviewViewModel.Paused ? qsTr("Paused") : state === InterviewViewModel.Failed || state === InterviewViewModel.Recording ? qsTr("Not recording") : ""
    readonly property real indent: icon.width + Theme.small

    Layout.fillWidth: true
    implicitHeight: Math.max(name.implicitHeight, elapsed.implicitHeight) + meter.implicitHeight
    Accessible.role: Accessible.StatusBar
    Accessible.name: line.word

    Icon {
        id: icon

        y: (line.height - height) / 2
        name: line.recording ? "record" : line.state === InterviewViewModel.OffRecord ? "off-record" : "pause"
        color: line.recording ? Theme.recording : Theme.inkSoft
    }
    Body {
        id: name

        x: line.indent
        width: elapsed.x - x - Theme.small
        objectName: "recordingState"
        text: line.word
        font.weight: Font.DemiBold
        Accessible.role: Accessible.AlertMessage
    }
    Body {
        id: elapsed

        x: (planned.visible ? planned.x - Theme.small : line.width) - width
        width: implicitWidth
        objectName: "elapsed"
        text: line.viewModel.elapsedText
    }
    Caption {
        id: planned

        x: line.width - width
        y: elapsed.y + elapsed.baselineOffset - baselineOffset
        width: implicitWidth
        visible: line.width > 320 * Theme.fontScale && text !== ""
        text: line.viewModel.plannedText
    }
    LevelMeter {
        id: meter

        x: line.indent
        y: line.height - height
        width: line.width - x
        level: line.viewModel.level
        clipping: line.viewModel.clipping
        active: line.recording
    }
}
