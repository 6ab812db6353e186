// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Sotto.App
import Sotto.Components

// What is typed as an answer: a number, a date, a text, or several texts. The fields are filled when another question
// comes, and not while somebody types.
ColumnLayout {
    id: fields

    required property FormViewModel form
    readonly property int kind: fields.form.kind

    function fill() {
        number.text = fields.form.words;
        words.text = fields.form.words;
    }

    spacing: Theme.gap
    Component.onCompleted: fields.fill()

    Connections {
        target: fields.form

        function onFieldsChanged() {
            fields.fill();
        }
    }
    TextInputField {
        id: number

        objectName: "number"
        visible: fields.kind === FormViewModel.Number
        label: fields.form.unit !== "" ? qsTr("Number (%1)").arg(fields.form.unit) : qsTr("Number")
        hint: qsTr("From %1 to %2").arg(fields.form.least).arg(fields.form.most)
        error: visible ? fields.form.fault : ""
        inputHints: fields.form.least < 0 ? Qt.ImhFormattedNumbersOnly : Qt.ImhDigitsOnly
        maximumLength: 9
        sensitive: true
        onEdited: text => fields.form.write(text)
        onAccepted: fields.form.next()
    }
    GridLayout {
        visible: fields.kind === FormViewModel.Date
        columns: fields.width < 420 * Theme.fontScale ? 1 : 3
        columnSpacing: Theme.gap
        rowSpacing: Theme.small

        Repeater {
            model: fields.form.dateFields

            delegate: TextInputField {
                id: dateField

                required property var modelData
                readonly property var names: ({
                        day: qsTr("Day"),
                        month: qsTr("Month (1 to 12)"),
                        year: qsTr("Year")
                    })

                objectName: "date-" + modelData.id
                Layout.alignment: Qt.AlignTop
                label: names[modelData.id]
                inputHints: Qt.ImhDigitsOnly
                maximumLength: modelData.id === "year" ? 4 : 2
                sensitive: true
                onEdited: text => fields.form.writeDate(dateField.modelData.id, text)
                Component.onCompleted: text = modelData.value
            }
        }
    }
    Caption {
        visible: fields.kind === FormViewModel.Date && text !== ""
        text: fields.form.fault
        tone: "recording"
    }
    TextAreaField {
        id: words

        objectName: "words"
        visible: fields.kind === FormViewModel.Text
        label: qsTr("Your answer")
        hint: qsTr("As short or as long as you like.")
        error: visible ? fields.form.fault : ""
        rows: 4
        sensitive: true
        onEdited: text => fields.form.write(text)
    }
    Repeater {
        model: fields.kind === FormViewModel.Parts ? fields.form.parts : []

        delegate: TextAreaField {
            id: part

            required property var modelData

            objectName: "part-" + modelData.id
            label: modelData.text
            rows: 2
            sensitive: true
            onEdited: text => fields.form.writePart(part.modelData.id, text)
            Component.onCompleted: text = modelData.value
        }
    }
    Caption {
        visible: fields.kind === FormViewModel.Parts && text !== ""
        text: fields.form.fault
        tone: "recording"
    }
}
