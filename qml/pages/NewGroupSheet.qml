// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Sotto.App
import Sotto.Components

// A new group: a neutral word for it, and who is in it.
Sheet {
    id: sheet

    required property GroupsViewModel viewModel
    property var picked: []

    function toggle(participant: string) {
        const without = sheet.picked.filter(one => one !== participant);
        sheet.picked = without.length < sheet.picked.length ? without : sheet.picked.concat([participant]);
    }

    title: qsTr("New group")
    onOpenedChanged: {
        if (!opened)
            return;
        sheet.picked = [];
        nameField.clear();
    }

    TextInputField {
        id: nameField

        objectName: "groupName"
        sensitive: true
        label: qsTr("A neutral word")
        hint: qsTr("No place and nobody's name: it is read in lists. Left empty, one is drawn.")
    }
    Title {
        text: qsTr("Who is in it (at most %1)").arg(sheet.viewModel.most)
    }
    Repeater {
        model: sheet.opened ? sheet.viewModel.candidates : []

        delegate: ChoiceRow {
            required property var modelData

            objectName: "pick-" + modelData.pseudonym
            several: true
            text: modelData.pseudonym
            detail: modelData.text
            selected: sheet.picked.indexOf(modelData.participant) >= 0
            enabled: selected || sheet.picked.length < sheet.viewModel.most
            onChosen: sheet.toggle(modelData.participant)
        }
    }
    footer: PrimaryButton {
        objectName: "makeGroup"
        text: qsTr("Make the group")
        enabled: sheet.picked.length > 0
        onClicked: {
            sheet.close();
            sheet.viewModel.create(nameField.text, sheet.picked);
        }
    }
}
