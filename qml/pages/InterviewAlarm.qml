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
        visible: alarms.alarm === InterviewViewModel.NoMicrophone
        kind: "alarm"
        title: qsTr("There is no microphone")
        text: qsTr("Plug one in, or choose another in the settings. Sotto looks for it every second. Until then only notes are taken.")
    }
    Banner {
        visible: alarms.alarm === InterviewViewModel.MicrophoneRefused
        kind: "alarm"
        title: qsTr("The microphone cannot be opened")
        text: qsTr("Another program may be using it, or Sotto may not be allowed to. Close what else records, or allow it in the tablet's settings; Sotto tries again every second.")
    }
    Banner {
        visible: alarms.alarm === InterviewViewModel.MicrophoneGone
        kind: "alarm"
        title: qsTr("The microphone is gone")
        text: alarms.viewModel.state === InterviewViewModel.Recording ? qsTr("Plug it in again, or close what else uses it. Recording goes on by itself as soon as it is back.") : qsTr("Plug it in again, or close what else uses it. Nothing can be recorded until it is back.")
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
