// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Sotto.App
import Sotto.Components

// Somebody new: their role, their name, and with whom they make a pair.
Sheet {
    id: sheet

    required property HomeViewModel viewModel
    property string role: ""
    property string partner: ""
    // A role that is named by somebody is paired when they agree.
    property bool nominated: false

    title: qsTr("New person")
    onOpenedChanged: {
        if (!opened)
            return;
        sheet.role = "";
        sheet.nominated = false;
        sheet.partner = "";
        nameField.clear();
    }

    Title {
        text: qsTr("Role in the study")
    }
    Repeater {
        model: sheet.opened ? sheet.viewModel.roles : []

        delegate: ChoiceRow {
            required property var modelData

            objectName: "role-" + modelData.id
            text: modelData.name
            selected: sheet.role === modelData.id
            onChosen: {
                sheet.role = modelData.id;
                sheet.nominated = modelData.nominated;
                sheet.partner = "";
            }
        }
    }
    TextInputField {
        id: nameField

        objectName: "personName"
        label: qsTr("Name")
        hint: qsTr("Kept apart from what they say, under another key. Lists show a pseudonym.")
        sensitive: true
    }
    Title {
        visible: partners.count > 0 && !sheet.nominated
        text: qsTr("Together with (if they make a pair)")
    }
    Repeater {
        id: partners

        model: sheet.opened ? sheet.viewModel.pairChoices : []

        delegate: ChoiceRow {
            required property var modelData

            visible: modelData.role !== sheet.role && !sheet.nominated
            text: modelData.text
            selected: sheet.partner === modelData.participant
            onChosen: sheet.partner = sheet.partner === modelData.participant ? "" : modelData.participant
        }
    }
    footer: PrimaryButton {
        objectName: "enrol"
        text: qsTr("Add")
        enabled: sheet.role !== "" && nameField.text.trim() !== ""
        onClicked: {
            sheet.close();
            sheet.viewModel.addPerson(sheet.role, nameField.text, sheet.partner);
        }
    }
}
