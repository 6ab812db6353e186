// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Sotto.App
import Sotto.Components

// The cover: nothing to read but that it records, the time, the level, and what is wrong with the sound. Left by the
// session PIN, chosen at the first cover; after five wrong tries, or locked, by the passphrase.
FocusScope {
    id: cover

    required property TabletApp app
    required property InterviewViewModel viewModel
    readonly property UnlockViewModel unlocking: cover.viewModel.unlocking
    readonly property bool waits: cover.viewModel.needsPassphrase && (unlocking.busy || unlocking.delaySeconds > 0)

    function enter() {
        const typed = pinField.text;
        pinField.clear();
        if (cover.viewModel.needsPassphrase)
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
    onVisibleChanged: if (visible) {
        pinField.clear();
        pinField.forceActiveFocus();
    }

    MouseArea {
        // Nothing below is to be touched.
        anchors.fill: parent
        hoverEnabled: true
    }
    PageFrame {
        anchors.fill: parent
        title: cover.viewModel.locked ? qsTr("Locked") : qsTr("Covered")
        canGoBack: false
        maximumContentWidth: 480
        actions: SupportButton {
            objectName: "supportFromCover"
            support: cover.app.support
        }
        above: InterviewAlarm {
            viewModel: cover.viewModel
        }

        RecordingLine {
            visible: cover.viewModel.hasAudio
            viewModel: cover.viewModel
        }
        Banner {
            visible: cover.viewModel.needsPassphrase && cover.unlocking.error !== ""
            kind: "warning"
            text: cover.unlocking.error
        }
        CountdownText {
            visible: cover.viewModel.needsPassphrase && cover.unlocking.delaySeconds > 0
            seconds: cover.unlocking.delaySeconds
        }
        Body {
            text: cover.viewModel.locked ? qsTr("The tablet is locked. The interview goes on; your passphrase leads back to it.") : cover.viewModel.needsPassphrase ? qsTr("Too many tries. Enter your passphrase.") : cover.viewModel.pinSet ? "" : qsTr("Choose four digits. They bring you back here, for this interview only.")
            visible: text !== ""
        }
        PassphraseField {
            id: pinField

            objectName: "pin"
            focus: true
            label: cover.viewModel.needsPassphrase ? qsTr("Your passphrase") : qsTr("Four digits")
            digitsOnly: !cover.viewModel.needsPassphrase
            maximumLength: cover.viewModel.needsPassphrase ? 1000 : 4
            enabled: !cover.waits
            onAccepted: cover.enter()
        }
        PrimaryButton {
            objectName: "enter"
            enabled: !cover.waits
            text: cover.viewModel.needsPassphrase && cover.unlocking.busy ? qsTr("Unlocking …") : cover.viewModel.needsPassphrase || cover.viewModel.pinSet ? qsTr("Come back") : qsTr("Keep these digits")
            onClicked: cover.enter()
        }
        QuietButton {
            objectName: "lock"
            visible: !cover.viewModel.locked
            iconName: "lock"
            text: qsTr("Lock")
            onClicked: cover.app.lock()
        }
    }
}
