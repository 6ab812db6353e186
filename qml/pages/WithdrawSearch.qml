// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Sotto.App
import Sotto.Components

// Who takes back: by the code on their copy, or without it; and what was taken back before.
ColumnLayout {
    id: search

    required property TabletApp app
    required property WithdrawViewModel viewModel

    spacing: Theme.gap

    Card {
        title: qsTr("Who is it?")

        Body {
            text: qsTr("A code stands on the person's copy of the consent. It only helps to find them: nobody needs it.")
        }
        TextInputField {
            id: codeField

            objectName: "withdrawalCode"
            label: qsTr("Code on the copy")
            sensitive: true
            onAccepted: search.viewModel.findByCode(codeField.text)
        }
        Banner {
            visible: search.viewModel.codeUnknown
            kind: "warning"
            text: qsTr("Nobody on this tablet has this code. Read it again with them, or go on without it.")
        }
        SecondaryButton {
            objectName: "findByCode"
            enabled: codeField.text.trim() !== ""
            text: qsTr("Find")
            onClicked: search.viewModel.findByCode(codeField.text)
        }
        QuietButton {
            objectName: "withoutCode"
            text: qsTr("Without the code: choose the person in the list")
            onClicked: search.app.goHome()
        }
    }
    Card {
        visible: search.viewModel.takenBack.length > 0
        title: qsTr("Taken back so far")

        Repeater {
            model: search.viewModel.takenBack

            delegate: Body {
                required property var modelData

                text: modelData.lab !== "" ? qsTr("%1: %2. %3.").arg(modelData.when).arg(modelData.what).arg(modelData.lab) : qsTr("%1: %2.").arg(modelData.when).arg(modelData.what)
            }
        }
    }
}
