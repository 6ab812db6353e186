// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Sotto.App
import Sotto.Components

// Who unlocks this tablet, and adding somebody: with five words that are shown once.
Card {
    id: card

    required property TabletViewModel viewModel
    property bool delivers: true

    title: qsTr("People on this tablet")

    Repeater {
        model: card.viewModel.people

        delegate: Body {
            required property var modelData

            text: modelData.self ? qsTr("%1 (you): %2").arg(modelData.name).arg(modelData.text) : qsTr("%1: %2").arg(modelData.name).arg(modelData.text)
        }
    }
    SecondaryButton {
        objectName: "addPerson"
        iconName: "plus"
        text: qsTr("Add somebody")
        onClicked: sheet.open()
    }
    Sheet {
        id: sheet

        title: qsTr("Add somebody to this tablet")

        TextInputField {
            id: nameField

            objectName: "personName"
            label: qsTr("Name or initials")
            sensitive: true
        }
        ChoiceRow {
            text: qsTr("Delivers only")
            detail: qsTr("Sends what is sealed and can read none of it.")
            selected: card.delivers
            onChosen: card.delivers = true
        }
        ChoiceRow {
            text: qsTr("Interviews")
            detail: qsTr("Opens everything that you open.")
            selected: !card.delivers
            onChosen: card.delivers = false
        }
        footer: PrimaryButton {
            objectName: "addThem"
            text: qsTr("Add")
            enabled: nameField.text.trim() !== ""
            onClicked: {
                sheet.close();
                card.viewModel.addPerson(nameField.text, card.delivers);
            }
        }
    }
    ConfirmSheet {
        title: qsTr("Their passphrase")
        text: qsTr("They write these five words down now. They are shown this once: %1").arg(card.viewModel.newWords)
        opened: card.viewModel.newWords !== ""
        confirmText: qsTr("They are written down")
        cancelText: qsTr("Close")
        onConfirmed: card.viewModel.wordsWritten()
        onCancelled: card.viewModel.wordsWritten()
    }
}
