// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Layouts
import Sotto.App
import Sotto.Components

// Whether it records: icon, word, time and a level that moves. Never colour alone.
RowLayout {
    id: line

    required property InterviewViewModel viewModel
    readonly property int state: line.viewModel.state
    readonly property bool recording: state === InterviewViewModel.Recording && line.viewModel.recordingNow
    readonly property string word: line.recording ? (line.viewModel.alarm === InterviewViewModel.Quiet ? qsTr("Recording, quiet") : qsTr("Recording")) : state === InterviewViewModel.OffRecord ? qsTr("Off the record") : state === InterviewViewModel.Paused ? qsTr("Paused") : state === InterviewViewModel.Failed || state === InterviewViewModel.Recording ? qsTr("Not recording") : ""

    spacing: Theme.small
    Accessible.role: Accessible.StatusBar
    Accessible.name: line.word

    Icon {
        name: line.recording ? "record" : line.state === InterviewViewModel.OffRecord ? "off-record" : "pause"
        color: line.recording ? Theme.recording : Theme.inkSoft
    }
    ColumnLayout {
        Layout.fillWidth: true
        spacing: 0

        RowLayout {
            spacing: Theme.small

            Body {
                objectName: "recordingState"
                text: line.word
                font.weight: Font.DemiBold
                Accessible.role: Accessible.AlertMessage
            }
            Body {
                Layout.fillWidth: false
                objectName: "elapsed"
                text: line.viewModel.elapsedText
            }
            Caption {
                Layout.fillWidth: false
                visible: line.width > 320 * Theme.fontScale
                text: line.viewModel.plannedText
            }
        }
        LevelMeter {
            Layout.fillWidth: true
            level: line.viewModel.level
            clipping: line.viewModel.clipping
            active: line.recording
        }
    }
}
