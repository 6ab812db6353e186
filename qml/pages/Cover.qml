// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Layouts
import Sotto.App
import Sotto.Components

// The cover: nothing to read but that it records, the time and the level. Left by the session PIN, chosen at the first
// cover; after five wrong tries by the passphrase.
Rectangle {
    id: cover

    required property InterviewViewModel viewModel
    readonly property bool needsPassphrase: cover.viewModel.pinSet && cover.viewModel.pinTriesLeft === 0

    function enter() {
        const typed = pinField.text;
        pinField.clear();
        if (cover.needsPassphrase)
            cover.viewModel.uncoverWithPassphrase(typed);
        else if (!cover.viewModel.pinSet)
            cover.viewModel.choosePin(typed);
        else
            cover.viewModel.uncover(typed);
    }

    parent: Window.contentItem
    anchors.fill: parent
    z: 1000
    visible: cover.viewModel.covered
    color: Theme.paper
    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Covered")
    onVisibleChanged: if (visible) pinField.forceActiveFocus()

    MouseArea {
        // Nothing below is to be touched.
        anchors.fill: parent
        hoverEnabled: true
    }
    ColumnLayout {
        anchors.centerIn: parent
        width: Math.min(parent.width - 2 * Theme.gap, 420)
        spacing: Theme.wide

        RecordingLine {
            visible: cover.viewModel.hasAudio
            viewModel: cover.viewModel
        }
        Body {
            visible: !cover.viewModel.pinSet
            text: qsTr("Choose four digits. They bring you back here, for this interview only.")
        }
        Body {
            visible: cover.needsPassphrase
            text: qsTr("Too many tries. Enter your passphrase.")
        }
        PassphraseField {
            id: pinField

            objectName: "pin"
            label: cover.needsPassphrase ? qsTr("Passphrase") : qsTr("Four digits")
            digitsOnly: !cover.needsPassphrase
            maximumLength: cover.needsPassphrase ? 1000 : 4
            onAccepted: cover.enter()
        }
        PrimaryButton {
            objectName: "enter"
            text: cover.viewModel.pinSet ? qsTr("Come back") : qsTr("Keep these digits")
            onClicked: cover.enter()
        }
    }
}
