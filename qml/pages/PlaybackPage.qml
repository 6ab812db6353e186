// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Sotto.App
import Sotto.Components

// Listening to an interview that is over: the reason first, then the sound with its outline and markers.
PageFrame {
    id: page

    required property TabletApp app
    required property PlaybackViewModel viewModel
    readonly property var kinds: ({
            question: qsTr("Question"),
            mark: qsTr("Mark"),
            note: qsTr("Note")
        })

    title: qsTr("Listen")
    subtitle: page.viewModel.sound?.positionText ?? ""
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
    footer: Repeater {
        model: page.viewModel.open ? 1 : 0

        delegate: PlayerKeys {
            sound: page.viewModel.sound
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
    Repeater {
        model: page.viewModel.open ? 1 : 0

        delegate: Waveform {
            objectName: "waveform"
            sound: page.viewModel.sound
            markers: page.viewModel.markers
        }
    }
    Body {
        visible: page.viewModel.open && text !== ""
        text: page.viewModel.hereText
    }
    Heading {
        visible: page.viewModel.markers.length > 0
        text: qsTr("Questions, marks and notes")
        font.pixelSize: Theme.titleSize
    }
    Repeater {
        model: page.viewModel.markers

        delegate: ListRow {
            required property var modelData

            objectName: "marker"
            title: modelData.text !== "" ? modelData.text : qsTr("Mark")
            subtitle: qsTr("%1, at %2").arg(page.kinds[modelData.kind]).arg(modelData.time)
            iconName: modelData.kind === "question" ? "list" : modelData.kind
            leadsOn: false
            onClicked: page.viewModel.sound.jumpTo(modelData.at)
        }
    }
}
