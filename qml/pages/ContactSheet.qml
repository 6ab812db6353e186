// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Sotto.App
import Sotto.Components

// How somebody may be reached, what was tried, and when one meets.
Sheet {
    id: sheet

    required property PersonViewModel viewModel
    property string kind: "call"

    readonly property var words: ({
            call: qsTr("Telephone call"),
            message: qsTr("Message"),
            met: qsTr("Met in person"),
            "no-answer": qsTr("No answer")
        })

    title: qsTr("Contacts and appointment")

    Banner {
        visible: sheet.viewModel.error !== ""
        kind: "warning"
        text: sheet.viewModel.error
    }
    TextInputField {
        id: waysField

        label: qsTr("Safe ways to reach them")
        hint: qsTr("For example: text messages only, never leave a voice message.")
        text: sheet.viewModel.safeWays
        sensitive: true
    }
    TextInputField {
        id: hoursField

        label: qsTr("Safe hours")
        text: sheet.viewModel.safeHours
        sensitive: true
    }
    SecondaryButton {
        text: qsTr("Keep")
        onClicked: sheet.viewModel.setSafeContact(waysField.text, hoursField.text)
    }
    Title {
        text: qsTr("Write down a contact")
    }
    Repeater {
        model: ["call", "message", "met", "no-answer"]

        delegate: ChoiceRow {
            required property string modelData

            text: sheet.words[modelData]
            selected: sheet.kind === modelData
            onChosen: sheet.kind = modelData
        }
    }
    TextInputField {
        id: noteField

        label: qsTr("Remark (may be empty)")
        sensitive: true
    }
    SecondaryButton {
        text: qsTr("Add to the contacts")
        onClicked: {
            sheet.viewModel.addContact(sheet.kind, noteField.text);
            noteField.clear();
        }
    }
    Title {
        text: qsTr("Appointment")
    }
    Body {
        visible: sheet.viewModel.appointmentText !== ""
        text: sheet.viewModel.appointmentText
    }
    QuietButton {
        objectName: "missed"
        visible: sheet.viewModel.appointmentText !== ""
        text: qsTr("They did not come")
        onClicked: sheet.viewModel.dropAppointment("missed")
    }
    QuietButton {
        objectName: "cancelled"
        visible: sheet.viewModel.appointmentText !== ""
        text: qsTr("It was called off")
        onClicked: sheet.viewModel.dropAppointment("cancelled")
    }
    TextInputField {
        id: dateField

        label: qsTr("Day")
        placeholder: "2026-11-30"
        inputHints: Qt.ImhDate
    }
    TextInputField {
        id: timeField

        label: qsTr("Time")
        placeholder: "14:30"
        inputHints: Qt.ImhTime
    }
    TextInputField {
        id: placeField

        label: qsTr("Place")
        sensitive: true
    }
    SecondaryButton {
        objectName: "keepAppointment"
        text: sheet.viewModel.appointmentText !== "" ? qsTr("Move the appointment") : qsTr("Keep the appointment")
        onClicked: sheet.viewModel.setAppointment(dateField.text, timeField.text, placeField.text)
    }
    Repeater {
        model: sheet.opened ? sheet.viewModel.appointments : []

        delegate: Caption {
            required property var modelData

            text: qsTr("%1: %2").arg(modelData.when).arg(modelData.text)
        }
    }
}
