// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Layouts
import Sotto.App
import Sotto.Components

// What is wrong with the recording, in words, for as long as it is. A quiet room is no alarm.
ColumnLayout {
    id: alarms

    required property InterviewViewModel viewModel
    readonly property int alarm: alarms.viewModel.alarm

    spacing: Theme.small

    Banner {
        visible: alarms.alarm === InterviewViewModel.MicrophoneGone
        kind: "alarm"
        title: qsTr("The microphone is gone")
        text: qsTr("Plug it in again, or close what else uses it. Recording goes on by itself as soon as it is back.")
    }
    Banner {
        visible: alarms.alarm === InterviewViewModel.MicrophoneDead
        kind: "alarm"
        title: qsTr("The microphone hears nothing at all")
        text: qsTr("It may be switched off. A quiet room sounds different.")
    }
    Banner {
        visible: alarms.alarm === InterviewViewModel.Clipping
        kind: "warning"
        text: qsTr("Too loud: move the microphone away a little.")
    }
    Banner {
        visible: alarms.viewModel.error !== ""
        kind: alarms.alarm === InterviewViewModel.RecordingFailed ? "alarm" : "warning"
        title: alarms.alarm === InterviewViewModel.RecordingFailed ? qsTr("Recording stopped") : ""
        text: alarms.viewModel.error
    }
}
