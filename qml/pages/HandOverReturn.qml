// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Sotto.App
import Sotto.Components

// The way back to the interviewer's side: the session PIN, after five wrong tries the passphrase, or the lock.
StepColumn {
    id: column

    required property TabletApp app
    required property ParticipantViewModel viewModel
    readonly property UnlockViewModel unlocking: column.viewModel.unlocking
    readonly property bool waits: column.viewModel.needsPassphrase && (column.unlocking.busy || column.unlocking.delaySeconds > 0)

    function enter() {
        const typed = digits.text;
        digits.clear();
        if (column.viewModel.needsPassphrase)
            column.viewModel.comeBackWithPassphrase(typed);
        else
            column.viewModel.comeBack(typed);
    }

    onEntered: {
        digits.clear();
        digits.forceActiveFocus();
    }

    Title {
        text: qsTr("For the interviewer")
    }
    Banner {
        visible: column.viewModel.needsPassphrase && column.unlocking.error !== ""
        kind: "warning"
        text: column.unlocking.error
    }
    CountdownText {
        visible: column.viewModel.needsPassphrase && column.unlocking.delaySeconds > 0
        seconds: column.unlocking.delaySeconds
    }
    Body {
        visible: column.viewModel.needsPassphrase
        text: qsTr("Too many tries. Enter your passphrase.")
    }
    PassphraseField {
        id: digits

        objectName: "pin"
        label: column.viewModel.needsPassphrase ? qsTr("Your passphrase") : qsTr("Four digits")
        error: column.viewModel.wrongPin && !column.viewModel.needsPassphrase ? qsTr("These are not the digits.") : ""
        digitsOnly: !column.viewModel.needsPassphrase
        maximumLength: column.viewModel.needsPassphrase ? 1000 : 4
        enabled: !column.waits
        onAccepted: column.enter()
    }
    PrimaryButton {
        objectName: "comeBack"
        enabled: !column.waits
        text: column.viewModel.needsPassphrase && column.unlocking.busy ? qsTr("Unlocking …") : qsTr("Come back")
        onClicked: column.enter()
    }
    SecondaryButton {
        objectName: "stay"
        text: qsTr("Go on with the questions")
        onClicked: column.viewModel.stay()
    }
    QuietButton {
        objectName: "lock"
        iconName: "lock"
        text: qsTr("Lock")
        onClicked: column.app.lock()
    }
}
