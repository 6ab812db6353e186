// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Sotto.App
import Sotto.Components

// Before the tablet changes hands: the digits that bring the interviewer back.
StepColumn {
    id: start

    required property ParticipantViewModel viewModel

    function keep() {
        const typed = digits.text;
        digits.clear();
        start.viewModel.choosePin(typed);
    }

    Reading {
        text: qsTr("The person fills this in alone. While they have the tablet, nothing else on it can be reached.")
    }
    Body {
        visible: !start.viewModel.pinSet
        text: qsTr("Choose four digits. They bring you back, until the tablet is locked.")
    }
    PassphraseField {
        id: digits

        objectName: "pin"
        visible: !start.viewModel.pinSet
        label: qsTr("Four digits")
        error: start.viewModel.wrongPin ? qsTr("Four digits are needed.") : ""
        digitsOnly: true
        maximumLength: 4
        onAccepted: start.keep()
    }
    PrimaryButton {
        objectName: "keepPin"
        visible: !start.viewModel.pinSet
        text: qsTr("Keep these digits")
        onClicked: start.keep()
    }
    Body {
        visible: start.viewModel.pinSet
        text: qsTr("Give the person the tablet when you have touched the button. The digits that you chose bring you back.")
    }
    PrimaryButton {
        objectName: "handOver"
        visible: start.viewModel.pinSet
        enabled: start.viewModel.task.form !== null
        text: qsTr("Hand the tablet over")
        onClicked: start.viewModel.handOver()
    }
}
