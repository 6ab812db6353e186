// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Layouts
import Sotto.App
import Sotto.Components

// Under the thumb: the state of the recording with its time and level, then the keys. The Mark key is at the edge of
// the hand that the interviewer uses. A wide tablet is held with two hands: half of the keys under either thumb.
ColumnLayout {
    id: keys

    required property TabletApp app
    required property InterviewViewModel viewModel
    readonly property int state: keys.viewModel.state
    readonly property bool recording: state === InterviewViewModel.Recording
    readonly property bool ready: state === InterviewViewModel.Ready
    readonly property bool stopped: state === InterviewViewModel.Paused || state === InterviewViewModel.OffRecord
    readonly property bool failed: state === InterviewViewModel.Failed
    readonly property bool walking: recording || stopped || state === InterviewViewModel.NotesOnly || (failed && keys.viewModel.hasBegun)

    readonly property bool roomy: Theme.fontScale < 1.4 || Window.width >= 600
    readonly property bool twoHands: Window.width >= 840

    component KeyButton: IconButton {
        readonly property bool spread: Window.width >= 840

        Layout.fillWidth: !spread
        Layout.maximumWidth: spread ? implicitWidth : 10000
        Layout.preferredWidth: spread ? Theme.scaled(96, 0.6) : implicitWidth
    }

    signal more
    signal noteWanted

    spacing: Theme.small

    RecordingLine {
        Layout.maximumWidth: Theme.contentWidth
        Layout.alignment: Qt.AlignHCenter
        visible: keys.viewModel.hasAudio && !keys.ready
        viewModel: keys.viewModel
    }
    PrimaryButton {
        objectName: "record"
        Layout.maximumWidth: Theme.contentWidth
        Layout.alignment: Qt.AlignHCenter
        visible: keys.ready && keys.viewModel.hasAudio
        enabled: keys.viewModel.canRecord
        iconName: "record"
        text: keys.viewModel.resumed ? qsTr("Go on recording") : qsTr("Start recording")
        onClicked: keys.viewModel.record()
    }
    SecondaryButton {
        objectName: "notes"
        visible: keys.ready && !keys.viewModel.resumed && !keys.viewModel.canRecord
        iconName: "note"
        text: qsTr("Start with notes only")
        onClicked: keys.viewModel.beginWithNotes()
    }
    PrimaryButton {
        objectName: "resume"
        Layout.maximumWidth: Theme.contentWidth
        Layout.alignment: Qt.AlignHCenter
        visible: keys.stopped
        enabled: keys.viewModel.canRecord
        iconName: "record"
        text: qsTr("Go on recording")
        onClicked: keys.viewModel.record()
    }
    PrimaryButton {
        objectName: "leave"
        Layout.maximumWidth: Theme.contentWidth
        Layout.alignment: Qt.AlignHCenter
        visible: keys.failed && !keys.viewModel.hasBegun
        text: qsTr("Back")
        onClicked: keys.viewModel.leave()
    }
    PrimaryButton {
        objectName: "retry"
        Layout.maximumWidth: Theme.contentWidth
        Layout.alignment: Qt.AlignHCenter
        visible: keys.failed && keys.viewModel.hasBegun
        enabled: keys.viewModel.canRecord
        text: qsTr("Try to record again")
        onClicked: keys.viewModel.record()
    }
    SpeakerKeys {
        Layout.fillWidth: true
        Layout.maximumWidth: Theme.contentWidth
        Layout.alignment: Qt.AlignHCenter
        visible: keys.viewModel.group && keys.walking
        viewModel: keys.viewModel
    }
    GridLayout {
        // With large type the Mark key has a row of its own, all along the lower edge.
        visible: keys.walking
        columns: keys.roomy ? 6 : 4
        layoutDirection: Theme.leftHanded ? Qt.RightToLeft : Qt.LeftToRight
        columnSpacing: keys.twoHands ? Theme.gap : Theme.tight
        rowSpacing: Theme.small

        KeyButton {
            objectName: "pause"
            visible: keys.recording
            iconName: "pause"
            text: qsTr("Pause")
            captioned: keys.roomy
            onClicked: keys.viewModel.pause()
        }
        KeyButton {
            objectName: "note"
            iconName: "note"
            text: qsTr("Note")
            captioned: keys.roomy
            onClicked: keys.noteWanted()
        }
        KeyButton {
            objectName: "more"
            iconName: "more"
            text: qsTr("More")
            captioned: keys.roomy
            onClicked: keys.more()
        }
        Item {
            Layout.fillWidth: true
            visible: keys.twoHands
        }
        KeyButton {
            objectName: "nextQuestion"
            enabled: keys.viewModel.hasNext
            iconName: "forward"
            text: qsTr("Next")
            captioned: keys.roomy
            onClicked: keys.viewModel.next()
        }
        MarkKey {
            objectName: "mark"
            Layout.columnSpan: keys.roomy ? 1 : 4
            Layout.fillWidth: !keys.roomy
            Layout.preferredWidth: keys.twoHands ? Theme.scaled(128, 0.6) : -1
            text: qsTr("Mark")
            count: keys.viewModel.marks
            onClicked: keys.viewModel.mark()
        }
    }
}
