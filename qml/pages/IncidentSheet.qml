// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Sotto.App
import Sotto.Components

// Writing a confidentiality incident down. What was typed stays until it is kept.
Sheet {
    id: sheet

    required property RecordsViewModel viewModel

    function begin() {
        if (foundField.text === "")
            foundField.text = sheet.viewModel.today();
        sheet.open();
    }

    title: qsTr("Write an incident down")

    Connections {
        target: sheet.viewModel

        function onRecorded() {
            for (const field of [foundField, happenedField, dataField, toldField, doneField])
                field.clear();
            sheet.close();
        }
    }
    Banner {
        visible: sheet.viewModel.error !== ""
        kind: "warning"
        text: sheet.viewModel.error
    }
    TextInputField {
        id: foundField

        objectName: "incidentFound"
        sensitive: true
        label: qsTr("The day somebody noticed")
        inputHints: Qt.ImhPreferNumbers
    }
    TextAreaField {
        id: happenedField

        objectName: "incidentHappened"
        label: qsTr("What happened, and when as far as you know")
        sensitive: true
    }
    TextAreaField {
        id: dataField

        objectName: "incidentData"
        label: qsTr("Which information, of how many people")
        sensitive: true
    }
    TextAreaField {
        id: toldField

        objectName: "incidentTold"
        label: qsTr("Who was told, and when (may be empty)")
        sensitive: true
    }
    TextAreaField {
        id: doneField

        objectName: "incidentDone"
        label: qsTr("What was done so that it harms less (may be empty)")
        sensitive: true
    }
    Caption {
        text: qsTr("It is kept with the names, and cannot be changed or taken away. What you learn later is an incident line of its own.")
    }
    PrimaryButton {
        objectName: "keepIncident"
        text: qsTr("Keep")
        onClicked: sheet.viewModel.recordIncident(foundField.text, happenedField.text, dataField.text, toldField.text, doneField.text)
    }
}
