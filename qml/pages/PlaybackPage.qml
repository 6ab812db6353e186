// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Sotto.App
import Sotto.Components

// Listening to an interview that is over: the reason first, then the sound with its outline and markers.
PageFrame {
    id: page

    required property TabletApp app
    required property PlaybackViewModel viewModel

    title: qsTr("Listen")
    subtitle: page.viewModel.positionText
    onBack: page.viewModel.close()
    actions: [
        IconButton {
            iconName: "lock"
            text: qsTr("Lock")
            onClicked: page.app.lock()
        },
        SupportButton {
            support: page.app.support
        }
    ]
    footer: RowLayout {
        visible: page.viewModel.open
        spacing: Theme.small

        IconButton {
            iconName: "back-15"
            text: qsTr("Back 15 seconds")
            onClicked: page.viewModel.skip(-15)
        }
        PrimaryButton {
            objectName: "play"
            iconName: page.viewModel.playing ? "pause" : "play"
            text: page.viewModel.playing ? qsTr("Pause") : qsTr("Play")
            onClicked: page.viewModel.playOrPause()
        }
        IconButton {
            iconName: "forward-15"
            text: qsTr("Forward 15 seconds")
            onClicked: page.viewModel.skip(15)
        }
    }

    Banner {
        visible: page.viewModel.error !== ""
        kind: "warning"
        text: page.viewModel.error
    }
    Card {
        visible: !page.viewModel.open
        title: qsTr("Why do you listen?")

        Body {
            text: qsTr("A finished interview is only opened for a reason. What you enter is kept in the audit trail.")
        }
        TextInputField {
            id: reasonField

            objectName: "reason"
            label: qsTr("Reason")
            sensitive: true
            onAccepted: page.viewModel.giveReason(reasonField.text)
        }
        PrimaryButton {
            objectName: "listen"
            text: qsTr("Open the recording")
            enabled: reasonField.text.trim() !== "" && !page.viewModel.busy
            onClicked: page.viewModel.giveReason(reasonField.text)
        }
    }
    Waveform {
        visible: page.viewModel.open
        peaks: page.viewModel.peaks
        position: page.viewModel.position
    }
    Repeater {
        model: page.viewModel.markers

        delegate: ListRow {
            required property var modelData

            title: modelData.text !== "" ? modelData.text : qsTr("Mark")
            subtitle: modelData.time
            iconName: modelData.kind === "question" ? "list" : modelData.kind
            leadsOn: false
            onClicked: page.viewModel.jumpTo(modelData.at)
        }
    }
}
